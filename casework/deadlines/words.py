"""What is written about deadlines, in and out: sealed under the case's key, as notes are."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.keys import case_key, case_public_key
from casework.cases.tables import CaseFile
from casework.deadlines.tables import DeadlineWords
from office.sealing.boxes import SealingKey, seal, unseal


@dataclass(frozen=True, slots=True)
class Written:
    """One text in clear, in the memory of somebody signed in."""

    row: DeadlineWords
    text: str


def about(case: CaseFile) -> str:
    """Return what a sealed text says it is about."""
    return f"deadline/{case.reference}"


def write(
    session: Session, case: CaseFile, kind: str, text: str, act: Act, *, deadline_id: UUID | None = None
) -> None:
    """Seal a text to the case; nothing is kept of an empty one."""
    if not text:
        return
    session.add(
        DeadlineWords(
            case_id=case.id,
            deadline_id=deadline_id,
            kind=kind,
            key_version=case.key_version,
            sealed=seal(text.encode(), case_public_key(session, case), about=about(case)),
            written_by=act.who.id,
            written_on=act.on,
        )
    )
    session.flush()


def written(session: Session, case: CaseFile, act: Act, ids: Iterable[UUID | None]) -> list[Written]:
    """Return what was written about these deadlines, oldest first; of None, about the case as a whole."""
    wanted = set(ids)
    rows = session.exec(
        select(DeadlineWords)
        .where(DeadlineWords.case_id == case.id)
        .order_by(col(DeadlineWords.written_on), col(DeadlineWords.id))
    ).all()
    keys: dict[int, SealingKey] = {}
    found = []
    for row in rows:
        if row.deadline_id not in wanted:
            continue
        if row.key_version not in keys:
            keys[row.key_version] = case_key(session, act.who, case, row.key_version)
        found.append(Written(row, unseal(row.sealed, keys[row.key_version], about=about(case)).decode()))
    return found

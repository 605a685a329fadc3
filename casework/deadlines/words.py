"""What is written about deadlines, in and out: sealed under the case's key, as notes are."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.sealed_rows import open_rows, seal_row
from casework.cases.tables import CaseFile
from casework.deadlines.tables import DeadlineWords


@dataclass(frozen=True, slots=True)
class Written:
    """One text in clear, in the memory of somebody signed in."""

    row: DeadlineWords
    text: str


def write(
    session: Session, case: CaseFile, kind: str, text: str, act: Act, *, deadline_id: UUID | None = None
) -> None:
    """Seal a text to the case; nothing is kept of an empty one."""
    if not text:
        return
    row = DeadlineWords(
        case_id=case.id, deadline_id=deadline_id, kind=kind, written_by=act.who.id, written_on=act.on
    )
    seal_row(session, case, row, text.encode())
    session.flush()


def written(session: Session, case: CaseFile, act: Act, ids: Iterable[UUID | None]) -> list[Written]:
    """Return what was written about these deadlines, oldest first; of None, about the case as a whole."""
    wanted = set(ids)
    rows = session.exec(
        select(DeadlineWords)
        .where(DeadlineWords.case_id == case.id)
        .order_by(col(DeadlineWords.written_on), col(DeadlineWords.id))
    ).all()
    asked = [row for row in rows if row.deadline_id in wanted]
    opened = open_rows(session, case, asked, act)
    return [Written(row, clear.decode()) for row, clear in zip(asked, opened, strict=True)]

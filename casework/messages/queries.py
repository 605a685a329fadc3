"""Reading what was said, and what still waits to be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, func, select

from casework.acts import Act
from casework.cases.sealed_rows import open_rows
from casework.cases.tables import CaseFile
from casework.messages.content import ThreadEntry
from casework.messages.tables import CaseMessage, ConsentChangeRow, IncomingMessage
from casework.timeline.queries import names_of


@dataclass(frozen=True, slots=True)
class Said:
    """One entry of the thread as it is shown."""

    id: UUID
    direction: str
    on: date
    who: str
    entry: ThreadEntry


def thread(session: Session, case: CaseFile, act: Act) -> list[Said]:
    """Return the thread of a case, oldest first, opened in memory.

    Raises:
        CaseNotFound: the person holds no grant of the case's key.
    """
    rows = session.exec(
        select(CaseMessage).where(CaseMessage.case_id == case.id).order_by(col(CaseMessage.seq))
    ).all()
    opened = open_rows(session, case, rows, act)
    names = names_of(session, [row.written_by for row in rows if row.written_by])
    return [
        Said(
            row.id,
            row.direction,
            row.written_on,
            names.get(row.written_by, "") if row.written_by else "",
            ThreadEntry.model_validate_json(clear),
        )
        for row, clear in zip(rows, opened, strict=True)
    ]


def unread(session: Session, case_numbers: Sequence[str]) -> dict[str, int]:
    """Return how many messages of the person wait unread, by case number."""
    rows = session.exec(
        select(IncomingMessage.case_number, func.count())
        .where(col(IncomingMessage.case_number).in_(case_numbers), col(IncomingMessage.opened_on).is_(None))
        .group_by(IncomingMessage.case_number)
    ).all()
    return dict(rows)


def waiting_messages(session: Session, case_number: str) -> Sequence[IncomingMessage]:
    """Return the messages of one case number that are in no thread yet, in the order they came.

    What was written about a report that was settled without a case stays so, also when it was read.
    """
    return session.exec(
        select(IncomingMessage)
        .where(IncomingMessage.case_number == case_number, col(IncomingMessage.sealed).is_not(None))
        .order_by(col(IncomingMessage.received_on), col(IncomingMessage.id))
        .with_for_update()
    ).all()


def waiting_changes(session: Session, case_number: str | None = None) -> Sequence[ConsentChangeRow]:
    """Return the changes of consent nobody has opened yet."""
    wanted = select(ConsentChangeRow).where(col(ConsentChangeRow.applied_on).is_(None))
    if case_number is not None:
        wanted = wanted.where(ConsentChangeRow.case_number == case_number)
    return session.exec(wanted.order_by(col(ConsentChangeRow.received_on)).with_for_update()).all()

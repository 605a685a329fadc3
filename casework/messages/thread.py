"""Adding to a case's thread. Only the public half of the case's key is needed."""

from datetime import date
from uuid import UUID

from sqlmodel import Session, func, select

from casework.acts import Act
from casework.cases.sealed_rows import seal_row
from casework.cases.tables import CaseFile
from casework.messages.content import ThreadEntry
from casework.messages.tables import CaseMessage


def add_to_thread(
    session: Session,
    case: CaseFile,
    direction: str,
    entry: ThreadEntry,
    act: Act,
    *,
    by: UUID | None,
    on: date | None = None,
) -> CaseMessage:
    """Seal one entry to the case and add it at the end of the thread."""
    last = session.exec(select(func.max(CaseMessage.seq)).where(CaseMessage.case_id == case.id)).one()
    kept = CaseMessage(
        case_id=case.id,
        seq=(last or 0) + 1,
        direction=direction,
        written_on=on or act.on,
        written_by=by,
    )
    seal_row(session, case, kept, entry.as_bytes())
    session.flush()
    return kept

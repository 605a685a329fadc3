"""Adding to a case's thread. Only the public half of the case's key is needed."""

from datetime import date
from uuid import UUID

from sqlmodel import Session, func, select

from casework.acts import Act
from casework.cases.keys import case_public_key
from casework.cases.tables import CaseFile
from casework.messages.content import ThreadEntry
from casework.messages.tables import CaseMessage
from office.sealing.boxes import seal


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
        key_version=case.key_version,
        sealed=seal(entry.as_bytes(), case_public_key(session, case), about=f"message/{case.reference}"),
        written_on=on or act.on,
        written_by=by,
    )
    session.add(kept)
    session.flush()
    return kept

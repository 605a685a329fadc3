"""Writing and deleting the coded record of a report or a case."""

from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from casework.cases.tables import CaseFile
from casework.coding.tables import SealedCodedRecord
from casework.inbox.tables import InboxReport
from casework.incidents.membership import group_word_of
from office.handover.report import CodedRecord
from office.sealing.boxes import seal
from office.sealing.public_keys import PublicKeys

ABOUT = "statistics"


def put_coded_record(
    session: Session, of: CaseFile | InboxReport, record: CodedRecord, keys: PublicKeys, *, on: date
) -> SealedCodedRecord:
    """Write the one coded record of a case (in the place of its report's too) or of a report.

    It carries the word of the incident the case or report belongs to, if any.

    Raises:
        NoActiveKey: there is no `statistics` key to seal to.
    """
    is_case = isinstance(of, CaseFile)
    case_id, report_id = (of.id, of.report_id) if isinstance(of, CaseFile) else (None, of.id)
    drop_coded_records(session, case_id=case_id, report_id=report_id)
    number = of.reference if isinstance(of, CaseFile) else of.case_number
    record = record.model_copy(update={"incident_key": group_word_of(session, number)})
    name, public = keys.active("statistics")
    kept = SealedCodedRecord(
        case_id=case_id,
        report_id=None if is_case else report_id,
        key_name=name,
        sealed=seal(record.as_bytes(), public, about=ABOUT),
        written_on=on,
        is_demonstration=of.is_demonstration,
    )
    session.add(kept)
    session.flush()
    return kept


def drop_coded_records(session: Session, *, case_id: UUID | None, report_id: UUID | None) -> int:
    """Delete the coded records of a case and of its report; return how many there were."""
    dropped = 0
    for name, owner in ((SealedCodedRecord.case_id, case_id), (SealedCodedRecord.report_id, report_id)):
        if owner is not None:
            for found in session.exec(select(SealedCodedRecord).where(col(name) == owner)).all():
                session.delete(found)
                dropped += 1
    session.flush()
    return dropped

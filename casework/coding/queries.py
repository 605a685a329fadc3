"""Reading coded records without opening them."""

from uuid import UUID

from sqlalchemy import or_
from sqlmodel import Session, col, select

from casework.cases.tables import CaseFile
from casework.coding.tables import SealedCodedRecord
from casework.inbox.tables import InboxReport
from casework.messages.tables import ConsentChangeRow


def held_back(session: Session) -> frozenset[UUID]:
    """Return the ids of coded records that must not be handed over now.

    A change of consent lies sealed on their case number and nobody has opened it yet: it may take back
    the consent to be counted, so the record waits.
    """
    wanted = (
        select(SealedCodedRecord.id)
        .outerjoin(InboxReport, col(InboxReport.id) == col(SealedCodedRecord.report_id))
        .outerjoin(CaseFile, col(CaseFile.id) == col(SealedCodedRecord.case_id))
        .join(
            ConsentChangeRow,
            or_(
                col(ConsentChangeRow.case_number) == col(InboxReport.case_number),
                col(ConsentChangeRow.case_number) == col(CaseFile.reference),
            ),
        )
        .where(col(ConsentChangeRow.applied_on).is_(None))
    )
    return frozenset(session.exec(wanted))

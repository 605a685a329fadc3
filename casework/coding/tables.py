"""What may be counted of a report or of a case, sealed to `statistics`."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey

from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column


class SealedCodedRecord(CaseworkTable, table=True):
    """One coded record (`office.handover.report.CodedRecord`), sealed.

    It belongs to a report until a case takes its place, and then to the case. It exists only while
    the person agrees to be counted.
    """

    __tablename__ = "coded_record"
    __table_args__ = (
        CheckConstraint("(report_id IS NULL) <> (case_id IS NULL)", "coded_record_of_report_or_case"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    report_id: UUID | None = column(
        "technical", default=None, unique=True, sa_column_args=(ForeignKey("inbox_report.id"),)
    )
    case_id: UUID | None = column(
        "technical", default=None, unique=True, sa_column_args=(ForeignKey("case_file.id"),)
    )
    key_name: str = column("technical", max_length=60)
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)
    written_on: date = column("restricted")
    is_demonstration: bool = column("technical", default=False)

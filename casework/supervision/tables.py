"""Which closed cases were drawn to be looked at again, and what was found."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint

from casework.supervision.rules import FOUND
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, ROUTINGS, column

MENDED = "(task_id IS NOT NULL) = (found_code IS NOT NULL AND found_code = 'mend')"


class ClosureSample(CaseworkTable, table=True):
    """The draw of one month's closures, apart for cases against the city; the seed lets it be repeated."""

    __tablename__ = "closure_sample"

    month: str = column("coded", primary_key=True, exactly=7, max_length=7)
    routing_code: str = column("coded", primary_key=True, codes=ROUTINGS)
    seed: str = column("technical", exactly=32, max_length=32)
    population: int = column("restricted")
    drawn_on: date = column("restricted")
    drawn_by: UUID = column("staff", foreign_key="staff.id")


class ClosureReview(CaseworkTable, table=True):
    """One closed case that was drawn, and what a supervisor who had no part in it says of it, sealed."""

    __tablename__ = "closure_review"
    __table_args__ = (
        UniqueConstraint("case_id", "month"),
        CheckConstraint(
            "(found_code IS NULL) = (reviewed_on IS NULL)"
            " AND (found_code IS NULL) = (reviewed_by IS NULL)"
            " AND (found_code IS NULL) = (sealed IS NULL)"
            " AND (found_code IS NULL) = (key_version IS NULL)",
            "a_review_is_whole",
        ),
        CheckConstraint(MENDED, "what_to_mend_is_a_task"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    month: str = column("coded", exactly=7, max_length=7)
    found_code: str | None = column("restricted", default=None, codes=tuple(FOUND))
    reviewed_on: date | None = column("restricted", default=None)
    reviewed_by: UUID | None = column("staff", default=None, foreign_key="staff.id")
    task_id: UUID | None = column("technical", default=None, foreign_key="case_task.id", index=True)
    key_version: int | None = column("technical", default=None)
    sealed: bytes | None = column("sealed", default=None, largest=LARGEST_SEALED)

"""Which case is read under which, and until when."""

from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text

from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column

IN_FORCE: Final = text("undone_on IS NULL")


class CaseMerge(CaseworkTable, table=True):
    """One case put under another. No row of either moves: what belongs to a case keeps its case and its key.

    `case_id` is the leading case, under whose key the reasons lie sealed; `under_id` the one put under it.
    A merge that is undone stays on record.
    """

    __tablename__ = "case_merge"
    __table_args__ = (
        CheckConstraint("case_id <> under_id", "two_cases"),
        CheckConstraint("(undone_on IS NULL) = (undone_by IS NULL)", "undone_by_name_and_day"),
        Index("case_merge_of_a_leading", "case_id"),
        Index("case_merge_once", "under_id", unique=True, sqlite_where=IN_FORCE, postgresql_where=IN_FORCE),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id")
    under_id: UUID = column("technical", foreign_key="case_file.id")
    merged_on: date = column("restricted")
    merged_by: UUID = column("staff", foreign_key="staff.id")
    undone_on: date | None = column("restricted", default=None)
    undone_by: UUID | None = column("staff", default=None, foreign_key="staff.id")
    key_version: int = column("technical")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)

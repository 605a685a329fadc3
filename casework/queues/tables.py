"""Views of the list that somebody keeps, and who is away and who covers."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index

from casework.listing.asked import LONGEST_QUERY
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import column

LARGEST_NAME = 8192


class SavedView(CaseworkTable, table=True):
    """An address of the list of cases that a member of staff keeps for themselves.

    What they call it is their own words: it is sealed to their own key, and nobody else reads it.
    """

    __tablename__ = "saved_view"

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    staff_id: UUID = column("staff", foreign_key="staff.id", index=True)
    sealed_name: bytes = column("sealed", largest=LARGEST_NAME)
    query: str = column("staff", max_length=LONGEST_QUERY)
    made_on: date = column("staff")


class Absence(CaseworkTable, table=True):
    """Somebody is away from one day to another, and somebody else looks after their days meanwhile."""

    __tablename__ = "absence"
    __table_args__ = (
        CheckConstraint("last_on >= first_on", "absence_days_in_order"),
        CheckConstraint("cover_id <> staff_id", "covered_by_somebody_else"),
        CheckConstraint("(ended_on IS NULL) = (ended_by IS NULL)", "ended_by_name_and_day"),
        Index("absence_of_a_cover", "cover_id", "last_on"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    staff_id: UUID = column("staff", foreign_key="staff.id", index=True)
    cover_id: UUID = column("staff", foreign_key="staff.id")
    first_on: date = column("staff")
    last_on: date = column("staff")
    made_by: UUID = column("staff", foreign_key="staff.id")
    made_on: date = column("staff")
    ended_by: UUID | None = column("staff", default=None, foreign_key="staff.id")
    ended_on: date | None = column("staff", default=None)

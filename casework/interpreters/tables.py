"""The languages of staff, and the directory of interpreters. No row names a case or a person of one."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint

from casework.interpreters.rules import LEVELS, LONGEST_NAME, LONGEST_WAY
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import column


class StaffLanguage(CaseworkTable, table=True):
    """A language that somebody of the office works in, as they say themselves, and how well."""

    __tablename__ = "staff_language"

    staff_id: UUID = column("staff", primary_key=True, foreign_key="staff.id")
    language_code: str = column("staff", primary_key=True, max_length=40)
    level_code: str = column("staff", codes=tuple(LEVELS))
    noted_on: date = column("staff")


class Interpreter(CaseworkTable, table=True):
    """An interpreter, or a service that sends one.

    Attributes:
        language_codes: of the list `languages`, joined by blanks.
        kind_codes: of the list `interpreters`, joined by blanks.
        way: how they are reached.
        undertaking_on: the day on which they undertook in writing to keep silent; None while they have not.
        ask_first: they belong to a small community: the person is asked first whether they know them.
        ended_on: from when nobody asks them any more.
    """

    __tablename__ = "interpreter"
    __table_args__ = (CheckConstraint("is_in_person OR is_remote", name="comes_or_calls"),)

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    name: str = column("restricted", max_length=LONGEST_NAME)
    is_service: bool = column("coded", default=False)
    language_codes: str = column("coded", max_length=300)
    kind_codes: str = column("coded", max_length=200)
    is_in_person: bool = column("coded", default=False)
    is_remote: bool = column("coded", default=False)
    way: str = column("restricted", max_length=LONGEST_WAY)
    undertaking_on: date | None = column("restricted", default=None)
    ask_first: bool = column("coded", default=False)
    checked_on: date = column("restricted")
    checked_by: UUID = column("staff", foreign_key="staff.id")
    ended_on: date | None = column("restricted", default=None)
    version: int = column("technical", default=1)

    @property
    def has_undertaken(self) -> bool:
        """Whether they undertook to keep silent."""
        return self.undertaking_on is not None

"""Hearings: when somebody who decides sees the person. What is said of one is sealed under the case's key.

Its day and hour stand in clear, unlike the hour of an appointment: the calendar of whoever goes, and whoever
stands in for them, must know the hour, and neither holds a key. The court knows it too.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Index

from casework.hearings.rules import KINDS, SET, STATES
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column


class CaseHearing(CaseworkTable, table=True):
    """One hearing of a track. Its day is never written over: one that is postponed names the next.

    Attributes:
        minute: its hour, in minutes of the city's day.
        next_id: the hearing that takes the place of one that was postponed.
        settled_by: who noted how it ended; of some that ended before this was kept, nobody knows.
    """

    __tablename__ = "case_hearing"
    __table_args__ = (
        CheckConstraint("minute BETWEEN 0 AND 1439", "minute_of_a_day"),
        CheckConstraint("(state_code = 'postponed') = (next_id IS NOT NULL)", "postponed_to_another"),
        CheckConstraint("(settled_on IS NULL) = (settled_by IS NULL)", "settled_by_somebody"),
        CheckConstraint("settled_on IS NULL OR state_code <> 'set'", "settled_has_ended"),
        Index("case_hearing_day", "state_code", "on_day"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    track_id: UUID = column("technical", foreign_key="case_track.id", index=True)
    on_day: date = column("restricted")
    minute: int = column("restricted")
    kind_code: str = column("coded", codes=tuple(KINDS))
    state_code: str = column("coded", default=SET, codes=tuple(STATES))
    next_id: UUID | None = column("technical", default=None, foreign_key="case_hearing.id", unique=True)
    version: int = column("technical", default=1)
    noted_on: date = column("restricted")
    noted_by: UUID = column("staff", foreign_key="staff.id")
    settled_on: date | None = column("restricted", default=None)
    settled_by: UUID | None = column("staff", default=None, foreign_key="staff.id")
    key_version: int = column("technical")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)

    @property
    def is_open(self) -> bool:
        """Whether it is to come, or nobody noted yet how it ended."""
        return self.state_code == SET


class HearingReminder(CaseworkTable, table=True):
    """That a warning of a hearing was sent to somebody, or tried; `days` says which, 0 the day itself.

    Kept as that of a deadline is (`DeadlineReminder`). A hearing that was put off has another row, so its new
    day is warned of anew.
    """

    __tablename__ = "hearing_reminder"
    __table_args__ = (CheckConstraint("days >= 0", "warned_before_the_day"),)

    staff_id: UUID = column("staff", primary_key=True, foreign_key="staff.id")
    hearing_id: UUID = column("technical", primary_key=True, foreign_key="case_hearing.id")
    days: int = column("technical", primary_key=True)
    tried_on: date = column("restricted")
    again_at: datetime = column("technical", sa_type=DateTime(timezone=True))
    is_sent: bool = column("technical", default=False)

"""Hearings: when somebody who decides sees the person. What is said of one is sealed under the case's key.

Its day and hour stand in clear, unlike the hour of an appointment: the calendar of whoever goes, and whoever
stands in for them, must know the hour, and neither holds a key. The court knows it too.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index

from casework.hearings.rules import KINDS, SET, STATES
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column


class CaseHearing(CaseworkTable, table=True):
    """One hearing of a track. Its day is never written over: one that is postponed names the next.

    Attributes:
        minute: its hour, in minutes of the city's day.
        next_id: the hearing that takes the place of one that was postponed.
    """

    __tablename__ = "case_hearing"
    __table_args__ = (
        CheckConstraint("minute BETWEEN 0 AND 1439", "minute_of_a_day"),
        CheckConstraint("(state_code = 'postponed') = (next_id IS NOT NULL)", "postponed_to_another"),
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
    key_version: int = column("technical")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)

    @property
    def is_open(self) -> bool:
        """Whether it is to come, or nobody noted yet how it ended."""
        return self.state_code == SET

"""Deadlines as they were counted, confirmed and ended; who may confirm; looks for limits; calendars."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text

from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column

OPEN = ("computed", "confirmed")
"""States in which a day still binds."""
STATES = (*OPEN, "met", "missed", "waived", "superseded")
STOPS = ("suspension", "interruption")
WORDS = ("reason", "evidence", "incident", "none_applies", "closing")
WAIVED_BY = ("person", "guardian", "office")
IS_OPEN = "state IN ('computed', 'confirmed')"


class Deadline(CaseworkTable, table=True):
    """One clock of a case, counted once. What was counted never changes: another counting is another row.

    `clock_id` is the same in all countings of one clock; `replaces` is the row this one supersedes. `label`
    is the classification it was counted for, `law` its articles with "; " between them, `list_version` that
    of the list of routes. The limit itself is kept with it (`count` to `counts_start_day`), so that a row
    tells how it was counted when the list is another. `counted_until` is the last day the event can have
    been, and `latest_on` the last day to act if it was then.
    """

    __tablename__ = "deadline"
    __table_args__ = (
        CheckConstraint("(confirmed_by IS NULL) = (confirmed_on IS NULL)", "confirmed_by_name_and_day"),
        CheckConstraint("state <> 'confirmed' OR confirmed_by IS NOT NULL", "confirmed_by_somebody"),
        CheckConstraint("(settled_by IS NULL) = (settled_on IS NULL)", "settled_by_name_and_day"),
        CheckConstraint(f"({IS_OPEN}) = (settled_on IS NULL)", "open_until_settled"),
        CheckConstraint("(state = 'met') = (met_on IS NOT NULL)", "met_on_a_day"),
        CheckConstraint("(state = 'waived') = (waived_by_code IS NOT NULL)", "waived_by_somebody"),
        CheckConstraint("counted_from <= counted_until AND last_on <= latest_on", "days_in_order"),
        Index("deadline_of_a_case", "case_id", "last_on"),
        Index(
            "deadline_open_once_a_clock",
            "clock_id",
            unique=True,
            sqlite_where=text(IS_OPEN),
            postgresql_where=text(IS_OPEN),
        ),
        Index("deadline_open", "last_on", sqlite_where=text(IS_OPEN), postgresql_where=text(IS_OPEN)),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id")
    clock_id: UUID = column("technical", default_factory=new_id)
    replaces: UUID | None = column("technical", default=None, foreign_key="deadline.id")
    route_code: str = column("coded", max_length=60)
    label: str = column("coded", default="", max_length=80)
    kind: str = column("coded", max_length=30)
    count: int = column("technical")
    unit: str = column("coded", max_length=30)
    august: str = column("coded", max_length=10)
    dec24_jan6: str = column("coded", max_length=10)
    rolls: bool = column("technical")
    counts_start_day: bool = column("technical")
    law: str = column("coded", max_length=600)
    list_version: str = column("coded", max_length=30)
    start_code: str = column("coded", max_length=60)
    counted_from: date = column("restricted")
    counted_until: date = column("restricted")
    last_on: date = column("restricted")
    latest_on: date = column("restricted")
    is_calendar_confirmed: bool = column("technical")
    state: str = column("coded", default="computed", codes=STATES)
    made_by: UUID = column("staff", foreign_key="staff.id")
    made_on: date = column("restricted")
    confirmed_by: UUID | None = column("staff", default=None, foreign_key="staff.id")
    confirmed_on: date | None = column("restricted", default=None)
    settled_by: UUID | None = column("staff", default=None, foreign_key="staff.id")
    settled_on: date | None = column("restricted", default=None)
    met_on: date | None = column("restricted", default=None)
    waived_by_code: str | None = column("coded", default=None, codes=WAIVED_BY)

    @property
    def is_open(self) -> bool:
        """Whether the day still binds."""
        return self.state in OPEN


class DeadlineStop(CaseworkTable, table=True):
    """What was recorded that stops a clock, as one counting took it into account, and what it does to it.

    `begun_on`, `ended_on` and `answered_on` are what was recorded. `first_on` and `last_on` are the days on
    which the clock stands still; while no end is recorded `last_on` is the last it can be, or empty.
    """

    __tablename__ = "deadline_stop"
    __table_args__ = (
        CheckConstraint("(kind = 'suspension') = (first_on IS NOT NULL)", "a_suspension_has_days"),
        CheckConstraint("last_on >= first_on", "stop_ends_after_it_began"),
        CheckConstraint("ended_on >= begun_on AND answered_on >= begun_on", "recorded_days_in_order"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    deadline_id: UUID = column("technical", foreign_key="deadline.id", index=True)
    kind: str = column("coded", codes=STOPS)
    cause_code: str = column("coded", max_length=30)
    begun_on: date = column("restricted")
    ended_on: date | None = column("restricted", default=None)
    answered_on: date | None = column("restricted", default=None)
    first_on: date | None = column("restricted", default=None)
    last_on: date | None = column("restricted", default=None)


class DeadlineWords(CaseworkTable, table=True):
    """What somebody wrote about one deadline or all of a case, sealed under the case's key."""

    __tablename__ = "deadline_words"

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    deadline_id: UUID | None = column("technical", default=None, foreign_key="deadline.id")
    kind: str = column("coded", codes=WORDS)
    key_version: int = column("technical")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)
    written_by: UUID = column("staff", foreign_key="staff.id")
    written_on: date = column("restricted")


class LimitScan(CaseworkTable, table=True):
    """Somebody went through the limits that may run in a case, and kept so many clocks, or none."""

    __tablename__ = "limit_scan"

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    kept: int = column("technical")
    none_applies: bool = column("coded")
    made_by: UUID = column("staff", foreign_key="staff.id")
    made_on: date = column("restricted")


class Lawyer(CaseworkTable, table=True):
    """A member of staff who may confirm days of the law, and who named them."""

    __tablename__ = "lawyer"

    staff_id: UUID = column("staff", primary_key=True, foreign_key="staff.id")
    named_by: UUID = column("staff", foreign_key="staff.id")
    named_on: date = column("staff")


class CalendarFeed(CaseworkTable, table=True):
    """The private address of somebody's deadlines for their own calendar: one a person, as a hash only."""

    __tablename__ = "calendar_feed"

    staff_id: UUID = column("staff", primary_key=True, foreign_key="staff.id")
    token_hash: bytes = column("proof", exactly=32, unique=True)
    language: str = column("coded", max_length=20)
    made_on: date = column("staff")
    read_on: date | None = column("staff", default=None)

"""Deadlines as they were counted, confirmed and ended; who may confirm; looks for limits; calendars, mail."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Index, text

from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column

OPEN = ("computed", "confirmed")
"""States in which a day still binds."""
STATES = (*OPEN, "met", "missed", "waived", "superseded")
ANSWER_DUE = "answer_due"
"""The kind of an authority's time to decide: nobody here misses it, and no claim ends with it."""
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
    been, and `latest_on` the last day to act if it was then. `seat_code` is where the court or authority sits
    by whose days off it was counted, and `counts_home` says that those of the city, where the person lives,
    were left out too (`casework.deadlines.seats`). `procedure_code` is before whom a period runs
    that somebody set (`casework.deadlines.periods`). `track_id` is the track after whose step it was kept;
    where none is told it is of no track, or of before they were kept. `careful_on` is an earlier day to act
    by, of a clock of before seats were asked for.
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
    track_id: UUID | None = column("technical", default=None, foreign_key="case_track.id")
    route_code: str = column("coded", max_length=60)
    label: str = column("coded", default="", max_length=80)
    kind: str = column("coded", max_length=30)
    count: int = column("technical")
    unit: str = column("coded", max_length=30)
    august: str = column("coded", max_length=10)
    dec24_jan6: str = column("coded", max_length=10)
    rolls: bool = column("technical")
    counts_start_day: bool = column("technical")
    seat_code: str = column("coded", max_length=30)
    counts_home: bool = column("technical", default=False)
    procedure_code: str = column("coded", default="", max_length=30)
    law: str = column("coded", max_length=600)
    list_version: str = column("coded", max_length=30)
    start_code: str = column("coded", max_length=60)
    counted_from: date = column("restricted")
    counted_until: date = column("restricted")
    last_on: date = column("restricted")
    latest_on: date = column("restricted")
    careful_on: date | None = column("restricted", default=None)
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

    @property
    def act_on(self) -> date:
        """The day to act by as it was counted: the earlier one, unless a lawyer stands for the other."""
        return self.careful_on if self.careful_on and self.state == "computed" else self.last_on

    @property
    def is_ours(self) -> bool:
        """Whether the office or the person acts by it, and not an authority."""
        return self.kind != ANSWER_DUE


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


class ReminderAddress(CaseworkTable, table=True):
    """Where somebody who works here wants to be reminded of days that come near: their address at work.

    `looked_on` is the day of the last round in which they had their turn.
    """

    __tablename__ = "reminder_address"

    staff_id: UUID = column("staff", primary_key=True, foreign_key="staff.id")
    address: str = column("staff", max_length=254)
    language: str = column("coded", max_length=20)
    set_on: date = column("staff")
    looked_on: date | None = column("staff", default=None)


class DeadlineReminder(CaseworkTable, table=True):
    """That a warning of a deadline was sent to somebody, or tried; `days` says which, 0 the last day.

    It is written down before the mail goes, so that it goes once. `again_at` is from when it is tried again
    while it is not sent.
    """

    __tablename__ = "deadline_reminder"
    __table_args__ = (CheckConstraint("days >= 0", "warned_before_the_end"),)

    staff_id: UUID = column("staff", primary_key=True, foreign_key="staff.id")
    deadline_id: UUID = column("technical", primary_key=True, foreign_key="deadline.id")
    days: int = column("technical", primary_key=True)
    tried_on: date = column("restricted")
    again_at: datetime = column("technical", sa_type=DateTime(timezone=True))
    is_sent: bool = column("technical", default=False)

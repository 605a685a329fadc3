"""How deadlines are handled: what stops a clock, how many days are left, when the desk warns. Pure."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from casework.deadlines.tables import Deadline, DeadlineStop
from office.deadlines.calendar import CalendarYearMissing, next_working_day
from office.deadlines.rules import WORKING_DAYS, WorkCalendar, working_days_left
from office.vocabulary import Calendar, RouteDeadline

ALERTS: Final[Mapping[str, tuple[int, ...]]] = {
    unit: tuple(sorted(days, reverse=True))
    for unit, days in tomllib.loads(Path(__file__).with_name("alerts.toml").read_text("utf-8")).items()
}
"""Days left from which the desk warns, the most first, by the unit of the limit."""

CAUSES: Final = {
    "conciliation": "suspension",
    "mediation": "suspension",
    "legal_aid": "suspension",
    "other_suspension": "suspension",
    "claim": "interruption",
}
"""What stops a clock, and whether it runs on afterwards or begins anew."""

LONGEST_CONCILIATION: Final = 15
"""Working days after which a limit runs on although no conciliation was held (LRJS art. 65.1)."""
SCAN_WITHIN: Final = 3
"""Working days after a case was opened within which somebody looks which limits run."""
COUNTED_WITHIN: Final = timedelta(days=62)
"""How near a last day must be for its working days to be counted out."""


@dataclass(frozen=True, slots=True)
class Stop:
    """What made a clock stand still (`first` to `last`, both included) or begin anew (on `first`)."""

    cause: str
    first: date
    last: date | None = None

    @property
    def kind(self) -> str:
        """`suspension` or `interruption`."""
        return CAUSES[self.cause]


@dataclass(frozen=True, slots=True)
class Left:
    """How many days are left up to a last day; below zero when it is past."""

    days: int
    are_worked: bool


def conciliation(filed: date, held: date | None, days: WorkCalendar) -> Stop:
    """Return how a request for conciliation stops a clock: from the day after it, to the day it was held.

    The day of the request counts, the earlier reading. Without an act the limit runs on after fifteen working
    days.
    """
    last, left = filed, LONGEST_CONCILIATION
    while left:
        last += timedelta(days=1)
        left -= days.is_worked(last)
    last = min(last, held) if held else last
    return Stop("conciliation", min(filed + timedelta(days=1), last), last)


def as_limit(row: Deadline) -> RouteDeadline:
    """Return the limit as the row keeps it."""
    return RouteDeadline(
        count=row.count,
        unit=row.unit,
        start=row.start_code,
        kind=row.kind,
        august=row.august,
        dec24_jan6=row.dec24_jan6,
        roll_if_nonworking=row.rolls,
        counts_start_day=row.counts_start_day,
        label=row.label,
    )


def days_left(row: Deadline, today: date, days: WorkCalendar, stops: Iterable[DeadlineStop] = ()) -> Left:
    """Return how many days are left after `today`, without those on which the clock stands still.

    They are working days where the limit has those and its last day is near, and else days of the calendar.
    """
    still = [(stop.first_on, stop.last_on) for stop in stops if stop.last_on is not None]
    if row.unit in WORKING_DAYS and today <= row.last_on <= today + COUNTED_WITHIN:
        try:
            limit = as_limit(row)
            left = working_days_left(limit, today, row.last_on, days)
            left -= sum(working_days_left(limit, *_within(today, row.last_on, *one), days) for one in still)
            return Left(left, are_worked=True)
        except CalendarYearMissing:
            pass  # days of the calendar are told instead
    spans = (_within(today, row.last_on, *one) for one in still)
    stood = sum(max((last - before).days, 0) for before, last in spans)
    return Left((row.last_on - today).days - stood, are_worked=False)


def _within(today: date, last_on: date, first: date, last: date) -> tuple[date, date]:
    """Return the day before a suspension and its last day, of what lies between today and the last day."""
    return max(today, first - timedelta(days=1)), min(last, last_on)


def alert_of(row: Deadline, left: Left) -> int | None:
    """Return the number of days of the nearest warning that has been reached; None if none has."""
    reached = [least for least in ALERTS.get(row.unit, ALERTS["natural_day"]) if left.days <= least]
    return min(reached, default=None)


def scan_due_before(calendar: Calendar, today: date) -> date:
    """Return the day before which a case was opened whose limits somebody should have looked at by today."""
    opened = today
    while _working_days_after(calendar, opened, SCAN_WITHIN) >= today:
        opened -= timedelta(days=1)
    return opened + timedelta(days=1)


def _working_days_after(calendar: Calendar, day: date, count: int) -> date:
    for _ in range(count):
        day = next_working_day(calendar, day)
    return day

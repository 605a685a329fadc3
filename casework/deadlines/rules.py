"""How deadlines are handled: how many days are left, when the desk warns, who must look. Pure."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from casework.deadlines.tables import Deadline
from office.deadlines.calendar import CalendarYearMissing, next_working_day
from office.deadlines.rules import WORKING_DAYS, Suspension, WorkCalendar, working_days_left
from office.vocabulary import Calendar, RouteDeadline

ALERTS: Final[Mapping[str, tuple[int, ...]]] = {
    unit: tuple(sorted(days, reverse=True))
    for unit, days in tomllib.loads(Path(__file__).with_name("alerts.toml").read_text("utf-8")).items()
}
"""Days left from which the desk warns, the most first, by the unit of the limit."""

SCAN_WITHIN: Final = 3
"""Working days after a case was opened within which somebody looks which limits run."""
COUNTED_WITHIN: Final = timedelta(days=62)
"""How near a last day must be for its working days to be counted out."""


@dataclass(frozen=True, slots=True)
class Left:
    """How many days are left up to a last day; below zero when it is past."""

    days: int
    are_worked: bool


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
        article=row.law,
    )


def days_left(
    row: Deadline, last_on: date, today: date, days: WorkCalendar, still: Sequence[Suspension] = ()
) -> Left:
    """Return how many days are left after `today` up to `last_on`, without those that stand still.

    They are working days where the limit has those and its last day is near, and else days of the calendar.
    """
    if row.unit in WORKING_DAYS and today <= last_on <= today + COUNTED_WITHIN:
        try:
            left = working_days_left(as_limit(row), today, last_on, days, still)
            return Left(left, are_worked=True)
        except CalendarYearMissing:
            pass  # days of the calendar are told instead
    between = (today + timedelta(days=ahead) for ahead in range(1, (last_on - today).days + 1))
    stood = sum(1 for day in between if any(one.has(day) for one in still))
    return Left((last_on - today).days - stood, are_worked=False)


def alert_of(row: Deadline, left: Left) -> int | None:
    """Return the number of days of the nearest warning that has been reached; None if none has.

    Of an authority's time the desk does not warn: no claim ends with it.
    """
    if not row.is_ours:
        return None
    return min((least for least in alerts_of(row) if left.days <= least), default=None)


def alerts_of(row: Deadline) -> tuple[int, ...]:
    """Return the days left at which the desk warns of a deadline of this unit, the most first."""
    return ALERTS.get(row.unit, ALERTS["natural_day"])


def scan_due_before(calendar: Calendar, today: date) -> date:
    """Return the day before which a case was opened whose limits somebody should have looked at by today."""
    return working_days_before(calendar, today, SCAN_WITHIN)


def working_days_before(calendar: Calendar, today: date, count: int) -> date:
    """Return the first day after which so many working days of the city have not gone by yet."""
    opened = today
    while _working_days_after(calendar, opened, count) >= today:
        opened -= timedelta(days=1)
    return opened + timedelta(days=1)


def _working_days_after(calendar: Calendar, day: date, count: int) -> date:
    for _ in range(count):
        day = next_working_day(calendar, day)
    return day

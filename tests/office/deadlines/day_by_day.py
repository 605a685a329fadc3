"""A second counting of legal time, with a finger on a wall calendar: slow, and plain to see.

It shares no line with `office.deadlines.rules`. The property test holds the two against each other.
"""

from collections.abc import Set
from datetime import date, timedelta

from office.vocabulary import RouteDeadline

ONE = timedelta(days=1)
CHRISTMAS = {(12, day) for day in range(24, 32)} | {(1, day) for day in range(1, 7)}


def is_recess(limit: RouteDeadline, day: date) -> bool:
    if limit.august == "excluded" and day.month == 8:
        return True
    return limit.dec24_jan6 == "excluded" and (day.month, day.day) in CHRISTMAS


def last_day(limit: RouteDeadline, start: date, off: Set[date], stopped: Set[date]) -> date:
    """The last day to act; `off` are holidays, `stopped` the days of a suspension."""
    if limit.unit in ("month", "year"):
        day = months_by_walking(limit, start)
        wait = sum(1 for one in stopped if start < one <= day)
        # Days that are added may be stopped themselves, so each is walked.
        while wait:
            day += ONE
            if day not in stopped:
                wait -= 1
    else:
        day = days_by_walking(limit, start, off, stopped)
    if limit.roll_if_nonworking:
        while day.isoweekday() > 5 or day in off or day in stopped or is_recess(limit, day):
            day += ONE
    return day


def days_by_walking(limit: RouteDeadline, start: date, off: Set[date], stopped: Set[date]) -> date:
    crossed: list[date] = []
    day = start if limit.counts_start_day else start + ONE
    while True:
        is_free = limit.unit != "natural_day" and (day.isoweekday() in (6, 7) or day in off)
        if not (is_free or day in stopped or is_recess(limit, day)):
            crossed.append(day)
        if len(crossed) == limit.count:
            return day
        day += ONE


def months_by_walking(limit: RouteDeadline, start: date) -> date:
    months = limit.count * (12 if limit.unit == "year" else 1)
    skips_august = limit.august == "excluded"
    number = 31 if skips_august and start.month == 8 else start.day
    full = 0
    day = start
    while full < months:
        day += ONE
        if skips_august and day.month == 8:
            continue
        if day.day == number or ((day + ONE).day == 1 and number > day.day):
            full += 1
    if limit.counts_start_day and not skips_august and day.day == number:
        return day - ONE
    return day

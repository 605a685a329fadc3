"""How legal time runs: dates in, dates out. What the limits are is data that lawyers review.

Days follow Ley 39/2015 art. 30, LOPJ arts. 182-183, LEC art. 130 and CC art. 5. Where the law leaves a
choice, the earlier day is told: whoever acts by it is in time either way. The days of grace of the courts
(LEC art. 135.5, LRJS art. 45) are not added for the same reason.

Nothing here knows a city, a route or today. The door only tells last days. The deadlines of a case, kept at
the desk, need the rest: suspensions and `began_anew` here, recorded events in `events`, `confirmed` in
`limits`.
"""

import calendar
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from office.deadlines.calendar import ONE_DAY, months_after
from office.errors import Invalid
from office.vocabulary import RouteDeadline

AUGUST: Final = 8
MONTHS: Final = {"month": 1, "year": 12}
WORKING_DAYS: Final = ("working_day_admin", "working_day_court")


class WorkCalendar(Protocol):
    """Says which days are worked where the limit is counted."""

    def is_worked(self, day: date) -> bool:
        """Return whether `day` is worked."""
        ...


class LimitHasNoEnd(Invalid):
    """This route may be taken at any time, so there is no last day."""

    code = "limit_has_no_end"
    sentence = "This route has no time limit, so there is no last day to tell."


class LimitIsNotInterrupted(Invalid):
    """This limit does not start again: only a suspension that the law names stops it."""

    code = "limit_is_not_interrupted"
    sentence = "This time limit does not start again: only a suspension named by the law stops it."


@dataclass(frozen=True, slots=True)
class Suspension:
    """Days that do not count, as after a request for conciliation (LRJS art. 65.1).

    Attributes:
        first: first day that does not count.
        last: last day that does not count; the limit runs on from the day after it.
        evidence: where the proof lies (a document's reference, never its words).
    """

    first: date
    last: date
    evidence: str

    def has(self, day: date) -> bool:
        """Return whether `day` is one of them."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Occurrence:
    """When something happened, as exactly as it was told: one day, or some day between two."""

    earliest: date
    latest: date

    @property
    def is_exact(self) -> bool:
        """Whether the very day is known."""
        return self.earliest == self.latest

    @property
    def days(self) -> tuple[date, ...]:
        """Return every day it can have been."""
        return tuple(_days_between(self.earliest - ONE_DAY, self.latest))


def on_the_day(day: date) -> Occurrence:
    """Return an occurrence whose day is known."""
    return Occurrence(day, day)


def in_the_month(year: int, month: int, *, today: date) -> Occurrence:
    """Return an occurrence of which only the month is known; it is not later than `today`."""
    last = date(year, month, calendar.monthrange(year, month)[1])
    first = date(year, month, 1)
    return Occurrence(first, max(first, min(last, today)))


def due_on(
    limit: RouteDeadline, start: date, days: WorkCalendar, suspensions: Iterable[Suspension] = ()
) -> date:
    """Return the last day to act when the event happened on `start`.

    The day of the event does not count, unless the limit says that it is its first day. Working days
    skip what is not worked and, where the limit says so, August and 24 December to 6 January. Months
    and years end on the day of the same number, or on the last of a month without it. A last day that
    is not worked moves to the next that is only where the limit says so.

    Raises:
        LimitHasNoEnd: the route may be taken at any time.
        CalendarYearMissing: it ends in a year whose days off are not known.
    """
    if limit.unit == "none":
        raise LimitHasNoEnd(start=limit.start)
    stopped = tuple(suspensions)
    if limit.unit in MONTHS:
        last = _with_suspended_days(limit, _date_to_date(limit, start), start, stopped)
    else:
        last = _counted(limit, start, days, stopped)
    if limit.roll_if_nonworking:
        while not (days.is_worked(last) and _runs(limit, last, stopped)):
            last += ONE_DAY
    return last


def began_anew(limit: RouteDeadline, start: date, interruptions: Iterable[date], days: WorkCalendar) -> date:
    """Return the day from which the limit runs after `interruptions`: each makes it begin again whole.

    What comes after the limit has run out revives nothing (CC art. 1973, CP art. 132.2).

    Raises:
        LimitIsNotInterrupted: an expiry (caducidad) or another limit that no claim starts again.
    """
    ordered = sorted(interruptions)
    if ordered and limit.kind != "prescription":
        raise LimitIsNotInterrupted(kind=limit.kind)
    for interruption in ordered:
        if start <= interruption <= due_on(limit, start, days):
            start = interruption
    return start


def working_days_left(
    limit: RouteDeadline,
    today: date,
    last: date,
    days: WorkCalendar,
    suspensions: Iterable[Suspension] = (),
) -> int:
    """Return how many days on which one can act come after `today`, up to and with `last`.

    Of a limit that stands still this is what is left of it once it runs on.
    """
    stopped = tuple(suspensions)
    between = _days_between(today, last)
    return sum(1 for day in between if days.is_worked(day) and _runs(limit, day, stopped))


def _counted(
    limit: RouteDeadline, start: date, days: WorkCalendar, suspensions: Sequence[Suspension]
) -> date:
    needs_work = limit.unit in WORKING_DAYS
    day = start - ONE_DAY if limit.counts_start_day else start
    left = limit.count
    while left:
        day += ONE_DAY
        if _runs(limit, day, suspensions) and (not needs_work or days.is_worked(day)):
            left -= 1
    return day


def _date_to_date(limit: RouteDeadline, start: date) -> date:
    months = limit.count * MONTHS[limit.unit]
    if limit.august == "excluded":
        return _without_august(start, months)
    last = months_after(start, months)
    # A period that begins with the day of the event is full on the day before its date returns; a month
    # without that date is full with its last day.
    return last - ONE_DAY if limit.counts_start_day and last.day == start.day else last


def _without_august(start: date, months: int) -> date:
    """Return the end of `months` in which August does not run (LJCA art. 128.2).

    August is left out as if it were not there: what is notified in it counts from its end, and the date
    returns one month later for each August in between. Adding 31 days instead could give a later day.
    """
    begun = date(start.year, AUGUST, 31) if start.month == AUGUST else start
    skipped = 0
    while True:
        last = months_after(begun, months + skipped)
        augusts = sum(
            1
            for year in range(begun.year, last.year + 1)
            if begun < date(year, AUGUST, 31) and date(year, AUGUST, 1) <= last
        )
        if augusts == skipped:
            return last
        skipped = augusts


def _with_suspended_days(
    limit: RouteDeadline, last: date, start: date, suspensions: Sequence[Suspension]
) -> date:
    # Each day that stood still is added at the end, and may push the end into days that stand still too.
    # A day that would not have run anyway, as in August, is not added a second time.
    stood_still = {day for one in suspensions for day in _days_between(one.first - ONE_DAY, one.last)}
    for day in sorted(day for day in stood_still if day > start and _runs(limit, day, ())):
        if day <= last:
            last += ONE_DAY
            while not _runs(limit, last, ()):
                last += ONE_DAY
    return last


def _runs(limit: RouteDeadline, day: date, suspensions: Sequence[Suspension]) -> bool:
    if limit.august == "excluded" and day.month == AUGUST:
        return False
    if limit.dec24_jan6 == "excluded" and _is_christmas(day):
        return False
    return not any(one.has(day) for one in suspensions)


def _is_christmas(day: date) -> bool:
    return (day.month == 12 and day.day >= 24) or (day.month == 1 and day.day <= 6)


def _days_between(after: date, until: date) -> Iterator[date]:
    day = after
    while day < until:
        day += ONE_DAY
        yield day

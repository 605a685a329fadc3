"""The days the office promises, reckoned from the city's own service levels and days off.

It knows no legal deadline: these are the office's promises to the people it serves.
"""

from datetime import date, timedelta
from typing import Final, NamedTuple

from office.vocabulary import City, ServiceLevel

FIRST_ANSWER: Final = "first_answer"
DANGER: Final = "danger"
SATURDAY: Final = 5


class Promise(NamedTuple):
    """The days told on a receipt; None where nothing is promised."""

    answer_on: date | None
    looked_at_on: date | None


def promised_on(city: City, level: ServiceLevel, start: date) -> date:
    """Return the day by which a promise made on `start` is kept; `start` itself does not count."""
    if level.unit.startswith("working_day"):
        day, left = start, level.count
        while left:
            day += timedelta(days=1)
            if day.weekday() < SATURDAY and day not in city.calendar.days_off(day.year):
                left -= 1
        return day
    if level.unit == "month":
        return _months_after(start, level.count)
    return start + timedelta(days=level.count)


def promise_for(city: City, start: date, *, wants_advice: bool, is_in_danger: bool) -> Promise:
    """Return what the office promises for a report sent on `start`."""
    return Promise(
        answer_on=_kept_on(city, FIRST_ANSWER, start) if wants_advice else None,
        looked_at_on=_kept_on(city, DANGER, start) if is_in_danger else None,
    )


def first_answer_on(city: City, start: date) -> date | None:
    """Return the day by which a person answers, or None if the city has made no such promise."""
    return _kept_on(city, FIRST_ANSWER, start)


def _kept_on(city: City, code: str, start: date) -> date | None:
    level = next((level for level in city.service_levels if level.code == code), None)
    return promised_on(city, level, start) if level else None


def end_of_week(iso_week: str) -> date:
    """Return the Sunday of a week written `2026-W47`."""
    year, week = iso_week.split("-W")
    return date.fromisocalendar(int(year), int(week), 7)


def _months_after(start: date, months: int) -> date:
    month = start.month - 1 + months
    year, month = start.year + month // 12, month % 12 + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=start.day - 1), first_of_next - timedelta(days=1))

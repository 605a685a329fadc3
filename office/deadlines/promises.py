"""The days the office promises, reckoned from the city's own service levels and days off.

These are promises to the people it serves and no legal limits; nothing here may be used for those.
"""

from datetime import date, timedelta
from typing import Final

from office.deadlines.calendar import months_after, next_working_day
from office.vocabulary import City, CodeUnknown

ACKNOWLEDGEMENT: Final = "acknowledgement"
FIRST_ANSWER: Final = "first_answer"
OUTCOME: Final = "outcome"
DANGER: Final = "danger"
MONTHS_OF_A_YEAR: Final = 12


def promised_on(city: City, level_code: str, start: date) -> date | None:
    """Return the day by which a promise made on `start` is kept; `start` itself does not count.

    None if the city has made no such promise.
    """
    try:
        level = city.service_level(level_code)
    except CodeUnknown:
        return None
    if level.unit.startswith("working_day"):
        day = start
        for _ in range(level.count):
            day = next_working_day(city.calendar, day)
        return day
    if level.unit == "month":
        return months_after(start, level.count)
    if level.unit == "year":
        return months_after(start, level.count * MONTHS_OF_A_YEAR)
    return start + timedelta(days=level.count)


def first_answer_on(city: City, week: str) -> date | None:
    """Return the day by which a person answers what was sent in a week written `2026-W47`."""
    return kept_by(city, FIRST_ANSWER, week)


def kept_by(city: City, level_code: str, week: str) -> date | None:
    """Return the day by which a promise is kept about what was sent in a week written `2026-W47`.

    It is reckoned from the Sunday of that week, for no more than the week is kept: so the receipt and the
    pages one comes back to say the same day. None if the city has made no such promise.
    """
    return promised_on(city, level_code, end_of_week(week))


def end_of_week(week: str) -> date:
    """Return the Sunday of a week written `2026-W47`."""
    year, number = week.split("-W")
    return date.fromisocalendar(int(year), int(number), 7)

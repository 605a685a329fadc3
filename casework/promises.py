"""The day by which a person hears from the office: the city's own promises, not legal limits.

Legal deadlines are another matter, with rules a lawyer confirms; nothing here may be used for them.
"""

from datetime import date, timedelta

from office.vocabulary import City

SATURDAY = 5


def promised_on(city: City, level_code: str, start: date) -> date:
    """Return the last day of a promise that begins on `start`; the day of `start` does not count.

    Raises:
        CodeUnknown: the city has made no such promise.
    """
    level = city.service_level(level_code)
    if not level.unit.startswith("working_day"):
        return start + timedelta(days=level.count * (30 if level.unit == "month" else 1))
    day = start
    for _ in range(level.count):
        day = next_working_day(city, day)
    return day


def next_working_day(city: City, day: date) -> date:
    """Return the first day after `day` that is neither a weekend nor a day off in the city."""
    day += timedelta(days=1)
    while day.weekday() >= SATURDAY or day in city.calendar.days_off(day.year):
        day += timedelta(days=1)
    return day

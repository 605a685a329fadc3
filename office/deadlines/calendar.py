"""Which days are worked in a city, and steps from one day to another."""

from datetime import date, timedelta
from typing import Final

from office.vocabulary import Calendar

SATURDAY: Final = 5


def is_worked(calendar: Calendar, day: date) -> bool:
    """Return whether `day` is neither a weekend nor a day off in the city."""
    return day.weekday() < SATURDAY and day not in calendar.days_off(day.year)


def next_working_day(calendar: Calendar, day: date) -> date:
    """Return the first day after `day` that is worked in the city."""
    day += timedelta(days=1)
    while not is_worked(calendar, day):
        day += timedelta(days=1)
    return day


def months_after(start: date, months: int) -> date:
    """Return the same day so many months later, or the last day of a month that has no such day."""
    month = start.month - 1 + months
    year, month = start.year + month // 12, month % 12 + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=start.day - 1), first_of_next - timedelta(days=1))

"""Which days are worked in a city, and steps from one day to another.

Two ways of looking at days off live here. Promises use the city's own list for any year. Legal time is
counted only in years whose days off somebody listed: in any other year there is an error and no guess.
A day that is only supposed to be off makes a promise later and a limit earlier.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from office.errors import Unavailable
from office.vocabulary import Calendar
from office.vocabulary.days_off import days_off_of, is_listed

SATURDAY: Final = 5
ONE_DAY: Final = timedelta(days=1)


class CalendarYearMissing(Unavailable):
    """A legal day falls in a year whose days off nobody has listed; none is guessed."""

    code = "calendar_year_missing"
    sentence = "This day cannot be counted yet: the days off of that year are not in the office's calendar."


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


def legal_days_off(calendar: Calendar, year: int) -> frozenset[date]:
    """Return the days off of `year` for legal time: those of the country and its region, and the city's own.

    The country's and the region's come from the `holidays` library; a change in the city's file wins
    over it, because the file is what a named person compares with the official notices.

    Raises:
        CalendarYearMissing: nobody has listed the days off of that year.
    """
    if year not in calendar.years:
        raise CalendarYearMissing(year=str(year))
    days = {*_of_the_country(calendar.country, calendar.region, year), *calendar.days_off(year)}
    return frozenset(days - {change.day for change in calendar.changes if change.counts_for_the_law})


def _of_the_country(country: str, region: str, year: int) -> Iterable[date]:
    if not country:
        return ()
    if not is_listed(country, region):  # without its days none can be told
        raise CalendarYearMissing(year=str(year), country=country, region=region)
    return days_off_of(country, region, year)


@dataclass(frozen=True, slots=True, eq=False)
class WorkedDays:
    """The days that are worked at the seat of an authority, for counting legal time.

    Attributes:
        calendars: that of the seat; for administrations also that of the place where the person lives,
            since a day off in either is not worked (Ley 39/2015 art. 30.6).
    """

    calendars: tuple[Calendar, ...]
    _years: dict[int, frozenset[date]] = field(default_factory=dict, repr=False)

    def ready(self) -> None:
        """Read the days off of every listed year now, so that nobody waits for it later."""
        for year in set[int].intersection(*({*calendar.years} for calendar in self.calendars)):
            self._days_off(year)

    def is_worked(self, day: date) -> bool:
        """Return whether `day` is neither a weekend nor a day off in any of the places.

        Raises:
            CalendarYearMissing: the days off of its year are not known in one of them.
        """
        return day not in self._days_off(day.year) and day.weekday() < SATURDAY

    def is_confirmed(self, first: date, last: date) -> bool:
        """Return whether a named person confirmed the days off of every year from `first` to `last`."""
        years = range(first.year, last.year + 1)
        return all(calendar.is_confirmed(year) for calendar in self.calendars for year in years)

    def _days_off(self, year: int) -> frozenset[date]:
        if year not in self._years:
            places = (legal_days_off(calendar, year) for calendar in self.calendars)
            self._years[year] = frozenset[date]().union(*places)
        return self._years[year]

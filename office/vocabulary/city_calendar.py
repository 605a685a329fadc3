"""A city's days off as data, before anybody counts a deadline with them.

Counting legal time is not done here: only which days are not worked, and who says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from office.vocabulary.items import Meta


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day not worked in one place, every year: on a fixed day, or some days from Easter Sunday."""

    name: str
    scope: str
    month_day: tuple[int, int] | None = None
    easter_offset_days: int | None = None

    def on(self, year: int) -> date:
        """Return the day it falls on in `year`."""
        if self.month_day is not None:
            return date(year, *self.month_day)
        return easter_sunday(year) + timedelta(days=self.easter_offset_days or 0)


@dataclass(frozen=True, slots=True)
class DayChange:
    """A day of one year that differs from the usual: added to the holidays, or taken from them.

    Attributes:
        is_supposed: it is off in other years, and nobody has read that it is in this one. What the office
            promises leaves it out, for it may be closed; legal time counts it: the last day may be earlier.
    """

    day: date
    is_holiday: bool
    scope: str
    source: str
    is_supposed: bool = False

    @property
    def counts_for_the_law(self) -> bool:
        """Return whether legal time runs on this day."""
        return self.is_supposed or not self.is_holiday


@dataclass(frozen=True, slots=True)
class Calendar:
    """The city's days off, before anyone confirms a year.

    Attributes:
        confirmed_years: years whose list a named person compared with the official notices.
        listed_years: years whose list somebody drew up, with what it was taken from. Legal time is
            counted in these and in the confirmed ones only.
        country: country whose holidays the `holidays` library adds; empty for none.
        region: part of that country, as the library calls it; empty for the country alone.
        closures: rules of courts and administrations on Saturdays, August and Christmas.
    """

    meta: Meta
    holidays: tuple[Holiday, ...]
    changes: tuple[DayChange, ...]
    confirmed_years: Mapping[int, str]
    closures: Mapping[str, Mapping[str, str]]
    listed_years: Mapping[int, str] = field(default_factory=dict)
    country: str = ""
    region: str = ""

    @property
    def years(self) -> tuple[int, ...]:
        """Return the years whose days off are known."""
        return tuple(sorted({*self.listed_years, *self.confirmed_years}))

    def days_off(self, year: int) -> dict[date, str]:
        """Return the holidays of `year` with their names; a weekend is not a holiday by itself."""
        days = {holiday.on(year): holiday.name for holiday in self.holidays}
        for change in self.changes:
            if change.day.year == year and change.is_holiday:
                days[change.day] = change.source
            elif change.day.year == year:
                days.pop(change.day, None)
        return dict(sorted(days.items()))

    def is_confirmed(self, year: int) -> bool:
        """Return whether a named person confirmed the days off of `year`."""
        return bool(self.confirmed_years.get(year, "").strip())


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of `year` in the Gregorian calendar.

    The golden number gives the place of the year in the lunar cycle; the epact, corrected by the
    solar and lunar equations of 1582, gives the paschal full moon; Easter is the Sunday after it.
    """
    golden = year % 19
    century = year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    days_to_moon = epact - (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + days_to_moon + 2 - century + century // 4) % 7
    days = days_to_moon - weekday
    month = 3 + (days + 40) // 44
    return date(year, month, days + 28 - 31 * (month // 4))

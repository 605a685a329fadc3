"""Whose days off a limit is counted by: those of the place where the court or the authority sits.

A day of a court is not worked if it is off at its seat (LOPJ art. 182.1, LEC art. 130.2); a day of an
administration also if it is off where the person lives (Ley 39/2015 art. 30.6). While the seat is not known
only those days are left out that are off in the whole country: no last day that can be right is earlier.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from office.deadlines.calendar import WorkedDays
from office.deadlines.rules import WORKING_DAYS
from office.vocabulary import Calendar, City, Item, RouteDeadline, load, seat_calendar
from office.vocabulary.days_off import is_listed

UNKNOWN: Final = "unknown"
OWN: Final = "own"
NATIONAL: Final = "national"
"""The scope of a day off that is one everywhere."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a limit runs.

    Attributes:
        code: the place, from the list of seats.
        with_home: somebody knows that the person lives in the city, so that before an administration its
            days off are left out too.
    """

    code: str = UNKNOWN
    with_home: bool = False


DaysOf = Callable[[Item], WorkedDays]
"""The days worked for the limits of one route."""


def fixed_seat(route: Item, city: City) -> str:
    """Return the seat that the law fixes for a route; empty if it fixes none, or the city knows none."""
    named = route.value("seat")
    return named if named in load("seats", city) else ""


def seat_of(route: Item, told: Seat, city: City) -> Seat:
    """Return where a route's limits run: as the law fixes it, and else as somebody told."""
    seat = replace(told, code=fixed_seat(route, city) or told.code)
    return seat if route.has("is_before_administration") else replace(seat, with_home=False)


def days_of(city: City, told: Seat) -> DaysOf:
    """Return by what days each route is counted, told where the courts and authorities sit."""
    return lambda route: days_at(city, seat_of(route, told, city))


@lru_cache(maxsize=64)
def days_at(city: City, seat: Seat) -> WorkedDays:
    """Return the days worked at a seat."""
    if seat.code == OWN:
        return WorkedDays((city.calendar,))
    there = everywhere(city.calendar) if seat.code == UNKNOWN else seat_calendar(seat.code, city)
    return WorkedDays((there, city.calendar) if seat.with_home else (there,))


def everywhere(calendar: Calendar) -> Calendar:
    """Return a calendar with those days only that are off in the whole country."""
    # What the library lists for the country alone is off in each of its regions; without it the file says.
    kept = () if calendar.country else tuple(one for one in calendar.holidays if one.scope == NATIONAL)
    changes = tuple(one for one in calendar.changes if one.scope == NATIONAL)
    # A region that the library does not know is a mistake of the city's file: its days stay an error.
    region = "" if is_listed(calendar.country, calendar.region) else calendar.region
    return replace(calendar, holidays=kept, changes=changes, region=region)


def asks_for_days(limit: RouteDeadline) -> bool:
    """Return whether days off move the last day of a limit."""
    return limit.unit != "none" and (limit.unit in WORKING_DAYS or limit.roll_if_nonworking)

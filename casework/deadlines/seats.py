"""By whose days off the clocks of cases are counted: those of the place where the court or authority sits.

A row keeps the place it was counted by. One of before anybody was asked was counted by the city's own days
off, which may tell a later day than is right: it is not moved, and the day to act by is told beside it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from casework.deadlines.counting import Stop, counted_as
from casework.deadlines.rules import as_limit
from casework.deadlines.tables import Deadline
from casework.forms import Checked
from office.deadlines.calendar import WorkedDays
from office.deadlines.limits import limits_of
from office.deadlines.rules import Occurrence
from office.deadlines.seats import OWN, UNKNOWN, Seat, asks_for_days, days_at, fixed_seat, seat_of
from office.errors import OfficeError
from office.languages import mark
from office.vocabulary import City, Item, Vocabulary, load

UNASKED: Final = "unasked"
"""The seat of a clock that was counted before seats were asked for."""
NOT_KNOWN: Final = mark(
    "Only days off in the whole country are left out; those of a single region or town are counted as worked "
    "days. That is the earliest day that can be right, until it is known where the court or authority sits."
)
NOT_ASKED: Final = mark(
    "Counted by the days off of this city, before anybody was asked where the court or authority sits."
)
BY_CITY: Final = mark("The days off of this city are left out.")
BY_SEAT: Final = mark("The days off of %(place)s are left out.")
BY_SEAT_AND_HOME: Final = mark(
    "The days off of %(place)s are left out, and those of this city, where the person lives "
    "(Ley 39/2015 art. 30.6)."
)
UNKNOWN_AND_HOME: Final = mark(
    "Only days off in the whole country are left out, and those of this city, where the person lives "
    "(Ley 39/2015 art. 30.6), until it is known where the authority sits."
)


def seat_kept(row: Deadline) -> Seat:
    """Return by which place a row was counted."""
    return Seat(OWN if row.seat_code == UNASKED else row.seat_code, row.counts_home)


def days_of_row(city: City, row: Deadline) -> WorkedDays:
    """Return the days worked where the clock of a row runs."""
    return days_at(city, seat_kept(row))


def needs_seat(row: Deadline) -> bool:
    """Return whether the days off of a place move the last day of a row."""
    return asks_for_days(as_limit(row))


def careful_seat(city: City, row: Deadline) -> Seat:
    """Return the place that the law fixes for the route of a row, or that none is known."""
    routes = load("routes", city)
    return seat_of(routes.item(row.route_code), Seat(), city) if row.route_code in routes else Seat()


def careful_day(
    routes: Vocabulary, row: Deadline, stops: Sequence[Stop], city: City, due_on: date, today: date
) -> date | None:
    """Return the day to act by where a clock was counted before seats were asked for, if it is earlier."""
    if row.seat_code != UNASKED or not row.is_open or not needs_seat(row):
        return None
    days, event = days_at(city, careful_seat(city, row)), Occurrence(row.counted_from, row.counted_until)
    try:
        careful = counted_as(routes, row.route_code, row.label, event, days, stops, today).on
    except OfficeError:
        return None
    return careful if careful < due_on else None


def careful_today(
    routes: Vocabulary, row: Deadline, stops: Sequence[Stop], city: City, due_on: date, today: date
) -> date | None:
    """Return the day kept in `careful_on` as it is today, if it is earlier than the last day.

    While something that stops the clock has not ended each day moves both, and they may part later; not of a
    row counted by a list that is another since.
    """
    if not row.is_open:
        return None
    if row.list_version == routes.meta.version and any(one.is_open for one in stops):
        return careful_day(routes, row, stops, city, due_on, today)
    return row.careful_on if row.careful_on and row.careful_on < due_on else None


def seat_in(checked: Checked, city: City) -> Seat:
    """Return the place that the fields `seat` and `home` of a form tell; not known if nothing is told."""
    if not checked.form.one("seat"):
        return Seat()
    code = checked.one("seat", load("seats", city).codes)
    return Seat(code or UNKNOWN, with_home=bool(checked.form.one("home")))


def asks_home(route: Item | None, on: date) -> bool:
    """Return whether the days off of where the person lives may count for a route."""
    is_asked = route is not None and any(asks_for_days(limit) for limit in limits_of(route, on))
    return bool(route and is_asked and route.has("is_before_administration"))


def is_fixed(city: City, route: Item) -> bool:
    """Return whether the law says where the limits of a route run."""
    return bool(fixed_seat(route, city))


def shown_seat(row: Deadline) -> Seat:
    """Return the place that a form begins with: the one kept, or not known if nobody was asked."""
    return replace(seat_kept(row), code=UNKNOWN) if row.seat_code == UNASKED else seat_kept(row)

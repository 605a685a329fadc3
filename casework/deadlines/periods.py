"""Periods that somebody set: an authority, a court, whoever keeps a recording. Pure.

Their length is what a paper says, and no list knows it. How it runs follows from before whom: working days of
an administration or of a court, or days of the calendar. The row keeps the limit, so it lives as any other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final

from casework.deadlines.errors import NothingRuns
from casework.deadlines.rules import as_limit
from casework.deadlines.tables import Deadline
from office.deadlines.limits import DueDate
from office.deadlines.rules import Occurrence
from office.languages import mark
from office.vocabulary import City, RouteDeadline, Vocabulary, load

SET: Final = "set_period"
"""The route of a period that somebody set."""
START: Final = "period_notified"
LAST_DAY_TOLD: Final = "last_day_told"
"""The event of a period of which the last day itself was told."""
LONGEST: Final = 731
"""The longest that a period may be told to be, in its units."""


@dataclass(frozen=True, slots=True)
class Period:
    """A period that somebody set, and before whom it runs: one of `PROCEDURES`."""

    limit: RouteDeadline
    procedure: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """Before whom a period runs, and so how.

    Attributes:
        working_day: the unit of its working days; empty where only days of the calendar are counted.
        august: whether August runs in its working days; 24 December to 6 January does as August does.
        rolls: a last day that is not worked moves to the next that is.
        with_home: the days off of where the person lives count too.
    """

    words: str
    law: str
    working_day: str
    august: str
    rolls: bool
    with_home: bool = False


PROCEDURES: Final[Mapping[str, Procedure]] = {
    "administrative": Procedure(
        mark("An administration: August runs (Ley 39/2015 art. 30)"),
        "Ley 39/2015 art. 30",
        "working_day_admin",
        "counts",
        rolls=True,
        with_home=True,
    ),
    "court_urgent": Procedure(
        mark("A court, in what is urgent or not known to be otherwise: August runs (LOPJ art. 183)"),
        "LOPJ arts. 182-185; LEC arts. 130-133",
        "working_day_court",
        "counts",
        rolls=True,
    ),
    "court": Procedure(
        mark("A court, in an ordinary procedure: August and 24 December to 6 January do not run"),
        "LOPJ arts. 182-185; LEC arts. 130-133",
        "working_day_court",
        "excluded",
        rolls=True,
    ),
    "other": Procedure(
        mark("Somebody else, as whoever keeps a recording: every day is counted"),
        "",
        "",
        "counts",
        rolls=False,
    ),
}
UNITS: Final = {
    "working_day": mark("working days"),
    "natural_day": mark("days of the calendar"),
    "month": mark("months"),
}


def set_limit(procedure: str, unit: str, count: int) -> RouteDeadline:
    """Return a period as a limit. Months leave no August out: the earlier day (LEC art. 133.3)."""
    how = PROCEDURES[procedure]
    is_worked = unit == "working_day"
    return RouteDeadline(
        count=count,
        unit=how.working_day if is_worked else unit,
        start=START,
        kind="caducidad",
        august=how.august if is_worked else "counts",
        dec24_jan6=how.august if is_worked else "counts",
        roll_if_nonworking=how.rolls,
        article=how.law,
    )


def until(first: date, last: date) -> RouteDeadline:
    """Return a period of which the last day itself was told: it moves for nothing."""
    told = set_limit("other", "natural_day", (last - first).days)
    return replace(told, start=LAST_DAY_TOLD, article="")


@lru_cache(maxsize=64)
def routes_with(limit: RouteDeadline, procedure: str, city: City) -> Vocabulary:
    """Return the city's list of routes in which a period that was set has this limit."""
    routes = load("routes", city)
    own = {"is_before_administration": procedure == "administrative"}
    items = tuple(
        replace(one, deadlines=(limit,), extra={**one.extra, **own}) if one.code == SET else one
        for one in routes
    )
    return replace(routes, items=items)


def routes_for(row: Deadline, city: City) -> Vocabulary:
    """Return the list by which a row is counted: the city's, with the row's own period if somebody set it."""
    if row.route_code != SET:
        return load("routes", city)
    return routes_with(as_limit(row), row.procedure_code, city)


def told_anew(row: Deadline, event: Occurrence, city: City) -> DueDate:
    """Return a period of which the last day was told, from another day: its last day stays.

    Raises:
        NothingRuns: it would begin after its last day.
    """
    if event.latest >= row.last_on:
        raise NothingRuns(route=row.route_code)
    return DueDate(
        route_code=SET,
        limit=until(event.earliest, row.last_on),
        law=(),
        version=load("routes", city).meta.version,
        counted_from=event,
        on=row.last_on,
        latest_on=row.last_on,
        is_calendar_confirmed=row.is_calendar_confirmed,
    )

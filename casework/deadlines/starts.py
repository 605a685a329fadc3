"""From which days limits run: that of the facts, and those of other events that somebody knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from casework.acts import Act
from casework.deadlines.errors import NothingRuns, StartNotKnown
from casework.deadlines.tables import ANSWER_DUE
from office.deadlines.limits import DueDate
from office.deadlines.rules import Occurrence, on_the_day
from office.deadlines.scans import Facts, ScanLine, scan
from office.deadlines.seats import Seat, days_of
from office.vocabulary import Item, Vocabulary, load

THE_FACTS: Final = frozenset({"incident_date", "crime_date", "infringement_date", "day_after_infringement"})
"""Events (list `limit_events`) that are the facts themselves, and so have no day of their own."""


@dataclass(frozen=True, slots=True)
class Days:
    """What is known of the days in a case.

    Attributes:
        happened: when the facts were.
        others: days of other events, as a notice or a request, by the codes of the list `limit_events`.
        seat: where the courts and authorities sit, where no law fixes it.
    """

    happened: Occurrence
    others: Mapping[str, date] = field(default_factory=dict)
    seat: Seat = Seat()


def is_scanned(route: Item) -> bool:
    """Return whether a route is looked for in a case: an authority's time follows from a step of a track."""
    return any(limit.kind != ANSWER_DUE for limit in route.deadlines)


def events_asked(routes: Vocabulary) -> tuple[str, ...]:
    """Return the events from which some limit runs, without the facts, in the order of their list."""
    limits = [limit for one in routes if is_scanned(one) for limit in one.deadlines if limit.unit != "none"]
    named = {limit.start for limit in limits} | {way.event for limit in limits for way in limit.reckoned}
    return tuple(item.code for item in load("limit_events") if item.code in named - THE_FACTS)


def lines_of(days: Days, act: Act) -> dict[str, list[ScanLine]]:
    """Return the limits of every route for these days, each route's earliest first, by the route's code."""
    facts = Facts({}, {code: on_the_day(day) for code, day in days.others.items()})
    found: dict[str, list[ScanLine]] = {}
    for line in scan(load("routes", act.city), facts, days.happened, days_of(act.city, days.seat)):
        if line.limit.kind != ANSWER_DUE:
            found.setdefault(line.route_code, []).append(line)
    return found


def earliest(route_code: str, lines: Sequence[ScanLine]) -> DueDate:
    """Return the earliest last day of a route's limits.

    Raises:
        CalendarYearMissing: one that may be earlier cannot be counted.
        StartNotKnown: all of them run from events whose days are not known.
        NothingRuns: there is none.
    """
    for line in lines:
        if line.problem is not None:
            raise line.problem
        if line.due is not None:
            return line.due
    if lines:
        raise StartNotKnown(route=route_code, waits_for=" ".join(lines[0].waits_for))
    raise NothingRuns(route=route_code)

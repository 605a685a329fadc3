"""Every limit that may be running for what was told: the list a lawyer goes through before anybody advises.

A limit that cannot be counted does not hide the others: its line says why.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from office.deadlines.calendar import ONE_DAY, CalendarYearMissing, WorkedDays
from office.deadlines.events import reckoned
from office.deadlines.limits import NOTHING_ELSE, DueDate, Recorded, due_date, shortest
from office.deadlines.rules import Occurrence
from office.deadlines.seats import DaysOf
from office.vocabulary import Item, RouteDeadline, Vocabulary, load

TIES: Final = ("acts", "areas", "grounds", "conduct", "respondents")
"""Lists whose codes say where a route belongs."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What was told, as far as limits ask for it.

    Attributes:
        codes: what was told, by list: `acts`, `areas`, `grounds`, `conduct`, `respondents`.
        dates: days of other events than the facts, as a notice or a request (list `limit_events`).
        recorded: what may stop a limit or make it begin later.
    """

    codes: Mapping[str, Collection[str]]
    dates: Mapping[str, Occurrence] = field(default_factory=dict)
    recorded: Recorded = NOTHING_ELSE


@dataclass(frozen=True, slots=True)
class ScanLine:
    """One limit of one route, with its last day or with why there is none yet.

    Attributes:
        due: the last day; None when it cannot be told.
        problem: the year it needs has no days off in the calendar.
        waits_for: events of which one must be recorded before it can be counted.
        not_before: a day before which it does not end, where no last day can be told; None when it waits.
    """

    route_code: str
    limit: RouteDeadline
    due: DueDate | None = None
    problem: CalendarYearMissing | None = None
    waits_for: tuple[str, ...] = ()
    not_before: date | None = None


def fits(route: Item, codes: Mapping[str, Collection[str]]) -> bool:
    """Return whether a route may be for what was told.

    One that is tied to nothing always may, and so may one tied only to lists of which nothing was told.
    """
    asked = [name for name in TIES if route.values(name) and codes.get(name)]
    return not asked or any(not set(route.values(name)).isdisjoint(codes[name]) for name in asked)


def start_of(
    limit: RouteDeadline, facts: Facts, happened: Occurrence, events: Vocabulary
) -> Occurrence | None:
    """Return from when a limit runs: its own event, one it follows from, or the facts that stand for it."""
    if limit.start in facts.dates:
        return facts.dates[limit.start]
    for way in limit.reckoned:
        if way.event in facts.dates:
            return reckoned(way, facts.dates[way.event])
    is_the_facts = limit.start in events and events.item(limit.start).has("is_day_of_facts")
    return happened if is_the_facts else None


def scan(
    routes: Vocabulary,
    facts: Facts,
    happened: Occurrence,
    days: WorkedDays | DaysOf,
    events: Vocabulary | None = None,
) -> tuple[ScanLine, ...]:
    """Return every limit of the routes that fit the facts, the earliest last day first.

    `days` are those worked for all of them, or say of each route which are.

    A limit whose year is not in the calendar stands where it could end at the earliest, so that a short one
    is not lost among long ones; those that wait for a date come last.

    Raises:
        EventEndsBeforeItBegins: what was recorded is in no possible order.
    """
    known = load("limit_events") if events is None else events
    lines = []
    for route in routes:
        for limit in route.deadlines if fits(route, facts.codes) else ():
            start = start_of(limit, facts, happened, known)
            if limit.unit != "none" and limit.holds_on((start or happened).earliest):
                worked = days if isinstance(days, WorkedDays) else days(route)
                lines.append(_line(routes, route, limit, facts, start, worked))
    return tuple(sorted(lines, key=_place))


def _line(
    routes: Vocabulary,
    route: Item,
    limit: RouteDeadline,
    facts: Facts,
    start: Occurrence | None,
    days: WorkedDays,
) -> ScanLine:
    if start is None:
        waits_for = (limit.start, *(way.event for way in limit.reckoned))
        return ScanLine(route.code, limit, waits_for=waits_for)
    try:
        due = due_date(routes, route, limit, start, days, recorded=facts.recorded)
    except CalendarYearMissing as problem:
        not_before = start.earliest + shortest(limit) - ONE_DAY
        return ScanLine(route.code, limit, problem=problem, not_before=not_before)
    return ScanLine(route.code, limit, due=due)


def _place(line: ScanLine) -> date:
    return line.due.on if line.due else line.not_before or date.max

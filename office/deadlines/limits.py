"""The last days of a route: each with its rule, its article and its version, and never certain by itself.

A computed day stays marked as not confirmed until a named lawyer confirms it for this one matter; a list
that somebody reviewed does not confirm a day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final

from office.deadlines.calendar import WorkedDays
from office.deadlines.events import Clock, begins_on, clock_of, reckoned
from office.deadlines.rules import Occurrence, Suspension, due_on
from office.errors import Invalid
from office.vocabulary import Item, RouteDeadline, StopEvent, Vocabulary

ON_THE_WALL: Final = {
    "natural_day": (1, 1),
    "working_day_admin": (1, 4),
    "working_day_court": (1, 4),
    "month": (28, 31),
    "year": (365, 366),
}
"""Days on the wall that one of a limit's units takes at least and at most, holidays and recesses included."""


class ConfirmationNeedsAName(Invalid):
    """A day is confirmed by somebody who can be asked, or not at all."""

    code = "confirmation_needs_a_name"
    sentence = "Say who confirms this day: it needs the name of a lawyer."


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded beside the event itself.

    Attributes:
        stops: requests, claims and proceedings that may stop a limit.
        later: days from which a limit may run instead, by event (`last_act_date`, `healing_date`, …).
        as_of: day on which one looks; what has not ended is taken to end then.
    """

    stops: tuple[StopEvent, ...] = ()
    later: Mapping[str, date] = field(default_factory=dict)
    as_of: date | None = None


NOTHING_ELSE: Final = Recorded()


@dataclass(frozen=True, slots=True)
class DueDate:
    """The last day to act on a limit, as it was computed.

    Attributes:
        route_code: the route whose limit it is.
        limit: the limit as the list has it; its `label` says for which classification it holds.
        law: articles it rests on, with those by which it begins later or was stopped.
        version: version of the list of routes it was read from.
        counted_from: the event as exactly as it was told.
        on: last day if the event was on the earliest day it can have been: the safe one. Where something may
            stop the limit, the earliest of the last days of all the days it can have been.
        latest_on: last day if it was on the latest; the same day when the event's day is known.
        is_calendar_confirmed: somebody compared the days off of all its years with the notices.
        confirmed_by: the lawyer who confirmed it; empty until then.
        clock: from when the limit runs and when it stands still, for that last day.
    """

    route_code: str
    limit: RouteDeadline
    law: tuple[str, ...]
    version: str
    counted_from: Occurrence
    on: date
    latest_on: date
    is_calendar_confirmed: bool
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    clock: Clock | None = None

    @property
    def is_open(self) -> bool:
        """Whether something that stops the limit has not ended yet, so that the last day may move on."""
        return self.clock is not None and self.clock.is_open

    @property
    def is_confirmed(self) -> bool:
        """Whether a named lawyer stands for this day."""
        return bool(self.confirmed_by)


def limits_of(route: Item, event_on: date) -> tuple[RouteDeadline, ...]:
    """Return the limits of `route` that held on the day of the event; those without an end are left out."""
    return tuple(limit for limit in route.deadlines if limit.unit != "none" and limit.holds_on(event_on))


def shortest(limit: RouteDeadline) -> timedelta:
    """Return how short a limit that has an end can be on the wall."""
    return timedelta(days=limit.count * ON_THE_WALL[limit.unit][0])


def longest(limit: RouteDeadline) -> timedelta:
    """Return how long a limit that has an end can be on the wall."""
    return timedelta(days=limit.count * ON_THE_WALL[limit.unit][1])


def law_of(route: Item, limit: RouteDeadline) -> tuple[str, ...]:
    """Return the articles of a limit: its own, or else those of its route."""
    return (limit.article,) if limit.article else route.law


def due_dates(
    routes: Vocabulary,
    route_code: str,
    event: Occurrence,
    days: WorkedDays,
    suspensions: Iterable[Suspension] = (),
    recorded: Recorded = NOTHING_ELSE,
    event_code: str = "",
) -> tuple[DueDate, ...]:
    """Return the last days of a route, the earliest first: one for each classification it may have.

    Which of them applies is for a lawyer; until then the first is the one to act by. `suspensions` are days
    that somebody decided do not count; `recorded` is what the list itself says how to read. With an
    `event_code` only the limits that run from this event are told, or whose start follows from it; without
    one the event is taken to be that of each limit.

    Raises:
        CodeUnknown: the list has no such route.
        CalendarYearMissing: one of them ends in a year whose days off are not known.
        EventEndsBeforeItBegins: what was recorded is in no possible order.
    """
    route = routes.item(route_code)
    stopped = tuple(suspensions)
    found = [
        due_date(routes, route, limit, start, days, stopped, recorded)
        for limit in route.deadlines
        for start in _starts(limit, event, event_code)
        if limit.unit != "none" and limit.holds_on(start.earliest)
    ]
    return tuple(sorted(found, key=lambda due: due.on))


def _starts(limit: RouteDeadline, event: Occurrence, event_code: str) -> list[Occurrence]:
    if event_code in ("", limit.start):
        return [event]
    return [reckoned(way, event) for way in limit.reckoned if way.event == event_code]


def due_date(
    routes: Vocabulary,
    route: Item,
    limit: RouteDeadline,
    event: Occurrence,
    days: WorkedDays,
    suspensions: tuple[Suspension, ...] = (),
    recorded: Recorded = NOTHING_ELSE,
) -> DueDate:
    """Return the last day of one limit of `route`, with where it comes from.

    Raises:
        CalendarYearMissing, EventEndsBeforeItBegins: as in `due_dates`.
    """

    def counted(event_on: date) -> tuple[date, Clock, tuple[str, ...]]:
        start = begins_on(limit, event_on, recorded.later)
        clock = clock_of(limit, start, recorded.stops, days, recorded.as_of)
        begun = [one for one in limit.later_starts if event_on < start == recorded.later.get(one.event)]
        law = dict.fromkeys((*law_of(route, limit), *(one.article for one in begun), *clock.law))
        return due_on(limit, clock.start, days, (*suspensions, *clock.suspensions)), clock, tuple(law)

    # A later event never ends earlier by itself, but it may come after a request that would have stopped it.
    told = [counted(day) for day in (event.days if recorded.stops else (event.earliest, event.latest))]
    on, clock, law = min(told, key=lambda one: one[0])
    latest_on = max(day for day, _, _ in told)
    return DueDate(
        route_code=route.code,
        limit=limit,
        law=law,
        version=routes.meta.version,
        counted_from=event,
        on=on,
        latest_on=latest_on,
        is_calendar_confirmed=days.is_confirmed(event.earliest, latest_on),
        clock=clock,
    )


def confirmed(due: DueDate, *, by: str, at: datetime) -> DueDate:
    """Return the day as a named lawyer confirmed it.

    Raises:
        ConfirmationNeedsAName: nobody is named.
    """
    if not by.strip():
        raise ConfirmationNeedsAName(route_code=due.route_code)
    return replace(due, confirmed_by=by.strip(), confirmed_at=at)

"""The last days of a route: each with its rule, its article and its version, and never certain by itself.

A computed day stays marked as not confirmed until a named lawyer confirms it for this one matter; a list
that somebody reviewed does not confirm a day.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from office.deadlines.calendar import WorkedDays
from office.deadlines.rules import Occurrence, Suspension, due_on
from office.errors import Invalid
from office.vocabulary import Item, RouteDeadline, Vocabulary

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
class DueDate:
    """The last day to act on a limit, as it was computed.

    Attributes:
        route_code: the route whose limit it is.
        limit: the limit as the list has it; its `label` says for which classification it holds.
        law: articles it rests on.
        version: version of the list of routes it was read from.
        counted_from: the event as exactly as it was told.
        on: last day if the event was on the earliest day it can have been: the safe one.
        latest_on: last day if it was on the latest; the same day when the event's day is known.
        is_calendar_confirmed: somebody compared the days off of all its years with the notices.
        confirmed_by: the lawyer who confirmed it; empty until then.
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
) -> tuple[DueDate, ...]:
    """Return the last days of a route, the earliest first: one for each classification it may have.

    Which of them applies is for a lawyer; until then the first is the one to act by.

    Raises:
        CodeUnknown: the list has no such route.
        CalendarYearMissing: one of them ends in a year whose days off are not known.
    """
    route = routes.item(route_code)
    stopped = tuple(suspensions)
    found = []
    for limit in limits_of(route, event.earliest):
        on = due_on(limit, event.earliest, days, stopped)
        latest_on = on if event.is_exact else due_on(limit, event.latest, days, stopped)
        found.append(
            DueDate(
                route_code=route.code,
                limit=limit,
                law=law_of(route, limit),
                version=routes.meta.version,
                counted_from=event,
                on=on,
                latest_on=latest_on,
                is_calendar_confirmed=days.is_confirmed(event.earliest, latest_on),
            )
        )
    return tuple(sorted(found, key=lambda due: due.on))


def confirmed(due: DueDate, *, by: str, at: datetime) -> DueDate:
    """Return the day as a named lawyer confirmed it.

    Raises:
        ConfirmationNeedsAName: nobody is named.
    """
    if not by.strip():
        raise ConfirmationNeedsAName(route_code=due.route_code)
    return replace(due, confirmed_by=by.strip(), confirmed_at=at)

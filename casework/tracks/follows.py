"""Which limits may begin to run with a step of a track. Pure, but for the list that says so.

A track knows what happened and when; whether a limit runs from it a person says, and a lawyer confirms.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from casework.tracks.rules import AnyStep, in_force
from office.deadlines.calendar import CalendarYearMissing
from office.deadlines.limits import DueDate, due_dates
from office.deadlines.rules import on_the_day
from office.deadlines.seats import Seat, days_at, seat_of
from office.vocabulary import City, RouteDeadline, load


@dataclass(frozen=True, slots=True)
class Follows:
    """A limit of the list of routes that may begin to run with a step.

    Attributes:
        event: the event whose day the step's day is (list `limit_events`).
        label: which of the limits of the route.
    """

    track: str
    step: str
    route: str
    event: str
    label: str = ""

    @property
    def name(self) -> str:
        """The word by which a form chooses it."""
        return f"{self.route}:{self.label}"


@dataclass(frozen=True, slots=True)
class Following:
    """Such a limit with its last day.

    Attributes:
        due: the last day; None if the days off of its year are not known.
    """

    follows: Follows
    due: DueDate | None


FOLLOWS: Final = tuple(
    Follows(one["track"], one["step"], one["route"], one["from"], one.get("label", ""))
    for one in tomllib.loads(Path(__file__).with_name("follows.toml").read_text("utf-8"))["follows"]
)
FILED: Final = frozenset({"filed", "appealed", "running"})
"""Steps with which something was lodged, so that a limit may have been met."""


def after(kind: str, step: str) -> tuple[Follows, ...]:
    """Return which limits may begin to run with a step of such a track."""
    return tuple(one for one in FOLLOWS if (one.track, one.step) == (kind, step))


def limit_of(city: City, follows: Follows) -> RouteDeadline | None:
    """Return the limit as the city's list of routes has it; None if that list has it no more."""
    routes = load("routes", city)
    limits = routes.item(follows.route).deadlines if follows.route in routes else ()
    return next((limit for limit in limits if limit.label == follows.label), None)


def last_filing(steps: Sequence[AnyStep]) -> AnyStep | None:
    """Return the newest step in force with which something was lodged."""
    return next((step for step in reversed(in_force(steps)) if step.step_code in FILED), None)


def counted(city: City, follows: Follows, on: date, told: Seat) -> Following:
    """Return such a limit, counted from a day: by where its law puts it, and else by where it was told."""
    routes = load("routes", city)
    if follows.route not in routes:  # a city may keep other routes
        return Following(follows, None)
    days = days_at(city, seat_of(routes.item(follows.route), told, city))
    try:
        found = due_dates(routes, follows.route, on_the_day(on), days, event_code=follows.event)
    except CalendarYearMissing:
        return Following(follows, None)
    return Following(follows, next((one for one in found if one.limit.label == follows.label), None))

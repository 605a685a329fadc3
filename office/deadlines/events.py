"""What recorded events do to a limit: when it begins later, stands still, or begins again whole.

Which event does what is data beside each limit (`stop`, `later_start` and `reckoned` in the list of routes).
An event that a limit does not name leaves it as it is. Where the law leaves a choice the earlier day is told
here too: the day of a request still counts, and what has not ended is taken to end on the day one looks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from office.deadlines.calendar import ONE_DAY, months_after
from office.deadlines.rules import (
    WORKING_DAYS,
    LimitIsNotInterrupted,
    Occurrence,
    Suspension,
    WorkCalendar,
    due_on,
)
from office.errors import Invalid
from office.vocabulary import LimitStop, ReckonedStart, RouteDeadline, StopEvent

NOTHING: Final = "nothing"
INTERRUPTS: Final = "interrupts"


class LimitIsNotStopped(Invalid):
    """The law names no effect of this event on this limit."""

    code = "limit_is_not_stopped"
    sentence = "As far as the office's list says, this does not stop this time limit."


class EventEndsBeforeItBegins(Invalid):
    """An event was recorded as over, or as answered, before it began."""

    code = "event_ends_before_it_begins"
    sentence = "It cannot end, or be answered, before the day it began."


@dataclass(frozen=True, slots=True)
class Effect:
    """What one recorded event does to one limit, as far as it is known.

    Attributes:
        suspension: days that do not count; None for none.
        anew_on: day from which the limit runs again whole; None if it does not.
        is_open: the event has not ended yet, so what is told here may still grow.
    """

    suspension: Suspension | None
    anew_on: date | None
    is_open: bool


NO_EFFECT: Final = Effect(suspension=None, anew_on=None, is_open=False)


@dataclass(frozen=True, slots=True)
class Clock:
    """How a limit runs after everything that was recorded.

    Attributes:
        start: day of the event, of a later start, or of the last interruption.
        suspensions: days that do not count.
        is_open: something that stops it has not ended yet: the last day may still move on.
        law: articles by which something stops it, each once.
    """

    start: date
    suspensions: tuple[Suspension, ...] = ()
    is_open: bool = False
    law: tuple[str, ...] = ()


def stop_of(limit: RouteDeadline, event_code: str) -> LimitStop:
    """Return what an event does to a limit.

    Raises:
        LimitIsNotStopped: the list names no effect of it.
    """
    for stop in limit.stops:
        if stop.event == event_code:
            return stop
    raise LimitIsNotStopped(event=event_code)


def effect_of(limit: RouteDeadline, told: StopEvent, days: WorkCalendar, as_of: date | None = None) -> Effect:
    """Return what a recorded event does to a limit, as far as it is known on the day `as_of`.

    Without `as_of` an event that has not ended is taken to have ended on the day it began.

    Raises:
        LimitIsNotStopped: the list names no effect of it.
        LimitIsNotInterrupted: it would make begin again what never does.
        EventEndsBeforeItBegins: its days are in no possible order.
        CalendarYearMissing: the longest time it may last ends in a year whose days off are not known.
    """
    stop = stop_of(limit, told.code)
    _in_order(told)
    if not stop.holds_on(told.begun_on):
        return NO_EFFECT
    most = _longest(limit, stop, told.begun_on, days)
    what, most = _answered(stop, told, most)
    known = told.ended_on or max(told.begun_on, as_of or told.begun_on)
    last = known if most is None else min(known, most)
    is_open = told.ended_on is None and (most is None or known < most)
    if what == NOTHING:
        return Effect(None, None, is_open)
    if what == INTERRUPTS:
        if limit.kind != "prescription":
            raise LimitIsNotInterrupted(kind=limit.kind)
        has_begun = stop.anew_from == "begun"
        return Effect(None, told.begun_on if has_begun else last, is_open and not has_begun)
    # The day of the request still counts: the earlier of the two readings.
    stands = Suspension(told.begun_on + ONE_DAY, last, told.evidence) if last > told.begun_on else None
    return Effect(stands, None, is_open)


def clock_of(
    limit: RouteDeadline,
    start: date,
    told: Iterable[StopEvent],
    days: WorkCalendar,
    as_of: date | None = None,
) -> Clock:
    """Return how a limit runs after all that was recorded, in the order in which it happened.

    Events that the limit does not name are left out, and so is what came before it ran or after it had run
    out: nothing revives it.

    Raises:
        LimitIsNotInterrupted, EventEndsBeforeItBegins, CalendarYearMissing: as in `effect_of`.
    """
    clock = Clock(start)
    named = {stop.event for stop in limit.stops}
    for one in sorted((one for one in told if one.code in named), key=lambda one: one.begun_on):
        if not clock.start <= one.begun_on <= due_on(limit, clock.start, days, clock.suspensions):
            continue
        effect = effect_of(limit, one, days, as_of)
        if effect == NO_EFFECT:
            continue
        law = tuple(dict.fromkeys((*clock.law, stop_of(limit, one.code).article)))
        if effect.anew_on is not None:
            clock = Clock(effect.anew_on, (), effect.is_open, law)
            continue
        added = () if effect.suspension is None else (effect.suspension,)
        clock = Clock(clock.start, (*clock.suspensions, *added), clock.is_open or effect.is_open, law)
    return clock


def begins_on(limit: RouteDeadline, event_on: date, recorded: Mapping[str, date]) -> date:
    """Return the day from which a limit runs: that of the event, or a later one that the limit names.

    So a limit may begin with the last of several acts, with healing, or when a child comes of age (CP art.
    132.1). A day recorded before the event changes nothing.
    """
    later = (recorded[one.event] for one in limit.later_starts if one.event in recorded)
    return max((event_on, *later))


def reckoned(way: ReckonedStart, event: Occurrence) -> Occurrence:
    """Return the start that follows from an earlier event, as the silence of an authority from a request."""
    return Occurrence(_after(way, event.earliest), _after(way, event.latest))


def _after(way: ReckonedStart, day: date) -> date:
    return months_after(day, way.count) if way.unit == "month" else day + timedelta(days=way.count)


def _in_order(told: StopEvent) -> None:
    for day in (told.ended_on, told.answered_on):
        if day is not None and day < told.begun_on:
            raise EventEndsBeforeItBegins(event=told.code)


def _answered(stop: LimitStop, told: StopEvent, most: date | None) -> tuple[str, date | None]:
    if not stop.unanswered or most is None:
        return stop.effect, most
    if told.answered_on is not None and told.answered_on <= most:
        return stop.effect, None
    return stop.unanswered, most


def _longest(limit: RouteDeadline, stop: LimitStop, begun_on: date, days: WorkCalendar) -> date | None:
    if not stop.count:
        return None
    if stop.unit == "month":
        return months_after(begun_on, stop.count)
    if stop.unit not in WORKING_DAYS:
        return begun_on + timedelta(days=stop.count)
    # Working days of the same kind as the limit's own: where its August counts, August counts here too.
    return due_on(_of_days(limit, stop), begun_on, days)


def _of_days(limit: RouteDeadline, stop: LimitStop) -> RouteDeadline:
    return RouteDeadline(
        count=stop.count,
        unit=stop.unit,
        start=stop.event,
        kind=limit.kind,
        august=limit.august,
        dec24_jan6=limit.dec24_jan6,
        roll_if_nonworking=False,
    )

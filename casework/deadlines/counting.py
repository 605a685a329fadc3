"""From a route, an event and what stopped the clock to last days; the counting itself is the kernel's."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from casework.deadlines.errors import NothingRuns
from casework.deadlines.rules import Stop
from office.deadlines.calendar import WorkedDays
from office.deadlines.limits import DueDate, due_dates, limits_of
from office.deadlines.rules import Occurrence, Suspension, began_anew, in_the_month, on_the_day
from office.handover.report import When
from office.vocabulary import RouteDeadline, Vocabulary

EVIDENCE = "deadline_words"
"""Where the proof of a suspension lies: sealed, with the counting that takes it into account."""


def told_on(when: When, today: date) -> Occurrence | None:
    """Return when something happened as a person told it; None if no day can be told."""
    if when.kind == "day" and when.day is not None:
        return on_the_day(when.day)
    if when.kind == "month" and when.month is not None:
        year, month = when.month.split("-")
        return in_the_month(int(year), int(month), today=today)
    return None


def counted(
    routes: Vocabulary, route_code: str, event: Occurrence, days: WorkedDays, stops: Sequence[Stop] = ()
) -> tuple[DueDate, ...]:
    """Return the last days of a route, the earliest first: one for each classification it may have.

    Raises:
        CodeUnknown: the list has no such route.
        LimitIsNotInterrupted: a claim was to make a limit begin anew that no claim does.
        CalendarYearMissing: one of them ends in a year whose days off are not known.
    """
    suspensions = [Suspension(one.first, one.last, EVIDENCE) for one in stops if one.last is not None]
    found = []
    for limit in limits_of(routes.item(route_code), event.earliest):
        begun = _anew(limit, event, stops, days)
        due = due_dates(routes, route_code, begun, days, suspensions)
        found += [replace(one, counted_from=event) for one in due if one.limit == limit]
    return tuple(sorted(found, key=lambda one: one.on))


def counted_as(
    routes: Vocabulary,
    route_code: str,
    label: str | None,
    event: Occurrence,
    days: WorkedDays,
    stops: Sequence[Stop] = (),
) -> DueDate:
    """Return the last day for one classification; without one, the earliest.

    Raises:
        NothingRuns: there is none.
        CodeUnknown, LimitIsNotInterrupted, CalendarYearMissing: see `counted`.
    """
    for due in counted(routes, route_code, event, days, stops):
        if label is None or due.limit.label == label:
            return due
    raise NothingRuns(route=route_code)


def _anew(limit: RouteDeadline, event: Occurrence, stops: Sequence[Stop], days: WorkedDays) -> Occurrence:
    claims = [one.first for one in stops if one.kind == "interruption"]
    if not claims:
        return event
    return Occurrence(
        began_anew(limit, event.earliest, claims, days), began_anew(limit, event.latest, claims, days)
    )

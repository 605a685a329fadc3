"""From a route, an event and what stopped the clock to last days; the counting itself is the kernel's.

What an event does to a limit is the list's to say (`office.deadlines.events`): one that the list does not
name for a limit moves no day. Only a suspension that somebody names by its days is counted as they say.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from casework.deadlines.errors import NothingRuns, StopsNothing
from casework.deadlines.tables import Deadline
from office.deadlines.calendar import CalendarYearMissing, WorkedDays
from office.deadlines.events import effect_of
from office.deadlines.limits import DueDate, Recorded, due_date, due_dates
from office.deadlines.rules import Occurrence, Suspension, WorkCalendar
from office.errors import OfficeError
from office.vocabulary import RouteDeadline, StopEvent, Vocabulary

OTHER: Final = "other_suspension"
"""A suspension that the list does not know, with the days that somebody says."""
EVIDENCE: Final = "deadline_words"
"""Where the proof of a suspension lies: sealed, with the counting that takes it into account."""
FAR: Final = timedelta(days=3660)
"""Later than any limit on how long an event may stop a clock."""


@dataclass(frozen=True, slots=True)
class Stop:
    """What was recorded and what it does to one clock.

    Attributes:
        event: what was recorded.
        kind: `suspension` or `interruption`.
        first: first day on which the clock stands still; None for an interruption.
        last: last such day, or the last it can be while no end is recorded; None if nobody can say yet.
    """

    event: StopEvent
    kind: str
    first: date | None = None
    last: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether its end is not recorded, so that the last day may still move."""
        return self.kind == "suspension" and self.event.ended_on is None

    def is_on(self, day: date) -> bool:
        """Return whether the clock stands still on a day."""
        return self.first is not None and self.first <= day <= (self.last or day)


def stop_for(limit: RouteDeadline, told: StopEvent, days: WorkCalendar) -> Stop:
    """Return what a recorded event does to a limit.

    Raises:
        LimitIsNotStopped: the list names no effect of it on this limit.
        LimitIsNotInterrupted, EventEndsBeforeItBegins, CalendarYearMissing: see `events.effect_of`.
        StopsNothing: it was over before a day stood still, or has no effect without an answer.
    """
    if told.code == OTHER:
        return Stop(told, "suspension", told.begun_on, told.ended_on)
    effect = effect_of(limit, told, days, as_of=told.begun_on + FAR)
    if effect.anew_on is not None:
        return Stop(told, "interruption")
    if effect.suspension is None:
        raise StopsNothing(event=told.code)
    last = None if effect.is_open else effect.suspension.last
    return Stop(told, "suspension", effect.suspension.first, last)


def counted(
    routes: Vocabulary,
    route_code: str,
    event: Occurrence,
    days: WorkedDays,
    stops: Sequence[Stop] = (),
    today: date | None = None,
) -> tuple[DueDate, ...]:
    """Return the last days of a route, the earliest first: one for each classification it may have.

    What has not ended is taken to end `today`: the earlier day. `latest_on` is then the last day it can be.

    Raises:
        CodeUnknown: the list has no such route.
        CalendarYearMissing: one of them ends in a year whose days off are not known.
    """
    own = tuple(
        Suspension(one.first, one.last, EVIDENCE)
        for one in stops
        if one.event.code == OTHER and one.first is not None and one.last is not None
    )
    recorded = Recorded(tuple(one.event for one in stops if one.event.code != OTHER), as_of=today)
    found = due_dates(routes, route_code, event, days, own, recorded)
    return tuple(replace(one, latest_on=_latest(routes, one, days, own, recorded)) for one in found)


def counted_as(
    routes: Vocabulary,
    route_code: str,
    label: str | None,
    event: Occurrence,
    days: WorkedDays,
    stops: Sequence[Stop] = (),
    today: date | None = None,
) -> DueDate:
    """Return the last day for one classification; without one, the earliest.

    Raises:
        NothingRuns: there is none.
        CodeUnknown, CalendarYearMissing: see `counted`.
    """
    for due in counted(routes, route_code, event, days, stops, today):
        if label is None or due.limit.label == label:
            return due
    raise NothingRuns(route=route_code)


def is_moved(routes: Vocabulary, row: Deadline) -> bool:
    """Return whether what has not ended moves the last day of a row at all.

    It does not where a lawyer stands for the day, nor where it was counted by a list that is another since.
    """
    return row.state == "computed" and row.list_version == routes.meta.version


def moves(routes: Vocabulary, row: Deadline, stops: Sequence[Stop], today: date) -> bool:
    """Return whether each day moves the last day on, as `conditions.moves` says of many rows."""
    return is_moved(routes, row) and any(one.is_open and one.is_on(today) for one in stops)


def due_today(
    routes: Vocabulary, row: Deadline, days: WorkedDays, stops: Sequence[Stop], today: date
) -> date:
    """Return the earliest last day of a row as it is today.

    It is what was counted, but while something that stops the clock has not ended each day moves it.
    """
    if not is_moved(routes, row) or not any(one.is_open for one in stops):
        return row.last_on
    event = Occurrence(row.counted_from, row.counted_until)
    try:
        return counted_as(routes, row.route_code, row.label, event, days, stops, today).on
    except OfficeError:
        return row.last_on


def _latest(
    routes: Vocabulary, due: DueDate, days: WorkedDays, own: tuple[Suspension, ...], recorded: Recorded
) -> date:
    if not due.is_open or recorded.as_of is None:
        return due.latest_on
    route, at_most = routes.item(due.route_code), replace(recorded, as_of=recorded.as_of + FAR)
    try:
        far = due_date(routes, route, due.limit, due.counted_from, days, own, at_most)
    except CalendarYearMissing:
        return due.latest_on
    return due.latest_on if far.is_open else far.latest_on

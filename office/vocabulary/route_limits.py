"""What a limit of a route is: its length, how it runs, what stops it, and countings by hand that prove it.

This module only knows the shape; the limits stand in the list of routes, and `office.deadlines` counts them.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class StopEvent:
    """Something recorded that may stop a limit, as a request for conciliation.

    Attributes:
        code: which event it is, from the list of `limit_events`.
        begun_on: day it was asked for, sent or lodged.
        ended_on: day it was over; None while it goes on, or when it has no end.
        answered_on: day of the first meeting, the written answer or the court's decision; None for none.
        evidence: where the proof lies (a document's reference, never its words).
    """

    code: str
    begun_on: date
    ended_on: date | None = None
    answered_on: date | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class LimitStop:
    """What an event does to a limit, as the law says.

    Attributes:
        event: the event, from the list of `limit_events`.
        effect: `suspends` (the days of it do not count) or `interrupts` (the limit begins again whole).
        article: where the law says so.
        count: how many `unit`s it lasts at most; 0 when the law sets no end.
        unanswered: the effect when nobody answered within that time (`nothing`, `suspends`, `interrupts`); an
            answer in time lifts the longest time. Empty where answers do not matter.
        anew_from: an interrupted limit runs again from the day the event `begun` or `ended`.
        valid_from: first day of an event that has this effect; None means from the beginning.
    """

    event: str
    effect: str
    article: str
    count: int = 0
    unit: str = "none"
    unanswered: str = ""
    anew_from: str = "begun"
    note: str = ""
    valid_from: date | None = None

    def holds_on(self, day: date) -> bool:
        """Return whether an event of `day` has this effect."""
        return self.valid_from is None or self.valid_from <= day


@dataclass(frozen=True, slots=True)
class LaterStart:
    """A later day from which the limit runs instead, once it is recorded: healing, or coming of age."""

    event: str
    article: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReckonedStart:
    """How the day from which a limit runs follows from an earlier event: so many `unit`s after it."""

    event: str
    count: int
    unit: str
    article: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """One counting of a limit done by hand, beside the limit it proves.

    Attributes:
        start: day of the event from which the limit runs.
        due: last day to act.
        counted: how it was counted: which days were left out and why, with the article.
        reckoned_from: the earlier event `start` is the day of, where the limit's own start follows from it.
        later: days recorded from which it may run instead, by event.
        stops: what was recorded that stops it.
        as_of: day on which it was counted, where something has not ended yet.
        seat: where the court or authority sits by whose days off it was counted.
        with_home: the days off of the city, where the person lives, were left out too.
    """

    start: date
    due: date
    counted: str
    reckoned_from: str = ""
    later: tuple[tuple[str, date], ...] = ()
    stops: tuple[StopEvent, ...] = ()
    as_of: date | None = None
    seat: str = "own"
    with_home: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether nothing but the event itself was recorded."""
        return not (self.reckoned_from or self.later or self.stops)


@dataclass(frozen=True, slots=True)
class RouteDeadline:
    """A limit to act, as drafted: never shown as certain before a lawyer has confirmed it.

    Attributes:
        count: number of `unit`s; 0 when there is no limit.
        start: event from whose day the limit runs.
        kind: what passes when it ends (`prescription`, `caducidad`, …).
        august: whether the days of August count (`counts`, `excluded`, `n/a`).
        dec24_jan6: whether the days from 24 December to 6 January count.
        roll_if_nonworking: a last day that is not worked moves to the next that is.
        counts_start_day: the day of the event is itself the first day; otherwise the day after it is.
        label: which of several limits of one route this is, or empty.
        article: where the law says so, if that is narrower than what the route names.
        valid_from: first day of an event for which the limit holds; None means from the beginning.
        valid_until: last such day; None means it still holds.
        stops: events that suspend or interrupt it; an event that is not named here does neither.
        later_starts: events from which it may run instead.
        reckoned: earlier events from which its start follows.
        examples: countings by hand, which the tests read.
    """

    count: int
    unit: str
    start: str
    kind: str
    august: str
    dec24_jan6: str
    roll_if_nonworking: bool
    counts_start_day: bool = False
    label: str = ""
    note: str = ""
    article: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    stops: tuple[LimitStop, ...] = ()
    later_starts: tuple[LaterStart, ...] = ()
    reckoned: tuple[ReckonedStart, ...] = ()
    examples: tuple[WorkedExample, ...] = ()

    def holds_on(self, day: date) -> bool:
        """Return whether the limit holds for an event of `day`."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day <= self.valid_until)

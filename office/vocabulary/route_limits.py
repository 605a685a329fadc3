"""What a limit of a route is: its length, how it runs, and the countings by hand that prove it.

This module only knows the shape; the limits stand in the list of routes, and `office.deadlines` counts them.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """One counting of a limit done by hand, beside the limit it proves.

    Attributes:
        start: day of the event from which the limit runs.
        due: last day to act.
        counted: how it was counted: which days were left out and why, with the article.
    """

    start: date
    due: date
    counted: str


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
    examples: tuple[WorkedExample, ...] = ()

    def holds_on(self, day: date) -> bool:
        """Return whether the limit holds for an event of `day`."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day <= self.valid_until)

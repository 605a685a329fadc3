"""Which clocks may run in a case: what was told and coded, held against the list of routes.

A proposal says why it is made. A route that the list ties to no kind of matter is proposed apart, because it
may run anywhere; all others with an end can be chosen too, so that no clock is left out for want of a tie.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from casework.acts import Act
from casework.cases.tables import CaseFile
from casework.deadlines.counting import counted
from office.deadlines.calendar import CalendarYearMissing, worked_days
from office.deadlines.limits import DueDate, limits_of
from office.deadlines.rules import Occurrence
from office.deadlines.scans import TIES
from office.handover.report import ReportStory
from office.vocabulary import Item, load

Told = Mapping[str, frozenset[str]]
"""What was told and coded of a case, by the name of the list."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A route whose clock may run.

    Attributes:
        route: the route.
        due: its earliest last day; None if no day of the event is known, or the year cannot be counted.
        why: what ties the case to it, as pairs of a list's name and a code.
        is_tied: False for a route that may run anywhere.
    """

    route: Item
    due: DueDate | None
    why: tuple[tuple[str, str], ...]
    is_tied: bool


def told_of(case: CaseFile, story: ReportStory) -> Told:
    """Return what the person chose and how the case is coded."""
    return {
        "acts": frozenset(story.act_codes),
        "areas": frozenset({story.area_code, case.area_code}),
        "grounds": frozenset({*story.ground_codes, *case.ground_codes.split()}),
        "conduct": frozenset(case.conduct_codes.split()),
        "respondents": frozenset({story.respondent_code, case.respondent_code}),
    }


def proposed(told: Told, event: Occurrence | None, act: Act) -> list[Proposal]:
    """Return every route with an end: first those tied to the case, then those tied to none, then the rest.

    Within each the earliest last day comes first.
    """
    routes, warnings, days = load("routes", act.city), load("warnings", act.city), worked_days(act.city)
    found = []
    for route in routes:
        if not limits_of(route, event.earliest if event else act.on):
            continue
        own = [(name, code) for name in TIES for code in route.values(name)]
        warned = [
            (name, code)
            for one in warnings
            if route.code in one.values("routes")
            for name in TIES
            for code in one.values(name)
        ]
        why = tuple(dict.fromkeys((name, code) for name, code in (*own, *warned) if code in told[name]))
        try:
            due = counted(routes, route.code, event, days) if event else ()
        except CalendarYearMissing:
            due = ()
        found.append(Proposal(route, due[0] if due else None, why, is_tied=bool(own or warned)))
    return sorted(found, key=lambda one: (not one.why, one.is_tied, one.due.on if one.due else date.max))

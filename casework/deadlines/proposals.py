"""Which clocks may run in a case: what was told and coded, held against the list of routes.

A proposal says why it is made. A route that the list ties to no kind of matter is proposed apart, because it
may run anywhere; all others with an end can be chosen too, so that no clock is left out for want of a tie.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from casework.acts import Act
from casework.cases.tables import CaseFile
from casework.deadlines.starts import Days, is_scanned, lines_of
from office.deadlines.limits import DueDate, limits_of
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
        due: its earliest last day; None if no day of its event is known, or the year cannot be counted.
        waits_for: the events of which one has to be known, where no day is.
        why: what ties the case to it, as pairs of a list's name and a code.
        is_tied: False for a route that may run anywhere.
    """

    route: Item
    due: DueDate | None
    why: tuple[tuple[str, str], ...]
    is_tied: bool
    waits_for: tuple[str, ...] = ()


def told_of(case: CaseFile, story: ReportStory) -> Told:
    """Return what the person chose and how the case is coded."""
    return {
        "acts": frozenset(story.act_codes),
        "areas": frozenset({story.area_code, case.area_code}),
        "grounds": frozenset({*story.ground_codes, *case.ground_codes.split()}),
        "conduct": frozenset(case.conduct_codes.split()),
        "respondents": frozenset({story.respondent_code, case.respondent_code}),
    }


def proposed(told: Told, known: Days | None, act: Act) -> list[Proposal]:
    """Return every route with an end: first those tied to the case, then those tied to none, then the rest.

    Within each the earliest last day comes first.
    """
    routes, warnings = load("routes", act.city), load("warnings", act.city)
    found, lines = [], lines_of(known, act) if known else {}
    for route in routes:
        if not is_scanned(route) or not limits_of(route, known.happened.earliest if known else act.on):
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
        due = [line.due for line in lines.get(route.code, ()) if line.due]
        waiting = [] if due else [code for line in lines.get(route.code, ()) for code in line.waits_for]
        found.append(
            Proposal(route, due[0] if due else None, why, bool(own or warned), tuple(dict.fromkeys(waiting)))
        )
    return sorted(found, key=lambda one: (not one.why, one.is_tied, one.due.on if one.due else date.max))

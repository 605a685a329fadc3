"""What the list of cases may be asked: whose, which queue, which filters, which order."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, ClassVar, Final

from casework.listing.asked import WHOSE, AskedOfCases, Read, Reading
from casework.states.rules import STATES
from office.languages import mark

DATA: Final = tomllib.loads(Path(__file__).with_name("queues.toml").read_text("utf-8"))
SOON_DAYS: Final[int] = DATA["days"]["soon"]
UNTOUCHED_AFTER: Final[int] = DATA["days"]["untouched"]
WEIGHTS: Final[Mapping[str, int]] = DATA["weights"]

PAGE: Final = 25
MOST_AT_ONCE: Final = 100
"""Cases given away in one act."""

QUEUES: Final = {
    "open": mark("Open cases"),
    "overdue": mark("Overdue"),
    "soon": mark("Due soon"),
    "urgent": mark("Urgent"),
    "unread": mark("Unread messages"),
    "unscanned": mark("No limitation scan yet"),
    "unconfirmed": mark("Limits no lawyer has confirmed"),
    "nonext": mark("No next action"),
    "person": mark("Waiting for the person"),
    "hold": mark("On hold"),
    "conflict": mark("Waiting for a decision or another adviser"),
    "untouched": mark("Untouched"),
    "closings": mark("Closings asked for"),
    "closed": mark("Closed cases"),
    "void": mark("Void cases"),
}
SORTS: Final = {
    "opened": mark("The newest first"),
    "next": mark("Next news first"),
    "limit": mark("First deadline first"),
    "unread": mark("Most unread messages first"),
    "number": mark("By number"),
    "area": mark("By area of life"),
    "stage": mark("By stage"),
    "adviser": mark("By adviser"),
}
ENDED: Final = ("closed", "void")
"""Queues of cases that are not worked on."""
ONLY_SUPERVISORS: Final = frozenset({"untouched", "closings"})
LISTS: Final = {"stage": "stages", "ground": "grounds", "area": "areas", "district": "districts"}
"""Filters by a code, and the list of each."""
OPEN_STATES: Final = tuple(state for state in STATES if state not in ENDED)
"""The filter by the state of the work; closed and void cases are queues."""


@dataclass(frozen=True, slots=True)
class Asked(AskedOfCases):
    """What is asked of the list of cases. By itself: every open case of one's own, the newest first."""

    LIST: ClassVar[str] = "cases"
    SORTS: ClassVar[tuple[str, ...]] = tuple(SORTS)
    FALLING: ClassVar[tuple[str, ...]] = ("opened", "unread")

    which: str = "open"
    stage: str = ""
    state: str = ""
    ground: str = ""
    area: str = ""
    district: str = ""
    since: date | None = None
    until: date | None = None
    sort: str = "opened"


def read_query(query: str, codes: Mapping[str, Collection[str]], *, supervises: bool) -> Read[Asked]:
    """Return what an address asks for; what it says wrongly asks for nothing and is named in `wrong`.

    Args:
        query: the part behind the question mark.
        codes: the codes of each list of `LISTS`, by filter.
        supervises: whether the reader supervises; some queues are theirs only.
    """
    reading = Reading(query)
    queues = [one for one in QUEUES if supervises or one not in ONLY_SUPERVISORS]
    filters: dict[str, Any] = {name: reading.code(name, codes[name]) for name in LISTS} | reading.days()
    asked = Asked(
        whose=reading.choice("whose", WHOSE, "mine"),
        which=reading.choice("which", queues, "open"),
        state=reading.code("state", OPEN_STATES),
        adviser=reading.person("adviser"),
        sort=reading.sort(Asked),
        after=reading.place(),
        **filters,
    )
    return reading.read(asked)


def weight(counted: Mapping[str, int]) -> int:
    """Return what so many cases, urgencies, deadlines and proceedings weigh together."""
    return sum(WEIGHTS[name] * count for name, count in counted.items())

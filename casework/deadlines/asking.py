"""What the list of deadlines may be asked: whose, which, of what route, confirmed or not, until when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from casework.deadlines.conditions import WHICH
from casework.listing.asked import AskedOfCases, Read, Reading
from office.languages import mark

NAMES: Final = {
    "all": mark("All that are open"),
    "overdue": mark("Overdue"),
    "today": mark("Today"),
    "week": mark("Next 7 days"),
    "month": mark("Next 30 days"),
    "unconfirmed": mark("Not confirmed"),
    "suspended": mark("Standing still"),
    "answers": mark("Authorities' answers"),
}
STATES: Final = {"computed": mark("Not confirmed"), "confirmed": mark("Confirmed by a lawyer")}


@dataclass(frozen=True, slots=True)
class DeadlinesAsked(AskedOfCases):
    """What is asked of deadlines. By itself: all that bind in one's own cases, the earliest first.

    Attributes:
        since: the first of the last days asked for.
        until: the last of them.
    """

    LIST: ClassVar[str] = "deadlines"
    SORTS: ClassVar[tuple[str, ...]] = ("last", "case", "route", "state")

    which: str = "all"
    route: str = ""
    state: str = ""
    since: date | None = None
    until: date | None = None
    sort: str = "last"


def read_query(query: str, routes: Collection[str], *, supervises: bool) -> Read[DeadlinesAsked]:
    """Return what an address asks for; what it says wrongly asks for nothing and is named in `wrong`.

    Args:
        query: the part behind the question mark.
        routes: the codes of routes.
        supervises: whether the reader supervises, and so may ask for the team's.
    """
    reading = Reading(query)
    asked = DeadlinesAsked(
        **reading.of_cases(DeadlinesAsked, WHICH, supervises=supervises),
        **reading.days(),
        route=reading.code("route", routes),
        state=reading.code("state", STATES),
    )
    return reading.read(asked)

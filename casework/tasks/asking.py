"""What the list of tasks may be asked: whose, which, of what kind."""

from dataclasses import dataclass
from typing import ClassVar, Final

from casework.listing.asked import AskedOfCases, Read, Reading
from casework.tasks.rules import KINDS, WITH
from office.languages import mark

WHICH: Final = {
    "all": mark("All open tasks"),
    "overdue": mark("Overdue tasks"),
    "today": mark("Today"),
    "week": mark("Next 7 days"),
}


@dataclass(frozen=True, slots=True)
class TasksAsked(AskedOfCases):
    """What is asked of the list of tasks. By itself: all one's own that are open, the earliest first.

    `adviser` is whoever is to do them, and not whose case it is.
    """

    LIST: ClassVar[str] = "tasks"
    SORTS: ClassVar[tuple[str, ...]] = ("due", "case", "kind")

    which: str = "all"
    kind: str = ""
    with_whom: str = ""
    sort: str = "due"


def read_query(query: str, *, supervises: bool) -> Read[TasksAsked]:
    """Return what an address asks for; what it says wrongly asks for nothing and is named in `wrong`."""
    reading = Reading(query)
    asked = TasksAsked(
        **reading.of_cases(TasksAsked, tuple(WHICH), supervises=supervises),
        kind=reading.code("kind", KINDS),
        with_whom=reading.code("with_whom", WITH),
    )
    return reading.read(asked)

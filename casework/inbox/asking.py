"""What the inbox may be asked: only what stands clear of a report, and nothing that was told."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from casework.listing.asked import ListAsked, Read, Reading
from office.languages import mark

STATES: Final = {
    "new": mark("Not opened yet"),
    "opened": mark("Opened"),
    "again": mark("Wrote again"),
}
COLUMNS: Final = {
    "urgency": "urgency_code",
    "routing": "routing_code",
    "language": "language",
    "channel": "channel_code",
    "week": "iso_week",
}
"""Filters by a code, and the column of each."""
LISTS: Final = {"urgency": "urgency", "routing": "routing", "language": "languages", "channel": "channels"}
"""Of these, those that have a list."""
WEEK: Final = re.compile(r"\d{4}-W\d{2}")


@dataclass(frozen=True, slots=True)
class InboxAsked(ListAsked):
    """What is asked of the inbox. By itself: all that waits, the urgent first, then the oldest week."""

    LIST: ClassVar[str] = "inbox"
    SORTS: ClassVar[tuple[str, ...]] = ("urgent", "received", "language", "channel")
    FALLING: ClassVar[tuple[str, ...]] = ("urgent",)

    state: str = ""
    urgency: str = ""
    routing: str = ""
    language: str = ""
    channel: str = ""
    week: str = ""
    sort: str = "urgent"


def read_query(query: str, codes: Mapping[str, Collection[str]]) -> Read[InboxAsked]:
    """Return what an address asks for; what it says wrongly asks for nothing and is named in `wrong`.

    Args:
        query: the part behind the question mark.
        codes: the codes of each list of `LISTS`, by filter.
    """
    reading = Reading(query)
    asked = InboxAsked(
        state=reading.code("state", STATES),
        week=reading.written("week", WEEK),
        sort=reading.sort(InboxAsked),
        after=reading.place(),
        **{name: reading.code(name, codes[name]) for name in LISTS},
    )
    return reading.read(asked)

"""What the data protection officer may ask of the timeline, and how an event is told to them. Pure."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from casework.traces.kinds import CHANGED, READ, REFUSED, SOUGHT, TAKEN
from office.languages import mark

PAGE: Final = 100
_MONTH: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")

WHAT: Final = {
    "read": mark("A look"),
    "changed": mark("Changed"),
    "taken": mark("Exported or printed"),
    "sought": mark("Searched"),
    "refused": mark("Refused door"),
}
"""Sorts of events, in the order of the page."""
SORTED: Final = {"read": READ, "changed": CHANGED, "taken": TAKEN, "sought": SOUGHT, "refused": REFUSED}
"""Which kinds of event are of each sort."""


@dataclass(frozen=True, slots=True)
class Span:
    """The instants of one month in the city's zone: from the first on, before the second."""

    begins: datetime
    ends: datetime

    def __contains__(self, at: datetime) -> bool:
        return self.begins <= at < self.ends


def span_of(month: str, zone: ZoneInfo) -> Span | None:
    """Return the instants of a month written `2026-03`; None if it is written otherwise."""
    parts = _MONTH.fullmatch(month)
    if parts is None or parts[1] in ("0000", "9999"):
        return None
    first = date(int(parts[1]), int(parts[2]), 1)
    after = (first + timedelta(days=31)).replace(day=1)
    begins, ends = (datetime(day.year, day.month, 1, tzinfo=zone).astimezone(UTC) for day in (first, after))
    return Span(begins, ends)


def sort_of(kind: str) -> str:
    """Return the sort of `WHAT` an event belongs to; a kind that nobody knows any more changed something."""
    return next((sort for sort, kinds in SORTED.items() if kind in kinds), "changed")

"""What the data protection officer may ask of the timeline, and how an event is told to them. Pure."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

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
_TAKEN: Final = frozenset(
    {
        "list_exported",
        "file_downloaded",
        "case_printed",
        "referral_printed",
        "mediation_printed",
        "calendar_read",
    }
)
_SOUGHT: Final = frozenset({"names_searched", "cases_searched", "names_compared", "reports_compared"})
_READ: Final = frozenset({"file_viewed", "file_played", "referral_opened"})


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
    """Return the sort of `WHAT` an event belongs to; what only changes things is the rest."""
    if kind == "door_refused":
        return "refused"
    if kind in _TAKEN:
        return "taken"
    if kind in _SOUGHT:
        return "sought"
    return "read" if kind.endswith("_read") or kind in _READ else "changed"

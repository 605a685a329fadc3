"""How long a case is kept: derived from the day on which it was closed and the city's own days. Pure.

While it is open no day runs. Opened again it is worked on again, and the days begin anew when it is closed.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

CLOSED_CASE: Final = "closed_case"
"""The name of these days in the city's data (`retention_days`)."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Until when a closed case is kept.

    Attributes:
        until: the last day.
        is_over: that day is past. Nothing is deleted by itself: whoever answers for data protection decides.
    """

    until: date
    is_over: bool


def kept(closed_on: date | None, days: int, today: date) -> Kept | None:
    """Return until when a case is kept that was closed on a day, or None while it is open."""
    if closed_on is None:
        return None
    until = closed_on + timedelta(days=days)
    return Kept(until, is_over=until < today)

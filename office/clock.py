"""The only place where the time comes from.

Instants are kept in UTC; every legal day, week and quarter is reckoned in the city's own zone.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Something that tells the present instant."""

    def now(self) -> datetime:
        """Return the present instant, in UTC."""
        ...  # a protocol has no body


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the present instant, in UTC."""
        return datetime.now(UTC)


@dataclass(slots=True)
class SetClock:
    """A clock that stands where it is put: for tests, and for demonstrations of another day."""

    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def now(self) -> datetime:
        """Return the instant it was put to."""
        return self.at

    def move(self, **by: float) -> None:
        """Move the clock on by a `timedelta`'s words (`days=1`, `minutes=5`)."""
        self.at = self.at + timedelta(**by)


def day_in(zone: ZoneInfo, instant: datetime) -> date:
    """Return the calendar day of `instant` in the city's zone."""
    return instant.astimezone(zone).date()


def iso_week(day: date) -> str:
    """Return the ISO 8601 week of `day`, as `2026-W47`."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def month_of(day: date) -> str:
    """Return the month of `day`, as `2026-11`."""
    return f"{day.year:04d}-{day.month:02d}"


def quarter_of(month: str) -> str:
    """Return the quarter (`2026-Q4`) of a month written `2026-11`."""
    year, number = month.split("-")
    return f"{year}-Q{(int(number) + 2) // 3}"

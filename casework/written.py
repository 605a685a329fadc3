"""Ids and places in a list as an address or a form writes them; what is not one is None, never an error."""

from datetime import date
from uuid import UUID


def id_in(written: str) -> UUID | None:
    """Return an id that was written out."""
    try:
        return UUID(written)
    except ValueError:
        return None


def place_in(written: str) -> tuple[date, UUID] | None:
    """Return the place in a list sorted by a day, as `2026-11-29_<id>`: where the next page goes on."""
    day, _, own = written.partition("_")
    try:
        return date.fromisoformat(day), UUID(own)
    except ValueError:
        return None

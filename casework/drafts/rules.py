"""How long drafts are kept, and how many."""

from datetime import timedelta
from typing import Final

KEPT_DAYS: Final = 14
"""Days after which a draft that nobody touched is deleted: long enough for a fortnight away, and no longer,
because what is written about a person belongs into their case, with its rules, and not beside it."""
KEPT_FOR: Final = timedelta(days=KEPT_DAYS)
MOST_DRAFTS: Final = 100
"""Drafts one person may have at a time; nobody has so many forms open."""

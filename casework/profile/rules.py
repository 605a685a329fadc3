"""What a profile may hold, for what, and for how long a reason opens it. Pure."""

from datetime import timedelta
from typing import Final

from office.languages import mark

NEEDED_FOR: Final = {
    "argument": mark("The legal argument: with whom they are compared, who has to prove what"),
    "adjustments": mark("Reasonable adjustments"),
    "safety": mark("Their safety"),
    "care": mark("Care in how we speak with them"),
}
"""What an entry may be needed for. Nothing is noted that is needed for none of these."""

NEVER_NOTED: Final = frozenset({"nationality", "admin_status", "origin_or_other", "unknown"})
"""Grounds that have no place here: nobody is asked for nationality or residence, and two say nothing."""

READS: Final = "reads"
WITH_REASON: Final = "with_reason"
WAYS: Final = (READS, WITH_REASON)
"""How somebody holds the key: the adviser of the case reads; a supervisor writes down why before."""

OPEN_FOR: Final = timedelta(minutes=30)
"""How long one reason of a supervisor lets them read."""
SHORTEST_REASON: Final = 10
LONGEST_REASON: Final = 1_000
LONGEST_WORDS: Final = 4_000
MOST_ENTRIES: Final = 40


def is_reason(words: str) -> bool:
    """Say whether something that can be read stands there: ten signs, blanks not counted."""
    return len("".join(words.split())) >= SHORTEST_REASON

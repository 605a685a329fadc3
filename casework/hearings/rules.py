"""What kinds of hearings there are, how one ends, and which tracks take one. Pure: no store, no clock."""

from typing import Final

from casework.tracks.rules import ENDS as TRACK_ENDS
from casework.tracks.rules import GUARDS as TRACK_GUARDS
from casework.tracks.rules import PENDING, STRATEGIC
from office.languages import mark

KINDS: Final = {
    "hearing": mark("Hearing"),
    "trial": mark("Trial"),
    "conciliation": mark("Conciliation"),
    "declaration": mark("Declaration"),
    "other": mark("Another appearance"),
}
SET: Final = "set"
HELD, POSTPONED, CANCELLED, MISSED = "held", "postponed", "cancelled", "missed"
STATES: Final = {
    SET: mark("To come"),
    HELD: mark("It was held"),
    POSTPONED: mark("Postponed to another day"),
    CANCELLED: mark("Cancelled"),
    MISSED: mark("The person did not come"),
}
ENDS: Final = (HELD, POSTPONED, CANCELLED, MISSED)
ONLY_AFTER: Final = frozenset({HELD, MISSED})
"""Ends that are noted on the day or later."""
COURTS: Final = frozenset({"labour", "civil", "contentious", "criminal", STRATEGIC})
"""Tracks that go before a court."""
AUGUST: Final = 8

AHEAD_DAYS: Final = 30
"""Days ahead within which a hearing weighs in the workload."""
SAME_HOUR: Final = 60
"""Minutes within which nobody is at two hearings."""
LONGEST_LINE: Final = 200
LONGEST_WORDS: Final = 2_000
MINUTES_OF_A_DAY: Final = 24 * 60

GUARDS: Final = {
    "not_filed": mark(
        "This track does not lie before anybody who decides yet. Note first that it was filed, with the step "
        "Filed; then the hearing."
    ),
    "not_running": mark(
        "This track does not lie before anybody who decides yet. Note first the step Running before the "
        "court; then the hearing."
    ),
    "decided": mark(
        "It was decided on this track. If it goes on, note first the step that takes it further, such as "
        "Appealed; then the hearing."
    ),
    "ended": TRACK_GUARDS["ended"],
}
"""Why a track takes no hearing, and what to note first."""
DECIDED: Final = frozenset({"resolved", "ruling", "follow_up"})


def refused(kind: str, state: str) -> str | None:
    """Return why a track of this kind that stands here takes no hearing; None if it takes one."""
    if state in PENDING:
        return None
    if state in TRACK_ENDS:
        return "ended"
    if state in DECIDED:
        return "decided"
    return "not_running" if kind == STRATEGIC else "not_filed"


def minute_in(written: str) -> int | None:
    """Return the minute of the day written as `9:30`, or None."""
    hour, _, minute = written.strip().replace(".", ":").partition(":")
    if not (hour.isascii() and hour.isdigit() and len(hour) <= len("23")):
        return None
    if not (minute.isascii() and minute.isdigit() and len(minute) == len("59") and int(minute) < 60):
        return None
    found = int(hour) * 60 + int(minute)
    return found if found < MINUTES_OF_A_DAY else None

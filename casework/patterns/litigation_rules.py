"""Strategic litigation with the cases of a pattern: which step follows which, and who decides. Pure.

Two people decide whether it is accepted, neither of them who proposed it, and one of them a supervisor.
Only if both are for it is it accepted.
"""

from collections.abc import Mapping
from typing import Final

from casework.tracks.rules import STATES as OF_TRACKS
from office.languages import mark

PROPOSED, COMMITTEE, ACCEPTED, DECLINED = "proposed", "committee", "accepted", "declined"
RULING, ENDED = "ruling", "ended"
STATES: Final = {
    **{
        code: OF_TRACKS[code]
        for code in (PROPOSED, COMMITTEE, ACCEPTED, DECLINED, "running", RULING, "follow_up")
    },
    ENDED: mark("Ended"),
}
"""Where it stands, by the code of the step that brought it there."""
VOICES: Final = {"for": mark("For it"), "against": mark("Against it")}
NOTED: Final[Mapping[str, tuple[str, ...]]] = {
    ACCEPTED: ("running", ENDED),
    "running": (RULING, ENDED),
    RULING: ("follow_up", "running", ENDED),
    "follow_up": ("follow_up", ENDED),
}
"""What is noted once it is accepted; after a ruling it may run again, on appeal."""
NEXT: Final = ("running", RULING, "follow_up", ENDED)


def may_be_proposed(state: str | None) -> bool:
    """Say whether it may be proposed, or proposed again."""
    return state in (None, DECLINED, ENDED)


def decided_by_two(first: str, second: str) -> str:
    """Return what two voices come to: accepted only if both are for it."""
    return ACCEPTED if first == second == "for" else DECLINED

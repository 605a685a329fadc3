"""What can be taken back, by whom and until when. Pure."""

from datetime import date
from typing import Final
from uuid import UUID

from casework.hearings.rules import CANCELLED, ENDS, HELD, MISSED, POSTPONED, STATES
from casework.staff.rules import Permission, may
from office.languages import mark

OF_DEADLINE: Final = ("met", "missed", "waived")
"""How a deadline ends by what somebody notes; one that was counted anew has another row."""
LET_GO: Final = ("missed", "waived")
"""Of these, those by which somebody may have lost their claim."""
OF_TASK: Final = ("done", "dropped")
OF_HEARING: Final = ENDS

ENDED_AS: Final = {
    "met": mark("It was met"),
    "answered": mark("The authority answered"),
    "missed": mark("It was missed"),
    "waived": mark("Nobody will act on it"),
    "done": mark("Done"),
    "dropped": mark("Dropped"),
    HELD: STATES[HELD],
    POSTPONED: STATES[POSTPONED],
    CANCELLED: STATES[CANCELLED],
    "not_come": STATES[MISSED],
}
"""What had been noted, in words."""


def ended_as(was: str, *, is_ours: bool) -> str:
    """Return what had been noted, a key of `ENDED_AS`: an authority's time is not met, it answers."""
    return "answered" if was == "met" and not is_ours else was


def hearing_ended_as(was: str) -> str:
    """Return what had been noted of a hearing, a key of `ENDED_AS`: there it is the person who misses."""
    return "not_come" if was == MISSED else was


def is_own_slip(noted_by: UUID | None, noted_on: date | None, who: UUID, today: date) -> bool:
    """Say whether somebody noted it themselves today, so that they need not say why it was wrong."""
    return noted_by == who and noted_on == today


def needs_reason(noted_as: str, is_own: bool) -> bool:
    """Say whether it has to be told why it was wrong: of a day that was let go also by whoever noted it."""
    return noted_as in LET_GO or not is_own


def may_take_back(noted_by: UUID | None, noted_on: date | None, who: UUID, role: str, today: date) -> bool:
    """Say whether it is somebody's own slip of today, or they are a supervisor."""
    return may(role, Permission.SUPERVISE) or is_own_slip(noted_by, noted_on, who, today)

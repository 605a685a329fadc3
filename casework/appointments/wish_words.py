"""How and when a person asks to be met, in a line."""

from typing import TYPE_CHECKING, Final, get_args

from casework.appointments.rules import WAYS, WISH_HALVES
from office.handover.booking import Wish, WishDay

if TYPE_CHECKING:
    from casework.showing import View

DAYS: Final = get_args(WishDay)


def wish_in_words(view: "View", wish: Wish) -> str:
    """Return a wish in a line; what was left open is not in it."""
    tongue = view.language
    week = dict(zip(DAYS, tongue.days_of_week(), strict=False))
    parts = (
        [view.text(WAYS[one]) for one in wish.ways],
        [week[one] for one in wish.days],
        [view.text(WISH_HALVES[one]) for one in wish.halves],
    )
    return " · ".join(tongue.listed(part) for part in parts if part)

"""How and when a person asks to be met, in words."""

from typing import Final, get_args

from casework.appointments.rules import WAYS, WISH_HALVES
from office.handover.booking import AppointmentWish, Wish, WishDay
from office.languages import Language, mark

DAYS: Final = get_args(WishDay)
ASKS: Final = mark("The person asks for an appointment: %(wish)s")
INTERPRETER: Final = mark("Somebody must interpret")
STEP_FREE: Final = mark("The person comes only where there are no steps")


def wish_in_words(tongue: Language, wish: Wish) -> str:
    """Return a wish in a line; what was left open is not in it."""
    week = dict(zip(DAYS, tongue.days_of_week(), strict=False))
    parts = (
        [tongue.gettext(WAYS[one]) for one in wish.ways],
        [week[one] for one in wish.days],
        [tongue.gettext(WISH_HALVES[one]) for one in wish.halves],
    )
    return " · ".join(tongue.listed(part) for part in parts if part)


def asked_in_words(tongue: Language, told: AppointmentWish) -> str:
    """Return all that a person asked for as it stands in the thread, before what they wrote themselves."""
    needs = ((told.needs_interpreter, INTERPRETER), (told.needs_step_free, STEP_FREE))
    parts = [wish_in_words(tongue, told.wish), *(tongue.gettext(words) for is_so, words in needs if is_so)]
    return "\n\n".join(part for part in (tongue.gettext(ASKS, wish=" · ".join(parts)), told.text) if part)

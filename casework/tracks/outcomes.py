"""How a track ended: what its steps say, and what is said of an open one when its case is closed. Pure."""

from collections.abc import Sequence
from typing import Final

from casework.tracks.rules import ENDS, RESULTS, SILENT, STATES, AnyStep, in_force
from office.languages import mark

OUTCOMES: Final = {
    **RESULTS,
    SILENT: mark("Without an answer"),
    "withdrawn": STATES["withdrawn"],
    "declined": STATES["declined"],
}
"""What a track that ended came to: the result of its newest decision, or how it ended without one."""
LEFT_OPEN: Final = "left_open"
SAID: Final = {
    **{code: words for code, words in OUTCOMES.items() if code != "declined"},
    LEFT_OPEN: mark("It is left open, with a reason"),
}
"""What may be said of a track that has not ended when its case is to be closed."""


def result_of(steps: Sequence[AnyStep]) -> str | None:
    """Return the result of the newest decision in force; None if nobody has decided."""
    results = [getattr(step, "result_code", None) for step in in_force(steps)]
    return next((code for code in reversed(results) if code), None)


def outcome_of(steps: Sequence[AnyStep]) -> str | None:
    """Return how a track ended, a code of `OUTCOMES`; None while something can still happen on it.

    What was decided stands when an appeal against it is withdrawn.
    """
    last = in_force(steps)[-1].step_code
    if last not in ENDS:
        return None
    return result_of(steps) or (SILENT if last == "final" else last)

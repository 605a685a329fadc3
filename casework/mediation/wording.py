"""Mediations in words: where one stands, what keeps a case from it, and why a step was refused."""

from typing import TYPE_CHECKING, Final

from casework.cases.errors import CaseAlreadyClosed
from casework.cases.tables import CaseFile
from casework.conflicts.errors import AdviserKeepsOut, ConflictUndecided
from casework.mediation.bars import BARS, OWN_RULE, Bar
from casework.mediation.errors import MediationBarred
from casework.mediation.queries import Standing, mediations_of
from casework.mediation.rules import GUARDS, PARTIES, STATES, STEPS
from casework.mediation.tables import MediationStep
from office.errors import OfficeError

if TYPE_CHECKING:
    from casework.showing import View

OF_THE_CASE: Final = (MediationBarred, ConflictUndecided, AdviserKeepsOut, CaseAlreadyClosed)
"""What stops a mediation for reasons that stand in its case."""


def line_of(view: "View", case: CaseFile, *, only_open: bool = False) -> str:
    """Return where the newest mediation of a case stands, in one line; empty if there is none."""
    found = mediations_of(view.session, case.id)
    if not found or (only_open and not found[0].is_open):
        return ""
    return state_line(view, found[0])


def state_line(view: "View", one: Standing) -> str:
    """Return where a mediation stands and since when."""
    return f"{view.text(STATES[one.state])} · {view.language.short_date(one.newest.happened_on)}"


def step_name(view: "View", step: MediationStep) -> str:
    """Return a step in words, with who ended what was withdrawn."""
    party = f" ({view.text(PARTIES[step.party_code])})" if step.party_code else ""
    return view.text(STEPS[step.step_code]) + party


def bar_lines(view: "View", bars: list[Bar]) -> list[str]:
    """Return what keeps a case from mediation, each with its article."""
    return [f"{bar.why_in(view.language.tag)} ({bar.law or view.text(OWN_RULE)})" for bar in bars]


def why_refused(view: "View", error: OfficeError, *, for_the_case: bool) -> str:
    """Return why something was refused, and how to satisfy the guard.

    A mediator is not told what the file says that they cannot open.
    """
    if not for_the_case and isinstance(error, OF_THE_CASE):
        return view.text(GUARDS["stopped"])
    if isinstance(error, MediationBarred):
        codes = error.detail.get("bars", "").split()
        return " ".join(bar_lines(view, [bar for bar in BARS if bar.code in codes]))
    return view.text(GUARDS.get(error.detail.get("guard", ""), error.sentence))

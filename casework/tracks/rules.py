"""Which tracks there are, which step follows which, and what a refused step waits for. Pure.

A track stands where its newest step in force left it; a step is in force until a later one takes it back.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, Protocol, TypeVar
from uuid import UUID

from office.languages import mark

STRATEGIC: Final = "strategic"
SILENT: Final = "silent"
"""The step with which an authority let its time to answer go by."""
MEDIATED: Final = "mediation"
"""What was agreed in a mediation: its track begins where the agreement was made."""
KINDS: Final = {
    "administrative": mark("Administrative"),
    "labour": mark("Labour court"),
    "civil": mark("Civil court"),
    "contentious": mark("Administrative court"),
    "criminal": mark("Criminal"),
    "ombudsman": mark("Ombudsman"),
    "equality_body": mark("Equality authority"),
    "online_removal": mark("Removal on the internet"),
    "consumer": mark("Consumer protection"),
    STRATEGIC: mark("Strategic litigation"),
    MEDIATED: mark("Agreement of a mediation"),
}
OPENED_BY_HAND: Final = tuple(kind for kind in KINDS if kind != MEDIATED)

STATES: Final = {
    "prepared": mark("Prepared"),
    "mandate_signed": mark("Mandate signed"),
    "filed": mark("Filed"),
    "acknowledged": mark("Acknowledged by the authority"),
    "silent": mark("The authority is silent: its time to answer is over"),
    "resolved": mark("Resolved"),
    "appealed": mark("Appealed"),
    "final": mark("Final"),
    "withdrawn": mark("Withdrawn"),
    "proposed": mark("Proposed"),
    "committee": mark("Before the committee"),
    "accepted": mark("Accepted by the committee"),
    "declined": mark("Declined by the committee"),
    "running": mark("Running before the court"),
    "ruling": mark("Ruling given"),
    "follow_up": mark("The ruling is followed up"),
}
"""Where a track stands, by the code of the step that brought it there."""
TAKEN_BACK: Final = "taken_back"
"""A step that takes back the newest one in force."""
STEPS: Final = {**STATES, TAKEN_BACK: mark("An earlier step was taken back")}
ENDS: Final = frozenset({"final", "withdrawn", "declined"})
PENDING: Final = frozenset({"filed", "acknowledged", "silent", "appealed", "committee", "running"})
"""States in which a track lies before somebody who decides: hearings and answers to them belong to these."""
FILING: Final = frozenset({"filed", "running"})
"""Steps for which somebody must have given a mandate."""

_LEGAL: Final[Mapping[str, tuple[str, ...]]] = {
    "prepared": ("mandate_signed", "withdrawn"),
    "mandate_signed": ("filed", "withdrawn"),
    "filed": ("acknowledged", "silent", "resolved", "withdrawn"),
    "acknowledged": ("silent", "resolved", "withdrawn"),
    "silent": ("resolved", "appealed", "final", "withdrawn"),
    "resolved": ("appealed", "final"),
    "appealed": ("silent", "resolved", "final", "withdrawn"),
}
_STRATEGIC: Final[Mapping[str, tuple[str, ...]]] = {
    "proposed": ("committee", "withdrawn"),
    "committee": ("accepted", "declined"),
    "accepted": ("mandate_signed", "withdrawn"),
    "mandate_signed": ("running", "withdrawn"),
    "running": ("ruling", "withdrawn"),
    "ruling": ("follow_up", "final"),
    "follow_up": ("final",),
}
_MEDIATED: Final[Mapping[str, tuple[str, ...]]] = {"resolved": ("final",)}

RESULTS: Final = {
    "favourable": mark("In favour of the person"),
    "partly": mark("Partly in favour"),
    "unfavourable": mark("Against the person"),
    "settled": mark("Settled by agreement"),
    "inadmissible": mark("Not admitted"),
    "archived": mark("Filed away without a decision"),
}
WITH_RESULT: Final = frozenset({"resolved", "ruling"})
WITH_NUMBER: Final = frozenset({"filed", "acknowledged", "appealed", "running"})
"""Steps that may bring the number by which somebody else knows the matter."""

GUARDS: Final = {
    "mandate": mark(
        "Nothing is filed without a mandate. Note first on which day it was signed, with the step "
        "Mandate signed."
    ),
    "ended": mark(
        "This track has ended. If it ended by mistake take the last step back, otherwise open another track."
    ),
    "order": mark(
        "This step does not follow from where the track stands. Choose one of those below; "
        "a step that was noted wrongly is taken back first."
    ),
    "day": mark(
        "This day is before the step that came last. Write a later day, or take that step back first."
    ),
    "newest": mark("Only the newest step is taken back. Take back first those that came after it."),
    "first": mark("The beginning of a track is not taken back. Withdraw the track instead."),
}
"""What a refused step waits for, and how to satisfy it."""


class Step(Protocol):
    """What the rules need to know of a step."""

    id: UUID
    step_code: str
    happened_on: date
    takes_back: UUID | None


def first_step(kind: str) -> str:
    """Return the step with which a track of this kind begins."""
    return {STRATEGIC: "proposed", MEDIATED: "resolved"}.get(kind, "prepared")


AnyStep = TypeVar("AnyStep", bound=Step)


def in_force(steps: Sequence[AnyStep]) -> list[AnyStep]:
    """Return the steps that nothing has taken back, oldest first; `steps` are in their order."""
    undone = {step.takes_back for step in steps}
    return [step for step in steps if step.step_code != TAKEN_BACK and step.id not in undone]


def moves(kind: str, state: str) -> tuple[str, ...]:
    """Return which steps may follow."""
    return {STRATEGIC: _STRATEGIC, MEDIATED: _MEDIATED}.get(kind, _LEGAL).get(state, ())


def refused(kind: str, steps: Sequence[Step], code: str, on: date) -> str | None:
    """Return the guard that refuses a step on this day; None if it may be noted.

    The first step has the day on which the track was entered here: what follows may have been earlier.
    """
    valid = in_force(steps)
    last = valid[-1]
    if last.step_code in ENDS:
        return "ended"
    if code in FILING and all(step.step_code != "mandate_signed" for step in valid):
        return "mandate"
    if code not in moves(kind, last.step_code):
        return "order"
    return "day" if len(valid) > 1 and on < last.happened_on else None


def not_taken_back(steps: Sequence[Step], step_id: UUID) -> str | None:
    """Return the guard that keeps a step from being taken back; None if it may be."""
    valid = in_force(steps)
    if valid[-1].id != step_id:
        return "newest"
    return "first" if len(valid) == 1 else None

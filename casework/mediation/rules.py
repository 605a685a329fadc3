"""Which step of a mediation follows which, who notes it, and what a refused step waits for. Pure.

A mediation stands where its newest step in force left it. Offering it with a mediator begins the consents
anew: a consent is to this mediation with this mediator, and both are needed before anybody sits down.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final, Protocol
from uuid import UUID

from casework.tracks.rules import TAKEN_BACK, AnyStep, Step, in_force
from office.languages import mark

ADVISER: Final = "adviser"
MEDIATOR: Final = "mediator"

HANDED_OVER: Final = "handed_over"
AGREED: Final = "agreement"
STATES: Final = {
    "screened": mark("Screened"),
    "offered": mark("Offered to the person"),
    "person_consented": mark("The person consented"),
    "person_refused": mark("The person does not want it"),
    "invited": mark("The other side is invited"),
    "respondent_consented": mark("The other side consented: sessions may begin"),
    "respondent_refused": mark("The other side refused"),
    "session": mark("A session was held"),
    "stepped_down": mark("The mediator stepped down"),
    AGREED: mark("They agreed"),
    "no_agreement": mark("Ended without agreement"),
    "withdrawn": mark("The mediation was withdrawn"),
}
"""Where a mediation stands, by the code of the step that brought it there."""
STEPS: Final = {
    **STATES,
    HANDED_OVER: mark("What the mediator may know was handed over"),
    TAKEN_BACK: mark("An earlier step was taken back"),
}
ENDS: Final = frozenset({"person_refused", "respondent_refused", AGREED, "no_agreement", "withdrawn"})
CONSENTS: Final = {"person": "person_consented", "respondent": "respondent_consented"}

BEGIN_ANEW: Final = frozenset({"screened", "offered", "stepped_down"})
"""Steps after which both are asked anew."""
ON_THEIR_OWN: Final = frozenset({"screened", "offered", HANDED_OVER, AGREED})
"""Steps that have a form of their own."""
_ANYTIME: Final = ("screened", "withdrawn")
_AFTER: Final = {
    "screened": ("offered",),
    "stepped_down": ("offered",),
    "offered": ("person_consented", "person_refused", "stepped_down"),
    "person_consented": (HANDED_OVER, "invited", "stepped_down"),
    "invited": ("respondent_consented", "respondent_refused", "no_agreement", HANDED_OVER, "stepped_down"),
    "respondent_consented": ("session", "no_agreement", HANDED_OVER, "stepped_down"),
    "session": ("session", AGREED, "no_agreement", HANDED_OVER, "stepped_down"),
}
_OF_ADVISER: Final = frozenset(
    {"screened", "offered", "person_consented", "person_refused", HANDED_OVER, "withdrawn"}
)
_OF_MEDIATOR: Final = frozenset(STATES) - _OF_ADVISER | {"withdrawn"}
NOTED_BY: Final = {ADVISER: _OF_ADVISER, MEDIATOR: _OF_MEDIATOR}
AT_A_TABLE: Final = frozenset({"session", AGREED})
"""Steps for which both must have consented."""
STOPPED_BY_A_BAR: Final = frozenset({"offered", "person_consented", HANDED_OVER, "invited",
                                     "respondent_consented", "session", AGREED})  # fmt: skip
"""Steps that nobody takes while the law or the office's rule keeps the case from mediation."""

EVIDENCE: Final = {
    "signed": mark("Signed on paper"),
    "written": mark("In writing, by message or e-mail"),
    "said": mark("Said aloud, with a witness"),
}
PARTIES: Final = {
    "person": mark("The person"),
    "respondent": mark("The other side"),
    "mediator": mark("The mediator"),
    "office": mark("The office"),
}
"""Who ended a mediation that was withdrawn."""
PARTIES_OF: Final = {ADVISER: ("person", "office"), MEDIATOR: ("person", "respondent", "mediator")}

EVENTS: Final = {
    "mediation_step": mark("noted a step of a mediation"),
    "mediation_read": mark("looked at the mediation as its mediator"),
    "mediation_printed": mark("opened the invitation to a mediation to print it"),
    "mediator_noted": mark("kept a note of the mediation for themselves"),
    "mediator_named": mark("said who mediates"),
    "mediator_unnamed": mark("said who mediates no more"),
}
"""What the timeline says of mediations and mediators, by the kind of event."""
GUARDS: Final = {
    "ended": mark("This mediation has ended. Another one begins with a new screening."),
    "order": mark(
        "This step does not follow from where the mediation stands. Choose one of those below; "
        "a step that was noted wrongly is taken back first."
    ),
    "day": mark(
        "This day is before the step that came last. Write a later day, or take that step back first."
    ),
    "unknown": mark(
        "The screening is not complete. Ask first what is not known yet, and note the screening again."
    ),
    "safeguards": mark("Write first how the person is protected: the screening found that it is needed."),
    "consents": mark("Nobody sits down before both have consented, each with a day and how it is shown."),
    "mediator": mark(
        "This person cannot mediate here: a mediator is named by a supervisor, and never had, read or kept "
        "out of the case."
    ),
    "stopped": mark("This mediation cannot go on for now. Speak with the adviser of the case."),
    "newest": mark("Only the newest step is taken back. Take back first those that came after it."),
    "first": mark("The beginning of a mediation is not taken back. Withdraw the mediation instead."),
    "not_yours": mark("This step is taken back by whoever noted it: the adviser, or the mediator."),
}
"""What a refused step waits for, and how to satisfy it. What bars a mediation says so with its article."""


class MediatorStep(Step, Protocol):
    """A step that may name a mediator."""

    mediator_id: UUID | None


def moves(state: str, side: str) -> tuple[str, ...]:
    """Return which steps this side may note next."""
    if state in ENDS:
        return ()
    return tuple(code for code in (*_AFTER.get(state, ()), *_ANYTIME) if code in NOTED_BY[side])


def moved(steps: Sequence[AnyStep]) -> list[AnyStep]:
    """Return the steps in force that say where a mediation stands, oldest first."""
    return [step for step in in_force(steps) if step.step_code != HANDED_OVER]


def consented_on(steps: Sequence[Step], party: str) -> date | None:
    """Return the day on which one side consented to the mediation as it was offered last; None if not."""
    day = None
    for step in in_force(steps):
        if step.step_code in BEGIN_ANEW:
            day = None
        elif step.step_code == CONSENTS[party]:
            day = step.happened_on
    return day


def mediator_of(steps: Sequence[MediatorStep]) -> UUID | None:
    """Return with whom a mediation was offered last; None if with nobody, or they stepped down."""
    found = None
    for step in in_force(steps):
        if step.step_code in ("offered", "stepped_down"):
            found = step.mediator_id
    return found


def refused(steps: Sequence[Step], code: str, on: date, side: str) -> str | None:
    """Return the guard that refuses a step on this day; None if it may be noted."""
    last = moved(steps)[-1]
    if last.step_code in ENDS:
        return "ended"
    if code not in moves(last.step_code, side):
        return "order"
    if code in AT_A_TABLE and not all(consented_on(steps, party) for party in CONSENTS):
        return "consents"
    return "day" if on < in_force(steps)[-1].happened_on else None


def not_taken_back(steps: Sequence[Step], step_id: UUID, side: str) -> str | None:
    """Return the guard that keeps a step from being taken back; None if it may be."""
    valid = in_force(steps)
    if moved(steps)[-1].step_code in ENDS:
        return "ended"
    if valid[-1].id != step_id:
        return "newest"
    if valid[-1].step_code not in NOTED_BY[side]:
        return "not_yours"
    return "first" if len(valid) == 1 else None

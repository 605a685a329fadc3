"""The mediation of a case for whoever holds the case: whether it can be mediated, and where it stands."""

from datetime import date
from typing import Final
from uuid import UUID

from pydantic import Field

from casework.api.shapes import clocks
from casework.api.shapes.forms import By, by, said, undone_of
from casework.api.shapes.mediation_forms import MediationForms, forms_of
from casework.api.shapes.parts import Choice, coded, worded
from casework.api.shown import Page, Shape, Shown
from casework.mediation.queries import ShownStep, Standing
from casework.mediation.rules import PARTIES, STATES, STEPS
from casework.mediation.tables import MediationStep


class MediationStanding(Shown):
    """Where a mediation stands, and since when."""

    state: Choice
    since: date


class MediationStepCalled(Shown):
    """What a step is called, with who ended what was withdrawn."""

    step: Choice
    party: Choice | None


class HandedOver(Shown):
    """What the mediator may know: how the person wants to be called, and how they are safely reached."""

    name: str
    language: Choice | None
    reach: str
    handed: str = Field(description="What else the person wants the mediator to know.")


class MediationStepTold(Shown):
    """One step of a mediation, oldest first; one that takes another back names it."""

    happened_on: date
    called: MediationStepCalled | None
    takes_back: MediationStepCalled | None
    is_in_force: bool
    noted: By | None
    evidence: Choice | None
    found: tuple[str, ...] = Field(description="What the screening said yes to.")
    not_known_yet: tuple[str, ...]
    handed_over: HandedOver | None
    note: str


class MediationNow(Shown):
    """The newest mediation of the case. The other side knows it by its own number."""

    id: UUID
    reference: str
    standing: MediationStanding
    mediator: str
    is_mediator_able: bool = Field(description="Whoever mediates may go on.")
    person_consented_on: date | None
    respondent_consented_on: date | None
    track: UUID | None = Field(description="The track of what was agreed.")
    check_on: date | None
    steps: tuple[MediationStepTold, ...]


class MediationShown(Shown):
    """Whether a case can be mediated, its mediation, and what may be done."""

    case_number: str
    is_in_danger: bool = Field(
        description="Somebody may be in danger now, as the person said or the office noted."
    )
    bars: tuple[str, ...] = Field(description="Why the case cannot be mediated, each with its article.")
    needs_protection: tuple[str, ...] = Field(
        description="Why it is offered only after somebody wrote how the person is protected."
    )
    mediation: MediationNow | None
    earlier: tuple[MediationStanding, ...]
    deadlines: tuple[clocks.DeadlineRunning, ...] = Field(
        description="Those that are open: a mediation may stop one, and the desk changes none by itself."
    )
    forms: MediationForms


def mediation(page: Page) -> MediationShown:
    """Return the shape of the mediation of a case."""
    case, one, bars = page["case"], page["one"], page["bars"]
    is_asked_for = page["may_offer"] or not one
    return MediationShown(
        case_number=case.reference,
        is_in_danger=case.urgency_code == "danger" and not case.is_closed,
        bars=tuple(bars),
        needs_protection=tuple(page["needs"]) if not bars and is_asked_for else (),
        mediation=_now(page, one) if one else None,
        earlier=tuple(standing(page, other) for other, _ in page["earlier"]),
        deadlines=tuple(clocks.DeadlineRunning(**clocks.running(page, one)) for one in page["deadlines"]),
        forms=forms_of(page),
    )


def standing(page: Page, one: Standing) -> MediationStanding:
    """Return where a mediation stands."""
    return MediationStanding(state=said(page, STATES, one.state), since=one.newest.happened_on)


def step_called(page: Page, row: MediationStep) -> MediationStepCalled:
    """Return what a step of a mediation is called."""
    party = said(page, PARTIES, row.party_code) if row.party_code else None
    return MediationStepCalled(step=said(page, STEPS, row.step_code), party=party)


def _now(page: Page, one: Standing) -> MediationNow:
    return MediationNow(
        id=one.mediation.id,
        reference=one.mediation.reference,
        standing=standing(page, one),
        mediator=page["mediator"],
        is_mediator_able=page["is_mediator_able"] or not one.is_open,
        person_consented_on=page["consents"]["person"],
        respondent_consented_on=page["consents"]["respondent"],
        track=one.mediation.track_id,
        check_on=page["check_on"],
        steps=tuple(_step(page, each) for each in page["steps"]),
    )


def _step(page: Page, one: ShownStep) -> MediationStepTold:
    row, words = one.row, one.words
    back = undone_of(page["one"].steps, row)
    return MediationStepTold(
        happened_on=row.happened_on,
        called=None if back else step_called(page, row),
        takes_back=step_called(page, back) if back else None,
        is_in_force=one.is_in_force,
        noted=by(page["names"].get(row.noted_by, ""), row.noted_on),
        evidence=worded(page["evidence_as"], row.evidence_code),
        found=tuple(page["screened"](row)),
        not_known_yet=tuple(page["unknown"](row)),
        handed_over=HandedOver(
            name=words.name,
            language=coded(page, "languages", words.language),
            reach=words.reach,
            handed=words.handed,
        )
        if words.name
        else None,
        note=words.note,
    )


SHAPES: Final[dict[str, Shape]] = {"mediation.html": mediation}

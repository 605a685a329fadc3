"""What whoever holds a case may do about its mediation."""

from uuid import UUID

from pydantic import Field

from casework.api.shapes.forms import Versioned
from casework.api.shapes.parts import Choice, choices
from casework.api.shown import Page, Shown


class Offering(Versioned):
    """Offering it to the person; without a mediator nobody can mediate in this case."""

    mediator: tuple[Choice, ...]


class WayReached(Shown):
    """How the person is safely reached, as it is noted."""

    way: str
    rule: str


class HandingOver(Versioned):
    """Handing over to the mediator what they may know, and nothing else of the case."""

    told_language: tuple[Choice, ...]
    safe_ways: tuple[WayReached, ...]


class MediationNextStep(Versioned):
    """Noting what the person answered, or that it is withdrawn."""

    step: tuple[Choice, ...]
    evidence: tuple[Choice, ...] | None
    party: tuple[Choice, ...]


class ScreeningQuestion(Shown):
    """A question of the screening, by the name under which its answer is sent."""

    field: str
    question: str


class Screening(Versioned):
    """Screening the case: for a mediation that is open again, or for a new one."""

    mediation: UUID | None
    questions: tuple[ScreeningQuestion, ...]
    answers: tuple[Choice, ...]


class MediationTakingBack(Versioned):
    """Taking back the newest step."""

    taken: UUID


class MediationForms(Shown):
    """What may be done now; null is what may not."""

    offer: Offering | None
    handing_over: HandingOver | None
    next_step: MediationNextStep | None
    screening: Screening | None
    taking_back: MediationTakingBack | None = Field(description="Needs a reason.")


def forms_of(page: Page) -> MediationForms:
    """Return what may be done about the mediation of a case by its reader."""
    one, is_open = page["one"], not page["case"].is_closed
    version = one.mediation.version if one else 0
    return MediationForms(
        offer=Offering(version=version, mediator=choices(page["people"]))
        if page["may_offer"] and is_open
        else None,
        handing_over=HandingOver(
            version=version,
            told_language=choices(page["spoken"]),
            safe_ways=tuple(WayReached(way=way, rule=rule) for way, rule in page["safe"]),
        )
        if page["may_hand_over"] and is_open
        else None,
        next_step=MediationNextStep(
            version=version,
            step=choices(page["possible"]),
            evidence=choices(page["evidence"]) if one.state == "offered" else None,
            party=choices(page["parties"]),
        )
        if page["possible"]
        else None,
        screening=Screening(
            version=version,
            mediation=one.mediation.id if one and one.is_open else None,
            questions=tuple(ScreeningQuestion(field=name, question=text) for name, text in page["asked"]),
            answers=choices(page["answers"]),
        )
        if page["may_screen"]
        else None,
        taking_back=MediationTakingBack(version=version, taken=page["taken"]) if page["taken"] else None,
    )

"""Mediations for whoever mediates: nothing of the case, but what was handed over and their own notes."""

from datetime import date
from typing import Final
from uuid import UUID

from pydantic import Field

from casework.api.shapes.forms import Versioned
from casework.api.shapes.mediation import (
    HandedOver,
    MediationStanding,
    MediationStepCalled,
    standing,
    step_called,
)
from casework.api.shapes.parts import Choice, choices, coded, worded
from casework.api.shown import Page, Shape, Shown


class MediationLine(Shown):
    """A mediation in the list of its mediator."""

    id: UUID
    reference: str
    standing: MediationStanding
    is_open: bool


class MediationsShown(Shown):
    """The mediations somebody mediates, those that are open first."""

    mediations: tuple[MediationLine, ...]


class MediatingStep(Shown):
    """A step in force, without a word of what was said."""

    happened_on: date
    called: MediationStepCalled
    evidence: Choice | None


class MediatorNote(Shown):
    """A note of the mediator's own; without text it was sealed to a key they have no more."""

    written_on: date
    is_agreement: bool
    text: str | None


class MediatingNextStep(Versioned):
    """Noting what happened. What is null is not asked for any of these steps."""

    step: tuple[Choice, ...]
    sheet_language: tuple[Choice, ...] | None
    evidence: tuple[Choice, ...] | None
    party: tuple[Choice, ...]


class Agreeing(Versioned):
    """Ending it with what was agreed."""

    promises: tuple[Choice, ...]


class MediatingTakingBack(Versioned):
    """Taking back the newest step."""

    taken: UUID


class MediatingShown(Shown):
    """One mediation for its mediator."""

    id: UUID
    reference: str
    standing: MediationStanding
    is_open: bool
    handed_over: HandedOver | None = Field(
        description="Deleted when the mediation ends; before it is handed over there is nothing."
    )
    person_consented_on: date | None
    respondent_consented_on: date | None
    steps: tuple[MediatingStep, ...]
    has_invitation: bool
    notes: tuple[MediatorNote, ...]
    next_step: MediatingNextStep | None
    agreement: Agreeing | None
    taking_back: MediatingTakingBack | None


class SheetPart(Shown):
    """A heading of the invitation with its paragraph, or a fact with its name."""

    heading: str
    text: str


class InvitationTold(Shown):
    """What the other side is given to read and sign, in its language."""

    title: str
    opening: str
    parts: tuple[SheetPart, ...]
    facts: tuple[SheetPart, ...]
    consent: str
    answers: tuple[str, ...]
    lines: tuple[str, ...]


class MediationSheetShown(Shown):
    """The sheet of a mediation: the invitation, or where it stands once it is over."""

    id: UUID
    reference: str
    invitation: InvitationTold | None
    ended: MediationStanding | None


def mediations(page: Page) -> MediationsShown:
    """Return the shape of somebody's mediations."""
    return MediationsShown(
        mediations=tuple(
            MediationLine(
                id=one.mediation.id,
                reference=one.mediation.reference,
                standing=standing(page, one),
                is_open=one.is_open,
            )
            for one, _ in page["lines"]
        )
    )


def mediating(page: Page) -> MediatingShown:
    """Return the shape of one mediation for its mediator."""
    row, one, extract = page["mediation"], page["one"], page["extract"]
    return MediatingShown(
        id=row.id,
        reference=row.reference,
        standing=standing(page, one),
        is_open=one.is_open,
        handed_over=HandedOver(
            name=extract.name,
            language=coded(page, "languages", extract.language),
            reach=extract.reach,
            handed=extract.handed,
        )
        if extract
        else None,
        person_consented_on=page["consents"]["person"],
        respondent_consented_on=page["consents"]["respondent"],
        steps=tuple(
            MediatingStep(
                happened_on=step.happened_on,
                called=step_called(page, step),
                evidence=worded(page["evidence_as"], step.evidence_code),
            )
            for step in page["steps"]
        ),
        has_invitation=page["has_sheet"],
        notes=tuple(
            MediatorNote(
                written_on=note.row.written_on,
                is_agreement=note.row.kind_code == "agreement",
                text=note.text or None,
            )
            for note in page["own"]
        ),
        next_step=MediatingNextStep(
            version=row.version,
            step=choices(page["possible"]),
            sheet_language=choices(page["sheet_languages"]) if page["asks_language"] else None,
            evidence=choices(page["evidence"]) if page["asks_evidence"] else None,
            party=choices(page["parties"]),
        )
        if page["possible"]
        else None,
        agreement=Agreeing(version=row.version, promises=choices(page["types"]))
        if page["may_agree"]
        else None,
        taking_back=MediatingTakingBack(version=row.version, taken=page["taken"]) if page["taken"] else None,
    )


def mediation_sheet(page: Page) -> MediationSheetShown:
    """Return the shape of what the other side is given."""
    row, sheet = page["mediation"], page["sheet"]
    return MediationSheetShown(
        id=row.id,
        reference=row.reference,
        invitation=InvitationTold(
            title=sheet.title,
            opening=sheet.opening,
            parts=tuple(SheetPart(heading=heading, text=text) for heading, text in sheet.parts),
            facts=tuple(SheetPart(heading=key, text=value) for key, value in sheet.facts),
            consent=sheet.consent,
            answers=tuple(sheet.answers),
            lines=tuple(sheet.lines),
        )
        if sheet
        else None,
        ended=None if sheet else standing(page, page["one"]),
    )


SHAPES: Final[dict[str, Shape]] = {
    "mediating.html": mediating,
    "mediations.html": mediations,
    "mediation_sheet.html": mediation_sheet,
}

"""How a case is coded, and how it ended."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from casework.api.shapes.parts import Choice, coded, coded_each, worded
from casework.api.shown import Page, Shown
from casework.states.keeping import Kept


class CodesOfCase(Shown):
    """What a case is about, as it is coded and counted."""

    grounds: tuple[Choice, ...]
    conduct: tuple[Choice, ...]
    area: Choice | None
    respondent: Choice | None
    district: Choice | None


class TrackEnded(Shown):
    """A track with its result."""

    id: UUID
    name: str
    state: str
    is_open: bool
    result: Choice | None = Field(description="Of its newest decision, or how it ended without one.")
    said: Choice | None = Field(description="What whoever asked to close says of one that is open.")


class Ending(Shown):
    """How a case ended."""

    closed_on: date
    outcome: Choice | None
    reason: Choice | None
    responses: tuple[Choice, ...] = Field(description="What the office did.")
    service_level: Choice = Field(description="The most the person got.")
    tracks: tuple[TrackEnded, ...] = Field(description="Every track, with its result.")
    letter_to_the_person: Literal["", "draft", "made", "sent"]
    feedback_asked: bool = Field(description="They have a receipt, with which they are asked.")
    feedback_on: date | None = Field(description="When an answer came last.")
    kept_until: date = Field(description="The last of the days the city keeps a closed case.")


def codes(page: Page, case: Any) -> CodesOfCase:
    """Return how a case is coded."""
    return CodesOfCase(
        grounds=coded_each(page, "grounds", case.ground_codes),
        conduct=coded_each(page, "conduct", case.conduct_codes),
        area=coded(page, "areas", case.area_code),
        respondent=coded(page, "respondents", case.respondent_code),
        district=coded(page, "districts", case.district_code),
    )


def ending(page: Page, case: Any, kept: Kept) -> Ending:
    """Return how a closed case ended, and until when it is kept."""
    told = page["end"]["told"]
    return Ending(
        closed_on=case.closed_on,
        outcome=coded(page, "outcomes", case.outcome_code),
        reason=coded(page, "closure", case.reason_code),
        responses=coded_each(page, "responses", case.response_codes),
        service_level=level(page),
        tracks=tracks_ended(page, page["end"]["tracks"]),
        letter_to_the_person=told.letter,
        feedback_asked=told.can_answer,
        feedback_on=told.answered_on,
        kept_until=kept.until,
    )


def level(page: Page) -> Choice:
    """Return the most the person got."""
    code, words = page["end"]["level"]
    return Choice(code=code, label=words)


def tracks_ended(page: Page, lines: Sequence[Any]) -> tuple[TrackEnded, ...]:
    """Return every track with its result."""
    words = page["end"]["outcomes"]
    return tuple(
        TrackEnded(
            id=one.line.id,
            name=one.line.name,
            state=one.line.state,
            is_open=one.line.is_open,
            result=worded(words, one.outcome or one.decided),
            said=worded(words, one.said),
        )
        for one in lines
    )

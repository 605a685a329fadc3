"""What the head of the office agrees to: numbers and codes, nothing of what was told."""

from datetime import date
from typing import Any, Final, Literal
from uuid import UUID

from pydantic import Field

from casework.api.shapes.parts import Choice, Code, Person, coded, coded_each, person
from casework.api.shown import Page, Shape, Shown


class ClosingForTheHead(Shown):
    """A request for which there is no second supervisor."""

    id: UUID
    case_number: str
    kind: Literal["closing", "void", "back"] = Field(
        description="That it is closed, that it is void, or that it is no longer void."
    )
    asked_by: Person | None
    asked_on: date
    outcome: Choice | None
    reason: Choice | None = Field(description="Of a closing.")
    void_reason: str = Field(description="Why it was opened in error, in words.")
    responses: tuple[Choice, ...]
    open_deadlines: int
    open_tracks: int
    open_mediations: int
    open_tasks: int
    open_referrals: int
    listed: Code = Field(description="What was open as this was shown: sent back with the agreement.")
    agreed_before_on: date | None = Field(description="What was agreed no longer holds: you are asked anew.")


class ClosingsShown(Shown):
    """The closings the head of the office agrees to."""

    closings: tuple[ClosingForTheHead, ...]


def closings(page: Page) -> ClosingsShown:
    """Return what waits for the head of the office."""
    return ClosingsShown(closings=tuple(_for_the_head(page, one) for one in page["waiting"]))


def _for_the_head(page: Page, one: Any) -> ClosingForTheHead:
    deadlines, tracks, mediations, tasks, referrals = one.open_things
    request = one.request
    return ClosingForTheHead(
        id=request.id,
        case_number=one.case.reference,
        kind=request.kind_code,
        asked_by=person(one.asked_by),
        asked_on=request.asked_on,
        outcome=coded(page, "outcomes", request.outcome_code),
        reason=None if one.void_reason else coded(page, "closure", request.reason_code),
        void_reason=one.void_reason,
        responses=coded_each(page, "responses", request.response_codes),
        open_deadlines=deadlines,
        open_tracks=tracks,
        open_mediations=mediations,
        open_tasks=tasks,
        open_referrals=referrals,
        listed=one.listed,
        agreed_before_on=request.agreed_on,
    )


SHAPES: Final[dict[str, Shape]] = {"closings.html": closings}

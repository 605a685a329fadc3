"""What was noted of a deadline, a task or a hearing by mistake, and taking it back."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final
from uuid import UUID

from pydantic import Field

from casework.api.shapes.parts import Choice, Person, person
from casework.api.shown import Page, Shape, Shown
from casework.taking_back.queries import Taken


class TakenBack(Shown):
    """Something that was noted by mistake and taken back."""

    ended_as: Choice = Field(description="How it was said to have ended.")
    noted_by: Person | None
    noted_on: date
    taken_back_by: Person | None
    taken_back_on: date
    reason: str = Field(description="May be empty where somebody took back their own slip on the same day.")
    written: str = Field(description="Of a hearing: what had been written of how it ended.")


class TakingBackShown(Shown):
    """What would be taken back: how a deadline, a task or a hearing ended."""

    case_number: str
    version: int | None = Field(description="None where there is nothing to take back any more.")
    id: UUID
    named: str
    text: str = Field(description="Of a task: what it is; of a hearing: how it was said to have ended.")
    stands: str
    is_deadline: bool
    is_hearing: bool
    asks_reason: bool = Field(
        description="Whoever takes back their own slip of today need not say why, but of a hearing."
    )


def taken(page: Page, own: Any) -> tuple[TakenBack, ...]:
    """Return what was taken back of one deadline or task of the page."""
    return taken_each(page, page["taken"][own])


def taken_each(page: Page, found: Iterable[Taken]) -> tuple[TakenBack, ...]:
    """Return each thing that was taken back."""
    return tuple(
        TakenBack(
            ended_as=Choice(code=one.ended_as, label=page["ended_as"][one.ended_as]),
            noted_by=person(one.noted_by),
            noted_on=one.row.noted_on,
            taken_back_by=person(one.taken_by),
            taken_back_on=one.row.taken_on,
            reason=one.reason,
            written=one.written,
        )
        for one in found
    )


def taking_back(page: Page) -> TakingBackShown:
    """Return what would be taken back."""
    case, may = page["case"], page["may_take"]
    return TakingBackShown(
        case_number=case.reference,
        version=case.version if may else None,
        id=page["thing"].id,
        named=page["named"],
        text=page["text"],
        stands=page["stands"],
        is_deadline=page["is_deadline"],
        is_hearing=page["is_hearing"],
        asks_reason=may and page["asks_reason"],
    )


SHAPES: Final[dict[str, Shape]] = {"taking_back.html": taking_back}

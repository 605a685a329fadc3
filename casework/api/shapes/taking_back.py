"""What was noted of a deadline or a task by mistake, and taking it back."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from pydantic import Field

from casework.api.shapes.parts import Choice, Person, person
from casework.api.shown import Page, Shape, Shown


class TakenBack(Shown):
    """Something that was noted by mistake and taken back."""

    ended_as: Choice = Field(description="How the deadline or the task was said to have ended.")
    noted_by: Person | None
    noted_on: date
    taken_back_by: Person | None
    taken_back_on: date
    reason: str = Field(description="Empty where somebody took back their own slip on the same day.")


class TakingBackShown(Shown):
    """What would be taken back: how a deadline or a task ended."""

    case_number: str
    version: int | None = Field(description="None where there is nothing to take back any more.")
    id: UUID
    named: str
    text: str = Field(description="Of a task: what it is.")
    stands: str
    is_deadline: bool
    asks_reason: bool = Field(description="Whoever takes back their own slip of today need not say why.")


def taken(page: Page, own: Any) -> tuple[TakenBack, ...]:
    """Return what was taken back of one deadline or task."""
    return tuple(
        TakenBack(
            ended_as=Choice(code=one.ended_as, label=page["ended_as"][one.ended_as]),
            noted_by=person(one.noted_by),
            noted_on=one.row.noted_on,
            taken_back_by=person(one.taken_by),
            taken_back_on=one.row.taken_on,
            reason=one.reason,
        )
        for one in page["taken"][own]
    )


def taking_back(page: Page) -> TakingBackShown:
    """Return what would be taken back."""
    case, may = page["case"], page["may_take"]
    return TakingBackShown(
        case_number=case.reference,
        version=case.version if may else None,
        id=page["thing"].id,
        named=page["named"],
        text=page["task_text"],
        stands=page["stands"],
        is_deadline=page["is_deadline"],
        asks_reason=may and page["asks_reason"],
    )


SHAPES: Final[dict[str, Shape]] = {"taking_back.html": taking_back}

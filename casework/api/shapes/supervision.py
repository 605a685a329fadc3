"""How the team is doing, and closures that are looked at again."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from pydantic import Field

from casework.api.shapes.parts import (
    CasesVoided,
    Choice,
    Month,
    Person,
    apart,
    choices,
    coded,
    coded_each,
    person,
    voided,
    worded,
)
from casework.api.shown import Page, Shape, Shown


class AgeBand(Shown):
    """Open cases between two ages in days."""

    from_days: int
    to_days: int | None = Field(description="None: or more.")
    cases: int


class Wait(Shown):
    """How long people waited for one thing, all together."""

    what: str
    median_days: float | None
    answered: int
    within_the_promise: int
    still_waiting: int
    longer_than_promised: int


class DrawnClosure(Shown):
    """A closure that was drawn to be looked at again."""

    review: UUID
    case_number: str
    apart: Choice | None
    month: Month
    found: Choice | None = Field(description="None: to be looked at.")
    mending_until: date | None = Field(description="Of a task that is open.")
    mending_ended: Choice | None
    mending_ended_on: date | None


class WaitsForSecond(Shown):
    """A case in which something waits for a second person."""

    case_number: str
    apart: Choice | None
    what: Choice


class ClosedDespite(Shown):
    """A case that was closed although something was open."""

    case_number: str
    apart: Choice | None
    on: date
    about: str


class SupervisionShown(Shown):
    """Figures of the team, of the cases the reader may open; nobody is measured by them."""

    open_cases_by_age: tuple[AgeBand, ...]
    on_hold: int = Field(description="In no band: the person or another body acts next.")
    weight: int
    waits: tuple[Wait, ...]
    appointments_came: int
    appointments_missed: int = Field(description="Of the last `back_days`, all together.")
    back_days: int = Field(description="Of how many days back answers are counted.")
    promise: str
    share_drawn: int = Field(description="Of a hundred closures of a month.")
    months_to_draw: tuple[Month, ...]
    drawn: tuple[DrawnClosure, ...]
    waiting_for_a_second_person: int
    second_person: tuple[WaitsForSecond, ...]
    closed_although_something_was_open: int
    closed_despite: tuple[ClosedDespite, ...]
    voided: tuple[CasesVoided, ...]


class ReviewForm(Shown):
    """What may be found, and who may mend it."""

    findings: tuple[Choice, ...]
    doers: tuple[Choice, ...]


class ClosureReviewShown(Shown):
    """The sheet of a closure that is looked at again."""

    review: UUID | None = Field(description="None once it was looked at.")
    case_number: str
    month: Month
    is_open_again: bool
    outcome: Choice | None
    reason: Choice | None
    responses: tuple[Choice, ...]
    found: Choice | None
    reviewed_by: Person | None
    reviewed_on: date | None
    words: str
    is_being_mended: bool
    form: ReviewForm | None


def supervision(page: Page) -> SupervisionShown:
    """Return how the team is doing."""
    return SupervisionShown(
        open_cases_by_age=tuple(
            AgeBand(from_days=one.lowest, to_days=one.highest, cases=one.cases)
            for one in page["ageing"].bands
        ),
        on_hold=page["ageing"].held,
        weight=page["weight"],
        appointments_came=page["attendance"].came,
        appointments_missed=page["attendance"].missed,
        waits=tuple(
            Wait(
                what=name,
                median_days=one.days,
                answered=one.answered,
                within_the_promise=one.in_time,
                still_waiting=one.waiting,
                longer_than_promised=one.late,
            )
            for name, one in page["waits"]
        ),
        back_days=page["back_days"],
        promise=page["promise"],
        share_drawn=page["share"],
        months_to_draw=tuple(page["months"]),
        drawn=tuple(_drawn(page, one) for one in page["lines"]),
        waiting_for_a_second_person=page["second_total"],
        second_person=tuple(
            WaitsForSecond(
                case_number=case.reference,
                apart=apart(page, case.routing_code),
                what=Choice(code=where, label=what),
            )
            for case, what, where in page["second"]
        ),
        closed_although_something_was_open=page["despite_total"],
        closed_despite=tuple(
            ClosedDespite(
                case_number=case.reference,
                apart=apart(page, case.routing_code),
                on=one.at.date(),
                about=one.about,
            )
            for case, one in page["despite"]
        ),
        voided=voided(page),
    )


def _drawn(page: Page, one: Any) -> DrawnClosure:
    task = one.mending
    has_ended = task is not None and not task.is_open
    return DrawnClosure(
        review=one.review.id,
        case_number=one.case.reference,
        apart=apart(page, one.case.routing_code),
        month=one.review.month,
        found=worded(page["found"], one.review.found_code),
        mending_until=task.due_on if task and task.is_open else None,
        mending_ended=worded(page["task_states"], task.state_code) if has_ended else None,
        mending_ended_on=task.settled_on if has_ended else None,
    )


def closure_review(page: Page) -> ClosureReviewShown:
    """Return the sheet of a drawn closure."""
    case, review = page["case"], page["review"]
    is_done = bool(review.found_code)
    return ClosureReviewShown(
        review=None if is_done else review.id,
        case_number=case.reference,
        month=review.month,
        is_open_again=not case.is_closed,
        outcome=coded(page, "outcomes", case.outcome_code),
        reason=coded(page, "closure", case.reason_code),
        responses=coded_each(page, "responses", case.response_codes),
        found=worded(page["found"], review.found_code),
        reviewed_by=person(page["reviewer"]),
        reviewed_on=review.reviewed_on,
        words=page["words"],
        is_being_mended=is_done and review.task_id is not None,
        form=None if is_done else ReviewForm(findings=choices(page["found"]), doers=choices(page["doers"])),
    )


SHAPES: Final[dict[str, Shape]] = {
    "supervision.html": supervision,
    "closure_review.html": closure_review,
}

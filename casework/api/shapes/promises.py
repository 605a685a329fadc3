"""Late promises, what people said at the end, and whom the office reaches; counts in bands stay bands."""

from datetime import date
from typing import Any, Final

from pydantic import Field

from casework.api.shapes.parts import Choice, Code, Person, Quarter, apart, coded, person
from casework.api.shown import Page, Shape, Shown


class LateLine(Shown):
    """One thing that is late."""

    case_number: str
    is_case: bool
    apart: Choice | None
    promised_by: date | None
    adviser: Person | None


class LatePromise(Shown):
    """One promise that was not kept in time, and the oldest of those that may be opened."""

    code: Code
    label: str
    late: int
    lines: tuple[LateLine, ...] | None = Field(description="None for whoever opens no case.")


class PromisesShown(Shown):
    """What the office promised on the receipt and has not done in time."""

    late: tuple[LatePromise, ...]
    sees_what_people_said: bool


class Band(Shown):
    """A count that is told as a span and never as itself."""

    at_least: int
    at_most: int | None = Field(description="None: or more.")


class AnswerBand(Shown):
    """One answer and the band of how many gave it."""

    code: Code
    label: str
    people: Band


class FeedbackQuarter(Shown):
    """What people said in one quarter."""

    quarter: Quarter
    said: tuple[AnswerBand, ...]
    not_opened_yet: Band


class NotHelped(Shown):
    """A case, or a report that was settled, whose person said that it did not help."""

    case_number: str
    said_on: date
    adviser: Person | None = Field(description="Of a case.")
    settled_on: date | None = Field(description="Of a report that was settled without one.")
    reason: Choice | None


class FeedbackShown(Shown):
    """What people said at the end. Whoever answered twice is counted once."""

    quarters: tuple[FeedbackQuarter, ...]
    not_helped: tuple[NotHelped, ...]


class Question(Shown):
    """A question with its answers, in bands."""

    code: Code
    label: str
    answers: tuple[AnswerBand, ...]


class ReachedQuarter(Shown):
    """What people said of themselves in a quarter that is over."""

    quarter: Quarter
    people: Band
    questions: tuple[Question, ...]


class ReachedShown(Shown):
    """Whom the office reaches. 0 to 4 may be nobody."""

    quarters: tuple[ReachedQuarter, ...]


def promises(page: Page) -> PromisesShown:
    """Return what is late."""
    return PromisesShown(
        late=tuple(
            LatePromise(
                code=one.promise,
                label=page["names"][one.promise],
                late=one.count,
                lines=tuple(_late(page, line) for line in one.lines) if page["opens_cases"] else None,
            )
            for one in page["late"]
        ),
        sees_what_people_said=page["sees_feedback"],
    )


def _late(page: Page, line: Any) -> LateLine:
    return LateLine(
        case_number=line.number,
        is_case=line.is_case,
        apart=apart(page, line.routing_code),
        promised_by=line.due,
        adviser=person(line.adviser),
    )


def feedback(page: Page) -> FeedbackShown:
    """Return what people said at the end."""
    said = page["said"]
    return FeedbackShown(
        quarters=tuple(
            FeedbackQuarter(
                quarter=one.quarter,
                said=tuple(
                    AnswerBand(code=code, label=label, people=_band(one.said[code]))
                    for code, label in said.items()
                ),
                not_opened_yet=_band(one.waiting),
            )
            for one in page["quarters"]
        ),
        not_helped=tuple(_not_helped(page, one) for one in page["cases"]) if page["opens_cases"] else (),
    )


def _band(band: Any) -> Band:
    return Band(at_least=band.lowest, at_most=band.highest)


def _not_helped(page: Page, one: Any) -> NotHelped:
    return NotHelped(
        case_number=one.case_number,
        said_on=one.received_on,
        adviser=None if one.reason else person(one.adviser),
        settled_on=one.settled_on if one.reason else None,
        reason=coded(page, "closure", one.reason),
    )


def reached(page: Page) -> ReachedShown:
    """Return whom the office reaches."""
    return ReachedShown(quarters=tuple(_reached(page, one) for one in page["quarters"]))


def _reached(page: Page, one: Any) -> ReachedQuarter:
    tag = page.view.language.tag
    return ReachedQuarter(
        quarter=one.quarter,
        people=_span(one.people),
        questions=tuple(
            Question(
                code=group.code,
                label=group.label_in(tag),
                answers=tuple(
                    AnswerBand(code=item.code, label=item.label_in(tag), people=_span(one.bands[item.code]))
                    for item in items
                ),
            )
            for group, items in page["questions"]
        ),
    )


def _span(band: Any) -> Band:
    return Band(at_least=band.lo, at_most=band.hi)


SHAPES: Final[dict[str, Shape]] = {
    "promises.html": promises,
    "feedback.html": feedback,
    "reached.html": reached,
}

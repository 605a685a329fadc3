"""Deadlines as the pages of a case and the lists show them: more on one page, less on another."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from casework.api.shapes.parts import Choice, coded
from casework.api.shapes.told import LimitWarned, limits
from casework.api.shown import Page, Shown


class DeadlineNamed(Shown):
    """A deadline with its last day: one day, or from the earliest to the latest it can be."""

    id: UUID
    route: Choice | None
    classification: Choice | None = None
    last_on: date = Field(description="The earliest last day: the safe one.")
    latest_on: date


class DeadlineRunning(DeadlineNamed):
    """A deadline with how many days are left."""

    left: str = Field("", description="How many days are left, in words; empty once it has ended.")
    days_left: int | None = Field(None, description="None once the earliest last day is past.")
    are_working_days: bool = False
    is_near: bool = Field(description="A warning has been reached, or the earliest last day is past.")
    act_by: date | None = Field(
        None,
        description="An earlier day to act by: by whose days off it is counted was never asked. "
        "Count it anew with the seat.",
    )


class DeadlineStanding(DeadlineRunning):
    """A deadline and who stands for it. No day is certain before a lawyer has confirmed it."""

    state: Choice


class DeadlineCounted(DeadlineStanding):
    """A deadline and how it was counted."""

    law: str
    counted: str = Field(description="How it was counted, for somebody who counts it again by hand.")
    days_off_of: str = Field("", description="Where the court or authority sits, in words.")
    stops: tuple[str, ...] = Field((), description="What made it stand still or begin anew.")


class ByClassification(Shown):
    """When a clock ends with one of the classifications it may have."""

    classification: Choice | None
    last_on: date
    latest_on: date
    is_counted_here: bool


class DeadlineOfCase(DeadlineCounted):
    """A deadline on the page of its case."""

    by_classification: tuple[ByClassification, ...] = Field(
        (), description="The earliest first; only where there are several."
    )


class DeadlineEnded(DeadlineNamed):
    """A deadline that was met, missed, waived or counted anew."""

    state: Choice


class DeadlineWords(Shown):
    """What somebody wrote about the deadlines of a case, or about one of them."""

    kind: Literal["reason", "evidence", "incident", "none_applies", "closing"]
    written_on: date
    text: str


class DeadlinesOfCase(Shown):
    """The deadlines of a case: what binds, what was written about them, what has ended."""

    warned: tuple[LimitWarned, ...] = Field((), description="Only while nobody has looked which limits run.")
    binding: tuple[DeadlineOfCase, ...] = ()
    looked_on: date | None = Field(
        None, description="The day somebody looked which limits run, where no deadline is open."
    )
    words: tuple[DeadlineWords, ...] = ()
    ended: tuple[DeadlineEnded, ...] = ()


def named(page: Page, one: Any) -> dict[str, Any]:
    """Return what names a deadline, from `casework.deadlines.wording.Told`; its days as they are today."""
    row = one.row
    return {
        "id": row.id,
        "route": coded(page, "routes", row.route_code),
        "classification": Choice(code=row.label, label=one.label) if row.label else None,
        "last_on": one.clock.due_on,
        "latest_on": one.clock.latest_on,
    }


def running(page: Page, one: Any) -> dict[str, Any]:
    """Return a deadline with how many days are left, while it is open."""
    left, row = one.clock.left, one.row
    counts = row.is_open and left.days >= 0
    return {
        **named(page, one),
        "left": one.left,
        "days_left": left.days if counts else None,
        "are_working_days": counts and left.are_worked,
        "is_near": one.clock.is_near and row.is_open,
        "act_by": one.clock.careful_on,
    }


def standing(page: Page, one: Any) -> dict[str, Any]:
    """Return a deadline with where it stands."""
    return {**running(page, one), "state": state(one)}


def counted(page: Page, one: Any) -> dict[str, Any]:
    """Return a deadline with how it was counted."""
    told = {"law": one.law, "counted": one.how, "days_off_of": one.seat, "stops": tuple(one.stops)}
    return {**standing(page, one), **told}


def _on_its_case(page: Page, overview: Any, one: Any) -> DeadlineOfCase:
    return DeadlineOfCase(
        **counted(page, one),
        by_classification=tuple(
            ByClassification(
                classification=Choice(code=due.limit.label, label=called) if called else None,
                last_on=due.on,
                latest_on=due.latest_on,
                is_counted_here=due.limit.label == one.row.label,
            )
            for called, due in overview.classes.get(one.row.id, ())
        ),
    )


def state(one: Any) -> Choice:
    """Return where a deadline stands, with whoever stands for it by name and day in the label."""
    return Choice(code=one.row.state, label=one.state)


def ended(page: Page, one: Any) -> DeadlineEnded:
    """Return a deadline that has ended, with its days as they were counted."""
    days = {"last_on": one.row.last_on, "latest_on": one.row.latest_on}
    return DeadlineEnded(**{**named(page, one), **days}, state=state(one))


def words(written: Iterable[Any]) -> tuple[DeadlineWords, ...]:
    """Return texts about deadlines."""
    return tuple(
        DeadlineWords(kind=one.row.kind, written_on=one.row.written_on, text=one.text) for one in written
    )


def of_case(page: Page, overview: Any, warned: Iterable[Any], *, is_closed: bool) -> DeadlinesOfCase | None:
    """Return the deadlines of a case; None where its page says nothing of them."""
    if overview.scan is None and not overview.words and is_closed:
        return None
    says_nothing_binds = not overview.binding and overview.scan is not None
    return DeadlinesOfCase(
        warned=limits(warned) if overview.scan is None and not is_closed else (),
        binding=tuple(_on_its_case(page, overview, one) for one in overview.binding),
        looked_on=overview.scan.made_on if says_nothing_binds else None,
        words=words(overview.words),
        ended=tuple(ended(page, one) for one in overview.ended),
    )

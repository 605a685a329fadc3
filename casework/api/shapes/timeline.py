"""The timeline of the office, and who opened what."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from pydantic import Field

from casework.api.shapes.parts import Choice, Code, Event, Person, choices, events, worded
from casework.api.shown import Page, Shape, Shown


class TimelineShown(Shown):
    """One page of what was done and read outside a single case, the newest first."""

    lists: Code = Field(description="Whether looks at lists are among the events.")
    choices: tuple[Choice, ...]
    events: tuple[Event, ...]
    next: int | None = Field(description="Before which event the next page begins.")


class TimelineOfCaseShown(Shown):
    """One page of what was done in a case, the newest first."""

    case_number: str
    sort: Code = Field(description="Of which kind the events are.")
    choices: tuple[Choice, ...]
    events: tuple[Event, ...]
    next: int | None = Field(description="Before which event the next page begins.")


class TraceLine(Shown):
    """What somebody did, and never what was read."""

    at: datetime
    who: str
    instead_of: str = Field(description="Whom they covered for; empty for nobody.")
    sort: Choice | None
    sentence: str
    about: str
    case_number: str


class NotAsWritten(Shown):
    """A row of a timeline that is not as it was written."""

    row: int
    case_number: str = Field(description="Empty for the office's own timeline.")


class Examined(Shown):
    """When the timeline was last examined, and whether it was whole."""

    at: datetime
    is_whole: bool
    rows: int | None = Field(description="None if it was not whole.")
    not_as_written: tuple[NotAsWritten, ...] = ()


class Subject(Person):
    """Somebody of whom traces may be asked."""

    id: UUID


class TracesShown(Shown):
    """What was done about a number, or by somebody, in a month; without `traces`, nothing was asked yet."""

    examined: Examined | None = Field(description="None where it is not known.")
    traces: tuple[TraceLine, ...] | None
    next: str | None = Field(description="The place after which the next page begins.")
    months: tuple[Choice, ...]
    staff: tuple[Subject, ...]


def timeline(page: Page) -> TimelineShown:
    """Return the timeline of the office."""
    return TimelineShown(
        lists=page["lists"],
        choices=choices(page["choices"]),
        events=events(page["timeline"]),
        next=page["next"],
    )


def case_timeline(page: Page) -> TimelineOfCaseShown:
    """Return the timeline of a case."""
    return TimelineOfCaseShown(
        case_number=page["case"].reference,
        sort=page["sort"],
        choices=choices(page["choices"]),
        events=events(page["timeline"]),
        next=page["next"],
    )


def traces(page: Page) -> TracesShown:
    """Return who opened what."""
    return TracesShown(
        examined=_examined(page, page["verified"]),
        traces=tuple(_trace(page, one) for one in page["lines"]) if page["is_asked"] else None,
        next=page["next"],
        months=choices(page["months"]),
        staff=tuple(Subject(id=UUID(own), name=name) for own, name in page["staff"]),
    )


def _trace(page: Page, one: Any) -> TraceLine:
    return TraceLine(
        at=one.at,
        who=one.who,
        instead_of=one.instead_of,
        sort=worded(page["sorts"], one.sort),
        sentence=one.sentence,
        about=one.about,
        case_number=one.number,
    )


def _examined(page: Page, verified: Any) -> Examined | None:
    if verified is None:
        return None
    return Examined(
        at=page["verified_at"],
        is_whole=verified.is_whole,
        rows=verified.rows if verified.is_whole else None,
        not_as_written=()
        if verified.is_whole
        else tuple(NotAsWritten(row=seq, case_number=number) for number, seq in page["wrong"]),
    )


SHAPES: Final[dict[str, Shape]] = {
    "timeline.html": timeline,
    "case_timeline.html": case_timeline,
    "traces.html": traces,
}

"""The cards of a case's page: in few words what stands on the other pages of the case."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from pydantic import Field

from casework.api.shapes.parts import Choice, Code, worded
from casework.api.shown import Shown
from casework.letters.rules import STATES as LETTER_STATES

ON_A_CARD: Final = 3


class NextAction(Shown):
    """Who acts next in a case, by which day and what for."""

    actor: Choice | None
    by_on: date
    text: str


class TaskDue(Shown):
    """A task that is open."""

    due_on: date
    kind: Choice | None
    text: str


class TasksCard(Shown):
    """What to do next in a case."""

    next_action: NextAction | None = None
    soonest: tuple[TaskDue, ...] = ()
    open_tasks: int
    never_safe: tuple[str, ...] = Field((), description="Ways by which the person must never be reached.")
    notices_wait: bool = Field(description="No notice goes: it may go only on days nobody has ticked.")


class AppointmentCard(Shown):
    """The appointment that is to come, or is being agreed."""

    state: Choice | None
    hour: str = Field("", description="Day, clock, way and place in a line; empty before one is agreed.")
    missing: tuple[Choice, ...] = Field((), description="What is missing for it to take place.")


class Sheet(Shown):
    """The newest version of a sheet."""

    number: int
    written_on: date


class SheetsCard(Shown):
    """Which of the three sheets of a case there are."""

    needs: Sheet | None
    needs_again_on: date | None = Field(None, description="The day on which the needs are looked at again.")
    sheets_of_indications: int
    bias: Sheet | None


class Counted(Shown):
    """How many there are in a state."""

    state: Code
    number: int


class TrackLine(Shown):
    """A track of a case and where it stands."""

    id: UUID
    name: str
    state: str
    look_at_remedies_on: date | None = None


class PartyNamed(Shown):
    """Somebody in a case, as they are called."""

    name: str
    aliases: tuple[str, ...] = ()


class PeopleCard(Shown):
    """Who is in a case, and whether it waits because of them."""

    people: tuple[PartyNamed, ...]
    waits_for_decision: bool
    waits_for_another_adviser: bool


class WallCard(Shown):
    """The wall around a case against the city; `is_missing`: the codes name the city and none stands yet."""

    is_missing: bool
    service: str = ""
    risen_on: date | None = None
    is_asked_to_come_down: bool = False
    person_told_on: date | None = None
    person_told_by: str = ""


class PatternsCard(Shown):
    """Whether the adviser is asked about a pattern, and the patterns to which all have agreed."""

    is_asked: bool
    patterns: tuple[UUID, ...]


class EarlierCase(Shown):
    """A case in which the same person named the same respondent in the year before."""

    case_number: str
    reported_on: date


def next_action(actors: Mapping[str, str], shown: Any) -> NextAction | None:
    """Return who acts next; None if nobody said so."""
    if not shown:
        return None
    row = shown.action
    return NextAction(actor=worded(actors, row.who_code), by_on=row.by_on, text=shown.text)


def due(kinds: Mapping[str, str], one: Any) -> TaskDue:
    """Return an open task in a line."""
    kind = worded(kinds, one.task.kind_code)
    return TaskDue(due_on=one.task.due_on, kind=kind, text=one.words.text)


def tasks(card: Mapping[str, Any]) -> TasksCard:
    """Return what to do next."""
    return TasksCard(
        next_action=next_action(card["actors"], card["next"]),
        soonest=tuple(due(card["kinds"], one) for one in card["open"][:ON_A_CARD]),
        open_tasks=len(card["open"]),
        never_safe=tuple(card["never"]),
        notices_wait=card["notices_wait"],
    )


def appointment(card: Mapping[str, Any]) -> AppointmentCard | None:
    """Return the appointment that is open; None if none is."""
    now = card["now"]
    if not now:
        return None
    return AppointmentCard(
        state=worded(card["states"], now.row.state_code),
        hour=card["hour"](now.time) if now.time else "",
        missing=tuple(Choice(code=code, label=card["not_ready"][code]) for code in now.missing),
    )


def sheets(card: Any) -> SheetsCard:
    """Return which sheets there are; nothing of what is in them."""
    return SheetsCard(
        needs=_sheet(card.needs),
        needs_again_on=card.review_on if card.needs else None,
        sheets_of_indications=card.proof,
        bias=_sheet(card.bias),
    )


def _sheet(row: Any) -> Sheet | None:
    return Sheet(number=row.number, written_on=row.written_on) if row else None


def letters(states: Mapping[str, int]) -> tuple[Counted, ...]:
    """Return how many letters are drafts, made or sent."""
    return tuple(Counted(state=one, number=states[one]) for one in LETTER_STATES if states.get(one))


def advice(states: Mapping[str, int]) -> tuple[Counted, ...]:
    """Return how many pieces of advice are in each state."""
    return tuple(Counted(state=one, number=number) for one, number in states.items())


def tracks(lines: Iterable[Any]) -> tuple[TrackLine, ...]:
    """Return on which tracks a case goes."""
    return tuple(
        TrackLine(id=one.id, name=one.name, state=one.state, look_at_remedies_on=one.check_on)
        for one in lines
    )


def people(card: Mapping[str, Any]) -> PeopleCard:
    """Return who is in a case."""
    return PeopleCard(
        people=tuple(
            PartyNamed(name=one.called.name, aliases=tuple(one.called.aliases)) for one in card["people"]
        ),
        waits_for_decision=card["waits"],
        waits_for_another_adviser=card["must_change_hands"] and not card["waits"],
    )


def wall(card: Mapping[str, Any] | None) -> WallCard | None:
    """Return the wall of a case; None for an ordinary case."""
    if not card:
        return None
    if card["is_missing"]:
        return WallCard(is_missing=True)
    row = card["wall"]
    return WallCard(
        is_missing=False,
        service=card["service"],
        risen_on=row.risen_on,
        is_asked_to_come_down=row.asked_on is not None,
        person_told_on=row.told_on,
        person_told_by=card["told_by"] if row.told_on else "",
    )


def patterns(card: Mapping[str, Any]) -> PatternsCard | None:
    """Return what a case has to do with patterns; None if nothing."""
    if not (card["asked"] or card["groups"]):
        return None
    return PatternsCard(is_asked=card["asked"], patterns=tuple(card["groups"]))


def earlier(cases: Iterable[Any]) -> tuple[EarlierCase, ...]:
    """Return earlier cases of the same person and respondent."""
    return tuple(EarlierCase(case_number=one.reference, reported_on=one.reported_on) for one in cases)

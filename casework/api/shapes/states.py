"""Where a case stands, what is missing for its next step, and giving it back."""

from datetime import date
from typing import Any, Final, Literal

from pydantic import Field

from casework.api.shapes.parts import Choice, Person, choices, coded, person
from casework.api.shown import Page, Shape, Shown


class Check(Shown):
    """One thing that is asked before a step, in words, and the page of the case it stands on."""

    is_satisfied: bool
    what: str
    page: str


class Checklist(Shown):
    """What is asked before the person is advised (`advice`), or before the office acts (`acting`)."""

    before: Literal["advice", "acting"]
    checks: tuple[Check, ...]


class Moving(Shown):
    """Moving a case on: the stages it may go to, and what the person may be told."""

    stages: tuple[Choice, ...]
    states: tuple[Choice, ...]
    may_go_without: bool = Field(
        description="Whether a reason may be written for acting without a track or a decision."
    )


class StandingShown(Shown):
    """Where a case stands."""

    case_number: str
    version: int | None = Field(None, description="None where the page offers nothing to change.")
    state: Choice
    meaning: str
    adviser: Person | None
    stage: Choice | None
    language: Choice | None
    next_news_on: date | None
    is_closed: bool
    given_back_because_of: Choice | None = None
    checklists: tuple[Checklist, ...] = ()
    moving: Moving | None = Field(None, description="None once the case is closed, or closing is asked for.")
    closing_is_asked_for: bool
    reasons_to_give_it_back: tuple[Choice, ...] = ()


def standing(page: Page) -> StandingShown:
    """Return where a case stands."""
    case, state, returned = page["case"], page["state"], page["returned"]
    is_asked, is_open = state == "closure_requested", not case.is_closed
    moving = _moving(page) if is_open and not is_asked else None
    may_return = is_open and page["may_return"]
    return StandingShown(
        case_number=case.reference,
        version=case.version if moving or may_return or returned else None,
        state=Choice(code=state, label=page["state_word"]),
        meaning=page["meaning"],
        adviser=person(page["adviser"]),
        stage=coded(page, "stages", case.stage_code),
        language=coded(page, "languages", case.language),
        next_news_on=case.next_on,
        is_closed=case.is_closed,
        given_back_because_of=_given_back(page, returned),
        checklists=_checklists(page["checklists"]) if is_open else (),
        moving=moving,
        closing_is_asked_for=is_open and is_asked,
        reasons_to_give_it_back=choices(page["return_reasons"]) if may_return else (),
    )


def _given_back(page: Page, returned: Any) -> Choice | None:
    return Choice(code=returned.reason_code, label=page["return_reason"]) if returned else None


def _checklists(found: Any) -> tuple[Checklist, ...]:
    return tuple(
        Checklist(
            before=way,
            checks=tuple(Check(is_satisfied=is_there, what=words, page=at) for is_there, words, at in lines),
        )
        for way, lines in found.items()
    )


def _moving(page: Page) -> Moving:
    return Moving(
        stages=choices(page["stages"]),
        states=choices(page["states"]),
        may_go_without=not page["is_acting"],
    )


SHAPES: Final[dict[str, Shape]] = {"standing.html": standing}

"""Making a case void that was opened in error, or no longer void; and a void case on its own page."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, Literal

from pydantic import Field

from casework.api.shapes import clocks
from casework.api.shapes.parts import Choice, Person, choices, coded, person
from casework.api.shown import Page, Shape, Shown
from casework.states.keeping import Kept


class VoidCard(Shown):
    """That a case is void: since when, why, and where its report goes on."""

    voided_on: date
    reason: str
    words: str = Field(description="Of whoever asked.")
    goes_on_in: str = Field(description="The case in which the report goes on, if you may open it.")
    taking_back_is_asked_for: bool
    kept_until: date = Field(description="The last of the days the city keeps a closed case.")


class InTheWay(Shown):
    """Something that stands in the way of voiding the case; the page it is seen on."""

    what: str
    page: str = Field(description="Below the case; empty: the page of the case.")


class VoidAsked(Shown):
    """What is asked for, as whoever decides reads it."""

    kind: Literal["void", "back"] = Field(description="`back`: that the case is no longer void.")
    asked_by: Person | None
    asked_on: date
    reason: str
    goes_on_in: str
    words: str = Field(description="Of whoever asked; the person never sees them.")
    head_agreed_on: date | None
    is_person_told: bool = Field(description="If not: there is no receipt, or its page is never safe.")
    person_will_be_told: str
    you_decide: bool = Field(description="And nothing is in the way.")
    you_may_send_it_back: bool
    head_decides: bool
    heads: str = Field(description="Who of the heads can agree, by name.")
    nobody_can_decide: bool = Field(
        description="No second supervisor has it who could, and no head of the office can agree, "
        "as they never do to that it was opened twice."
    )
    head_is_asked_anew: bool = Field(
        description="The head agreed, and something was opened since, or they keep out."
    )


class VoidForm(Shown):
    """Asking that a case is void, or no longer."""

    reasons: tuple[Choice, ...] = Field(description="None for taking it back.")
    is_person_told: bool = Field(description="Words for the person are asked for.")
    language: Choice | None = Field(description="In which the person reads what they are told.")


class VoidingShown(Shown):
    """Making a case void, or no longer."""

    case_number: str
    version: int | None = Field(description="Of the case; None where the page offers nothing to change.")
    is_void: bool
    is_closed: bool = Field(description="It was closed with a reason, so it cannot be void.")
    in_the_way: tuple[InTheWay, ...]
    days_that_stop: tuple[clocks.DeadlineRunning, ...] = Field(
        description="The deadlines that bind now, and not in a void case; none for taking it back, or while "
        "something is in the way and nothing is asked."
    )
    asked: VoidAsked | None
    form: VoidForm | None = Field(description="None while something is in the way, or asked for already.")


def card(case: Any, void: Mapping[str, Any] | None, kept: Kept | None) -> VoidCard | None:
    """Return why a case is void and until when it is kept; None if it is not."""
    if not case.is_void or not void or kept is None:
        return None
    return VoidCard(
        voided_on=case.voided_on,
        reason=void["asked_reason"],
        words=void["asked_words"].why,
        goes_on_in=void["asked_other"],
        taking_back_is_asked_for=void["is_asked"],
        kept_until=kept.until,
    )


def voiding(page: Page) -> VoidingShown:
    """Return what is asked for about a case, or may be."""
    case, asked = page["case"], page["asked"]
    is_closed = case.is_closed and not case.is_void
    may_ask = not is_closed and not asked and (case.is_void or not page["in_the_way"])
    return VoidingShown(
        case_number=case.reference,
        version=case.version if asked or may_ask else None,
        is_void=case.is_void,
        is_closed=is_closed,
        in_the_way=tuple(InTheWay(what=words, page=at) for words, at in page["in_the_way"]),
        days_that_stop=tuple(
            clocks.DeadlineRunning(**clocks.running(page, one))
            for one in (page["stops"] if asked or may_ask else ())
        ),
        asked=_asked(page, asked) if asked and not is_closed else None,
        form=_form(page, case) if may_ask else None,
    )


def _asked(page: Page, asked: Any) -> VoidAsked:
    words, decides = page["asked_words"], page["decides"]
    by_head = page["by_head"] and not decides
    heads = page["heads"] if by_head and not page["unseen"] else ""
    return VoidAsked(
        kind="back" if page["is_back"] else "void",
        asked_by=person(page["names"].get(asked.asked_by, "")),
        asked_on=asked.asked_on,
        reason=page["asked_reason"],
        goes_on_in=page["asked_other"],
        words=words.why,
        head_agreed_on=asked.agreed_on,
        is_person_told=page["is_told"],
        person_will_be_told=words.text if page["is_told"] else "",
        you_decide=decides and not page["in_the_way"],
        you_may_send_it_back=decides and asked.asked_by != page.view.act.who.id,
        head_decides=bool(heads),
        heads=heads,
        nobody_can_decide=by_head and not heads,
        head_is_asked_anew=page["outgrown"] and not decides,
    )


def _form(page: Page, case: Any) -> VoidForm:
    is_told = page["is_told"]
    return VoidForm(
        reasons=() if case.is_void else choices(page["reasons"]),
        is_person_told=is_told,
        language=coded(page, "languages", case.language) if is_told else None,
    )


SHAPES: Final[dict[str, Shape]] = {"voiding.html": voiding}

"""The advice of a case for a program: all of it, and one piece with its texts, translations and steps."""

from datetime import date
from typing import Final
from uuid import UUID

from pydantic import Field

from casework.advice.queries import ShownStep, ShownText, ShownTranslation
from casework.advice.rules import STATES
from casework.api.shapes.advice_forms import AdviceForms, advice_text, forms_of
from casework.api.shapes.forms import By, by, labelled, said, shortened
from casework.api.shapes.parts import Choice, Code, coded, coded_each, worded
from casework.api.shown import Page, Shape, Shown

LONGEST_QUESTION: Final = 120
"""Characters of a question in the list."""


class AdviceLine(Shown):
    """A piece of advice in the list of a case."""

    id: UUID
    question: str = Field(description="As much of it as the list shows.")
    state: Choice
    begun_on: date
    decision: Choice | None = Field(description="What the person decided last.")


class AdviceListShown(Shown):
    """All advice of a case, the newest first."""

    case_number: str
    advice: tuple[AdviceLine, ...]
    may_write: bool


class LawCited(Shown):
    """A law as it was cited, and the day of the text that was read."""

    cited: str
    text_of: date


class AdviceOption(Shown):
    """One thing the person can do."""

    what: str
    route: Choice | None
    speaks_for: str
    speaks_against: str
    cost: str
    time: str
    if_without_papers: str = Field(
        description="The general text of the route, the same for everybody; in English."
    )


class WrittenText(Shown):
    """One text of a piece of advice."""

    number: int
    written: By | None
    language_code: Code
    question: str
    facts: str
    laws: tuple[LawCited, ...]
    options: tuple[AdviceOption, ...]


class Translation(Shown):
    """A translation of one text."""

    of_text: int
    language: Choice
    is_machine: bool
    may_be_delivered: bool = Field(description="A human being made it, or compared it with the original.")
    text: str
    before_check: str
    made_by: str
    entered: By | None
    checked_by: str
    check_noted: By | None


class AdviceDelivery(Shown):
    """How the person was given the advice."""

    way: Choice | None
    language: Choice | None
    understood: Choice | None
    interpreter: str
    is_read_back: bool


class AdviceDecision(Shown):
    """What the person decided."""

    decision: Choice | None
    routes: tuple[Choice, ...]
    mandate: Choice | None


class AdviceStep(Shown):
    """One step: sent back, reviewed, delivered, decided, withdrawn."""

    kind: Choice | None
    of_text: int
    happened_on: date
    who: str
    delivery: AdviceDelivery | None
    decision: AdviceDecision | None
    words: str


class AdviceShown(Shown):
    """One piece of advice with everything about it."""

    case_number: str
    id: UUID
    state: Choice
    language: Choice = Field(description="Of the newest text.")
    newest: WrittenText
    older: tuple[WrittenText, ...]
    translations: tuple[Translation, ...]
    steps: tuple[AdviceStep, ...]
    may_be_filed: tuple[Choice, ...] | None = Field(
        description="Routes for which there is a mandate in writing; null before a decision."
    )
    may_write: bool
    forms: AdviceForms


def advice_list(page: Page) -> AdviceListShown:
    """Return the shape of the list of a case's advice."""
    return AdviceListShown(
        case_number=page["case"].reference,
        advice=tuple(
            AdviceLine(
                id=one.advice.id,
                question=shortened(one.newest.text.question, LONGEST_QUESTION),
                state=said(page, STATES, one.advice.state_code),
                begun_on=one.advice.begun_on,
                decision=worded(page["decisions"], one.decision.row.decision_code) if one.decision else None,
            )
            for one in page["found"]
        ),
        may_write=not page["case"].is_closed,
    )


def advice(page: Page) -> AdviceShown:
    """Return the shape of one piece of advice."""
    one, is_open = page["one"], not page["case"].is_closed
    return AdviceShown(
        case_number=page["case"].reference,
        id=one.advice.id,
        state=said(page, STATES, one.advice.state_code),
        language=labelled(page, "languages", one.newest.text.language),
        newest=written_text(page, one.newest),
        older=tuple(written_text(page, each) for each in one.texts[1:]),
        translations=tuple(_translation(page, each) for each in one.translations),
        steps=tuple(_step(page, each) for each in one.steps),
        may_be_filed=coded_each(page, "routes", one.filing_routes) if one.decision else None,
        may_write=page["may"]["write"] and is_open,
        forms=forms_of(page),
    )


def written_text(page: Page, one: ShownText) -> WrittenText:
    """Return one text of a piece of advice."""
    text = one.text
    return WrittenText(
        number=one.row.number,
        written=by(one.writer, one.row.written_on),
        language_code=text.language,
        question=text.question,
        facts=text.facts,
        laws=tuple(LawCited(cited=each.cited, text_of=each.text_of) for each in text.laws),
        options=tuple(
            AdviceOption(
                what=each.what,
                route=coded(page, "routes", each.route_code),
                speaks_for=each.speaks_for,
                speaks_against=each.speaks_against,
                cost=each.cost,
                time=each.time,
                if_without_papers=page.view.text(each.if_without_papers),
            )
            for each in text.options
        ),
    )


def _translation(page: Page, one: ShownTranslation) -> Translation:
    return Translation(
        of_text=one.row.number,
        language=labelled(page, "languages", one.said.language),
        is_machine=one.row.is_machine,
        may_be_delivered=one.row.may_be_delivered,
        text=one.said.text,
        before_check=one.said.before_check,
        made_by=one.said.made_by,
        entered=by(one.entered_by, one.row.entered_on),
        checked_by=one.said.checked_by,
        check_noted=by(one.check_entered_by, one.row.checked_on),
    )


def _step(page: Page, one: ShownStep) -> AdviceStep:
    row, words = one.row, one.said
    return AdviceStep(
        kind=worded(page["step_words"], row.kind_code),
        of_text=row.number,
        happened_on=row.happened_on,
        who=one.who,
        delivery=AdviceDelivery(
            way=worded(page["way_words"], row.way_code),
            language=coded(page, "languages", words.language),
            understood=worded(page["understood"], row.understood_code),
            interpreter=words.interpreter,
            is_read_back=bool(row.is_read_back),
        )
        if row.kind_code == "delivered"
        else None,
        decision=AdviceDecision(
            decision=worded(page["decisions"], row.decision_code),
            routes=coded_each(page, "routes", words.route_codes),
            mandate=coded(page, "mandates", row.mandate_code),
        )
        if row.kind_code == "decided"
        else None,
        words=words.words,
    )


SHAPES: Final[dict[str, Shape]] = {
    "advice.html": advice,
    "advice_list.html": advice_list,
    "advice_text.html": advice_text,
}

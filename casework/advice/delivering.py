"""Translating advice, delivering it, and what the person decided. Each act is one change and one event."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from casework.acts import Act
from casework.advice.content import StepWords, TranslationText
from casework.advice.errors import (
    AdviceNotReady,
    CheckerLacksLanguage,
    CheckerMadeIt,
    InterpreterNeeded,
    MachineTranslationUnchecked,
    NotInTheirLanguage,
    NotReviewed,
    TranslationOfOlderText,
)
from casework.advice.rules import READ, is_same_language, needs_interpreter
from casework.advice.steps import keep, newest_text, require_begun, step_fields, told
from casework.advice.tables import Advice, AdviceStep, AdviceTranslation
from casework.cases.content import story_of
from casework.cases.sealed_rows import open_rows, seal_row
from casework.cases.tables import CaseFile
from casework.interpreters.translating import Helper, helpers_in
from casework.safe_contact.guards import require_not_never
from casework.timeline.actions import record


@dataclass(frozen=True, slots=True)
class Delivery:
    """How advice reached the person.

    Attributes:
        way: the channel.
        language: the language in which they were told.
        translation: the translation that was used; None for the original.
        understood: told by somebody who speaks it, told with an interpreter, or in writing only.
        interpreter: the interpreter's name.
        interpreter_id: who it is in the directory, if they are in it.
        has_undertaken: they are not, and have signed, as whoever delivered it said.
        is_read_back: whether the person said in their own words what they understood.
        on: the day.
    """

    way: str
    language: str
    translation: AdviceTranslation | None
    understood: str
    interpreter: str
    is_read_back: bool
    on: date
    interpreter_id: UUID | None = None
    has_undertaken: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What the person decided, and with which routes and mandate they go on."""

    code: str
    on: date
    mandate: str | None = None
    route_codes: tuple[str, ...] = ()
    words: str = ""


def translate(
    session: Session,
    case: CaseFile,
    advice: Advice,
    said: TranslationText,
    *,
    is_machine: bool,
    act: Act,
    version: int,
) -> AdviceTranslation:
    """Keep a translation of the newest text beside it.

    Raises:
        AdviceChanged, AdviceNotReady and others: see `steps.require_begun`.
    """
    require_begun(session, case, advice, "translate", version)
    row = AdviceTranslation(
        case_id=case.id,
        advice_id=advice.id,
        number=advice.number,
        is_machine=is_machine,
        entered_by=act.who.id,
        entered_on=act.on,
    )
    seal_row(session, case, row, said.as_bytes())
    keep(session, advice)
    record(
        session,
        "advice_translated",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        **told(advice),
    )
    return row


def check_translation(
    session: Session,
    case: CaseFile,
    advice: Advice,
    row: AdviceTranslation,
    text: str,
    checker: Helper,
    act: Act,
    *,
    version: int,
) -> None:
    """Note who compared a translation with the original; the text may have been put right with it.

    Raises:
        AdviceNotReady: it was checked already; see `steps.require_begun` for more.
        CheckerLacksLanguage: they do not work in its language, or have not undertaken to keep silent.
        CheckerMadeIt: they made it, or brought it in.
    """
    require_begun(session, case, advice, "translate", version)
    if row.checked_on is not None:
        raise AdviceNotReady(case=case.reference)
    before = TranslationText.model_validate_json(open_rows(session, case, [row], act)[0])
    if checker not in helpers_in(session, case, before.language) or not checker.has_undertaken:
        raise CheckerLacksLanguage(case=case.reference)
    if checker.is_same(before.made_by_staff, before.made_by_interpreter) or checker.is_same(
        row.entered_by, None
    ):
        raise CheckerMadeIt(case=case.reference)
    row.checked_on, row.check_entered_by = act.on, act.who.id
    kept = before.model_copy(
        update={
            "text": text,
            "checked_by": checker.name,
            "checked_by_staff": checker.staff_id,
            "checked_by_interpreter": checker.interpreter_id,
            "before_check": before.text if before.text != text else "",
        }
    )
    seal_row(session, case, row, kept.as_bytes())
    keep(session, advice)
    record(
        session,
        "translation_checked",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        **told(advice),
    )


def deliver(
    session: Session, case: CaseFile, advice: Advice, how: Delivery, act: Act, *, version: int
) -> None:
    """Note that the person was given the reviewed advice, how, in which language and with whose help.

    Raises:
        NotReviewed: nobody else stands for this text.
        WayNotSafe: the person is never to be reached by this way.
        MachineTranslationUnchecked, TranslationOfOlderText: the translation may not be used.
        InterpreterNeeded, NotInTheirLanguage: the person would not understand it.
        AdviceChanged, AdviceNotReady and others: see `steps.require_begun`.
    """
    if advice.state_code == "draft" and advice.version == version:
        raise NotReviewed(case=case.reference)
    require_begun(session, case, advice, "delivered", version)
    require_not_never(session, case, how.way)
    _require_understood(session, case, advice, how, act)
    advice.state_code = "delivered"
    step = AdviceStep(
        way_code=how.way,
        translation_id=how.translation.id if how.translation else None,
        understood_code=how.understood,
        is_read_back=how.is_read_back,
        **step_fields(session, advice, "delivered", how.on, act),
    )
    said = StepWords(
        language=how.language,
        interpreter=how.interpreter,
        interpreter_id=how.interpreter_id,
        has_undertaken=how.has_undertaken,
    )
    seal_row(session, case, step, said.as_bytes())
    keep(session, advice)
    record(
        session,
        "advice_delivered",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        way=how.way,
        **told(advice),
    )


def decide(
    session: Session, case: CaseFile, advice: Advice, what: Decision, act: Act, *, version: int
) -> None:
    """Note what the person decided about delivered advice; they may decide anew.

    Raises:
        AdviceChanged, AdviceNotReady and others: see `steps.require_begun`.
    """
    require_begun(session, case, advice, "decided", version)
    step = AdviceStep(
        decision_code=what.code,
        mandate_code=what.mandate,
        **step_fields(session, advice, "decided", what.on, act),
    )
    said = StepWords(words=what.words, route_codes=what.route_codes)
    seal_row(session, case, step, said.as_bytes())
    keep(session, advice)
    record(
        session,
        "advice_decided",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        decided=what.code,
        **told(advice),
    )


def _require_understood(session: Session, case: CaseFile, advice: Advice, how: Delivery, act: Act) -> None:
    used = how.translation
    if used is not None and used.number != advice.number:
        raise TranslationOfOlderText(case=case.reference)
    if used is not None and not used.may_be_delivered:
        raise MachineTranslationUnchecked(case=case.reference)
    if how.way not in READ and how.understood != "in_writing":
        return
    theirs = story_of(session, case, act).languages
    if needs_interpreter(theirs.interpreter_code):
        raise InterpreterNeeded(case=case.reference)
    can_read = any(
        is_same_language(how.language, tag) for tag in (theirs.written, theirs.spoken, case.language)
    )
    if not can_read or _language_of(session, case, advice, used, act) != how.language:
        raise NotInTheirLanguage(case=case.reference)


def _language_of(
    session: Session, case: CaseFile, advice: Advice, used: AdviceTranslation | None, act: Act
) -> str:
    if used is None:
        return newest_text(session, case, advice, act)[1].language
    return TranslationText.model_validate_json(open_rows(session, case, [used], act)[0]).language

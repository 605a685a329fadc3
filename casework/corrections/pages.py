"""Correcting the urgency and the language of a case, and noting consents, on the screen."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from starlette.responses import Response

from casework.appointments.actions import Hand
from casework.cases.access import case_for
from casework.cases.actions import leave_trace
from casework.cases.content import story_of
from casework.cases.errors import CaseAlreadyClosed, CaseChanged
from casework.cases.tables import CaseFile
from casework.corrections import actions
from casework.corrections.content import CorrectionWords
from casework.corrections.errors import AgreedTooEarly, HoldsAlready, TakenBackByReceipt, TakenBackLater
from casework.corrections.queries import corrections_of
from casework.corrections.rules import CONSENTS, HOW, LANGUAGE, LONGEST_WORDS, SAID_BY, URGENCY
from casework.doors import FormDep, desk_router
from casework.forms import WRITE_SOMETHING, Checked
from casework.messages.actions import consents_of
from casework.messages.incoming import apply_consents
from casework.showing import View, ViewDep
from casework.transactions import attempt
from office.handover.report import ConsentCode
from office.languages import mark
from office.stores.columns import URGENCIES

router = desk_router()

REFUSALS: Final = (CaseChanged, CaseAlreadyClosed, HoldsAlready)
NOT_SINCE: Final = {
    AgreedTooEarly: mark("That day is before the report came. They can agree only since then."),
    TakenBackLater: mark(
        "The office noted a later day on which they agreed no longer. A yes from before does not overrule it."
    ),
    TakenBackByReceipt: mark(
        "They took this back with their receipt on that day or later. "
        "They can give it again with their receipt, or tell you on a later day."
    ),
}
NOTHING_CHANGES: Final = mark("Say of one of these what changes.")
YES_NO: Final = {
    "yes": mark("They agree from now on"),
    "no": mark("They agree no longer"),
}


@router.get("/{language}/cases/{number}/urgency")
def show_urgency(number: str, view: ViewDep) -> Response:
    """Show how urgent a case is, what it was before and why, and the form that sets it."""
    return _urgency_page(view, case_for(view.session, view.act, number))


@router.post("/{language}/cases/{number}/urgency")
def set_urgency(number: str, view: ViewDep, form: FormDep) -> Response:
    """Raise or lower the urgency of a case."""
    case = case_for(view.session, view.act, number, to_change=True)
    checked = Checked(form, view.language)
    urgency = checked.one("urgency", URGENCIES)
    reason = checked.text("urgency_reason", most=LONGEST_WORDS)
    if not checked.is_right:
        return _urgency_page(view, case, checked)
    act = partial(actions.set_urgency, view.session, case, urgency, reason, view.act)
    return _done(view, case, checked, "urgency_set", act, _urgency_page)


@router.get("/{language}/cases/{number}/language")
def show_language(number: str, view: ViewDep) -> Response:
    """Show how the person reads and talks, what was noted before, and the form that corrects it."""
    return _language_page(view, case_for(view.session, view.act, number))


@router.post("/{language}/cases/{number}/language")
def set_language(number: str, view: ViewDep, form: FormDep) -> Response:
    """Correct how the person reads and talks."""
    case = case_for(view.session, view.act, number, to_change=True)
    lists, day, checked = view.desk.lists, view.act.on, Checked(form, view.language)
    now = story_of(view.session, case, view.act).languages
    tongues = lists.kept("languages", day, also=_known(case.language, now.written, now.spoken))
    needs = lists.kept("interpreters", day, also=_known(now.interpreter_code))
    written = checked.one("reads_in", tongues)
    spoken = checked.one("talks_in", tongues) if form.one("talks_in") else ""
    need = checked.one("interpreter_need", needs) if form.one("interpreter_need") else ""
    reason = checked.text("language_reason", most=LONGEST_WORDS)
    if not checked.is_right:
        return _language_page(view, case, checked)
    told = {"written": written, "spoken": spoken or None, "interpreter_code": need or None}
    hand = Hand(view.session, case, view.act, view.language)
    act = partial(actions.set_language, hand, now.model_copy(update=told), reason)
    return _done(view, case, checked, "language_set", act, _language_page)


@router.get("/{language}/cases/{number}/consents")
def show_consents(number: str, view: ViewDep) -> Response:
    """Show to what the person agrees, what the office noted of it, and the form that notes more."""
    case = case_for(view.session, view.act, number, to_change=True)
    apply_consents(view.session, view.act, case)
    return _consents_page(view, case)


@router.post("/{language}/cases/{number}/consents")
def note_consents(number: str, view: ViewDep, form: FormDep) -> Response:
    """Note to what the person agrees from now on, or no longer."""
    case = case_for(view.session, view.act, number, to_change=True)
    apply_consents(view.session, view.act, case)
    lists, checked = view.desk.lists, Checked(form, view.language)
    told: dict[ConsentCode, bool] = {}
    for code in _consents_now(view, case):
        if form.one(f"consent_{code}"):
            told[code] = checked.one(f"consent_{code}", tuple(YES_NO)) == "yes"
    if not told:
        checked.wrong("consent_count", NOTHING_CHANGES)
    said_by, how = checked.one("said_by", tuple(SAID_BY)), checked.one("noted_how", tuple(HOW))
    tongue = checked.one("told_in", lists.kept("languages", view.act.on, also=[case.language]))
    on = checked.day_back("told_on", view.act.on)
    if on is None:
        checked.wrong("told_on", WRITE_SOMETHING)
    words = checked.text("consent_words", most=LONGEST_WORDS)
    if not checked.is_right:
        return _consents_page(view, case, checked)
    kept = CorrectionWords(said_by=said_by, how=how, told_in=tongue, told_on=on, words=words)
    act = partial(actions.note_consents, view.session, case, told, kept, view.act)
    try:
        return _done(view, case, checked, "consents_noted", act, _consents_page)
    except tuple(NOT_SINCE) as error:
        view.session.refresh(case)
        checked.wrong("told_on", NOT_SINCE[type(error)])
        return _consents_page(view, case, checked)


def _done(
    view: View,
    case: CaseFile,
    checked: Checked,
    done: str,
    act: Callable[..., int | None],
    page: Callable[..., Response],
) -> Response:
    """Do it and go back to the case, or show the page again with what stands against it."""
    try:
        with attempt(view.session):
            left = act(version=checked.version())
    except REFUSALS as error:
        view.session.refresh(case)
        return page(view, case, checked, changed=view.text(error.sentence))
    if left:
        return view.go(f"cases/{case.reference}/tasks", "language_set_tasks_left")
    return view.go(f"cases/{case.reference}", done)


def _known(*codes: str | None) -> list[str]:
    return [code for code in codes if code]


def _consents_now(view: View, case: CaseFile) -> dict[ConsentCode, bool]:
    return consents_of(view.session, case, story_of(view.session, case, view.act))


def _typed(checked: Checked | None, given: dict[str, list[str]], changed: str) -> dict[str, Any]:
    return {
        "given": checked.form if checked else given,
        "corrections": checked.corrections if checked else {},
        "numbers": checked.numbers if checked else {},
        "changed": changed,
    }


def _status(checked: Checked | None, changed: str) -> int:
    return 409 if changed else 422 if checked else 200


def _urgency_page(
    view: View, case: CaseFile, checked: Checked | None = None, *, changed: str = ""
) -> Response:
    leave_trace(view.session, case, view.act)
    return view.render(
        "urgency.html",
        _status(checked, changed),
        case=case,
        in_danger=story_of(view.session, case, view.act).in_danger,
        urgencies=[(code, view.label("urgency", code)) for code in URGENCIES],
        earlier=corrections_of(view.session, case, view.act, URGENCY),
        **_typed(checked, {"urgency": [case.urgency_code]}, changed),
    )


def _language_page(
    view: View, case: CaseFile, checked: Checked | None = None, *, changed: str = ""
) -> Response:
    leave_trace(view.session, case, view.act)
    lists, day, tag = view.desk.lists, view.act.on, view.language.tag
    now = story_of(view.session, case, view.act).languages
    tongues = _known(case.language, now.written, now.spoken)
    typed = {
        "reads_in": [now.written or case.language],
        "talks_in": _known(now.spoken),
        "interpreter_need": _known(now.interpreter_code),
    }
    return view.render(
        "case_language.html",
        _status(checked, changed),
        case=case,
        now=now,
        tongues=lists.choices("languages", day, tag, also=tongues),
        needs=lists.choices("interpreters", day, tag, also=_known(now.interpreter_code)),
        earlier=corrections_of(view.session, case, view.act, LANGUAGE),
        **_typed(checked, typed, changed),
    )


def _consents_page(
    view: View, case: CaseFile, checked: Checked | None = None, *, changed: str = ""
) -> Response:
    leave_trace(view.session, case, view.act)
    today = view.act.on
    typed = {
        "told_in": [case.language],
        "told_on-day": [str(today.day)],
        "told_on-month": [str(today.month)],
        "told_on-year": [str(today.year)],
    }
    return view.render(
        "consents.html",
        _status(checked, changed),
        case=case,
        consents=_consents_now(view, case),
        answers=[(code, view.text(words)) for code, words in YES_NO.items()],
        said_by=[(code, view.text(words)) for code, words in SAID_BY.items()],
        ways_of_saying=[(code, view.text(words)) for code, words in HOW.items()],
        how={code: view.text(words) for code, words in HOW.items()},
        who={code: view.text(words) for code, words in SAID_BY.items()},
        tongues=view.desk.lists.choices("languages", today, view.language.tag, also=[case.language]),
        earlier=corrections_of(view.session, case, view.act, CONSENTS),
        **_typed(checked, typed, changed),
    )

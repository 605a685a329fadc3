"""The advice of a case: all of it, one piece with everything about it, and the form of its text."""

from typing import Any, Final

from starlette.responses import Response

from casework.advice import actions
from casework.advice.errors import AdviceChanged, AdviceNotReady
from casework.advice.queries import ShownAdvice, advice_for, advice_of, shown_advice
from casework.advice.rules import (
    BY_RECEIPT,
    CHANNELS,
    DECISIONS,
    MOST_LAWS,
    MOST_OPTIONS,
    RECEIPT,
    STATES_BEFORE,
    STEPS,
    UNDERSTOOD,
    needs_interpreter,
)
from casework.advice.tables import Advice
from casework.advice.writing import asked_text, blocks, given_of, text_fields, with_another
from casework.cases.access import case_for
from casework.cases.actions import leave_trace
from casework.cases.content import story_of
from casework.cases.errors import CaseAlreadyClosed
from casework.cases.tables import CaseFile
from casework.conflicts.errors import AdviserKeepsOut, ConflictUndecided
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.interpreters.showing import in_their_language, interpreter_choices
from casework.interpreters.translating import every_helper, helper_choices, helpers_in
from casework.safe_contact.queries import never_ways
from casework.safe_contact.rules import CHANNEL_WAYS
from casework.safe_contact.rules import WAYS as SAFE_WAYS
from casework.showing import View, ViewDep
from casework.transactions import attempt
from office.errors import OfficeError
from office.languages import mark

router = desk_router()

REFUSALS: Final = (AdviceChanged, AdviceNotReady, CaseAlreadyClosed, ConflictUndecided, AdviserKeepsOut)
ORIGINAL: Final = "original"
THE_ORIGINAL: Final = mark("The original (%(language)s)")
A_TRANSLATION: Final = mark("The translation (%(language)s, by %(who)s)")
Given = dict[str, list[str]]


@router.get("/{language}/cases/{number}/advice")
def show_all(number: str, view: ViewDep) -> Response:
    """Show the advice of a case, on the record."""
    case = case_for(view.session, view.act, number, to_change=True)
    found = [shown_advice(view.session, case, one, view.act) for one in advice_of(view.session, case)]
    leave_trace(view.session, case, view.act)
    return view.render("advice_list.html", case=case, found=found, decisions=words(view, DECISIONS))


@router.get("/{language}/cases/{number}/advice/new")
def show_empty(number: str, view: ViewDep) -> Response:
    """Show the empty form of a text."""
    case = case_for(view.session, view.act, number)
    return _text_page(view, case, None, {"language": ["es"]})


@router.post("/{language}/cases/{number}/advice/new")
def begin(number: str, view: ViewDep, form: FormDep) -> Response:
    """Keep the first draft of a piece of advice."""
    case = case_for(view.session, view.act, number, to_change=True)
    if form.one("more"):
        return _text_page(view, case, None, with_another(form))
    checked = Checked(form, view.language)
    text = asked_text(view, checked)
    if not checked.is_right:
        return _text_page(view, case, None, form, checked, 422)
    try:
        with attempt(view.session):
            advice = actions.begin(view.session, case, text, view.act)
    except REFUSALS as error:
        return _text_page(view, case, None, form, None, 409, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}/advice/{advice.id}", "advice_kept")


@router.get("/{language}/cases/{number}/advice/{advice_id}")
def show_one(number: str, advice_id: str, view: ViewDep) -> Response:
    """Show one piece of advice, on the record."""
    case = case_for(view.session, view.act, number, to_change=True)
    advice = advice_for(view.session, case, advice_id)
    return advice_page(view, case, advice)


@router.get("/{language}/cases/{number}/advice/{advice_id}/text")
def show_text(number: str, advice_id: str, view: ViewDep) -> Response:
    """Show the form with the newest text in it."""
    case = case_for(view.session, view.act, number, to_change=True)
    advice = advice_for(view.session, case, advice_id)
    newest = shown_advice(view.session, case, advice, view.act).newest
    return _text_page(view, case, advice, given_of(newest.text))


@router.post("/{language}/cases/{number}/advice/{advice_id}/text")
def write(number: str, advice_id: str, view: ViewDep, form: FormDep) -> Response:
    """Keep an edited text as a new version."""
    case = case_for(view.session, view.act, number, to_change=True)
    advice = advice_for(view.session, case, advice_id)
    if form.one("more"):
        return _text_page(view, case, advice, with_another(form))
    checked = Checked(form, view.language)
    text = asked_text(view, checked)
    if not checked.is_right:
        return _text_page(view, case, advice, form, checked, 422)
    try:
        with attempt(view.session):
            actions.write(view.session, case, advice, text, view.act, version=checked.version())
    except REFUSALS as error:
        view.session.refresh(advice)
        form["version"] = [str(advice.version)]
        told = view.text(error.sentence)
        return _text_page(view, case, advice, form, None, 409, changed=told)
    return view.go(f"cases/{case.reference}/advice/{advice.id}", "advice_kept")


def refused(view: View, case: CaseFile, advice: Advice, form: Given, error: OfficeError) -> Response:
    """Show the advice as it is now, why nothing was done, and what was typed."""
    view.session.refresh(advice)
    return advice_page(view, case, advice, form, None, 409, changed=view.text(error.sentence))


def advice_page(
    view: View,
    case: CaseFile,
    advice: Advice,
    given: Given | None = None,
    checked: Checked | None = None,
    status: int = 200,
    *,
    changed: str = "",
) -> Response:
    """Return the page of one piece of advice; what was typed comes back with its corrections."""
    leave_trace(view.session, case, view.act)
    shown = shown_advice(view.session, case, advice, view.act)
    never = never_ways(view.session, case, view.act)
    told = story_of(view.session, case, view.act).languages
    theirs = in_their_language(view, told, case.language)
    spoken = theirs.tag
    return view.render(
        "advice.html",
        status,
        case=case,
        one=shown,
        may={what: advice.state_code in states for what, states in STATES_BEFORE.items()},
        is_writer=view.act.who.id in shown.writers,
        spoken=spoken,
        delivery_given={"delivery_language": spoken, **_today(view, "delivered_on"), **(given or {})},
        decision_given={**_today(view, "decided_on"), **(given or {})},
        interpreter_code=told.interpreter_code,
        needs_interpreter=needs_interpreter(told.interpreter_code),
        to_check=shown.to_check,
        theirs=theirs,
        known_interpreters=interpreter_choices(view, theirs.interpreters),
        makers=helper_choices(view, every_helper(view.session, case)),
        checkers=_checkers(view, case, shown),
        **_choices(view, shown, {one.way for one in never}),
        never=[(view.text(SAFE_WAYS[one.way]), one.words.reason) for one in never],
        given=given or {},
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
    )


def _checkers(view: View, case: CaseFile, shown: ShownAdvice) -> list[tuple[str, str]]:
    """Return who can check the translation that is checked next."""
    one = shown.to_check
    return helper_choices(view, helpers_in(view.session, case, one.said.language)) if one else []


def _today(view: View, name: str) -> dict[str, str]:
    return {f"{name}-{part}": str(getattr(view.act.on, part)) for part in ("day", "month", "year")}


def _choices(view: View, shown: ShownAdvice, never: set[str]) -> dict[str, Any]:
    lists, day, tag = view.desk.lists, view.act.on, view.language.tag
    channels = [(code, view.label("channels", code)) for code in CHANNELS]
    ways = [*channels[:1], (RECEIPT, view.text(BY_RECEIPT)), *channels[1:]]
    return {
        "tongues": [(one.value, one.text) for one in lists.choices("languages", day, tag)],
        "ways": [one for one in ways if CHANNEL_WAYS.get(one[0]) not in never],
        "way_words": dict(ways),
        "step_words": words(view, STEPS),
        "texts_to_use": _texts_to_use(view, shown),
        "understood": words(view, UNDERSTOOD),
        "decisions": words(view, DECISIONS),
        "mandates": lists.choices("mandates", day, tag),
        "routes": [(code, view.label("routes", code)) for code in shown.newest.text.route_codes],
    }


def _texts_to_use(view: View, shown: ShownAdvice) -> list[tuple[str, str]]:
    original = view.text(THE_ORIGINAL, language=view.label("languages", shown.newest.text.language))
    choices = [(ORIGINAL, original)]
    for one in shown.translations:
        if one.row.number == shown.advice.number:
            language = view.label("languages", one.said.language)
            told = view.text(A_TRANSLATION, language=language, who=one.said.made_by)
            choices.append((str(one.row.id), told))
    return choices


def _text_page(
    view: View,
    case: CaseFile,
    advice: Advice | None,
    given: Given,
    checked: Checked | None = None,
    status: int = 200,
    *,
    changed: str = "",
) -> Response:
    leave_trace(view.session, case, view.act)
    given = view.drafts().into(given)
    lists, day, tag = view.desk.lists, view.act.on, view.language.tag
    now = shown_advice(view.session, case, advice, view.act).newest if advice and changed else None
    return view.render(
        "advice_text.html",
        status,
        case=case,
        advice=advice,
        now=now,
        laws=blocks(given, "laws", MOST_LAWS),
        options=blocks(given, "options", MOST_OPTIONS),
        most_laws=MOST_LAWS,
        most_options=MOST_OPTIONS,
        text_fields=text_fields(given),
        routes=[(code, view.label("routes", code)) for code in lists.kept("routes", day)],
        tongues=[(one.value, one.text) for one in lists.choices("languages", day, tag)],
        given=given,
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
    )


def words(view: View, codes: dict[str, str]) -> dict[str, str]:
    """Return codes with their words in the language of the page."""
    return {code: view.text(sentence) for code, sentence in codes.items()}

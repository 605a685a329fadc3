"""What is done with a piece of advice on its page: review, translation, delivery, the person's decision."""

from collections.abc import Callable
from datetime import date

from starlette.responses import Response

from casework.advice import actions, delivering
from casework.advice.content import TranslationText
from casework.advice.errors import (
    AdviceIncomplete,
    CheckerLacksLanguage,
    CheckerMadeIt,
    InterpreterNeeded,
    MachineTranslationUnchecked,
    NotInTheirLanguage,
    NotReviewed,
    ReviewerWroteIt,
    TranslationOfOlderText,
)
from casework.advice.pages import ORIGINAL, REFUSALS, advice_page, refused
from casework.advice.queries import advice_for, shown_advice, translation_for
from casework.advice.rules import DECISIONS, UNDERSTOOD, WAYS
from casework.advice.tables import Advice
from casework.advice.writing import asked_language
from casework.cases.access import case_for
from casework.cases.tables import CaseFile
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.interpreters.errors import MUST_UNDERTAKE
from casework.interpreters.showing import chosen_interpreter
from casework.interpreters.translating import chosen_helper, every_helper, helpers_in
from casework.safe_contact.errors import WayNotSafe
from casework.showing import View, ViewDep
from casework.transactions import attempt
from office.languages import mark
from office.web.forms import Form

router = desk_router()

YES_NO = ("yes", "no")
A_MACHINE_IS_NOBODY = mark("A machine made it: leave this empty, and write which one.")
NOT_ON_THAT_DAY = mark("Write a day from the step before this one until today.")
OWN_REFUSALS = (
    *REFUSALS,
    ReviewerWroteIt,
    AdviceIncomplete,
    NotReviewed,
    MachineTranslationUnchecked,
    CheckerMadeIt,
    CheckerLacksLanguage,
    TranslationOfOlderText,
    InterpreterNeeded,
    NotInTheirLanguage,
    WayNotSafe,
)


@router.post("/{language}/cases/{number}/advice/{advice_id}/review")
def review(number: str, advice_id: str, view: ViewDep, form: FormDep) -> Response:
    """Stand for the newest text, or send it back with words."""
    case, advice, checked = _asked(view, number, advice_id, form)
    verdict = checked.one("verdict", ("reviewed", "sent_back"))
    said = checked.text("review_words", needed=verdict == "sent_back")
    if not checked.is_right:
        return advice_page(view, case, advice, form, checked, 422)
    act = actions.send_back if verdict == "sent_back" else actions.review
    return _done(
        view,
        case,
        advice,
        form,
        lambda: act(view.session, case, advice, said, view.act, version=checked.version()),
        f"advice_{verdict}",
    )


@router.post("/{language}/cases/{number}/advice/{advice_id}/translations")
def translate(number: str, advice_id: str, view: ViewDep, form: FormDep) -> Response:
    """Keep a translation of the newest text."""
    case, advice, checked = _asked(view, number, advice_id, form)
    is_machine = checked.one("is_machine", YES_NO) == "yes"
    maker = None
    if form.one("maker"):
        maker = chosen_helper(checked, "maker", every_helper(view.session, case))
        if is_machine:
            checked.wrong("maker", A_MACHINE_IS_NOBODY)
    made_by = checked.text("made_by", needed=maker is None)
    said = TranslationText(
        language=asked_language(view, checked, "translation_language"),
        text=checked.text("translation_text"),
        made_by=maker.name if maker else made_by,
        made_by_staff=maker.staff_id if maker else None,
        made_by_interpreter=maker.interpreter_id if maker else None,
    )
    if not checked.is_right:
        return advice_page(view, case, advice, form, checked, 422)
    return _done(
        view,
        case,
        advice,
        form,
        lambda: delivering.translate(
            view.session,
            case,
            advice,
            said,
            is_machine=is_machine,
            act=view.act,
            version=checked.version(),
        ),
        "advice_translated",
    )


@router.post("/{language}/cases/{number}/advice/{advice_id}/translations/check")
def check_translation(number: str, advice_id: str, view: ViewDep, form: FormDep) -> Response:
    """Note who compared a translation with the original."""
    case, advice, checked = _asked(view, number, advice_id, form)
    row = translation_for(view.session, advice, form.one("translation_id"))
    shown = shown_advice(view.session, case, advice, view.act)
    before = next(one.said for one in shown.translations if one.row.id == row.id)
    checker = chosen_helper(checked, "checker", helpers_in(view.session, case, before.language))
    text = checked.text("checked_text")
    if checker is None or not checked.is_right:
        return advice_page(view, case, advice, form, checked, 422)
    return _done(
        view,
        case,
        advice,
        form,
        lambda: delivering.check_translation(
            view.session, case, advice, row, text, checker, view.act, version=checked.version()
        ),
        "translation_checked",
    )


@router.post("/{language}/cases/{number}/advice/{advice_id}/delivery")
def deliver(number: str, advice_id: str, view: ViewDep, form: FormDep) -> Response:
    """Note how and in which language the person was given the advice."""
    case, advice, checked = _asked(view, number, advice_id, form)
    how = _asked_delivery(view, case, advice, checked)
    if how is None or not checked.is_right:
        return advice_page(view, case, advice, form, checked, 422)
    return _done(
        view,
        case,
        advice,
        form,
        lambda: delivering.deliver(view.session, case, advice, how, view.act, version=checked.version()),
        "advice_delivered",
    )


@router.post("/{language}/cases/{number}/advice/{advice_id}/decision")
def decide(number: str, advice_id: str, view: ViewDep, form: FormDep) -> Response:
    """Note what the person decided."""
    case, advice, checked = _asked(view, number, advice_id, form)
    what = _asked_decision(view, case, advice, checked)
    if what is None or not checked.is_right:
        return advice_page(view, case, advice, form, checked, 422)
    return _done(
        view,
        case,
        advice,
        form,
        lambda: delivering.decide(view.session, case, advice, what, view.act, version=checked.version()),
        "advice_decided",
    )


@router.post("/{language}/cases/{number}/advice/{advice_id}/withdrawal")
def withdraw(number: str, advice_id: str, view: ViewDep, form: FormDep) -> Response:
    """Take advice back, with the reason."""
    case, advice, checked = _asked(view, number, advice_id, form)
    said = checked.text("withdrawal_reason")
    if not checked.is_right:
        return advice_page(view, case, advice, form, checked, 422)
    return _done(
        view,
        case,
        advice,
        form,
        lambda: actions.withdraw(view.session, case, advice, said, view.act, version=checked.version()),
        "advice_withdrawn",
    )


def _asked(view: View, number: str, advice_id: str, form: Form) -> tuple[CaseFile, Advice, Checked]:
    case = case_for(view.session, view.act, number, to_change=True)
    return case, advice_for(view.session, case, advice_id), Checked(form, view.language)


def _done(
    view: View, case: CaseFile, advice: Advice, form: Form, act: Callable[[], object], done: str
) -> Response:
    """Do it and go on, or show the page again with why it was not done."""
    try:
        with attempt(view.session):
            act()
    except OWN_REFUSALS as error:
        return refused(view, case, advice, form, error)
    return view.go(f"cases/{case.reference}/advice/{advice.id}", done)


def _asked_delivery(
    view: View, case: CaseFile, advice: Advice, checked: Checked
) -> delivering.Delivery | None:
    used = checked.form.one("text_used")
    translation = None
    if used and used != ORIGINAL:
        translation = translation_for(view.session, advice, used)
    else:
        checked.one("text_used", (ORIGINAL,))
    understood = checked.one("understood", tuple(UNDERSTOOD))
    is_interpreted = understood == "interpreter"
    is_known = is_interpreted and bool(checked.form.one("chosen_interpreter"))
    known = chosen_interpreter(view, checked, "chosen_interpreter") if is_known else None
    named = checked.text("interpreter_name", needed=is_interpreted and not is_known)
    is_other = is_interpreted and not is_known and bool(named)
    if is_other and not checked.some("has_undertaken", ("yes",), needed=False):
        checked.wrong("has_undertaken", MUST_UNDERTAKE)
    day = checked.day("delivered_on")
    if day is not None and not _last_step(view, case, advice) <= day <= view.act.on:
        checked.wrong("delivered_on", NOT_ON_THAT_DAY)
    way = checked.one("way", WAYS)
    language = asked_language(view, checked, "delivery_language")
    is_read_back = checked.one("read_back", YES_NO) == "yes"
    if day is None:
        return None
    name = (known.name if known else named) if is_interpreted else ""
    own = known.id if known else None
    return delivering.Delivery(way, language, translation, understood, name, is_read_back, day, own, is_other)


def _last_step(view: View, case: CaseFile, advice: Advice) -> date:
    """Return the day of the newest step: nothing of what follows it was earlier."""
    steps = shown_advice(view.session, case, advice, view.act).steps
    return steps[-1].row.happened_on if steps else advice.begun_on


def _asked_decision(
    view: View, case: CaseFile, advice: Advice, checked: Checked
) -> delivering.Decision | None:
    code, day = checked.one("decision", tuple(DECISIONS)), checked.day("decided_on")
    if day is not None and not _last_step(view, case, advice) <= day <= view.act.on:
        checked.wrong("decided_on", NOT_ON_THAT_DAY)
    goes_on = code == "go_on"
    known = shown_advice(view.session, case, advice, view.act).newest.text.route_codes
    routes = checked.some("routes", known, needed=False)
    mandate = None
    if goes_on:
        mandate = checked.one("mandate", view.desk.lists.kept("mandates", view.act.on))
    words = checked.text("decision_words", needed=False)
    if day is None:
        return None
    return delivering.Decision(code, day, mandate, routes if goes_on else (), words)

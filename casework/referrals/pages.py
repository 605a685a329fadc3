"""The referrals of one case: drafted, consented to, handed over, answered, taken back; the page to print."""

from collections.abc import Callable
from typing import Final

from starlette.responses import Response

from casework.cases.access import case_for
from casework.cases.errors import CaseAlreadyClosed
from casework.cases.tables import CaseFile
from casework.conflicts.errors import AdviserKeepsOut, ConflictUndecided
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.messages.incoming import apply_consents
from casework.referrals import actions
from casework.referrals.bodies import body_name, directory
from casework.referrals.case_pages import Given, case_page, page_of
from casework.referrals.errors import ConsentMissing, ReferralChanged, ReferralNotFound
from casework.referrals.queries import pack_of, referral_of
from casework.referrals.rules import OPEN_FOR_THE_BODY, WAYS, answers_from
from casework.referrals.tables import Referral
from casework.referrals.withdrawing import note, sweep, withdraw
from casework.referrals.wording import consent_in, languages_of, needed, pack_in, told_of
from casework.showing import View, ViewDep
from casework.transactions import attempt
from office.languages import mark
from office.web.letterhead import letterhead_of

router = desk_router()

CASE: Final = "/{language}/cases/{number}/referrals"
ONE: Final = CASE + "/{referral}"
GO_ON: Final = mark("To go on, ask the person and note what they say yes to.")
REFUSALS: Final = (ReferralChanged, ConsentMissing, ConflictUndecided, AdviserKeepsOut, CaseAlreadyClosed)


@router.get(CASE)
def show_referrals(number: str, view: ViewDep) -> Response:
    """Show the referrals of a case and the form of a new one, on the record."""
    case = case_for(view.session, view.act, number)
    sweep(view.session, view.act.on)
    return case_page(view, case)


@router.post(CASE)
def draft(number: str, view: ViewDep, form: FormDep) -> Response:
    """Begin a referral; nothing leaves the office."""
    case = case_for(view.session, view.act, number, to_change=True)
    checked = Checked(form, view.language)
    tag = view.language.tag
    codes = [one.code for one in directory(view.session, view.act.city, tag, view.act.on)]
    body, pack = checked.one("body", codes), pack_in(checked, view, case)
    if pack is None or not checked.is_right:
        return case_page(view, case, form, checked, 422)
    try:
        with attempt(view.session):
            made = actions.draft(view.session, case, body, pack, view.act)
    except REFUSALS as error:
        return case_page(view, case, form, None, 409, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}/referrals/{made.id}", "referral_drafted")


@router.get(ONE)
def show_referral(number: str, referral: str, view: ViewDep) -> Response:
    """Show one referral with its history, on the record."""
    case = case_for(view.session, view.act, number)
    sweep(view.session, view.act.on)
    found = referral_of(view.session, case, referral)
    return page_of(view, case, found)


@router.post(ONE + "/draft")
def redraft(number: str, referral: str, view: ViewDep, form: FormDep) -> Response:
    """Change what could be told; the person is asked again."""
    case, found, checked = _opened(view, number, referral, form)
    pack = pack_in(checked, view, case)
    if pack is None:
        return page_of(view, case, found, form, checked, 422)
    version = checked.version()
    return _done(
        view,
        case,
        found,
        form,
        "referral_drafted",
        lambda: actions.redraft(view.session, case, found, pack, view.act, version=version),
    )


@router.post(ONE + "/consent")
def consent(number: str, referral: str, view: ViewDep, form: FormDep) -> Response:
    """Note what the person consented to."""
    case, found, checked = _opened(view, number, referral, form)
    given = consent_in(checked, view, pack_of(view.session, case, found, view.act))
    evidence = checked.text("evidence_words", needed=False)
    if given is None or not checked.is_right:
        return page_of(view, case, found, form, checked, 422)
    version = checked.version()
    return _done(
        view,
        case,
        found,
        form,
        "referral_consented",
        lambda: actions.note_consent(view.session, case, found, given, evidence, view.act, version=version),
    )


@router.post(ONE + "/sending")
def send(number: str, referral: str, view: ViewDep, form: FormDep) -> Response:
    """Hand over what was consented to; the code for the body is shown now and never again."""
    case, found, checked = _opened(view, number, referral, form)
    way = checked.one("way", tuple(WAYS))
    answer_by = needed(checked, "answer_by", checked.day_ahead("answer_by", view.act.on))
    if answer_by is None or not checked.is_right:
        return page_of(view, case, found, form, checked, 422)
    try:
        with attempt(view.session):
            token = actions.send(
                view.session, case, found, way, answer_by, view.act, version=checked.version()
            )
    except REFUSALS as error:
        return _refused(view, case, found, form, error)
    if token:
        address = f"{view.request.base_url}{view.language.tag}/partner"
        return page_of(view, case, found, address=address, code=token)
    return view.go(f"cases/{case.reference}/referrals/{found.id}", "referral_sent")


@router.post(ONE + "/answer")
def note_answer(number: str, referral: str, view: ViewDep, form: FormDep) -> Response:
    """Note what the body said on the telephone or by letter, or that it was silent."""
    case, found, checked = _opened(view, number, referral, form)
    answer = checked.one("answer", answers_from(found.state, by_the_body=False))
    text = checked.text("answer_words", needed=answer == "declined")
    if not checked.is_right:
        return page_of(view, case, found, form, checked, 422)
    version = checked.version()
    return _done(
        view,
        case,
        found,
        form,
        "referral_answered",
        lambda: actions.note_answer(view.session, case, found, answer, text, view.act, version=version),
    )


@router.post(ONE + "/following-up")
def follow_up(number: str, referral: str, view: ViewDep, form: FormDep) -> Response:
    """Note what was done about a referral that came back."""
    case, found, checked = _opened(view, number, referral, form)
    text, again_on = checked.text("follow_up"), checked.day_ahead("again_on", view.act.on)
    if not checked.is_right:
        return page_of(view, case, found, form, checked, 422)
    version = checked.version()
    return _done(
        view,
        case,
        found,
        form,
        "referral_followed_up",
        lambda: actions.follow_up(view.session, case, found, text, again_on, view.act, version=version),
    )


@router.post(ONE + "/withdrawal")
def take_back(number: str, referral: str, view: ViewDep) -> Response:
    """Note that the person took their consent back: it works at once, whatever the page showed."""
    case = case_for(view.session, view.act, number, to_change=True)
    found = referral_of(view.session, case, referral, to_change=True)
    withdraw(view.session, found, by=view.act.who.id, at=view.act.at, on=view.act.on)
    return view.go(f"cases/{case.reference}/referrals/{found.id}", "referral_revoked")


@router.get(ONE + "/pack")
def show_pack(number: str, referral: str, view: ViewDep) -> Response:
    """Show the page to print: what was consented to, once it is handed over on paper.

    A consent that was taken back with the receipt ends it here, and the page of the referral says so.
    """
    case = case_for(view.session, view.act, number, to_change=True)
    found = referral_of(view.session, case, referral, to_change=True)
    if found.way_code != "printed" or found.state not in OPEN_FOR_THE_BODY:
        raise ReferralNotFound(case=case.reference)
    apply_consents(view.session, view.act, case)
    try:
        pack = actions.consented(view.session, case, found, view.act)
    except ConsentMissing as error:
        return _refused(view, case, found, {}, error)
    note(view.session, found, "referral_printed", at=view.act.at, by=view.act.who.id)
    return view.render(
        "referral_pack.html",
        phone=letterhead_of(view.act.city).phone,
        case=case,
        referral=found,
        told=told_of(pack, dict(languages_of(view)), view.language),
        body=body_name(view.session, view.act.city, found.body_code, view.language.tag),
    )


def _opened(view: View, number: str, referral: str, form: FormDep) -> tuple[CaseFile, Referral, Checked]:
    """Return a referral to be changed, once what the person changed with their receipt is in effect."""
    case = case_for(view.session, view.act, number, to_change=True)
    apply_consents(view.session, view.act, case)
    return case, referral_of(view.session, case, referral, to_change=True), Checked(form, view.language)


def _done(
    view: View, case: CaseFile, referral: Referral, form: Given, done: str, act: Callable[[], None]
) -> Response:
    try:
        with attempt(view.session):
            act()
    except REFUSALS as error:
        return _refused(view, case, referral, form, error)
    return view.go(f"cases/{case.reference}/referrals/{referral.id}", done)


def _refused(view: View, case: CaseFile, referral: Referral, form: Given, error: Exception) -> Response:
    view.session.refresh(referral)
    status = 403 if isinstance(error, ConsentMissing) else 409
    sentence = view.text(getattr(error, "sentence", ""))
    if isinstance(error, ConsentMissing):
        sentence = f"{sentence} {view.text(GO_ON)}"
    return page_of(view, case, referral, form, None, status, changed=sentence)

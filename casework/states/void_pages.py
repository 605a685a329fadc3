"""Asking that a case is void because it was opened in error, taking that back, and deciding about either."""

from typing import Any, Final

from starlette.responses import Response

from casework.cases.access import case_for
from casework.cases.actions import leave_trace
from casework.cases.errors import CaseAlreadyClosed, CaseChanged, CaseNotClosed, CaseNotFound
from casework.cases.tables import CaseFile
from casework.conflicts.errors import AdviserKeepsOut, ConflictUndecided
from casework.deadlines.overview import deadlines_of
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.safe_contact.errors import WayNotSafe
from casework.safe_contact.guards import can_be_told
from casework.seeing import seen
from casework.showing import View, ViewDep
from casework.states import deciding, voiding
from casework.states.content import VoidWords
from casework.states.errors import (
    AgreementOutgrown,
    CannotDecideClosing,
    ClosingAsked,
    GoesOnNowhere,
    TwiceUnseen,
    VoidRefused,
)
from casework.states.queries import last_request, open_request
from casework.states.tables import BACK, CLOSING, OF_VOID, VOID, ClosingRequest
from casework.states.void_guards import no_error
from casework.states.void_rules import GUARDS, PAGE_OF, REASONS, TWICE
from casework.states.wording import who_agrees
from casework.timeline.queries import names_of
from casework.transactions import attempt

REFUSED: Final = (
    CaseChanged, CaseAlreadyClosed, CaseNotClosed, ClosingAsked, CannotDecideClosing, AgreementOutgrown,
    GoesOnNowhere, TwiceUnseen, WayNotSafe, ConflictUndecided, AdviserKeepsOut,
)  # fmt: skip
"""Why a case does not become void, or is not asked to; `VoidRefused` is shown as a list."""

router = desk_router()


@router.get("/{language}/cases/{number}/voiding")
def show_voiding(number: str, view: ViewDep) -> Response:
    """Show the form that asks, or what was asked."""
    case = case_for(view.session, view.act, number)
    if open_request(view.session, case.id, (CLOSING,)) is not None:
        return view.go(f"cases/{case.reference}/closing")
    return _page(view, case)


@router.post("/{language}/cases/{number}/voiding")
def ask(number: str, view: ViewDep, form: FormDep) -> Response:
    """Ask that a case is void, or that it is no longer."""
    case = case_for(view.session, view.act, number, to_change=True)
    checked = Checked(form, view.language)
    reason = "" if case.is_void else checked.one("void_reason", tuple(REASONS))
    is_told = can_be_told(view.session, case)
    words = VoidWords(text=checked.text("text", needed=is_told), why=checked.text("void_words"))
    goes_on = _other(view, checked) if reason == TWICE else None
    if not checked.is_right:
        return _page(view, case, form, checked)
    try:
        with attempt(view.session):
            if case.is_void:
                voiding.ask_back(view.session, case, words, view.act, version=checked.version())
            else:
                voiding.ask_to_void(
                    view.session, case, reason, goes_on, words, view.act, version=checked.version()
                )
    except (VoidRefused, *REFUSED) as error:
        return _refused(view, case, form, error)
    return view.go(f"cases/{case.reference}", "void_back_asked" if case.is_void else "void_asked")


@router.post("/{language}/cases/{number}/voiding/decision")
def decide(number: str, view: ViewDep, form: FormDep) -> Response:
    """Make a case void as it was asked, or no longer, and tell the person."""
    case = case_for(view.session, view.act, number, to_change=True)
    do, done = (voiding.take_void_back, "void_undone") if case.is_void else (voiding.make_void, "case_voided")
    try:
        with attempt(view.session):
            do(view.session, case, view.act, version=Checked(form, view.language).version())
    except (VoidRefused, *REFUSED) as error:
        return _refused(view, case, form, error)
    return view.go(f"cases/{case.reference}", done)


@router.post("/{language}/cases/{number}/voiding/sending-back")
def send_back(number: str, view: ViewDep, form: FormDep) -> Response:
    """Send the request back to whoever asked, with words."""
    case = case_for(view.session, view.act, number, to_change=True)
    checked = Checked(form, view.language)
    words = checked.text("back_words")
    if not checked.is_right:
        return _page(view, case, form, checked)
    try:
        with attempt(view.session):
            deciding.send_back(view.session, case, OF_VOID, words, view.act, version=checked.version())
    except REFUSED as error:
        return _refused(view, case, form, error)
    return view.go(f"cases/{case.reference}", "void_sent_back")


@router.post("/{language}/cases/{number}/voiding/taking-back")
def take_back(number: str, view: ViewDep, form: FormDep) -> Response:
    """Take the request back: everything stays as it is."""
    case = case_for(view.session, view.act, number, to_change=True)
    version = Checked(form, view.language).version()
    try:
        with attempt(view.session):
            deciding.take_back(view.session, case, OF_VOID, view.act, version=version)
    except REFUSED as error:
        return _refused(view, case, form, error)
    return view.go(f"cases/{case.reference}", "void_taken_back")


def _other(view: View, checked: Checked) -> CaseFile | None:
    """Return the case in which the same report goes on, through its own door."""
    written = checked.text("goes_on")
    try:
        return case_for(view.session, view.act, written) if written else None
    except CaseNotFound:
        checked.wrong("goes_on", GoesOnNowhere.sentence)
        return None


def _refused(view: View, case: CaseFile, form: FormDep, error: Exception) -> Response:
    view.session.refresh(case)
    if isinstance(error, VoidRefused):
        return _page(view, case, form, refused=error.guards)
    return _page(view, case, form, changed=view.text(getattr(error, "sentence", "")))


def _page(
    view: View,
    case: CaseFile,
    given: dict[str, list[str]] | None = None,
    checked: Checked | None = None,
    *,
    refused: tuple[str, ...] = (),
    changed: str = "",
) -> Response:
    leave_trace(view.session, case, view.act)
    session = view.session
    request = open_request(session, case.id, OF_VOID)
    of_heads = who_agrees(view, case, request)
    people = [one for one in (request.asked_by, request.agreed_by) if one] if request else []
    asks = request is None and not case.is_closed
    in_the_way = refused or (no_error(session, case) if asks else ())
    return view.render(
        "voiding.html",
        409 if refused or changed else 422 if checked else 200,
        case=case,
        in_the_way=[(view.text(GUARDS[one]), PAGE_OF[one]) for one in in_the_way],
        reasons=[(code, view.text(words)) for code, words in REASONS.items()],
        is_told=can_be_told(view.session, case),
        asked=request,
        is_back=request is not None and request.kind_code == BACK,
        names=names_of(session, people),
        decides=request is not None and deciding.may_decide(view.session, case, request, view.act),
        unseen=_unseen(view, request, by_head=bool(of_heads["by_head"])),
        **of_heads,
        stops=() if case.is_closed else deadlines_of(view, case).binding,
        given=given if given is not None else _proposed(view, case),
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
        **of_request(view, case, request),
    )


def _unseen(view: View, row: ClosingRequest | None, *, by_head: bool) -> str:
    """Return why whoever reads cannot agree that a case was opened twice; empty if they can, or need not.

    Where the head of the office would agree nobody can: the head opens neither case.
    """
    if row is None or row.reason_code != TWICE:
        return ""
    if not by_head and voiding.sees_both(view.session, row, view.act):
        return ""
    return view.text(TwiceUnseen.sentence)


def of_request(view: View, case: CaseFile, row: ClosingRequest | None) -> dict[str, Any]:
    """Return what a request says, and where the report goes on if the reader may open that too."""
    if row is None:
        return {"asked_words": None, "asked_reason": "", "asked_other": ""}
    other = view.session.get(CaseFile, row.goes_on_id) if row.goes_on_id else None
    is_seen = other is not None and bool(seen(view.session, view.act.who, [other.reference]))
    return {
        "asked_words": voiding.words_of(view.session, case, row, view.act),
        "asked_reason": view.text(REASONS[row.reason_code]) if row.reason_code else "",
        "asked_other": other.reference if other and is_seen else "",
    }


def void_card(view: View, case: CaseFile) -> dict[str, Any] | None:
    """Return why a case is void and where its report goes on, for its page; None if it is not."""
    row = voiding.voided_by(view.session, case) if case.is_void else None
    if row is None:
        return None
    return {**of_request(view, case, row), "is_asked": open_request(view.session, case.id) is not None}


def _proposed(view: View, case: CaseFile) -> dict[str, list[str]]:
    """Return the form as it was filled in last time, if that was sent back or taken back."""
    last = last_request(view.session, case.id)
    kind = BACK if case.is_void else VOID
    if last is None or last.kind_code != kind or last.settled_code in (None, "closed"):
        return {}
    said = of_request(view, case, last)
    return {
        "void_reason": [last.reason_code],
        "goes_on": [said["asked_other"]],
        "text": [said["asked_words"].text],
        "void_words": [said["asked_words"].why],
    }

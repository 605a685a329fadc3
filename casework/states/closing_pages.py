"""Asking to close a case, and deciding about it as the second person."""

from typing import Any, Final

from starlette.responses import Response

from casework.appointments.errors import AppointmentOpen
from casework.cases.access import case_for
from casework.cases.actions import leave_trace
from casework.cases.content import story_of
from casework.cases.errors import CaseAlreadyClosed, CaseChanged
from casework.cases.tables import CaseFile
from casework.conflicts.errors import AdviserKeepsOut, ConflictUndecided
from casework.deadlines.errors import DeadlinesOpen
from casework.deadlines.overview import deadlines_of
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.hearings.errors import HearingsOpen
from casework.hearings.wording import lines_open
from casework.letters.queries import not_sent
from casework.letters.shelf import called as letter_called
from casework.mediation.errors import MediationOpen
from casework.mediation.wording import line_of
from casework.merges.errors import MergedOpen
from casework.merges.queries import read_with
from casework.messages.actions import consents_of
from casework.referrals.bodies import body_name
from casework.referrals.rules import STATES as OF_REFERRALS
from casework.safe_contact.errors import WayNotSafe
from casework.showing import View, ViewDep
from casework.states import closing, deciding
from casework.states.content import ClosingWords
from casework.states.ending import end_of, ended_tracks, told_of_the_end
from casework.states.errors import AgreementOutgrown, CannotDecideClosing, ClosingAsked, ReferralsOpen
from casework.states.queries import last_request, open_request
from casework.states.still_open import GOES_ON, WAITS, open_referrals
from casework.states.tables import CLOSING, OF_VOID, ClosingRequest
from casework.states.track_ends import said_of
from casework.states.wording import who_agrees
from casework.tasks.errors import TasksOpen
from casework.tasks.queries import tasks_of
from casework.tasks.rules import KINDS
from casework.timeline.queries import names_of
from casework.tracks.errors import TracksOpen
from casework.tracks.outcomes import SAID, result_of
from casework.tracks.queries import open_tracks
from casework.transactions import attempt

REFUSED: Final = (
    CaseChanged, CaseAlreadyClosed, ClosingAsked, CannotDecideClosing, AgreementOutgrown, MergedOpen,
    DeadlinesOpen, TracksOpen, MediationOpen, TasksOpen, ReferralsOpen, AppointmentOpen, HearingsOpen,
    ConflictUndecided, AdviserKeepsOut, WayNotSafe,
)  # fmt: skip
"""Why a case is not closed, or closing is not even asked for."""

router = desk_router()


@router.get("/{language}/cases/{number}/closing")
def show_closing(number: str, view: ViewDep) -> Response:
    """Show the form that asks to close a case, or what was asked."""
    case = case_for(view.session, view.act, number)
    if case.is_void or open_request(view.session, case.id, OF_VOID) is not None:
        return view.go(f"cases/{case.reference}/voiding")
    return _page(view, case)


@router.post("/{language}/cases/{number}/closing")
def ask(number: str, view: ViewDep, form: FormDep) -> Response:
    """Ask to close a case with what was done and how it ended."""
    case = case_for(view.session, view.act, number, to_change=True)
    lists, day, checked = view.desk.lists, view.act.on, Checked(form, view.language)
    end = closing.End(
        response_codes=checked.some("responses", lists.kept("responses", day)),
        outcome_code=checked.one("outcome", lists.kept("outcomes", day)),
        reason_code=checked.one("reason", lists.kept("closure", day)),
        tracks={
            one.track.id: checked.one(f"track_{one.track.id}", SAID)
            for one in open_tracks(view.session, case.id)
        },
    )
    words = ClosingWords(
        text=checked.text("text", needed=False), despite=checked.text("despite_deadlines", needed=False)
    )
    if not checked.is_right:
        return _page(view, case, form, checked)
    try:
        with attempt(view.session):
            closing.ask_to_close(view.session, case, end, words, view.act, version=checked.version())
    except REFUSED as error:
        view.session.refresh(case)
        return _page(view, case, form, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}", "closing_asked")


@router.post("/{language}/cases/{number}/closing/decision")
def close(number: str, view: ViewDep, form: FormDep) -> Response:
    """Close a case as it was asked, and tell the person."""
    case = case_for(view.session, view.act, number, to_change=True)
    checked = Checked(form, view.language)
    despite = checked.text("despite_deadlines", needed=False)
    if not checked.is_right:
        return _page(view, case, form, checked)
    try:
        with attempt(view.session):
            closing.close_as_asked(view.session, case, view.act, version=checked.version(), despite=despite)
    except REFUSED as error:
        view.session.refresh(case)
        return _page(view, case, form, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}", "closed")


@router.post("/{language}/cases/{number}/closing/sending-back")
def send_back(number: str, view: ViewDep, form: FormDep) -> Response:
    """Send the request back to whoever asked, with words."""
    case = case_for(view.session, view.act, number, to_change=True)
    checked = Checked(form, view.language)
    words = checked.text("back_words")
    if not checked.is_right:
        return _page(view, case, form, checked)
    try:
        with attempt(view.session):
            deciding.send_back(view.session, case, (CLOSING,), words, view.act, version=checked.version())
    except REFUSED as error:
        view.session.refresh(case)
        return _page(view, case, form, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}", "closing_sent_back")


@router.post("/{language}/cases/{number}/closing/taking-back")
def take_back(number: str, view: ViewDep, form: FormDep) -> Response:
    """Take the request back and go on with the case."""
    case = case_for(view.session, view.act, number, to_change=True)
    version = Checked(form, view.language).version()
    try:
        with attempt(view.session):
            deciding.take_back(view.session, case, (CLOSING,), view.act, version=version)
    except REFUSED as error:
        view.session.refresh(case)
        return _page(view, case, form, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}", "closing_taken_back")


def _page(
    view: View,
    case: CaseFile,
    given: dict[str, list[str]] | None = None,
    checked: Checked | None = None,
    *,
    changed: str = "",
) -> Response:
    leave_trace(view.session, case, view.act)
    lists, day, tag = view.desk.lists, view.act.on, view.language.tag
    request = None if case.is_closed else open_request(view.session, case.id, (CLOSING,))
    words = closing.words_of(view.session, case, request, view.act) if request else None
    people = [one for one in (request.asked_by, request.agreed_by) if one] if request else []
    return view.render(
        "closing.html",
        409 if changed else 422 if checked else 200,
        case=case,
        responses=lists.choices("responses", day, tag),
        outcomes=lists.choices("outcomes", day, tag),
        reasons=lists.choices("closure", day, tag),
        **({} if case.is_closed else _still_open(view, case, request)),
        end=end_of(view, case),
        asked=request,
        asked_words=words,
        names=names_of(view.session, people),
        decides=request is not None and deciding.may_decide(view.session, case, request, view.act),
        **who_agrees(view, case, request),
        given=given if given is not None else _proposed(view, case),
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
    )


def _still_open(view: View, case: CaseFile, request: ClosingRequest | None) -> dict[str, Any]:
    """Return what is open in a case, and how its tracks ended, for whoever asks and whoever decides."""
    session, city, tag = view.session, view.act.city, view.language.tag

    def referrals(states: tuple[str, ...]) -> list[tuple[str, str, str]]:
        return [
            (
                str(one.id),
                body_name(session, city, one.body_code, tag),
                view.text(OF_REFERRALS[one.state]),
            )
            for one in open_referrals(session, case.id, states)
        ]

    consents = consents_of(session, case, story_of(session, case, view.act))
    tracks = ended_tracks(view, case, said_of(session, request) if request else {})
    return {
        "deadlines": deadlines_of(view, case).binding,
        "hearings": lines_open(view, case),
        "tracks": tracks,
        "left_open": [one for one in tracks if one.is_left],
        "ways_to_end": {code: view.text(words) for code, words in SAID.items()},
        "told_end": told_of_the_end(session, case),
        "mediation": line_of(view, case, only_open=True),
        "tasks": [one for one in tasks_of(session, case, view.act) if one.task.is_open],
        "task_kinds": {code: view.text(sentence) for code, sentence in KINDS.items()},
        "merged": [one for _, one in read_with(session, view.act, case) if not one.is_closed],
        "referrals": referrals(WAITS),
        "referred": referrals(GOES_ON),
        "letters": [
            (str(one.id), letter_called(view.desk.home, one.template, tag))
            for one in not_sent(session, case.id)
        ],
        "consents": [view.label("consents", code) for code, is_given in consents.items() if is_given],
    }


def _proposed(view: View, case: CaseFile) -> dict[str, list[str]]:
    """Return the form as it was filled in last time, if that was sent back or taken back."""
    if case.is_closed:
        return {}
    last = last_request(view.session, case.id)
    was_asked = last is not None and last.kind_code == CLOSING and last.settled_code not in (None, "closed")
    said = said_of(view.session, last) if last is not None and was_asked else {}
    tracks = {
        f"track_{one.track.id}": [said.get(one.track.id) or result_of(one.steps) or ""]
        for one in open_tracks(view.session, case.id)
    }
    if last is None or not was_asked:
        return {"responses": case.response_codes.split(), **tracks}
    words = closing.words_of(view.session, case, last, view.act)
    return {
        **tracks,
        "responses": last.response_codes.split(),
        "outcome": [last.outcome_code],
        "reason": [last.reason_code],
        "text": [words.text],
    }

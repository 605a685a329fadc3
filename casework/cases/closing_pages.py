"""Moving a case on, closing it, and opening the person's contact."""

from typing import Final

from starlette.responses import Response

from casework.appointments.errors import AppointmentOpen
from casework.cases import actions
from casework.cases.access import case_for
from casework.cases.content import has_contact
from casework.cases.errors import CaseAlreadyClosed, CaseChanged, MoveNotAllowed, NoContactLeft
from casework.cases.pages import case_page, sorted_moves
from casework.cases.reasons import FOR_THE_CONTACT
from casework.cases.tables import CaseFile
from casework.conflicts.errors import AdviserKeepsOut, ConflictUndecided
from casework.deadlines.errors import DeadlinesOpen, ScanMissing
from casework.deadlines.overview import deadlines_of
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.mediation.errors import MediationOpen
from casework.mediation.wording import line_of
from casework.merges.errors import MergedOpen
from casework.merges.queries import read_with
from casework.safe_contact.errors import WayNotSafe
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from casework.tasks.errors import TasksOpen
from casework.tasks.queries import tasks_of
from casework.tasks.rules import KINDS
from casework.tracks.errors import TracksOpen
from casework.tracks.wording import lines_of
from casework.transactions import attempt
from office.handover.report import ReportContact

REFUSED: Final = (ConflictUndecided, AdviserKeepsOut, WayNotSafe)
"""Why nobody works on a case for now, or nothing is written to the person."""
STILL_OPEN: Final = (MergedOpen, DeadlinesOpen, TracksOpen, MediationOpen, TasksOpen, AppointmentOpen)
"""What keeps a case from being closed."""

router = desk_router()


@router.post("/{language}/cases/{number}/stage")
def move(number: str, view: ViewDep, form: FormDep) -> Response:
    """Move a case to another stage, and tell the person where it stands and when they hear again."""
    case = case_for(view.session, view.act, number, to_change=True)
    checked = Checked(form, view.language)
    stage = checked.one("stage", (case.stage_code, *sorted_moves(view, case)))
    state = checked.one("state", ("in_progress", "waiting_for_you"))
    next_on = checked.day_ahead("next", view.act.on)
    text = checked.text("state_text", needed=False)
    if not checked.is_right:
        return case_page(view, case, form, checked.corrections, 422, numbers=checked.numbers)
    try:
        with attempt(view.session):
            actions.move_case(
                view.session,
                case,
                stage,
                view.act,
                version=checked.version(),
                state="waiting_for_you" if state == "waiting_for_you" else "in_progress",
                next_on=next_on,
                text=text,
            )
    except (CaseChanged, CaseAlreadyClosed, MoveNotAllowed, ScanMissing, *REFUSED) as error:
        view.session.refresh(case)
        return case_page(view, case, form, {}, 409, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}", "told")


@router.get("/{language}/cases/{number}/closing")
def show_closing(number: str, view: ViewDep) -> Response:
    """Show the form that closes a case."""
    case = case_for(view.session, view.act, number)
    given = {"responses": case.response_codes.split()}
    return _closing_page(view, case, given)


@router.post("/{language}/cases/{number}/closing")
def close(number: str, view: ViewDep, form: FormDep) -> Response:
    """Close a case with what was done and how it ended."""
    case = case_for(view.session, view.act, number, to_change=True)
    lists, day, checked = view.desk.lists, view.act.on, Checked(form, view.language)
    responses = checked.some("responses", lists.kept("responses", day))
    outcome = checked.one("outcome", lists.kept("outcomes", day))
    reason = checked.one("reason", lists.kept("closure", day))
    text = checked.text("text", needed=False)
    despite = checked.text("despite_deadlines", needed=False)
    if not checked.is_right:
        return _closing_page(view, case, form, checked.corrections, 422, numbers=checked.numbers)
    try:
        with attempt(view.session):
            actions.close_case(
                view.session,
                case,
                view.act,
                response_codes=responses,
                outcome_code=outcome,
                reason_code=reason,
                text=text,
                version=checked.version(),
                despite_deadlines=despite,
            )
    except (CaseChanged, CaseAlreadyClosed, *STILL_OPEN, *REFUSED) as error:
        view.session.refresh(case)
        return _closing_page(view, case, form, {}, 409, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}", "closed")


def _closing_page(
    view: View,
    case: CaseFile,
    given: dict[str, list[str]],
    corrections: dict[str, str] | None = None,
    status: int = 200,
    *,
    numbers: dict[str, list[str]] | None = None,
    changed: str = "",
) -> Response:
    actions.leave_trace(view.session, case, view.act)
    lists, day, tag = view.desk.lists, view.act.on, view.language.tag
    return view.render(
        "closing.html",
        status,
        case=case,
        responses=lists.choices("responses", day, tag),
        outcomes=lists.choices("outcomes", day, tag),
        reasons=lists.choices("closure", day, tag),
        deadlines=() if case.is_closed else deadlines_of(view, case).binding,
        tracks=() if case.is_closed else [one for one in lines_of(view, case) if one.is_open],
        mediation=None if case.is_closed else line_of(view, case, only_open=True),
        tasks=[one for one in tasks_of(view.session, case, view.act) if one.task.is_open],
        task_kinds={code: view.text(sentence) for code, sentence in KINDS.items()},
        merged=[one for _, one in read_with(view.session, view.act, case) if not one.is_closed],
        supervises=view.act.who.may(Permission.SUPERVISE),
        given=given,
        corrections=corrections or {},
        numbers=numbers or {},
        changed=changed,
    )


@router.get("/{language}/cases/{number}/contact")
def ask_for_contact(number: str, view: ViewDep) -> Response:
    """Ask why the contact is needed, before it is opened."""
    case = case_for(view.session, view.act, number)
    if not has_contact(view.session, case):
        raise NoContactLeft(case=case.reference)
    actions.leave_trace(view.session, case, view.act)
    return _contact_page(view, case, {}, {})


@router.post("/{language}/cases/{number}/contact")
def show_contact(number: str, view: ViewDep, form: FormDep) -> Response:
    """Open the contact, with the reason on the record."""
    case = case_for(view.session, view.act, number)
    checked = Checked(form, view.language)
    reason = checked.one("reason", tuple(FOR_THE_CONTACT))
    if checked.corrections:
        actions.leave_trace(view.session, case, view.act)
        return _contact_page(view, case, form, checked.corrections, status=422)
    contact = actions.read_contact(view.session, case, reason, view.act)
    return _contact_page(view, case, form, {}, contact)


def _contact_page(
    view: View,
    case: CaseFile,
    given: dict[str, list[str]],
    corrections: dict[str, str],
    contact: ReportContact | None = None,
    status: int = 200,
) -> Response:
    return view.render(
        "contact.html",
        status,
        case=case,
        contact=contact,
        reasons=[(code, view.text(sentence)) for code, sentence in FOR_THE_CONTACT.items()],
        given=given,
        corrections=corrections,
    )

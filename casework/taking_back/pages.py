"""Taking back how a deadline, a task or a hearing ended: one page, with what was noted and by whom."""

from typing import Final

from starlette.responses import Response

from casework.acts import Act
from casework.cases.access import case_for
from casework.cases.actions import leave_trace
from casework.cases.errors import CaseAlreadyClosed, CaseChanged
from casework.cases.tables import CaseFile
from casework.conflicts.errors import AdviserKeepsOut, ConflictUndecided
from casework.deadlines.queries import clocks
from casework.deadlines.tables import Deadline
from casework.deadlines.wording import told
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.hearings.queries import hearing_of
from casework.hearings.tables import CaseHearing
from casework.hearings.wording import line_of
from casework.merges.errors import PutUnder
from casework.safe_contact.errors import WayNotSafe
from casework.showing import View, ViewDep
from casework.taking_back import actions
from casework.taking_back.errors import (
    AlreadyTakenBack,
    HearingWentOn,
    KeptAgain,
    NothingToTakeBack,
    TrackWentOn,
)
from casework.taking_back.hearings import take_back_hearing
from casework.taking_back.queries import Thing, can_take_back, state_of, thing_of
from casework.taking_back.rules import is_own_slip, needs_reason
from casework.tasks.queries import task_shown
from casework.tasks.rules import KINDS, STATES
from casework.tasks.tables import CaseTask
from casework.timeline.queries import names_of
from casework.transactions import attempt

router = desk_router()

REFUSALS: Final = (
    AlreadyTakenBack, CaseChanged, CaseAlreadyClosed, PutUnder, ConflictUndecided, AdviserKeepsOut,
    WayNotSafe, KeptAgain, HearingWentOn, TrackWentOn,
)  # fmt: skip


@router.get("/{language}/cases/{number}/taking-back/{ended}")
def ask(number: str, ended: str, view: ViewDep) -> Response:
    """Show what was noted, and ask why it is wrong."""
    case = case_for(view.session, view.act, number)
    thing = thing_of(view.session, case, ended)
    if thing.settled_on is None or not (case.is_closed or can_take_back(case, thing, view.act)):
        raise NothingToTakeBack(case=case.reference)
    return _page(view, case, thing)


@router.post("/{language}/cases/{number}/taking-back/{ended}")
def take_back(number: str, ended: str, view: ViewDep, form: FormDep) -> Response:
    """Take it back: it is open again, and both stay on record."""
    case = case_for(view.session, view.act, number, to_change=True)
    thing = thing_of(view.session, case, ended)
    if thing.settled_on is not None and not case.is_closed and not can_take_back(case, thing, view.act):
        raise NothingToTakeBack(case=case.reference)
    checked = Checked(form, view.language)
    reason = checked.text("back_why", needed=thing.settled_on is not None and _needs_reason(thing, view.act))
    if not checked.is_right:
        return _page(view, case, thing, form, checked)
    version = checked.version()
    try:
        with attempt(view.session):
            if isinstance(thing, Deadline):
                actions.take_back_deadline(view.session, case, thing, reason, view.act, version=version)
            elif isinstance(thing, CaseTask):
                actions.take_back_task(view.session, case, thing, reason, view.act, version=version)
            else:
                one = hearing_of(view.session, case, ended, view.act)
                take_back_hearing(view.session, case, one, reason, view.act, version=version)
    except REFUSALS as error:
        view.session.refresh(case)
        view.session.refresh(thing)
        return _page(view, case, thing, form, changed=view.text(error.sentence))
    own = f"cases/{case.reference}"
    if isinstance(thing, Deadline):
        return view.go(f"{own}/deadlines/{thing.id}", "deadline_taken_back")
    if isinstance(thing, CaseHearing):
        return view.go(f"{own}/hearings/{thing.id}", "hearing_taken_back")
    return view.go(f"{own}/tasks", "task_taken_back")


def _needs_reason(thing: Thing, act: Act) -> bool:
    if isinstance(thing, CaseHearing):
        return True
    is_own = is_own_slip(thing.settled_by, thing.settled_on, act.who.id, act.on)
    return needs_reason(state_of(thing), is_own)


def _page(
    view: View,
    case: CaseFile,
    thing: Thing,
    given: dict[str, list[str]] | None = None,
    checked: Checked | None = None,
    *,
    changed: str = "",
) -> Response:
    session, act = view.session, view.act
    leave_trace(session, case, act)
    people = [thing.settled_by] if thing.settled_by else []
    names = names_of(session, people)
    if isinstance(thing, Deadline):
        (clock,) = clocks(session, [thing], act.on, act.city)
        one = told(view, clock, names)
        named = f"{one.route} ({one.label})" if one.label else one.route
        stands, text = one.state, ""
    elif isinstance(thing, CaseHearing):
        hearing = hearing_of(session, case, str(thing.id), act)
        line = line_of(view, thing)
        named = f"{line.kind}: {view.language.short_date(thing.on_day)}, {line.at}"
        stands, text = line.state, hearing.words.ended
    else:
        shown = task_shown(session, case, thing, act)
        named, text = view.text(KINDS[thing.kind_code]), shown.words.text
        stands = view.text(STATES[thing.state_code])
    return view.render(
        "taking_back.html",
        409 if changed else 422 if checked else 200,
        case=case,
        thing=thing,
        is_deadline=isinstance(thing, Deadline),
        is_hearing=isinstance(thing, CaseHearing),
        named=named,
        stands=stands,
        text=text,
        noted_by=names.get(thing.settled_by, "") if thing.settled_by else "",
        may_take=can_take_back(case, thing, act),
        asks_reason=_needs_reason(thing, act),
        given=given or {},
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
    )

"""Where a case stands: its state, what is missing before it goes on, moving it on, and giving it back."""

from typing import Final

from starlette.responses import Response

from casework.cases import actions
from casework.cases.access import case_for
from casework.cases.errors import CaseAlreadyClosed, CaseChanged, MoveNotAllowed
from casework.cases.moving import move_case
from casework.cases.rules import FIRST_STAGE, MOVES
from casework.cases.tables import CaseFile
from casework.conflicts.errors import AdviserKeepsOut, ConflictUndecided
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.safe_contact.errors import WayNotSafe
from casework.showing import View, ViewDep
from casework.states.errors import CannotReturn, ClosingAsked, MoveRefused
from casework.states.queries import facts_of, missing, open_return
from casework.states.returning import give_back, keep_with_adviser
from casework.states.rules import (
    ACTING,
    ACTING_STAGES,
    GUARDS,
    KEPT,
    LEAVING_TRIAGE,
    MEANINGS,
    PAGE_OF,
    REASONS_TO_RETURN,
    STATES,
    WITH_REASON,
    may_return,
    state_of,
)
from casework.timeline.queries import names_of
from casework.transactions import attempt

router = desk_router()

REFUSED: Final = (
    CaseChanged, CaseAlreadyClosed, MoveNotAllowed, ClosingAsked, ConflictUndecided, AdviserKeepsOut,
    WayNotSafe,
)  # fmt: skip


@router.get("/{language}/cases/{number}/stage")
def show_standing(number: str, view: ViewDep) -> Response:
    """Show where a case stands, on the record."""
    case = case_for(view.session, view.act, number)
    return _page(view, case)


@router.post("/{language}/cases/{number}/stage")
def move(number: str, view: ViewDep, form: FormDep) -> Response:
    """Move a case to another stage, and tell the person where it stands and when they hear again."""
    case = case_for(view.session, view.act, number, to_change=True)
    checked = Checked(form, view.language)
    stage = checked.one("stage", (case.stage_code, *_moves(view, case)))
    state = checked.one("state", ("in_progress", "waiting_for_you"))
    next_on = checked.day_ahead("next", view.act.on)
    text = checked.text("state_text", needed=False)
    without = checked.text("without_words", needed=False)
    if not checked.is_right:
        return _page(view, case, form, checked)
    try:
        with attempt(view.session):
            move_case(
                view.session,
                case,
                stage,
                view.act,
                version=checked.version(),
                state="waiting_for_you" if state == "waiting_for_you" else "in_progress",
                next_on=next_on,
                text=text,
                without=without,
            )
    except MoveRefused as error:
        view.session.refresh(case)
        return _page(view, case, form, refused=error.guards)
    except REFUSED as error:
        view.session.refresh(case)
        return _page(view, case, form, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}", "told")


@router.post("/{language}/cases/{number}/returning")
def give_case_back(number: str, view: ViewDep, form: FormDep) -> Response:
    """Give a case back to the supervisors, with a reason."""
    case = case_for(view.session, view.act, number, to_change=True)
    checked = Checked(form, view.language)
    reason = checked.one("return_reason", tuple(REASONS_TO_RETURN))
    words = checked.text("return_words")
    if not checked.is_right:
        return _page(view, case, form, checked)
    try:
        with attempt(view.session):
            give_back(view.session, case, reason, words, view.act, version=checked.version())
    except (CaseChanged, CannotReturn) as error:
        view.session.refresh(case)
        return _page(view, case, form, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}", "case_given_back")


@router.post("/{language}/cases/{number}/returning/ending")
def keep_case(number: str, view: ViewDep, form: FormDep) -> Response:
    """Leave a case that was given back with its adviser."""
    case = case_for(view.session, view.act, number, to_change=True)
    version = Checked(form, view.language).version()
    try:
        with attempt(view.session):
            keep_with_adviser(view.session, case, view.act, version=version)
    except CaseChanged as error:
        view.session.refresh(case)
        return _page(view, case, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}/stage", "giving_back_ended")


def _page(
    view: View,
    case: CaseFile,
    form: dict[str, list[str]] | None = None,
    checked: Checked | None = None,
    *,
    refused: tuple[str, ...] = (),
    changed: str = "",
) -> Response:
    actions.leave_trace(view.session, case, view.act)
    session, today = view.session, view.act.on
    facts = facts_of(session, case, today, view.act.city)
    state = state_of(facts)
    own_words = REASONS_TO_RETURN.items()
    back = open_return(session, case.id)
    return view.render(
        "standing.html",
        409 if refused or changed else 422 if checked else 200,
        case=case,
        state=state,
        state_word=view.text(STATES[state]),
        meaning=view.text(MEANINGS[state]),
        adviser=names_of(session, [case.assigned_to]).get(case.assigned_to, ""),
        checklists=_checklists(view, case),
        refused=[(view.text(GUARDS[one]), _page_of(one)) for one in refused],
        may_write_why=WITH_REASON.issuperset(refused),
        is_acting=case.stage_code in ACTING_STAGES,
        stages=[(code, view.label("stages", code)) for code in (case.stage_code, *_moves(view, case))],
        states=[(code, view.label("states", code)) for code in ("in_progress", "waiting_for_you")],
        may_return=case.assigned_to == view.act.who.id and may_return(facts),
        return_reasons=[(code, view.text(words)) for code, words in own_words],
        returned=back,
        return_reason=view.text(REASONS_TO_RETURN[back.reason_code]) if back else "",
        given=form if form is not None else {"stage": [case.stage_code], "state": ["in_progress"]},
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
    )


def _moves(view: View, case: CaseFile) -> list[str]:
    """Return where the case may go, in the order of the list of stages."""
    moves = MOVES[case.stage_code]
    return [item.code for item in view.desk.lists.by_name["stages"] if item.code in moves]


def _checklists(view: View, case: CaseFile) -> dict[str, list[tuple[bool, str, str]]]:
    """Return what is asked next, by the way it guards: whether it is there, in words, and the page of it."""
    found: dict[str, list[tuple[bool, str, str]]] = {}
    if case.is_closed:
        return found
    ways = {"advice": LEAVING_TRIAGE} if case.stage_code == FIRST_STAGE else {}
    if case.stage_code not in ACTING_STAGES:
        ways["acting"] = tuple(one for one in ACTING if one not in ways.get("advice", ()))
    for way, guards in ways.items():
        failing = missing(view.session, case, guards)
        lacks = {"conflict" if one == "keeps_out" else one: one for one in failing}
        found[way] = [
            (
                one not in lacks,
                view.text(GUARDS[lacks[one]] if one in lacks else KEPT[one]),
                _page_of(one),
            )
            for one in guards
        ]
    return found


def _page_of(guard: str) -> str:
    return PAGE_OF["conflict" if guard == "keeps_out" else guard]

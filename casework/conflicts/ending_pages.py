"""Ending that somebody keeps out of a case, and saying that no respondent of it is known."""

from datetime import timedelta
from typing import Final

from starlette.responses import Response

from casework.cases.access import case_for
from casework.cases.errors import CaseAlreadyClosed
from casework.cases.tables import CaseFile
from casework.conflicts.errors import (
    AdviserKeepsOut,
    CannotEndOwn,
    KeepingOutEnded,
    NobodyKnownChanged,
    RespondentNamed,
    WallNotFound,
)
from casework.conflicts.lifting import end_keeping_out
from casework.conflicts.nobody_known import say_nobody_known, take_back_nobody_known
from casework.conflicts.pages import people_page
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from casework.tasks.actions import Wanted, add_task
from casework.transactions import attempt
from casework.walls.errors import WallBeyondReach
from casework.written import id_in
from office.languages import mark

router = desk_router()

TO_READ: Final = mark("Look at the page People and conflicts. Tick this when you have.")
"""Whoever has the case reads this with the holder's name: that they kept out is told to the holder only."""
DAYS_TO_READ: Final = 7


@router.post("/{language}/cases/{number}/people/ending")
def end(number: str, view: ViewDep, form: FormDep) -> Response:
    """End that somebody keeps out, as a second person and with a reason; who gets the key is told."""
    case = case_for(view.session, view.act, number, to_change=True)
    if not view.act.who.may(Permission.SUPERVISE):
        raise WallNotFound(case=case.reference)
    checked = Checked(form, view.language)
    who = form.one("kept_out")
    reason = checked.text("ending_reason")
    if not checked.is_right:
        return people_page(view, case, form, checked, 422)
    try:
        with attempt(view.session):
            for one in end_keeping_out(view.session, case, who, reason, view.act):
                _tell(view, one, form)
    except (AdviserKeepsOut, CannotEndOwn, KeepingOutEnded, WallBeyondReach) as error:
        view.session.refresh(case)
        return people_page(view, case, form, None, 409, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}/people", "keeping_out_ended")


@router.post("/{language}/cases/{number}/people/nobody")
def say_nobody(number: str, view: ViewDep, form: FormDep) -> Response:
    """Say that no respondent is known, or take that back."""
    case = case_for(view.session, view.act, number, to_change=True)
    checked = Checked(form, view.language)
    takes_back = form.one("do") == "back"
    why = "" if takes_back else checked.text("nobody_why")
    if not checked.is_right:
        return people_page(view, case, form, checked, 422)
    try:
        with attempt(view.session):
            if takes_back:
                take_back_nobody_known(view.session, case, view.act)
            else:
                say_nobody_known(view.session, case, why, view.act)
    except (CaseAlreadyClosed, NobodyKnownChanged, RespondentNamed) as error:
        view.session.refresh(case)
        return people_page(view, case, form, None, 409, changed=view.text(error.sentence))
    done = "nobody_known_ended" if takes_back else "nobody_known"
    return view.go(f"cases/{case.reference}/people", done)


def _tell(view: View, case: CaseFile, form: FormDep) -> None:
    """Tell somebody who holds a case again, by a task of theirs; in a closed case there is nothing to do."""
    who = id_in(form.one("kept_out").partition(".")[0])
    if who is None or case.is_closed:
        return
    due_on = view.act.on + timedelta(days=DAYS_TO_READ)
    add_task(view.session, case, Wanted("read", "other", who, due_on, view.text(TO_READ)), view.act)

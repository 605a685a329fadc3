"""Changing one open task on the screen."""

from datetime import date
from typing import Any

from starlette.responses import Response

from casework.cases.access import case_for
from casework.cases.actions import leave_trace
from casework.cases.errors import CaseAlreadyClosed
from casework.cases.holders import present_holders
from casework.cases.tables import CaseFile
from casework.conflicts.errors import AdviserKeepsOut, ConflictUndecided
from casework.conflicts.guards import kept_out
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.merges.errors import PutUnder
from casework.safe_contact.errors import WayNotSafe
from casework.showing import View, ViewDep
from casework.tasks.changing import Anew, change_task, open_task
from casework.tasks.errors import CannotDoTask, InterpreterMissing, TaskChanged, TaskSettled
from casework.tasks.pages import (
    DAY_NEEDED,
    NEVER_SO,
    NOT_ASKED,
    asked_line,
    tasks_page,
    ways_in_words,
    who_interprets,
    words_of,
)
from casework.tasks.queries import task_shown
from casework.tasks.tables import CaseTask
from casework.transactions import attempt
from casework.written import id_in

router = desk_router()


@router.get("/{language}/cases/{number}/tasks/{task}")
def show_task(number: str, task: str, view: ViewDep) -> Response:
    """Show one open task with the form that changes it, on the record."""
    case = case_for(view.session, view.act, number)
    try:
        row = open_task(view.session, case, id_in(task))
    except (CaseAlreadyClosed, TaskSettled) as error:
        return tasks_page(view, case, changed=view.text(error.sentence))
    return _page(view, case, row)


@router.post("/{language}/cases/{number}/tasks/{task}")
def change(number: str, task: str, view: ViewDep, form: FormDep) -> Response:
    """Give a task another day, other words, or to somebody else who holds the case."""
    case = case_for(view.session, view.act, number, to_change=True)
    try:
        row = open_task(view.session, case, id_in(task))
    except (CaseAlreadyClosed, TaskSettled) as error:
        return tasks_page(view, case, changed=view.text(error.sentence))
    checked = Checked(form, view.language)
    anew = _anew(view, case, row, checked)
    if anew is None or not checked.is_right:
        return _page(view, case, row, checked)
    try:
        with attempt(view.session):
            change_task(view.session, case, row, anew, view.act, version=checked.version())
    except WayNotSafe as error:
        sentence = NEVER_SO if error.is_never else NOT_ASKED
        told = view.text(sentence, **ways_in_words(view, error))
        return _page(view, case, row, checked, changed=told)
    except InterpreterMissing as error:
        checked.wrong("interpreter_code", error.sentence)
    except CannotDoTask as error:
        checked.wrong("doer", error.sentence)
    except (TaskChanged, PutUnder, ConflictUndecided, AdviserKeepsOut) as error:
        view.session.refresh(row)
        return _page(view, case, row, checked, changed=view.text(error.sentence))
    if not checked.is_right:
        return _page(view, case, row, checked)
    return view.go(f"cases/{case.reference}/tasks", "task_changed")


def _anew(view: View, case: CaseFile, row: CaseTask, checked: Checked) -> Anew | None:
    doers = {str(one.id): one.id for one in present_holders(view.session, case)}
    doer = checked.one("doer", tuple(doers))
    due_on = _day(view, row, checked)
    text = asked_line(checked, "task_text")
    code, name = who_interprets(checked)
    if due_on is None or doer not in doers:
        return None
    return Anew(doers[doer], due_on, text, code, name)


def _day(view: View, row: CaseTask, checked: Checked) -> date | None:
    """Return by which day: today or later, or the day it had."""
    due_on = checked.day("due", needed=False)
    if due_on != row.due_on:
        due_on = checked.day_ahead("due", view.act.on)
    if due_on is None:
        checked.wrong("due", DAY_NEEDED)
    return due_on


def _page(
    view: View, case: CaseFile, row: CaseTask, checked: Checked | None = None, *, changed: str = ""
) -> Response:
    session, act = view.session, view.act
    one = task_shown(session, case, row, act)
    leave_trace(session, case, act)
    words: dict[str, Any] = words_of(view)
    out = kept_out(session, case.id)
    start = {
        "doer": [str(row.staff_id)],
        **{f"due-{part}": [str(getattr(row.due_on, part))] for part in ("day", "month", "year")},
        "task_text": [one.words.text],
        "interpreter_code": [row.interpreter_code or ""],
        "interpreter": [one.words.interpreter],
    }
    return view.render(
        "case_task.html",
        409 if changed else 422 if checked else 200,
        case=case,
        one=one,
        holders=[
            (str(who.id), who.display_name) for who in present_holders(session, case) if who.id not in out
        ],
        given=checked.form if checked else start,
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
        taken={row.id: ()},
        **words,
    )

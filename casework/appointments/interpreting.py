"""Finding an interpreter in time: a task of the adviser, with its day, as long as nobody interprets."""

from typing import Final

from sqlmodel import Session

from casework.acts import Act
from casework.appointments.rules import SETTLED, needed_by
from casework.appointments.tables import CaseAppointment
from casework.cases.sealed_rows import seal_row
from casework.cases.tables import CaseFile
from casework.tasks.content import TaskWords
from casework.tasks.tables import CaseTask
from casework.timeline.actions import record
from office.languages import Language, mark

FIND: Final = mark("Find an interpreter for the appointment on %(day)s")


def ask_in_time(session: Session, case: CaseFile, row: CaseAppointment, act: Act, language: Language) -> None:
    """Make it a task to find an interpreter before the day, in the place of an earlier one."""
    not_asked_any_more(session, row, act)
    if row.interpreter_code in SETTLED or row.on_day is None:
        return
    task = CaseTask(
        case_id=case.id,
        kind_code="other",
        with_code="other",
        staff_id=case.assigned_to,
        due_on=needed_by(row.on_day, act.on),
        made_by=act.who.id,
        made_on=act.on,
    )
    words = TaskWords(text=language.gettext(FIND, day=language.short_date(row.on_day)))
    seal_row(session, case, task, words.as_bytes())
    session.flush()
    row.task_id = task.id
    record(
        session,
        "task_made",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        task=task.kind_code,
        to=str(task.staff_id),
    )


def found(session: Session, row: CaseAppointment, act: Act) -> None:
    """End the task: somebody interprets."""
    _end(session, row, "done", act)


def not_asked_any_more(session: Session, row: CaseAppointment, act: Act) -> None:
    """Drop the task: the day is another, or there is none."""
    _end(session, row, "dropped", act)


def _end(session: Session, row: CaseAppointment, state: str, act: Act) -> None:
    task = session.get(CaseTask, row.task_id) if row.task_id else None
    row.task_id = None
    if task is None or not task.is_open:
        return
    task.state_code, task.settled_by, task.settled_on = state, act.who.id, act.on
    session.add(task)
    session.flush()
    at, by, kind = act.at, act.who.id, f"task_{state}"
    told = {"task": task.kind_code, **({"with": task.with_code} if state == "done" else {})}
    record(session, kind, at=at, by=by, case_id=task.case_id, **told)

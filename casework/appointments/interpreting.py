"""Finding an interpreter in time: a task of the adviser, with its day, as long as nobody interprets."""

from typing import Final
from uuid import UUID

from sqlmodel import Session

from casework.acts import Act
from casework.appointments.rules import SETTLED, needed_by
from casework.appointments.tables import CaseAppointment
from casework.cases.tables import CaseFile
from casework.tasks.actions import Wanted, add_task, settle_task
from casework.tasks.errors import TaskNotFound, TaskSettled
from office.languages import Language, mark

FIND: Final = mark("Find an interpreter for the appointment on %(day)s")


def ask_in_time(session: Session, case: CaseFile, row: CaseAppointment, act: Act, language: Language) -> None:
    """Make it a task to find an interpreter before the day, in the place of an earlier one."""
    not_asked_any_more(session, case, row, act)
    if row.interpreter_code in SETTLED or row.on_day is None:
        return
    words = language.gettext(FIND, day=language.short_date(row.on_day))
    wanted = Wanted("other", "other", case.assigned_to, needed_by(row.on_day, act.on), words)
    row.task_id = add_task(session, case, wanted, act).id


def found(session: Session, case: CaseFile, row: CaseAppointment, act: Act) -> None:
    """End the task: somebody interprets."""
    end_task(session, case, row.task_id, "done", act)
    row.task_id = None


def not_asked_any_more(session: Session, case: CaseFile, row: CaseAppointment, act: Act) -> None:
    """Drop the task: the day is another, or there is none."""
    end_task(session, case, row.task_id, "dropped", act)
    row.task_id = None


def end_task(session: Session, case: CaseFile, task_id: UUID | None, state: str, act: Act) -> None:
    """End a task that an appointment made, if it is there and nobody ended it."""
    if task_id is None:
        return
    try:
        settle_task(session, case, task_id, state, act)
    except (TaskNotFound, TaskSettled):
        return

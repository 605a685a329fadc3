"""Changing a task that is open: its day, its words, who does it and who interprets.

What kind of task it is, and whether it is with the person, stays: another kind is another task. Whatever was
looked at when it was made is looked at again.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, select

from casework.acts import Act
from casework.cases.errors import CaseAlreadyClosed
from casework.cases.sealed_rows import open_rows, seal_row
from casework.cases.tables import CaseFile
from casework.tasks.actions import Wanted, require_doable
from casework.tasks.content import TaskWords
from casework.tasks.errors import TaskChanged, TaskNotFound, TaskSettled
from casework.tasks.tables import CaseTask
from casework.timeline.actions import record


@dataclass(frozen=True, slots=True)
class Anew:
    """What a task is to be from now on; as for `actions.Wanted`, without what stays."""

    staff_id: UUID
    due_on: date
    text: str
    interpreter_code: str = ""
    interpreter: str = ""


def open_task(session: Session, case: CaseFile, task_id: UUID | None) -> CaseTask:
    """Return one open task of a case that is open too, held: in a closed one a task only ends.

    Raises:
        TaskNotFound: no task of this case.
        CaseAlreadyClosed: the case is closed.
        TaskSettled: it is done or dropped.
    """
    wanted = select(CaseTask).where(CaseTask.id == task_id, CaseTask.case_id == case.id)
    row = session.exec(wanted.with_for_update()).first()
    if row is None:
        raise TaskNotFound(case=case.reference)
    if case.is_closed:
        raise CaseAlreadyClosed(case=case.reference)
    if not row.is_open:
        raise TaskSettled(case=case.reference)
    return row


def change_task(
    session: Session, case: CaseFile, row: CaseTask, anew: Anew, act: Act, *, version: int
) -> bool:
    """Change an open task, if it can still be done without danger and be understood; say whether it did.

    The timeline tells which of it changed and to whom it was given; the words stay sealed.

    Raises:
        TaskChanged: somebody changed it since `version`.
        CannotDoTask, PutUnder, ConflictUndecided, AdviserKeepsOut, WayNotSafe, InterpreterMissing:
            as `actions.make_task`.
    """
    if row.version != version:
        raise TaskChanged(case=case.reference)
    wanted = Wanted(
        row.kind_code,
        row.with_code,
        anew.staff_id,
        anew.due_on,
        anew.text,
        anew.interpreter_code,
        anew.interpreter,
    )
    require_doable(session, case, wanted, act)
    before = TaskWords.model_validate_json(open_rows(session, case, [row], act)[0])
    words = TaskWords(text=anew.text, interpreter=anew.interpreter)
    told: dict[str, str] = {}
    if row.due_on != anew.due_on:
        told |= {"was_on": row.due_on.isoformat(), "last_on": anew.due_on.isoformat()}
    if row.staff_id != anew.staff_id:
        told["to"] = str(anew.staff_id)
    is_reworded = before != words or row.interpreter_code != (anew.interpreter_code or None)
    if not told and not is_reworded:
        return False
    row.staff_id, row.due_on = anew.staff_id, anew.due_on
    row.interpreter_code = anew.interpreter_code or None
    row.version += 1
    seal_row(session, case, row, words.as_bytes())
    session.flush()
    record(session, "task_changed", at=act.at, by=act.who.id, case_id=case.id, task=row.kind_code, **told)
    return True

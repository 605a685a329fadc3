"""Which tasks of a case are open, and whose they become; no wall stands here.

Whoever calls this has been to the door of the case.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.tables import CaseFile
from casework.deadlines.words import write
from casework.tasks.errors import TasksOpen
from casework.tasks.rules import OPEN, way_to_the_person
from casework.tasks.tables import CaseTask


def open_tasks(session: Session, case_id: UUID) -> Sequence[CaseTask]:
    """Return the open tasks of a case, the earliest first."""
    return session.exec(
        select(CaseTask)
        .where(CaseTask.case_id == case_id, CaseTask.state_code == OPEN)
        .order_by(col(CaseTask.due_on), col(CaseTask.id))
    ).all()


def refuse_open_tasks(session: Session, case: CaseFile, act: Act, reason: str, *, is_kept: bool) -> list[str]:
    """Return the kinds of the tasks that are open; none, or it is written why that is all right.

    The reason is sealed to the case, unless it was kept already for open deadlines; the tasks stay on record.

    Raises:
        TasksOpen: there are some, and no reason.
    """
    rows = open_tasks(session, case.id)
    if not rows:
        return []
    if not reason:
        raise TasksOpen(case=case.reference)
    if not is_kept:
        write(session, case, "closing", reason, act)
    return [row.kind_code for row in rows]


def give(row: CaseTask, to: UUID) -> None:
    """Make a task somebody else's. That whoever had it speaks the person's language does not go with it."""
    if row.staff_id != to and row.interpreter_code == "self":
        row.interpreter_code = None
    row.version += row.staff_id != to
    row.staff_id = to


def pass_on(session: Session, case_id: UUID, was: UUID, now: UUID) -> None:
    """Give the open tasks of who leaves a case to who takes it over."""
    for row in open_tasks(session, case_id):
        if row.staff_id == was:
            give(row, now)
            session.add(row)
    session.flush()


def pass_on_of_others(session: Session, case_id: UUID, staying: Collection[UUID], to: UUID) -> None:
    """Give the open tasks of whoever does not hold the case any more to its adviser: they cannot see them."""
    for row in open_tasks(session, case_id):
        if row.staff_id not in staying:
            give(row, to)
            session.add(row)
    session.flush()


def pass_on_of(session: Session, person_id: UUID, to: UUID | None) -> None:
    """Give what somebody who is gone had to do to the advisers of the cases, or in their own to `to`.

    Their own are closed cases: the open ones have changed hands by now.
    """
    found = session.exec(
        select(CaseTask, CaseFile.assigned_to)
        .join(CaseFile, col(CaseFile.id) == col(CaseTask.case_id))
        .where(CaseTask.staff_id == person_id, CaseTask.state_code == OPEN)
    ).all()
    for row, adviser in found:
        if adviser != person_id:
            give(row, adviser)
        elif to is not None:
            give(row, to)
        session.add(row)
    session.flush()


def drop_by_way(session: Session, case_id: UUID, way: str, act: Act) -> int:
    """Drop the open tasks that would reach the person by a way that is never safe; return how many."""
    dropped = 0
    for row in open_tasks(session, case_id):
        if way_to_the_person(row.kind_code, row.with_code) == way:
            row.state_code, row.settled_by, row.settled_on = "dropped", act.who.id, act.on
            session.add(row)
            dropped += 1
    session.flush()
    return dropped

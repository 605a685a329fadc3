"""What is done with tasks and the next action. Each act is one change and one event; none commits."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, select

from casework.acts import Act
from casework.advice.rules import needs_interpreter
from casework.cases.content import story_of
from casework.cases.errors import CaseAlreadyClosed, CaseChanged
from casework.cases.holders import present_holders
from casework.cases.sealed_rows import seal_row
from casework.cases.tables import CaseFile
from casework.conflicts.guards import kept_out, require_free_to_go_on
from casework.merges.rules import is_of_the_person
from casework.merges.standing import refuse_put_under
from casework.safe_contact.guards import require_safe
from casework.tasks.content import TaskWords
from casework.tasks.errors import CannotDoTask, InterpreterMissing, TaskNotFound, TaskSettled
from casework.tasks.rules import needs_words_understood, way_to_the_person
from casework.tasks.tables import CaseTask, NextAction
from casework.timeline.actions import record


@dataclass(frozen=True, slots=True)
class Wanted:
    """A task as somebody asks for it.

    Attributes:
        kind: what is done, a code of `rules.KINDS`.
        with_code: whether it is with the person or not.
        staff_id: who is to do it.
        due_on: by which day.
        text: what it is.
        interpreter_code: `self`, `named` or empty.
        interpreter: the name, if there is one.
    """

    kind: str
    with_code: str
    staff_id: UUID
    due_on: date
    text: str
    interpreter_code: str = ""
    interpreter: str = ""


def make_task(
    session: Session, case: CaseFile, wanted: Wanted, act: Act, *, after_closing: bool = False
) -> CaseTask:
    """Add a task to a case, if it can be done without danger and be understood.

    `after_closing`: a supervisor who looked at the closure again asks for it.

    Raises:
        CaseAlreadyClosed: nothing is begun in a closed case.
        PutUnder: it is not with the person, and the case is read under another.
        CannotDoTask: whoever is to do it does not hold the case, or keeps out of it.
        ConflictUndecided, AdviserKeepsOut: it would reach the person; see `conflicts.guards`.
        WayNotSafe: it would reach the person by a way that is never safe, or that nobody asked about.
        InterpreterMissing: the person needs one, and nobody interprets.
    """
    if case.is_closed and not after_closing:
        raise CaseAlreadyClosed(case=case.reference)
    require_doable(session, case, wanted, act, after_closing=after_closing)
    return add_task(session, case, wanted, act)


def require_doable(
    session: Session, case: CaseFile, wanted: Wanted, act: Act, *, after_closing: bool = False
) -> None:
    """Refuse a task that cannot be done without danger, be understood, or be done by whom it is for.

    Raises:
        PutUnder, CannotDoTask, ConflictUndecided, AdviserKeepsOut, WayNotSafe, InterpreterMissing: see
            `make_task`.
    """
    if not after_closing and not is_of_the_person(wanted.kind, wanted.with_code):
        refuse_put_under(session, case)
    able = {one.id for one in present_holders(session, case)} - kept_out(session, case.id)
    if wanted.staff_id not in able:
        raise CannotDoTask(case=case.reference)
    way = way_to_the_person(wanted.kind, wanted.with_code)
    if way is not None:
        require_free_to_go_on(session, case)
        require_safe(session, case, way)
    _require_understood(session, case, wanted, act)


def add_task(session: Session, case: CaseFile, wanted: Wanted, act: Act) -> CaseTask:
    """Add a task to a case without the checks of `make_task`, as part of an act that has its own."""
    row = CaseTask(
        case_id=case.id,
        kind_code=wanted.kind,
        with_code=wanted.with_code,
        interpreter_code=wanted.interpreter_code or None,
        staff_id=wanted.staff_id,
        due_on=wanted.due_on,
        made_by=act.who.id,
        made_on=act.on,
    )
    words = TaskWords(text=wanted.text, interpreter=wanted.interpreter)
    seal_row(session, case, row, words.as_bytes())
    session.flush()
    record(
        session,
        "task_made",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        task=wanted.kind,
        to=str(wanted.staff_id),
    )
    return row


def _require_understood(session: Session, case: CaseFile, wanted: Wanted, act: Act) -> None:
    if not needs_words_understood(wanted.kind, wanted.with_code):
        return
    if wanted.interpreter_code == "self" or (wanted.interpreter_code == "named" and wanted.interpreter):
        return
    if needs_interpreter(story_of(session, case, act).languages.interpreter_code):
        raise InterpreterMissing(case=case.reference)


def settle_task(session: Session, case: CaseFile, task_id: UUID, state: str, act: Act) -> None:
    """Note that a task is done, or dropped. It may be done after the case is closed too.

    Raises:
        TaskNotFound: no task of this case.
        TaskSettled: somebody was faster.
    """
    row = session.exec(
        select(CaseTask).where(CaseTask.id == task_id, CaseTask.case_id == case.id).with_for_update()
    ).first()
    if row is None:
        raise TaskNotFound(case=case.reference)
    if not row.is_open:
        raise TaskSettled(case=case.reference)
    row.state_code, row.settled_by, row.settled_on = state, act.who.id, act.on
    session.add(row)
    session.flush()
    if state == "done":
        told = {"task": row.kind_code, "with": row.with_code}
        record(session, "task_done", at=act.at, by=act.who.id, case_id=case.id, **told)
    else:
        record(session, "task_dropped", at=act.at, by=act.who.id, case_id=case.id, task=row.kind_code)


def set_next_action(
    session: Session, case: CaseFile, who_code: str, by_on: date, text: str, act: Act, *, version: int
) -> None:
    """Say who has to act next in a case, by which day and what for.

    Raises:
        CaseChanged: somebody changed the case since `version`.
        CaseAlreadyClosed: nobody acts next in a closed case.
        PutUnder: it is said in the case under which this one is read.
    """
    if case.version != version:
        raise CaseChanged(case=case.reference)
    if case.is_closed:
        raise CaseAlreadyClosed(case=case.reference)
    refuse_put_under(session, case)
    keep_next_action(session, case, who_code, by_on, text, act)
    case.version += 1
    session.add(case)
    session.flush()
    record(
        session,
        "next_action_set",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        actor=who_code,
        last_on=by_on.isoformat(),
    )


def keep_next_action(
    session: Session,
    case: CaseFile,
    who_code: str,
    by_on: date,
    text: str,
    act: Act,
    *,
    of_appointment: bool = False,
) -> None:
    """Keep who acts next, as part of an act that has an event of its own."""
    row = session.get(NextAction, case.id) or NextAction(case_id=case.id)
    row.who_code, row.by_on, row.set_by, row.set_on = who_code, by_on, act.who.id, act.on
    row.of_appointment = of_appointment
    seal_row(session, case, row, text.encode())

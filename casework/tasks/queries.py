"""The tasks of a case, and somebody's own across cases; of a case one may not open, nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, func, or_, select

from casework.acts import Act
from casework.cases.queries import may_open
from casework.cases.sealed_rows import open_rows
from casework.cases.tables import CaseFile
from casework.staff.sessions import SignedIn
from casework.supervision.tables import ClosureReview
from casework.tasks.content import TaskWords
from casework.tasks.rules import OPEN
from casework.tasks.tables import CaseTask, NextAction
from casework.timeline.queries import names_of
from casework.written import place_in

PAGE = 25


@dataclass(frozen=True, slots=True)
class ShownTask:
    """One task with its words in clear."""

    task: CaseTask
    words: TaskWords
    case: CaseFile
    doer: str
    settled_by: str


@dataclass(frozen=True, slots=True)
class ShownNext:
    """Who acts next in a case, with what for in clear."""

    action: NextAction
    text: str


@dataclass(frozen=True, slots=True)
class TaskList:
    """One page of somebody's tasks; `next` is the place of the following page, if there is one."""

    lines: Sequence[ShownTask]
    next: str | None


def tasks_of(session: Session, case: CaseFile, act: Act) -> list[ShownTask]:
    """Return all tasks of a case: the open ones first, by day, then the newest that ended."""
    rows = session.exec(
        select(CaseTask)
        .where(CaseTask.case_id == case.id)
        .order_by(
            col(CaseTask.state_code) != OPEN,
            col(CaseTask.settled_on).desc(),
            col(CaseTask.due_on),
            col(CaseTask.id),
        )
    ).all()
    return _shown(session, [(row, case) for row in rows], act)


def next_action_of(session: Session, case: CaseFile, act: Act) -> ShownNext | None:
    """Return who acts next in a case, or None if nobody said so."""
    row = session.get(NextAction, case.id)
    if row is None:
        return None
    return ShownNext(row, open_rows(session, case, [row], act)[0].decode())


def own_tasks(session: Session, act: Act, *, after: str = "", limit: int = PAGE) -> TaskList:
    """Return the open tasks of whoever acts, the earliest first: of open cases, and what is to be mended."""
    wanted = (
        select(CaseTask, CaseFile)
        .join(CaseFile, col(CaseFile.id) == col(CaseTask.case_id))
        .where(*_mine(act.who))
        .order_by(col(CaseTask.due_on), col(CaseTask.id))
        .limit(limit + 1)
    )
    place = place_in(after)
    if place is not None:
        day, last = place
        wanted = wanted.where(
            or_(col(CaseTask.due_on) > day, and_(col(CaseTask.due_on) == day, col(CaseTask.id) > last))
        )
    found = list(session.exec(wanted).all())
    here, more = found[:limit], len(found) > limit
    last_row = here[-1][0] if here else None
    following = f"{last_row.due_on.isoformat()}_{last_row.id}" if more and last_row else None
    return TaskList(_shown(session, here, act), following)


def due_total(session: Session, who: SignedIn, today: date) -> int:
    """Return how many tasks of this person are due today or overdue."""
    wanted = (
        select(func.count())
        .select_from(CaseTask)
        .join(CaseFile, col(CaseFile.id) == col(CaseTask.case_id))
        .where(*_mine(who), col(CaseTask.due_on) <= today)
    )
    return session.exec(wanted).one()


def card_of(session: Session, case: CaseFile, act: Act) -> dict[str, object]:
    """Return what the page of a case tells of its tasks."""
    return {
        "next": next_action_of(session, case, act),
        "open": [one for one in tasks_of(session, case, act) if one.task.is_open],
    }


def _mine(who: SignedIn) -> tuple[ColumnElement[bool], ...]:
    return (
        col(CaseTask.staff_id) == who.id,
        col(CaseTask.state_code) == OPEN,
        or_(col(CaseFile.closed_on).is_(None), col(CaseTask.id).in_(select(ClosureReview.task_id))),
        may_open(who),
    )


def _shown(session: Session, found: Iterable[tuple[CaseTask, CaseFile]], act: Act) -> list[ShownTask]:
    pairs = list(found)
    people = [one for row, _ in pairs for one in (row.staff_id, row.settled_by) if one]
    names = names_of(session, people)
    return [
        ShownTask(
            row,
            TaskWords.model_validate_json(open_rows(session, case, [row], act)[0]),
            case,
            names.get(row.staff_id, ""),
            names.get(row.settled_by, "") if row.settled_by else "",
        )
        for row, case in pairs
    ]

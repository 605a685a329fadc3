"""The tasks of a case, and how many of somebody's own are due; of a case one may not open, nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select

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


def task_shown(session: Session, case: CaseFile, row: CaseTask, act: Act) -> ShownTask:
    """Return one task of a case with its words in clear."""
    return _shown(session, [(row, case)], act)[0]


def next_action_of(session: Session, case: CaseFile, act: Act) -> ShownNext | None:
    """Return who acts next in a case, or None if nobody said so."""
    row = session.get(NextAction, case.id)
    if row is None:
        return None
    return ShownNext(row, open_rows(session, case, [row], act)[0].decode())


def due_total(session: Session, who: SignedIn, today: date) -> int:
    """Return how many tasks of this person are due today or overdue."""
    wanted = (
        select(func.count())
        .select_from(CaseTask)
        .join(CaseFile, col(CaseFile.id) == col(CaseTask.case_id))
        .where(*still_to_do(who), col(CaseTask.staff_id) == who.id, col(CaseTask.due_on) <= today)
    )
    return session.exec(wanted).one()


def still_to_do(who: SignedIn) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of open tasks in cases this person may open: of open cases, or to be mended."""
    return (
        col(CaseTask.state_code) == OPEN,
        or_(col(CaseFile.closed_on).is_(None), col(CaseTask.id).in_(select(ClosureReview.task_id))),
        may_open(who),
    )


def card_of(session: Session, case: CaseFile, act: Act) -> dict[str, object]:
    """Return what the page of a case tells of its tasks."""
    return {
        "next": next_action_of(session, case, act),
        "open": [one for one in tasks_of(session, case, act) if one.task.is_open],
    }


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

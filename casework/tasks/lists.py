"""Open tasks across cases, of those the reader may open; what is to be done is told only of one's own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, true
from sqlmodel import Session, col, func, select

from casework.acts import Act
from casework.cases.sealed_rows import open_rows
from casework.cases.tables import CaseFile
from casework.listing.ordering import Key, Listed, by_day, by_place, counted, order_of, page_of
from casework.staff.sessions import SignedIn
from casework.tasks.asking import WHICH, TasksAsked
from casework.tasks.content import TaskWords
from casework.tasks.queries import still_to_do
from casework.tasks.tables import CaseTask
from casework.timeline.queries import names_of

PAGE: Final = 25
WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Line:
    """A task in a list; what is to be done stands in it only for whoever is to do it."""

    task: CaseTask
    case: CaseFile
    doer: str
    words: TaskWords | None


def tasks_for(
    session: Session, act: Act, asked: TasksAsked, kinds: Sequence[str], *, limit: int | None = PAGE
) -> Listed[Line]:
    """Return open tasks, by themselves the earliest first; all without a limit, and then without words.

    Args:
        session: the request's transaction.
        act: who asks, and when.
        asked: what is asked for.
        kinds: codes of kinds in the order of their words.
        limit: lines on a page; None for all.
    """
    wanted = (
        select(CaseTask, CaseFile)
        .join(CaseFile, col(CaseFile.id) == col(CaseTask.case_id))
        .where(*_asked_for(act.who, asked), _rule(asked.which, act.on))
    )
    day, number = by_day(col(CaseTask.due_on)), Key(col(CaseFile.reference))
    keys = {
        "due": (day, number),
        "case": (number, day),
        "kind": (by_place(col(CaseTask.kind_code), kinds), day, number),
    }
    order = order_of(asked, keys, col(CaseTask.id))
    found, following = page_of(session, wanted, order, asked.after, limit)
    names = names_of(session, list({row.staff_id for row, _ in found}))
    return Listed(
        [
            Line(row, case, names.get(row.staff_id, ""), _words(session, act, row, case) if limit else None)
            for row, case in found
        ],
        following,
    )


def counts(session: Session, act: Act, asked: TasksAsked) -> Mapping[str, int]:
    """Return how many tasks each choice of `WHICH` shows this person with the same filters."""
    wanted = (
        select(func.count())
        .select_from(CaseTask)
        .join(CaseFile, col(CaseFile.id) == col(CaseTask.case_id))
        .where(*_asked_for(act.who, asked))
    )
    return counted(session, wanted, {which: _rule(which, act.on) for which in WHICH})


def doers_of(session: Session, who: SignedIn) -> list[tuple[UUID, str]]:
    """Return who has something to do in the cases this person may open, by name."""
    wanted = select(CaseTask.staff_id).join(CaseFile, col(CaseFile.id) == col(CaseTask.case_id))
    found = session.exec(wanted.where(*still_to_do(who)).distinct()).all()
    return sorted(names_of(session, found).items(), key=lambda one: one[1])


def _words(session: Session, act: Act, row: CaseTask, case: CaseFile) -> TaskWords | None:
    if row.staff_id != act.who.id:
        return None
    return TaskWords.model_validate_json(open_rows(session, case, [row], act)[0])


def _asked_for(who: SignedIn, asked: TasksAsked) -> Iterator[ColumnElement[bool]]:
    yield from still_to_do(who)
    if asked.only_own:
        yield col(CaseTask.staff_id) == who.id
    if asked.kind:
        yield col(CaseTask.kind_code) == asked.kind
    if asked.with_whom:
        yield col(CaseTask.with_code) == asked.with_whom
    if asked.adviser:
        yield col(CaseTask.staff_id) == asked.adviser


def _rule(which: str, today: date) -> ColumnElement[bool]:
    day = col(CaseTask.due_on)
    rules = {"overdue": day < today, "today": day == today, "week": day.between(today, today + WEEK)}
    return rules.get(which, true())

"""Who acts next in which cases, and by when: those on hold, those nobody has in hand, those past their day.

On hold is a case in which somebody outside the office acts next and their day has not passed.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select

from casework.cases.tables import CaseFile
from casework.tasks.tables import CaseTask, NextAction

OUTSIDE: Final = ("person", "body")
"""Who can be waited for outside the office, of `rules.ACTORS`."""


def is_held(today: date) -> ColumnElement[bool]:
    """Return the condition that a case waits for the person or another body, and may do so today.

    Once the day has passed the case is the office's work again, whether or not anybody noticed.
    """
    return _next(col(NextAction.who_code).in_(OUTSIDE), col(NextAction.by_on) >= today)


def waits_for_the_person(today: date) -> ColumnElement[bool]:
    """Return the condition that the person acts next, and may still do so today."""
    return _next(col(NextAction.who_code) == "person", col(NextAction.by_on) >= today)


def has_next_action() -> ColumnElement[bool]:
    """Return the condition that somebody is said to act next."""
    return _next()


def has_work(day: Callable[[Any], ColumnElement[bool]]) -> ColumnElement[bool]:
    """Return the condition that the next action, whoever it is for, or an open task is due on such a day."""
    task = select(CaseTask.id).where(
        CaseTask.case_id == CaseFile.id, CaseTask.state_code == "open", day(col(CaseTask.due_on))
    )
    return or_(_next(day(col(NextAction.by_on))), task.exists())


def _next(*rules: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(NextAction.case_id).where(NextAction.case_id == CaseFile.id, *rules).exists()

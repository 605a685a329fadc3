"""Which deadlines a list means, as conditions on their rows; no wall stands here."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from sqlalchemy import ColumnElement, or_
from sqlmodel import case, col, func, select

from casework.cases.tables import CaseFile
from casework.deadlines.tables import ANSWER_DUE, OPEN, Deadline, DeadlineStop
from office.vocabulary import City, load

WEEK: Final = timedelta(days=7)
MONTH: Final = timedelta(days=30)
WHICH: Final = ("all", "overdue", "today", "week", "month", "unconfirmed", "suspended", "answers")


def act_on() -> ColumnElement[date]:
    """Return the day to act by, as `Deadline.act_on`."""
    careful = func.coalesce(col(Deadline.careful_on), col(Deadline.last_on))
    return case((col(Deadline.state) == "computed", careful), else_=col(Deadline.last_on))


def is_ours() -> ColumnElement[bool]:
    """Return the condition that the office or the person acts by it, and not an authority."""
    return col(Deadline.kind) != ANSWER_DUE


def has_passed_deadline(today: date, city: City) -> ColumnElement[bool]:
    """Return the condition that a deadline that binds a case should have been met before today."""
    passed = select(Deadline.id).where(
        Deadline.case_id == CaseFile.id,
        col(Deadline.state).in_(OPEN),
        is_ours(),
        act_on() < today,
        ~moves(today, city),
    )
    return passed.exists()


def rule_of(which: str, today: date, city: City) -> ColumnElement[bool]:
    """Return the condition of one choice of `WHICH`; of any other word, that of all."""
    last, moving = act_on(), moves(today, city)
    rules: Mapping[str, ColumnElement[bool]] = {
        "overdue": (last < today) & ~moving,
        "today": (last == today) & ~moving,
        "week": last.between(today, today + WEEK),
        "month": last.between(today, today + MONTH),
        "unconfirmed": col(Deadline.state) == "computed",
        "suspended": _has_stop(today),
    }
    if which == "answers":
        return ~is_ours()
    return is_ours() & rules[which] if which in rules else is_ours()


def moves(today: date, city: City) -> ColumnElement[bool]:
    """Return the condition that each day moves the last day on, as `counting.moves` says of one row."""
    is_ever_moved = (col(Deadline.state) == "computed") & (
        col(Deadline.list_version) == load("routes", city).meta.version
    )
    return is_ever_moved & _has_stop(today, col(DeadlineStop.ended_on).is_(None))


def _has_stop(today: date, *more: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that something makes the clock stand still today, of which `more` is true."""
    until = col(DeadlineStop.last_on)
    return (
        select(DeadlineStop.id)
        .where(
            DeadlineStop.deadline_id == Deadline.id,
            col(DeadlineStop.first_on) <= today,
            or_(until.is_(None), until >= today),
            *more,
        )
        .exists()
    )

"""When somebody looks at a remedy again, as conditions and days; what was written of it is not needed.

The day is that of the newest look, or the first one if nobody has looked; none once it is complied with.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, SQLColumnExpression
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, or_, select

from casework.cases.tables import CaseFile
from casework.tracks.tables import Remedy, RemedyCheck


def look_is(rule: Callable[[SQLColumnExpression[Any]], ColumnElement[bool]]) -> ColumnElement[bool]:
    """Return the condition that the next look at a remedy of `Remedy` is on a day of this rule."""
    newest, later = aliased(RemedyCheck), aliased(RemedyCheck)
    looked = select(newest.id).where(newest.remedy_id == Remedy.id).correlate(Remedy)
    is_newest = ~select(later.id).where(later.remedy_id == newest.remedy_id, later.seq > newest.seq).exists()
    return or_(
        ~looked.exists() & rule(col(Remedy.check_on)),
        looked.where(is_newest, rule(col(newest.next_on))).exists(),
    )


def has_look(rule: Callable[[SQLColumnExpression[Any]], ColumnElement[bool]]) -> ColumnElement[bool]:
    """Return the condition that a case of `CaseFile` has a remedy to look at on a day of this rule."""
    return select(Remedy.id).where(Remedy.case_id == CaseFile.id, look_is(rule)).correlate(CaseFile).exists()


def first_looks(session: Session, cases: Iterable[UUID]) -> dict[UUID, date]:
    """Return the day of the next look at any remedy of each of these cases that has one."""
    of = list(cases)
    later = aliased(RemedyCheck)
    is_newest = (
        ~select(later.id)
        .where(later.remedy_id == RemedyCheck.remedy_id, later.seq > RemedyCheck.seq)
        .exists()
    )
    looked = select(RemedyCheck.id).where(RemedyCheck.remedy_id == Remedy.id).correlate(Remedy).exists()
    checked = select(RemedyCheck.case_id, func.min(RemedyCheck.next_on)).where(
        col(RemedyCheck.case_id).in_(of), col(RemedyCheck.next_on).is_not(None), is_newest
    )
    unseen = select(Remedy.case_id, func.min(Remedy.check_on)).where(col(Remedy.case_id).in_(of), ~looked)
    found: dict[UUID, date] = {}
    for wanted in (checked.group_by(col(RemedyCheck.case_id)), unseen.group_by(col(Remedy.case_id))):
        for case_id, day in session.exec(wanted):
            if day is not None:
                found[case_id] = min(day, found.get(case_id, day))
    return found

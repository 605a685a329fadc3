"""Which deadlines of cases still bind, and which cases nobody has looked at; no wall stands here.

Whoever calls this has been to the door of the case, or asks only about cases the reader may open.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from casework.cases.tables import CaseFile
from casework.deadlines.tables import OPEN, Deadline, LimitScan


def open_deadlines(session: Session, case_id: UUID) -> Sequence[Deadline]:
    """Return the deadlines of a case that still bind, the earliest first."""
    return session.exec(
        select(Deadline)
        .where(Deadline.case_id == case_id, col(Deadline.state).in_(OPEN))
        .order_by(col(Deadline.last_on), col(Deadline.id))
    ).all()


def first_open(session: Session, case_ids: Iterable[UUID]) -> dict[UUID, Deadline]:
    """Return the earliest deadline that still binds, by case; cases without one are not there."""
    found: dict[UUID, Deadline] = {}
    rows = session.exec(
        select(Deadline)
        .where(col(Deadline.case_id).in_(set(case_ids)), col(Deadline.state).in_(OPEN))
        .order_by(col(Deadline.last_on), col(Deadline.id))
    )
    for row in rows:
        found.setdefault(row.case_id, row)
    return found


def renew_first_limit(session: Session, case: CaseFile) -> None:
    """Keep on the case the earliest last day that still binds, for its place in lists."""
    first = first_open(session, [case.id]).get(case.id)
    case.limit_on = first.last_on if first else None
    session.add(case)


def last_scan(session: Session, case_id: UUID) -> LimitScan | None:
    """Return the newest look at which limits may run in the case; None if nobody has looked."""
    wanted = select(LimitScan).where(LimitScan.case_id == case_id)
    return session.exec(wanted.order_by(col(LimitScan.made_on).desc(), col(LimitScan.kept).desc())).first()


def lacks_scan(opened_before: date) -> ColumnElement[bool]:
    """Return the condition that an open case from before this day has had no scan yet."""
    scanned = select(LimitScan.id).where(LimitScan.case_id == CaseFile.id).exists()
    return col(CaseFile.closed_on).is_(None) & (col(CaseFile.opened_on) < opened_before) & ~scanned


def scanned(session: Session, case_ids: Iterable[UUID]) -> set[UUID]:
    """Return those of these cases in which somebody has looked which limits run."""
    return set(session.exec(select(LimitScan.case_id).where(col(LimitScan.case_id).in_(set(case_ids)))))

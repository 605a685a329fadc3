"""Which hearings are to come: days, hours and numbers only. No wall stands here, and nothing is opened.

Whoever calls this has been to the door of the case, or asks only about cases the reader may open.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from casework.cases.queries import held_by
from casework.cases.tables import CaseFile
from casework.hearings.errors import HearingsOpen
from casework.hearings.rules import AHEAD_DAYS, SET
from casework.hearings.tables import CaseHearing

IN_ORDER = (col(CaseHearing.on_day), col(CaseHearing.minute), col(CaseHearing.id))


def open_hearings(session: Session, case_id: UUID) -> Sequence[CaseHearing]:
    """Return the hearings of a case that are to come or of which no end is noted, the earliest first."""
    wanted = select(CaseHearing).where(CaseHearing.case_id == case_id, CaseHearing.state_code == SET)
    return session.exec(wanted.order_by(*IN_ORDER)).all()


def refuse_open_hearings(session: Session, case: CaseFile) -> None:
    """Refuse to close a case of which somebody who decides is still to see the person.

    Raises:
        HearingsOpen: there is such a hearing.
    """
    if open_hearings(session, case.id):
        raise HearingsOpen(case=case.reference)


def hearings_for(session: Session, staff_id: UUID) -> Sequence[tuple[CaseHearing, str]]:
    """Return the hearings to come of somebody's own open cases, each with its case number.

    Nobody needs to be signed in: a day, an hour and a number are all that is told.
    """
    found = session.exec(
        select(CaseHearing, CaseFile.reference)
        .join(CaseFile, col(CaseFile.id) == col(CaseHearing.case_id))
        .where(
            CaseHearing.state_code == SET,
            col(CaseFile.closed_on).is_(None),
            col(CaseFile.assigned_to) == staff_id,
            held_by(staff_id),
        )
        .order_by(*IN_ORDER)
    )
    return found.all()


def hearings_until(session: Session, case_ids: Iterable[UUID], last: date) -> dict[UUID, list[CaseHearing]]:
    """Return the hearings of these cases that are open and fall before a day is over, by case."""
    found: dict[UUID, list[CaseHearing]] = {}
    wanted = select(CaseHearing).where(
        col(CaseHearing.case_id).in_(list(case_ids)),
        CaseHearing.state_code == SET,
        col(CaseHearing.on_day) <= last,
    )
    for row in session.exec(wanted.order_by(*IN_ORDER)):
        found.setdefault(row.case_id, []).append(row)
    return found


def soon_by_adviser(session: Session, today: date, *rules: ColumnElement[bool]) -> dict[UUID, int]:
    """Return how many hearings are in the next days, by adviser.

    Args:
        session: the request's transaction.
        today: the city's day.
        *rules: conditions on `case_file`; no wall stands here.
    """
    last = today + timedelta(days=AHEAD_DAYS)
    rows = session.exec(
        select(CaseFile.assigned_to, func.count())
        .join(CaseHearing, col(CaseHearing.case_id) == col(CaseFile.id))
        .where(*rules, CaseHearing.state_code == SET, col(CaseHearing.on_day).between(today, last))
        .group_by(col(CaseFile.assigned_to))
    )
    return dict(rows.all())

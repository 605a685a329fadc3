"""Which deadlines of cases still bind, and which cases nobody has looked at; no wall stands here.

Whoever calls this has been to the door of the case, or asks only about cases the reader may open.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.content import story_of
from casework.cases.limits import first_limit_on
from casework.cases.tables import CaseFile
from casework.deadlines.conditions import act_on, is_ours
from casework.deadlines.tables import OPEN, Deadline, LimitScan


def open_deadlines(session: Session, case_id: UUID) -> Sequence[Deadline]:
    """Return the deadlines of a case that still bind, the earliest first, without those of authorities."""
    return session.exec(
        select(Deadline)
        .where(Deadline.case_id == case_id, col(Deadline.state).in_(OPEN), is_ours())
        .order_by(act_on(), col(Deadline.id))
    ).all()


def clocks_kept(session: Session, case_id: UUID, track_id: UUID) -> dict[tuple[str, str, date], Deadline]:
    """Return the clocks of a track, ended ones too, by route, classification and first day.

    A counting whose place another took is none; of several the one that binds is told. One that binds and
    of which no track was kept may be of this one; those of another track are other clocks.
    """
    unnamed = col(Deadline.track_id).is_(None) & col(Deadline.state).in_(OPEN)
    of_track = or_(col(Deadline.track_id) == track_id, unnamed)
    wanted = select(Deadline).where(
        Deadline.case_id == case_id, of_track, col(Deadline.state) != "superseded"
    )
    ordered = session.exec(wanted.order_by(col(Deadline.made_on), col(Deadline.id))).all()
    rows = sorted(ordered, key=lambda row: row.is_open)  # the last of a key stays
    return {(row.route_code, row.label, row.counted_from): row for row in rows}


def answers_due(session: Session, case_id: UUID, track_id: UUID) -> Sequence[Deadline]:
    """Return by when an authority that did not answer in time had to, on a track or where none was kept."""
    wanted = select(Deadline).where(
        Deadline.case_id == case_id,
        ~is_ours(),
        or_(col(Deadline.state).in_(OPEN), col(Deadline.met_on) > col(Deadline.last_on)),
        or_(col(Deadline.track_id) == track_id, col(Deadline.track_id).is_(None)),
    )
    return session.exec(wanted.order_by(col(Deadline.last_on), col(Deadline.id))).all()


def first_open(session: Session, case_ids: Iterable[UUID]) -> dict[UUID, Deadline]:
    """Return the earliest deadline that still binds, by case, without those of authorities."""
    found: dict[UUID, Deadline] = {}
    rows = session.exec(
        select(Deadline)
        .where(col(Deadline.case_id).in_(set(case_ids)), col(Deadline.state).in_(OPEN), is_ours())
        .order_by(act_on(), col(Deadline.id))
    )
    for row in rows:
        found.setdefault(row.case_id, row)
    return found


def renew_first_limit(session: Session, case: CaseFile, act: Act) -> None:
    """Keep on the case the earliest day to act by that still binds, for its place in lists.

    Until somebody has looked which limits run, the first one told at the door stands beside the clocks kept.
    """
    first = first_open(session, [case.id]).get(case.id)
    days = [first.act_on] if first else []
    if last_scan(session, case.id) is None:
        told = first_limit_on(story_of(session, case, act), act.city, case.opened_on)
        days += [told] if told else []
    case.limit_on = min(days, default=None)
    session.add(case)


def last_scan(session: Session, case_id: UUID) -> LimitScan | None:
    """Return the newest look at which limits may run in the case; None if nobody has looked."""
    wanted = select(LimitScan).where(LimitScan.case_id == case_id)
    return session.exec(wanted.order_by(col(LimitScan.made_on).desc(), col(LimitScan.kept).desc())).first()


def lacks_scan(opened_before: date) -> ColumnElement[bool]:
    """Return the condition that an open case from before this day has had no scan yet."""
    scanned = select(LimitScan.id).where(LimitScan.case_id == CaseFile.id).exists()
    return col(CaseFile.closed_on).is_(None) & (col(CaseFile.opened_on) < opened_before) & ~scanned


def has_unconfirmed(made_before: date) -> ColumnElement[bool]:
    """Return the condition that a deadline of a case, kept before this day, still waits for a lawyer."""
    waiting = select(Deadline.id).where(
        Deadline.case_id == CaseFile.id,
        Deadline.state == "computed",
        is_ours(),
        col(Deadline.made_on) < made_before,
    )
    return waiting.exists()


def scanned(session: Session, case_ids: Iterable[UUID]) -> set[UUID]:
    """Return those of these cases in which somebody has looked which limits run."""
    return set(session.exec(select(LimitScan.case_id).where(col(LimitScan.case_id).in_(set(case_ids)))))

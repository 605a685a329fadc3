"""Deadlines as lists show them: only of cases the reader holds, counts included."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, func, select

from casework.cases.queries import held_by, may_open
from casework.cases.tables import CaseFile
from casework.deadlines.errors import DeadlineNotFound
from casework.deadlines.rules import Left, alert_of, days_left
from casework.deadlines.still_open import lacks_scan
from casework.deadlines.tables import OPEN, Deadline, DeadlineStop
from casework.staff.sessions import SignedIn
from casework.timeline.queries import names_of
from office.deadlines.rules import WorkCalendar

PAGE: Final = 50
WEEK: Final = timedelta(days=7)
MONTH: Final = timedelta(days=30)
WHICH: Final = ("all", "overdue", "today", "week", "month", "unconfirmed", "suspended")


@dataclass(frozen=True, slots=True)
class Clock:
    """A deadline that binds, as it stands today.

    Attributes:
        stops: what made it stand still or begin anew, the first first.
        alert: days of the nearest warning that has been reached; it is near then.
    """

    row: Deadline
    stops: Sequence[DeadlineStop]
    left: Left
    alert: int | None
    today: date

    @property
    def is_near(self) -> bool:
        """Whether a warning has been reached, or the earliest last day has gone by."""
        return self.alert is not None

    @property
    def stands_still(self) -> DeadlineStop | None:
        """The suspension in which it stands today."""
        for one in self.stops:
            if one.last_on is not None and one.first_on <= self.today <= one.last_on:
                return one
        return None


@dataclass(frozen=True, slots=True)
class Line:
    """A deadline in a list."""

    clock: Clock
    case: CaseFile
    adviser: str


@dataclass(frozen=True, slots=True)
class DeadlineList:
    """One page of a list, and where the next begins."""

    lines: Sequence[Line]
    next: str | None


def clocks(session: Session, rows: Sequence[Deadline], today: date, days: WorkCalendar) -> list[Clock]:
    """Return rows with what stopped them and how many days are left."""
    stops: dict[UUID, list[DeadlineStop]] = {}
    wanted = select(DeadlineStop).where(col(DeadlineStop.deadline_id).in_({row.id for row in rows}))
    for stop in session.exec(wanted.order_by(col(DeadlineStop.first_on))):
        stops.setdefault(stop.deadline_id, []).append(stop)
    found = []
    for row in rows:
        own = tuple(stops.get(row.id, ()))
        left = days_left(row, today, days, own)
        found.append(Clock(row, own, left, alert_of(row, left), today))
    return found


def of_case(session: Session, case: CaseFile) -> Sequence[Deadline]:
    """Return every row of a case, those that bind first, then by last day."""
    rows = session.exec(select(Deadline).where(Deadline.case_id == case.id)).all()
    return sorted(rows, key=lambda row: (not row.is_open, row.last_on, row.id))


def deadline_of(session: Session, case: CaseFile, written: str) -> Deadline:
    """Return one deadline of the case.

    Raises:
        DeadlineNotFound: there is none, or it is another case's.
    """
    try:
        row = session.get(Deadline, UUID(written))
    except ValueError:
        raise DeadlineNotFound from None
    if row is None or row.case_id != case.id:
        raise DeadlineNotFound(case=case.reference)
    return row


def history_of(session: Session, row: Deadline) -> Sequence[Deadline]:
    """Return all countings of the clock of this row, the newest first."""
    found = {one.id: one for one in session.exec(select(Deadline).where(Deadline.clock_id == row.clock_id))}
    follower = {one.replaces: one for one in found.values()}
    ordered, one = [], follower.get(None)
    while one is not None:
        ordered.append(one)
        one = follower.get(one.id)
    return ordered[::-1]


def deadlines_for(
    session: Session,
    who: SignedIn,
    today: date,
    days: WorkCalendar,
    *,
    only_own: bool,
    which: str = "all",
    after: str = "",
    limit: int = PAGE,
) -> DeadlineList:
    """Return deadlines that bind in open cases this person holds, the earliest first.

    Args:
        session: the request's transaction.
        who: who asks.
        today: the city's day.
        days: the days that are worked.
        only_own: of cases assigned to them; otherwise of all they hold a key of.
        which: one of `WHICH`.
        after: place after which the page begins.
        limit: lines on a page.
    """
    wanted = (
        select(Deadline, CaseFile)
        .join(CaseFile, col(CaseFile.id) == col(Deadline.case_id))
        .where(*_seen(who, only_own=only_own), _rule(which, today))
    )
    place = _place(after)
    if place is not None:
        day, last = place
        wanted = wanted.where(
            or_(col(Deadline.last_on) > day, and_(col(Deadline.last_on) == day, col(Deadline.id) > last))
        )
    ordered = wanted.order_by(col(Deadline.last_on), col(Deadline.id)).limit(limit + 1)
    found = session.exec(ordered).all()
    here, more = found[:limit], len(found) > limit
    names = names_of(session, [case.assigned_to for _, case in here])
    told = clocks(session, [row for row, _ in here], today, days)
    lines = [
        Line(clock, case, names.get(case.assigned_to, ""))
        for clock, (_, case) in zip(told, here, strict=True)
    ]
    last_row = here[-1][0] if here else None
    return DeadlineList(lines, f"{last_row.last_on.isoformat()}_{last_row.id}" if more and last_row else None)


def counts(session: Session, who: SignedIn, today: date, *, only_own: bool) -> Mapping[str, int]:
    """Return how many deadlines each choice of `WHICH` shows this person."""
    counted: Counter[str] = Counter()
    for which in WHICH:
        counted[which] = session.exec(
            select(func.count())
            .select_from(Deadline)
            .join(CaseFile, col(CaseFile.id) == col(Deadline.case_id))
            .where(*_seen(who, only_own=only_own), _rule(which, today))
        ).one()
    return counted


def pressing(session: Session, who: SignedIn, today: date) -> int:
    """Return how many deadlines of this person's own cases end today or should have been met before."""
    return session.exec(
        select(func.count())
        .select_from(Deadline)
        .join(CaseFile, col(CaseFile.id) == col(Deadline.case_id))
        .where(*_seen(who, only_own=True), col(Deadline.last_on) <= today)
    ).one()


def without_scan(session: Session, who: SignedIn, opened_before: date, *, only_own: bool) -> int:
    """Return in how many open cases of this person nobody has looked which limits run."""
    wanted = select(func.count()).select_from(CaseFile).where(may_open(who), lacks_scan(opened_before))
    if only_own:
        wanted = wanted.where(CaseFile.assigned_to == who.id)
    return session.exec(wanted).one()


def of_calendar(session: Session, staff_id: UUID) -> Sequence[tuple[Deadline, str]]:
    """Return the deadlines that bind in somebody's own open cases, each with its case number.

    Nobody needs to be signed in: a day and a number are all that is told.
    """
    found = session.exec(
        select(Deadline, CaseFile.reference)
        .join(CaseFile, col(CaseFile.id) == col(Deadline.case_id))
        .where(
            col(Deadline.state).in_(OPEN),
            col(CaseFile.closed_on).is_(None),
            held_by(staff_id),
            col(CaseFile.assigned_to) == staff_id,
        )
        .order_by(col(Deadline.last_on), col(Deadline.id))
    )
    return found.all()


def _seen(who: SignedIn, *, only_own: bool) -> tuple[ColumnElement[bool], ...]:
    binding = (col(Deadline.state).in_(OPEN), col(CaseFile.closed_on).is_(None), may_open(who))
    return (*binding, col(CaseFile.assigned_to) == who.id) if only_own else binding


def _rule(which: str, today: date) -> ColumnElement[bool]:
    last = col(Deadline.last_on)
    if which == "suspended":
        return (
            select(DeadlineStop.id)
            .where(
                DeadlineStop.deadline_id == Deadline.id,
                col(DeadlineStop.first_on) <= today,
                col(DeadlineStop.last_on) >= today,
            )
            .exists()
        )
    rules: Mapping[str, ColumnElement[bool]] = {
        "overdue": last < today,
        "today": last == today,
        "week": last.between(today, today + WEEK),
        "month": last.between(today, today + MONTH),
        "unconfirmed": col(Deadline.state) == "computed",
    }
    return rules.get(which, last.is_not(None))


def _place(written: str) -> tuple[date, UUID] | None:
    day, _, own = written.partition("_")
    try:
        return date.fromisoformat(day), UUID(own)
    except ValueError:
        return None

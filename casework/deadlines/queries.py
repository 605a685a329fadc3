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
from casework.deadlines.counting import EVIDENCE, Stop, due_today
from casework.deadlines.errors import DeadlineNotFound
from casework.deadlines.rules import Left, alert_of, days_left
from casework.deadlines.still_open import lacks_scan
from casework.deadlines.tables import OPEN, Deadline, DeadlineStop
from casework.staff.sessions import SignedIn
from casework.timeline.queries import names_of
from casework.written import place_in
from office.deadlines.calendar import worked_days
from office.deadlines.rules import Suspension, WorkCalendar
from office.vocabulary import City, StopEvent, load

PAGE: Final = 50
WEEK: Final = timedelta(days=7)
MONTH: Final = timedelta(days=30)
WHICH: Final = ("all", "overdue", "today", "week", "month", "unconfirmed", "suspended")


@dataclass(frozen=True, slots=True)
class Clock:
    """A deadline that binds, as it stands today.

    Attributes:
        stops: what made it stand still or begin anew, the first first.
        due_on: its earliest last day as it is today; later than counted while something stops it.
        alert: days of the nearest warning that has been reached; it is near then.
    """

    row: Deadline
    stops: Sequence[Stop]
    due_on: date
    left: Left
    alert: int | None
    today: date

    @property
    def is_near(self) -> bool:
        """Whether a warning has been reached, or the earliest last day has gone by."""
        return self.alert is not None

    @property
    def latest_on(self) -> date:
        """The last day it can have."""
        return max(self.due_on, self.row.latest_on)

    @property
    def stands_still(self) -> Stop | None:
        """What makes it stand still today."""
        for one in self.stops:
            if one.first is not None and one.first <= self.today <= (one.last or self.today):
                return one
        return None

    def left_after(self, day: date, days: WorkCalendar) -> Left:
        """Return how many days are left after a day."""
        return days_left(self.row, self.due_on, day, days, suspended(self.stops))


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


def stops_of(session: Session, rows: Sequence[Deadline]) -> dict[UUID, tuple[Stop, ...]]:
    """Return what each counting took into account, the first first."""
    found: dict[UUID, list[Stop]] = {row.id: [] for row in rows}
    wanted = select(DeadlineStop).where(col(DeadlineStop.deadline_id).in_(found))
    for one in session.exec(wanted.order_by(col(DeadlineStop.begun_on), col(DeadlineStop.id))):
        event = StopEvent(one.cause_code, one.begun_on, one.ended_on, one.answered_on, EVIDENCE)
        found[one.deadline_id].append(Stop(event, one.kind, one.first_on, one.last_on))
    return {id: tuple(stops) for id, stops in found.items()}


def suspended(stops: Sequence[Stop]) -> list[Suspension]:
    """Return the days on which a clock surely stands still."""
    return [
        Suspension(one.first, one.last, EVIDENCE)
        for one in stops
        if one.first is not None and one.last is not None and not one.is_open
    ]


def clocks(session: Session, rows: Sequence[Deadline], today: date, city: City) -> list[Clock]:
    """Return rows with what stopped them and how many days are left."""
    routes, days, stops = load("routes", city), worked_days(city), stops_of(session, rows)
    found = []
    for row in rows:
        due_on = due_today(routes, row, days, stops[row.id], today)
        left = days_left(row, due_on, today, days, suspended(stops[row.id]))
        found.append(Clock(row, stops[row.id], due_on, left, alert_of(row, left), today))
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
    city: City,
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
        city: whose days off and list of routes are counted by.
        only_own: of cases assigned to them; otherwise of all they hold a key of.
        which: one of `WHICH`.
        after: place after which the page begins.
        limit: lines on a page.
    """
    wanted = (
        select(Deadline, CaseFile)
        .join(CaseFile, col(CaseFile.id) == col(Deadline.case_id))
        .where(*_seen(who, only_own=only_own), rule_of(which, today))
    )
    place = place_in(after)
    if place is not None:
        day, last = place
        wanted = wanted.where(
            or_(col(Deadline.last_on) > day, and_(col(Deadline.last_on) == day, col(Deadline.id) > last))
        )
    ordered = wanted.order_by(col(Deadline.last_on), col(Deadline.id)).limit(limit + 1)
    found = session.exec(ordered).all()
    here, more = found[:limit], len(found) > limit
    names = names_of(session, [case.assigned_to for _, case in here])
    told = clocks(session, [row for row, _ in here], today, city)
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
            .where(*_seen(who, only_own=only_own), rule_of(which, today))
        ).one()
    return counted


def pressing(session: Session, who: SignedIn, today: date) -> int:
    """Return how many deadlines of this person's own cases end today or should have been met before."""
    return session.exec(
        select(func.count())
        .select_from(Deadline)
        .join(CaseFile, col(CaseFile.id) == col(Deadline.case_id))
        .where(*_seen(who, only_own=True), col(Deadline.last_on) <= today, ~_moves(today))
    ).one()


def has_passed_deadline(today: date) -> ColumnElement[bool]:
    """Return the condition that a deadline that binds a case should have been met before today."""
    passed = select(Deadline.id).where(
        Deadline.case_id == CaseFile.id,
        col(Deadline.state).in_(OPEN),
        col(Deadline.last_on) < today,
        ~_moves(today),
    )
    return passed.exists()


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


def rule_of(which: str, today: date) -> ColumnElement[bool]:
    """Return the condition of one choice of `WHICH`; of any other word, none."""
    last, still, moves = col(Deadline.last_on), _stands_still(today), _moves(today)
    rules: Mapping[str, ColumnElement[bool]] = {
        "overdue": (last < today) & ~moves,
        "today": (last == today) & ~moves,
        "week": last.between(today, today + WEEK),
        "month": last.between(today, today + MONTH),
        "unconfirmed": col(Deadline.state) == "computed",
        "suspended": still,
    }
    return rules.get(which, last.is_not(None))


def _moves(today: date) -> ColumnElement[bool]:
    """Return the condition that each day moves the last day on, and nobody stands for the one counted."""
    return _stands_still(today) & (col(Deadline.state) == "computed")


def _stands_still(today: date) -> ColumnElement[bool]:
    """Return the condition that the clock stands still today."""
    until = col(DeadlineStop.last_on)
    return (
        select(DeadlineStop.id)
        .where(
            DeadlineStop.deadline_id == Deadline.id,
            col(DeadlineStop.first_on) <= today,
            or_(until.is_(None), until >= today),
        )
        .exists()
    )

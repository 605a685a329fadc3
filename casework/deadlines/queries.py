"""Deadlines that were counted, as they stand today, and the countings of one clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from casework.cases.tables import CaseFile
from casework.deadlines.counting import EVIDENCE, Stop, due_today, is_moved, moves
from casework.deadlines.errors import DeadlineNotFound
from casework.deadlines.periods import routes_for
from casework.deadlines.rules import Left, alert_of, days_left
from casework.deadlines.seats import careful_today, days_of_row
from casework.deadlines.tables import Deadline, DeadlineStop
from office.deadlines.rules import Suspension, WorkCalendar
from office.vocabulary import City, StopEvent


@dataclass(frozen=True, slots=True)
class Clock:
    """A deadline that binds, as it stands today.

    Attributes:
        stops: what made it stand still or begin anew, the first first.
        due_on: its earliest last day as it is today, which pages and calendars show: later than counted while
            something stops it, and earlier where nobody was asked by whose days off it is counted.
        alert: days of the nearest warning that has been reached; it is near then.
        careful_on: an earlier last day, where nobody was asked by whose days off it is counted.
        moves: whether each day moves the last day on.
        is_of_old_list: whether it would move, but was counted by a list of routes that is another since.
    """

    row: Deadline
    stops: Sequence[Stop]
    due_on: date
    left: Left
    alert: int | None
    today: date
    careful_on: date | None = None
    moves: bool = False
    is_of_old_list: bool = False

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
            if one.is_on(self.today):
                return one
        return None

    def left_after(self, day: date, days: WorkCalendar) -> Left:
        """Return how many days are left after a day."""
        return days_left(self.row, self.due_on, day, days, suspended(self.stops))


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
    stops = stops_of(session, rows)
    found = []
    for row in rows:
        routes, days = routes_for(row, city), days_of_row(city, row)
        due_on = due_today(routes, row, days, stops[row.id], today)
        careful_on = careful_today(routes, row, stops[row.id], city, due_on, today)
        if careful_on and row.state == "computed":  # a day for which a lawyer stands is not moved
            due_on = careful_on
        left = days_left(row, due_on, today, days, suspended(stops[row.id]))
        alert, is_moving = alert_of(row, left), moves(routes, row, stops[row.id], today)
        is_old = row.state == "computed" and not is_moved(routes, row)
        is_frozen = is_old and any(one.is_open for one in stops[row.id])
        found.append(Clock(row, stops[row.id], due_on, left, alert, today, careful_on, is_moving, is_frozen))
    return found


def of_case(session: Session, case: CaseFile) -> Sequence[Deadline]:
    """Return every row of a case, those that bind first, then by last day."""
    rows = session.exec(select(Deadline).where(Deadline.case_id == case.id)).all()
    return sorted(rows, key=lambda row: (not row.is_open, row.act_on if row.is_open else row.last_on, row.id))


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

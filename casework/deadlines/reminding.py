"""On which days a last day is warned of, and which warnings somebody is to be sent by mail today.

What is sent says how many last days and hearings come near, and how many of them in cases one covers, and
nothing else: no case number, no route, no name. A hearing is called what the private calendar calls it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import inspect
from sqlalchemy.orm import load_only
from sqlmodel import Session, col, select

from casework.cases.holders import can_hold
from casework.cases.queries import held_by
from casework.cases.tables import CaseFile
from casework.conflicts.guards import kept_out
from casework.deadlines.conditions import is_ours
from casework.deadlines.queries import Clock, clocks
from casework.deadlines.rules import alert_of, alerts_of
from casework.deadlines.seats import days_of_row
from casework.deadlines.tables import OPEN, Deadline, DeadlineReminder
from casework.deadlines.weekly import WHERE
from casework.hearings.reminding import NearHearing, near_hearings
from casework.hearings.tables import HearingReminder
from casework.queues.tables import Absence
from office.clock import day_in
from office.languages import Language, mark
from office.stores.keyroom import Staff
from office.vocabulary import City

A_DAY: Final = timedelta(days=1)
SUBJECT: Final = mark("Today's list")
LINES: Final = {
    "near": mark("Last days that come near: %(num)s"),
    "today": mark("Last day today: %(num)s"),
    "overdue": mark("Past their last day and not settled: %(num)s"),
    "hearing": mark("Appointments at a fixed hour that come near: %(num)s"),
    "hearing_today": mark("Appointments at a fixed hour today: %(num)s"),
}
OF_HEARINGS: Final = frozenset({"hearing", "hearing_today"})
OF_A_COVER: Final = ("role_code", "active", "public_key")
"""Of a colleague, what the rule asks for and whoever reminds may read."""
COVERED: Final = mark("Of these, in cases of colleagues you cover: %(num)s")


@dataclass(frozen=True, slots=True)
class Reminder:
    """A warning that a deadline or a hearing has reached.

    Attributes:
        of: the deadline or the hearing.
        days: which warning it is, one of those of its kind (`alerts.toml`), or 0.
        which: what its line in the mail says, a key of `LINES`.
        is_covered: the case is of somebody who is away and for whom whoever is warned covers.
    """

    of: UUID
    days: int
    which: str
    is_covered: bool = False

    @property
    def is_hearing(self) -> bool:
        """Whether a hearing is warned of, and not a deadline."""
        return self.which in OF_HEARINGS


def warned_on(clock: Clock, city: City) -> list[tuple[date, int]]:
    """Return the days on which somebody is warned, past ones too, the first first, each with its number.

    They are the first day of each warning, the last day itself with 0, and of a clock that stood still the
    day on which it goes on, with the warning reached by then. Of an authority's time nobody is warned, nor of
    a day that moves on each day.
    """
    row = clock.row
    if clock.moves or not row.is_ours:
        return []
    steps, days = alerts_of(row), days_of_row(city, row)
    day, first = clock.due_on, {0: clock.due_on}
    while (left := clock.left_after(day, days).days) <= max(steps):
        first |= {step: day for step in steps if left <= step}
        day -= A_DAY
    found = {(day, step) for step, day in first.items()}
    for on in (one.last + A_DAY for one in clock.stops if one.last is not None):
        step = alert_of(row, clock.left_after(on, days)) if on < clock.due_on else None
        found |= {(on, step)} if step is not None else set()
    return sorted(found, key=lambda one: (one[0], -one[1]))


def reminders_for(session: Session, staff_id: UUID, now: datetime, city: City) -> list[Reminder]:
    """Return the warnings somebody has not been sent, of their own open cases and those they cover today.

    A deadline is warned of by the last warning it has reached (`warned_on`), 0 once it is the last day, and a
    hearing too, until its day is over. What was not taken waits until it is to be tried again.
    """
    today = day_in(city.zone, now)
    tried = _tried(session, staff_id)
    own, away = _near(session, staff_id, today, city), _away_for(session, staff_id, today)
    near_theirs = [near for one in away for near in _near(session, one, today, city)]
    covered = _may_cover(session, staff_id, near_theirs)
    found = []
    for near, is_covered in [*((one, False) for one in own), *((one, True) for one in covered)]:
        reached = [one for one in _warned(near, city) if one[0] <= today]  # of the others no warning is
        if reached:
            (day, step), of = reached[-1], _of(near)
            if _is_due(tried.get((of, step)), day, now):
                found.append(Reminder(of, step, _which(near, today), is_covered))
    return found


def _tried(session: Session, staff_id: UUID) -> dict[tuple[UUID, int], DeadlineReminder | HearingReminder]:
    """Return which warnings of which deadline or hearing somebody was sent, or was to be."""
    deadlines = session.exec(select(DeadlineReminder).where(DeadlineReminder.staff_id == staff_id))
    hearings = session.exec(select(HearingReminder).where(HearingReminder.staff_id == staff_id))
    of_deadlines = {(row.deadline_id, row.days): row for row in deadlines}
    return {**of_deadlines, **{(row.hearing_id, row.days): row for row in hearings}}


def _near(session: Session, staff_id: UUID, today: date, city: City) -> list[Clock | NearHearing]:
    """Return the deadlines and then the hearings of somebody's own cases that come near."""
    found = clocks(session, _binding(session, staff_id), today, city)
    return [*(one for one in found if one.is_near), *near_hearings(session, staff_id, today)]


def _warned(near: Clock | NearHearing, city: City) -> list[tuple[date, int]]:
    return [(near.warned_on, near.step)] if isinstance(near, NearHearing) else warned_on(near, city)


def _of(near: Clock | NearHearing) -> UUID:
    return near.id if isinstance(near, NearHearing) else near.row.id


def _case_of(near: Clock | NearHearing) -> UUID:
    return near.case_id if isinstance(near, NearHearing) else near.row.case_id


def _binding(session: Session, staff_id: UUID) -> Sequence[Deadline]:
    """Return what binds in the open cases that somebody has and can open, the earliest first."""
    wanted = (
        select(Deadline)
        .join(CaseFile, col(CaseFile.id) == col(Deadline.case_id))
        .where(
            col(Deadline.state).in_(OPEN),
            is_ours(),
            col(CaseFile.closed_on).is_(None),
            col(CaseFile.assigned_to) == staff_id,
            held_by(staff_id),
        )
    )
    return session.exec(wanted.order_by(col(Deadline.last_on), col(Deadline.id))).all()


def _away_for(session: Session, staff_id: UUID, today: date) -> set[UUID]:
    """Return who is away today and has named this person as their cover."""
    wanted = select(Absence.staff_id).where(
        Absence.cover_id == staff_id,
        col(Absence.ended_on).is_(None),
        col(Absence.first_on) <= today,
        col(Absence.last_on) >= today,
    )
    return set(session.exec(wanted))


def _may_cover(
    session: Session, cover_id: UUID, near: Iterable[Clock | NearHearing]
) -> list[Clock | NearHearing]:
    """Return those of cases that the cover finds on their list, by the same rule as there."""
    found = list(near)
    columns = inspect(Staff).attrs
    may_be_read = load_only(*(columns[name].class_attribute for name in OF_A_COVER))
    cover = session.get_one(Staff, cover_id, options=[may_be_read])
    of = {_case_of(one) for one in found}
    cases = session.exec(select(CaseFile.id, CaseFile.routing_code).where(col(CaseFile.id).in_(of))).all()
    seen = {
        id for id, code in cases if can_hold(session, cover, routing_code=code, without=kept_out(session, id))
    }
    return [one for one in found if _case_of(one) in seen]


def text_of(reminders: list[Reminder], spoken: Language) -> str:
    """Return what the mail says."""
    counted = {which: sum(one.which == which for one in reminders) for which in LINES}
    lines = [spoken.gettext(LINES[which], num=spoken.number(n)) for which, n in counted.items() if n]
    if covered := sum(one.is_covered for one in reminders):
        lines.append(spoken.gettext(COVERED, num=spoken.number(covered)))
    return "\n".join([*lines, "", spoken.gettext(WHERE)])


def _is_due(row: DeadlineReminder | HearingReminder | None, day: date, now: datetime) -> bool:
    """Return whether a warning of a day is to be sent: an earlier one of the same number is another."""
    if row is None or row.is_sent:
        return row is None or row.tried_on < day
    at = row.again_at
    return (at if at.tzinfo else at.replace(tzinfo=UTC)) <= now  # SQLite gives it back without its zone


def _which(near: Clock | NearHearing, today: date) -> str:
    if isinstance(near, NearHearing):
        return "hearing_today" if near.on == today else "hearing"
    if near.due_on < today:
        return "overdue"
    return "today" if near.due_on == today else "near"

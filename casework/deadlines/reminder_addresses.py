"""Where somebody is reminded of their deadlines and hearings by mail: they say so, and end it, themselves."""

from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import Row, delete, select
from sqlmodel import Session, col

from casework.acts import Act
from casework.deadlines.tables import Deadline, DeadlineReminder, ReminderAddress
from casework.hearings.tables import CaseHearing, HearingReminder
from casework.timeline.actions import record

KEPT: Final = (DeadlineReminder, HearingReminder)
"""Where it is kept of what somebody was warned."""


def keep_address(session: Session, address: str, tag: str, act: Act) -> None:
    """Keep where whoever acts is reminded from now on, in which language."""
    row = address_of(session, act) or ReminderAddress(staff_id=act.who.id)
    if row.address != address:  # what the old one did not take may go to this one at once
        for kept in KEPT:
            untaken = col(kept.is_sent).is_(False)
            session.execute(delete(kept).where(col(kept.staff_id) == act.who.id, untaken))
    row.address, row.language, row.set_on = address, tag, act.on
    session.add(row)
    session.flush()
    record(session, "reminders_wanted", at=act.at, by=act.who.id)


def end_address(session: Session, act: Act) -> None:
    """Remind whoever acts no more."""
    row = address_of(session, act)
    if row is not None:
        session.delete(row)
        session.flush()
        record(session, "reminders_ended", at=act.at, by=act.who.id)


def forget_address(session: Session, staff_id: UUID) -> None:
    """Forget where somebody was reminded who leaves, and of what."""
    for kept in KEPT:
        session.execute(delete(kept).where(col(kept.staff_id) == staff_id))
    row = session.get(ReminderAddress, staff_id)
    if row is not None:
        session.delete(row)
        session.flush()


def forget_warnings(session: Session, row: Deadline) -> None:
    """Forget that a deadline was warned of, so that whoever has the case is warned anew."""
    session.execute(delete(DeadlineReminder).where(col(DeadlineReminder.deadline_id) == row.id))


def forget_hearing_warnings(session: Session, row: CaseHearing) -> None:
    """Forget that a hearing was warned of, so that whoever has the case is warned anew."""
    session.execute(delete(HearingReminder).where(col(HearingReminder.hearing_id) == row.id))


def address_of(session: Session, act: Act) -> ReminderAddress | None:
    """Return where whoever acts is reminded; None if nowhere."""
    return session.get(ReminderAddress, act.who.id)


def last_reminder(session: Session, act: Act) -> Row[date, bool] | None:
    """Return on which day a mail last went to whoever acts, and whether the server took it."""
    found = [
        row
        for tried_on, is_sent, staff_id in (
            (DeadlineReminder.tried_on, DeadlineReminder.is_sent, DeadlineReminder.staff_id),
            (HearingReminder.tried_on, HearingReminder.is_sent, HearingReminder.staff_id),
        )
        for row in session.execute(
            select(col(tried_on), col(is_sent))
            .where(col(staff_id) == act.who.id)
            .order_by(col(tried_on).desc(), col(is_sent))
            .limit(1)
        )
    ]
    return min(found, key=lambda row: (-row[0].toordinal(), row[1]), default=None)

"""Where somebody is reminded of their deadlines by mail: they say so themselves, and end it themselves."""

from datetime import date
from uuid import UUID

from sqlalchemy import Row, delete, select
from sqlmodel import Session, col

from casework.acts import Act
from casework.deadlines.tables import Deadline, DeadlineReminder, ReminderAddress
from casework.timeline.actions import record


def keep_address(session: Session, address: str, tag: str, act: Act) -> None:
    """Keep where whoever acts is reminded from now on, in which language."""
    row = address_of(session, act) or ReminderAddress(staff_id=act.who.id)
    if row.address != address:  # what the old one did not take may go to this one at once
        untaken = col(DeadlineReminder.is_sent).is_(False)
        session.execute(delete(DeadlineReminder).where(col(DeadlineReminder.staff_id) == act.who.id, untaken))
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
    session.execute(delete(DeadlineReminder).where(col(DeadlineReminder.staff_id) == staff_id))
    row = session.get(ReminderAddress, staff_id)
    if row is not None:
        session.delete(row)
        session.flush()


def forget_warnings(session: Session, row: Deadline) -> None:
    """Forget that a deadline was warned of, so that whoever has the case is warned anew."""
    session.execute(delete(DeadlineReminder).where(col(DeadlineReminder.deadline_id) == row.id))


def address_of(session: Session, act: Act) -> ReminderAddress | None:
    """Return where whoever acts is reminded; None if nowhere."""
    return session.get(ReminderAddress, act.who.id)


def last_reminder(session: Session, act: Act) -> Row[date, bool] | None:
    """Return on which day a mail last went to whoever acts, and whether the server took it."""
    wanted = select(col(DeadlineReminder.tried_on), col(DeadlineReminder.is_sent)).where(
        col(DeadlineReminder.staff_id) == act.who.id
    )
    return session.execute(
        wanted.order_by(col(DeadlineReminder.tried_on).desc(), col(DeadlineReminder.is_sent)).limit(1)
    ).first()

"""One round of reminders: whoever left an address for it is told once of each day that comes near.

That a reminder is tried is written down before the mail goes, and that it went afterwards. So one that is
killed in between is sent at most once more, and none is lost. Of rounds that go at once only one writes that
down of a person at a time, and the others look again after it: each warning goes in one mail.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.orm import sessionmaker
from sqlmodel import Session, col, select

from casework.deadlines.reminding import SUBJECT, Reminder, reminders_for, text_of
from casework.deadlines.tables import OPEN, Deadline, DeadlineReminder, ReminderAddress
from casework.hearings.rules import SET
from casework.hearings.tables import CaseHearing, HearingReminder
from casework.notices.errors import PostClosed
from casework.notices.posts import Answer, MailPost
from casework.staff.rules import MAY, Permission
from office.clock import Clock, day_in
from office.errors import OfficeError
from office.languages import language
from office.stores.errors import StoreUnavailable
from office.stores.keyroom import Staff
from office.vocabulary import City

AGAIN_AFTER: Final = timedelta(minutes=45)
"""How long what was not taken waits: a server may refuse what it does not know until it is asked again."""


@dataclass(slots=True)
class Sent:
    """What one round did, in numbers."""

    sent: int = 0
    not_taken: int = 0
    failed: int = 0

    def __str__(self) -> str:
        told = f"reminders: {self.sent} sent, {self.not_taken} not taken and tried again"
        return f"{told}, {self.failed} people whose days could not be counted" if self.failed else told


@dataclass(frozen=True, slots=True)
class Round:
    """One round.

    Attributes:
        sessions: of the casework store, opened as `reminder`.
        is_demo: whether invented colleagues are reminded too.
    """

    sessions: sessionmaker[Session]
    post: MailPost
    clock: Clock
    city: City
    is_demo: bool = False

    def go(self) -> Sent:
        """Remind everybody of what has come near. What goes wrong for one person stops nobody else's turn.

        Raises:
            PostClosed: the server cannot be reached; nothing is written down of who was not told.
            StoreUnavailable: the next round tries again.
        """
        done = Sent()
        self._forget_settled()
        try:
            for who in self._wanted():
                try:
                    self._turn(who, done)
                except (PostClosed, StoreUnavailable):
                    raise
                except OfficeError:
                    done.failed += 1
        finally:
            self.post.close()
        return done

    def _forget_settled(self) -> None:
        """Forget who was warned of what binds no more; what is taken back is warned of anew."""
        settled = select(Deadline.id).where(col(Deadline.state).not_in(OPEN))
        ended = select(CaseHearing.id).where(CaseHearing.state_code != SET)
        with self.sessions.begin() as session:
            session.execute(delete(DeadlineReminder).where(col(DeadlineReminder.deadline_id).in_(settled)))
            session.execute(delete(HearingReminder).where(col(HearingReminder.hearing_id).in_(ended)))

    def _turn(self, who: ReminderAddress, done: Sent) -> None:
        now = self.clock.now()
        with self.sessions() as session:
            due = reminders_for(session, who.staff_id, now, self.city)
        if due:
            self.post.open()
            due = self._claim(who, now)
        if due and self._send(who, due, now):
            done.sent += 1
        elif due:
            done.not_taken += 1
        self._note_turn(who, day_in(self.city.zone, now))

    def _claim(self, who: ReminderAddress, now: datetime) -> list[Reminder]:
        """Write down what is about to be sent to somebody and return it; nothing if another round was faster.

        Their address is written first, with nothing new in it: other rounds wait there until this is kept.
        """
        own = col(ReminderAddress.staff_id) == who.staff_id
        with self.sessions.begin() as session:
            session.execute(
                update(ReminderAddress).where(own).values(looked_on=ReminderAddress.looked_on),
                execution_options={"synchronize_session": False},
            )
            due = reminders_for(session, who.staff_id, now, self.city)
            self._mark(session, who.staff_id, due, now, again_at=now + AGAIN_AFTER)
        return due

    def _note_turn(self, who: ReminderAddress, today: date) -> None:
        """Write down, once a day, that somebody had their turn: the desk tells them so."""
        if who.looked_on != today:
            own = col(ReminderAddress.staff_id) == who.staff_id
            with self.sessions.begin() as session:
                session.execute(update(ReminderAddress).where(own).values(looked_on=today))

    def _wanted(self) -> Sequence[ReminderAddress]:
        """Return who left an address, and still works here with cases."""
        roles = [role for role, doors in MAY.items() if Permission.CASES in doors]
        wanted = (
            select(ReminderAddress)
            .join(Staff, col(ReminderAddress.staff_id) == col(Staff.id))
            .where(
                col(Staff.active).is_(True),
                col(Staff.public_key).is_not(None),
                col(Staff.role_code).in_(roles),
            )
            .order_by(col(Staff.id))
        )
        if not self.is_demo:
            wanted = wanted.where(col(Staff.is_demonstration).is_(False))
        with self.sessions() as session:
            return session.exec(wanted).all()

    def _send(self, who: ReminderAddress, due: list[Reminder], now: datetime) -> bool:
        spoken = language(who.language, "staff")
        letter = self.post.letter(who.address, now, spoken.gettext(SUBJECT), text_of(due, spoken))
        try:
            answer = self.post.send(letter, who.address)
        except PostClosed:
            self._forget(who.staff_id, due)
            raise
        if answer is not Answer.NOT_TAKEN:
            is_sent = answer is Answer.TAKEN
            again_at = now if is_sent else self._tomorrow(now)
            with self.sessions.begin() as session:
                self._mark(session, who.staff_id, due, now, again_at=again_at, is_sent=is_sent)
        return answer is Answer.TAKEN

    def _mark(
        self,
        session: Session,
        staff_id: UUID,
        due: list[Reminder],
        now: datetime,
        *,
        again_at: datetime,
        is_sent: bool = False,
    ) -> None:
        for one in due:
            row = _kept(session, staff_id, one) or _new(staff_id, one)
            row.tried_on, row.again_at, row.is_sent = day_in(self.city.zone, now), again_at, is_sent
            session.add(row)

    def _tomorrow(self, now: datetime) -> datetime:
        day = day_in(self.city.zone, now) + timedelta(days=1)
        return datetime.combine(day, time(), self.city.zone).astimezone(UTC)

    def _forget(self, staff_id: UUID, due: list[Reminder]) -> None:
        """Let the next round try again at once: nothing can have been sent."""
        with self.sessions.begin() as session:
            for one in due:
                row = _kept(session, staff_id, one)
                if row is not None:
                    session.delete(row)


def _kept(session: Session, staff_id: UUID, one: Reminder) -> DeadlineReminder | HearingReminder | None:
    known = (staff_id, one.of, one.days)
    return session.get(HearingReminder, known) if one.is_hearing else session.get(DeadlineReminder, known)


def _new(staff_id: UUID, one: Reminder) -> DeadlineReminder | HearingReminder:
    if one.is_hearing:
        return HearingReminder(staff_id=staff_id, hearing_id=one.of, days=one.days)
    return DeadlineReminder(staff_id=staff_id, deadline_id=one.of, days=one.days)

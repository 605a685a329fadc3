"""One round of the mailer: whoever there is news for, and left an address for it, is told.

A try is written down before the notice goes, and what became of it afterwards. So a mailer that is killed in
between sends at most one notice twice, on another day, and loses none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import ValidationError
from sqlalchemy import Row, delete, select, update
from sqlalchemy.orm import sessionmaker
from sqlmodel import Session, col, func

from casework.cases.tables import CaseFile
from casework.handing_over.errors import KeyVersionMissing
from casework.notices.errors import PostClosed
from casework.notices.posts import Answer, Post
from casework.notices.rules import MOST_TRIES, TOLD, next_try_on
from casework.notices.tables import NoticeAddress as AddressRow
from casework.notices.tables import NoticeDue
from casework.safe_contact.rules import NEVER, WINDOW, Window
from casework.safe_contact.tables import SafeContact
from office.clock import Clock, day_in
from office.handover.notice import NoticeAddress
from office.languages import Language, UnknownLanguage, language
from office.sealing.boxes import CannotOpen, SealingKey, unseal

AT_ONCE: Final = 200
"""Notices read in one transaction."""
A_DAY: Final = timedelta(days=1)


@dataclass(slots=True)
class Told:
    """What one round did, in numbers."""

    told: int = 0
    not_taken: int = 0
    without_post: int = 0
    given_up: int = 0
    held_back: int = 0
    unsafe_now: int = 0

    def __str__(self) -> str:
        wait = f"; {self.without_post} wait, for there is no post of their kind" if self.without_post else ""
        never = f"; {self.held_back} not sent, for the way is never safe" if self.held_back else ""
        later = f"; {self.unsafe_now} wait for a day and hour that is safe" if self.unsafe_now else ""
        return (
            f"notices: {self.told} sent, {self.not_taken} not taken and tried again later{wait}{never}{later}"
            f"; {self.given_up} addresses given up in all"
        )


class Round:
    """One round.

    Args:
        sessions: of the casework store, opened as `mailer`.
        keys: the private keys of notices, by full name.
        posts: how somebody can be told, by kind of address.
        clock: asked before each notice, for a round may last.
        zone: the city's time, in which hours of safe contact are noted.
    """

    def __init__(
        self,
        sessions: sessionmaker[Session],
        keys: Mapping[str, SealingKey],
        posts: Mapping[str, Post],
        *,
        clock: Clock,
        zone: ZoneInfo,
    ) -> None:
        self.sessions = sessions
        self.keys = keys
        self.posts = posts
        self.clock = clock
        self.zone = zone
        self.on = day_in(zone, clock.now())
        self.done = Told()
        self.closed: dict[str, PostClosed] = {}
        self.missing: KeyVersionMissing | None = None

    def go(self) -> Told:
        """Tell everybody who waits.

        Raises:
            PostClosed: a server cannot be reached; who was not told waits, and no try is counted.
            KeyVersionMissing: some addresses are sealed to a version that this process was not given.
        """
        self._sweep()
        last: UUID | None = None
        try:
            while due := self._next(last):
                for row in due:
                    self._tell(row)
                last = due[-1].id
        finally:
            for post in self.posts.values():
                post.close()
        with self.sessions() as session:
            wanted = select(func.count()).where(
                col(NoticeDue.tries) >= MOST_TRIES, col(NoticeDue.tries) < TOLD
            )
            self.done.given_up = session.execute(wanted).scalar_one()
        for trouble in (self.missing, *self.closed.values()):
            if trouble is not None:
                raise trouble
        return self.done

    def _sweep(self) -> None:
        """Forget who was told and has rested, and who left no address; try a new address from the start."""
        address = select(col(AddressRow.received_on)).where(
            col(AddressRow.case_number) == col(NoticeDue.case_number)
        )
        with self.sessions.begin() as session:
            rested = (col(NoticeDue.tries) == TOLD) & (col(NoticeDue.next_on) <= self.on)
            session.execute(delete(NoticeDue).where(rested))
            session.execute(delete(NoticeDue).where(~address.exists()))
            session.execute(
                update(NoticeDue)
                .where(
                    col(NoticeDue.tries) >= MOST_TRIES,
                    col(NoticeDue.tries) < TOLD,
                    address.scalar_subquery() >= col(NoticeDue.next_on),
                )
                .values(tries=0, next_on=self.on)
            )

    def _next(self, after: UUID | None) -> list[Row[UUID, int, str, str, bytes]]:
        wanted = (
            select(
                col(NoticeDue.id),
                col(NoticeDue.tries),
                col(AddressRow.case_number),
                col(AddressRow.key_name),
                col(AddressRow.sealed),
            )
            .join(AddressRow, col(AddressRow.case_number) == col(NoticeDue.case_number))
            .where(col(NoticeDue.next_on) <= self.on, col(NoticeDue.tries) < MOST_TRIES)
            .order_by(col(NoticeDue.id))
            .limit(AT_ONCE)
        )
        with self.sessions() as session:
            return list(session.execute(wanted if after is None else wanted.where(col(NoticeDue.id) > after)))

    def _tell(self, row: Row[UUID, int, str, str, bytes]) -> None:
        own, tries, case_number, key_name, sealed = row
        if key_name not in self.keys:
            self.missing = KeyVersionMissing(key=key_name)
            return
        address = self._opened(case_number, key_name, sealed)
        to = address.goes_to if address is not None else None
        if address is None or to is None:  # nobody can be written to there, today or another day
            self._mark_failed(own, tries + 1)
            return
        noted = self._noted(case_number, address.kind)
        if noted is not None and noted.rule_code == NEVER:
            self._forget(own)
            return
        if noted is not None and noted.rule_code == WINDOW and not self._is_safe_now(noted):
            self.done.unsafe_now += 1
            return
        post = self.posts.get(address.kind)
        if post is None:
            self.done.without_post += 1
            return
        if address.kind in self.closed:  # a server that is not there costs nobody a try, and no time
            return
        try:
            post.open()
            if noted is not None and noted.rule_code == WINDOW and not self._is_safe_now(noted):
                self.done.unsafe_now += 1  # the server took its time
                return
            self._mark(own, tries + 1, next_try_on(tries + 1, self.on))
            answer = post.tell(to, spoken(address.language), self.clock.now())
        except PostClosed as error:
            self.closed[address.kind] = error
            self._mark(own, tries, self.on)
            return
        if answer is Answer.TAKEN:
            self._mark(own, TOLD, self.on + A_DAY)
            self.done.told += 1
        else:
            self._mark_failed(own, tries + 1)

    def _noted(self, case_number: str, way: str) -> Row[str, str | None, int | None, int | None] | None:
        """Return what was noted of this way to the person: the rule, and its days and hours."""
        wanted = (
            select(
                col(SafeContact.rule_code),
                col(SafeContact.window_days),
                col(SafeContact.from_hour),
                col(SafeContact.to_hour),
            )
            .join(CaseFile, col(CaseFile.id) == col(SafeContact.case_id))
            .where(
                col(CaseFile.reference) == case_number,
                col(SafeContact.way_code) == way,
            )
        )
        with self.sessions() as session:
            return session.execute(wanted).first()

    def _is_safe_now(self, noted: Row[str, str | None, int | None, int | None]) -> bool:
        """Say whether it is one of the days and hours noted; where none were noted, no hour is."""
        _, days, first, last = noted
        if days is None or first is None or last is None:
            return False
        return Window(days, first, last).is_open(self.clock.now().astimezone(self.zone))

    def _forget(self, own: UUID) -> None:
        """Tell nobody of this news: the person finds it with the receipt."""
        with self.sessions.begin() as session:
            session.execute(delete(NoticeDue).where(col(NoticeDue.id) == own))
        self.done.held_back += 1

    def _mark_failed(self, own: UUID, tries: int) -> None:
        """Write down a try in vain; after the last one the day says since when the address is left alone."""
        self.done.not_taken += 1
        is_last = tries >= MOST_TRIES
        self._mark(own, tries, self.on if is_last else next_try_on(tries, self.on))

    def _opened(self, case_number: str, key_name: str, sealed: bytes) -> NoticeAddress | None:
        """Return the address, or None if it cannot be opened: it is tried like one that does not work."""
        key = self.keys[key_name]
        try:
            return NoticeAddress.model_validate_json(unseal(sealed, key, about=f"notice/{case_number}"))
        except (CannotOpen, ValidationError):
            return None

    def _mark(self, own: UUID, tries: int, next_on: date) -> None:
        with self.sessions.begin() as session:
            session.execute(
                update(NoticeDue).where(col(NoticeDue.id) == own).values(tries=tries, next_on=next_on)
            )


def spoken(tag: str) -> Language:
    """Return the language of an address; the office's own if it is none we speak."""
    try:
        return language(tag, "office")
    except UnknownLanguage:
        return language("es", "office")

"""Who is signed in. Sessions live in the memory of this process with the personal key, and nowhere else.

A restart ends them all. The cookie is random; only its hash is kept, so that a look into the memory's
index does not give a usable cookie.
"""

import hashlib
import secrets
import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Self
from uuid import UUID

from casework.incidents.rules import Account
from casework.staff.rules import IDLE, LONGEST, NAMED_AFTER, SET_BACK, Permission, may
from office.ids import new_id
from office.keys import personal
from office.sealing.boxes import SealingKey


@dataclass(slots=True)
class SignedIn:
    """A member of staff who has signed in, with their opened personal key.

    `compared` remembers the codes of reports that were opened to be compared with others, by number. Whoever
    uses one asks the report's door first. `strange_devices` is how many new devices this person is still to
    be told of, and `has_news` whether there is something else.
    """

    id: UUID
    display_name: str
    role_code: str
    key: SealingKey
    started_at: datetime
    seen_at: datetime
    is_demonstration: bool = False
    compared: dict[str, Account] = field(default_factory=dict)
    session_id: UUID = field(default_factory=new_id)
    browser_code: str = "other"
    way_code: str = "code"
    strange_devices: int = 0
    has_news: bool = False
    new_handle: bytes = field(default_factory=partial(secrets.token_bytes, 32), repr=False)

    @classmethod
    def from_door(cls, person: personal.SignedIn) -> Self:
        """Return who has just passed the door with pass-phrase and code, as this process remembers them."""
        return cls(
            id=person.id,
            display_name=person.display_name,
            role_code=person.role_code,
            key=person.key,
            started_at=person.at,
            seen_at=person.at,
            is_demonstration=person.is_demonstration,
        )

    def may(self, permission: Permission) -> bool:
        """Say whether this person's role opens the door."""
        return may(self.role_code, permission)

    def __repr__(self) -> str:
        return f"SignedIn({self.id})"


@dataclass(frozen=True, slots=True)
class Ended:
    """Whose session ended by itself: their public key seals what they still had typed, and opens nothing."""

    id: UUID
    public_key: bytes
    ended_at: datetime


class SignInBook:
    """The sessions of this process."""

    def __init__(self) -> None:
        self._sessions: dict[bytes, SignedIn] = {}
        self._ended: dict[bytes, Ended] = {}
        self._lock = threading.Lock()

    def open(self, person: SignedIn) -> str:
        """Remember the person and return the cookie's value."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._sessions[_index(token)] = person
        return token

    def find(self, token: str, now: datetime) -> SignedIn | None:
        """Return who holds this cookie, unless they were idle or signed in for too long."""
        with self._lock:
            self._end_what_is_over(now)
            person = self._sessions.get(_index(token))
            if person is not None:
                person.seen_at = now
            return person

    def ended(self, token: str, now: datetime) -> Ended | None:
        """Return whose session this cookie was, if it ended by itself within the last hours."""
        with self._lock:
            self._end_what_is_over(now)
            return self._ended.get(_index(token))

    def close(self, token: str) -> None:
        """Forget one session and its key."""
        with self._lock:
            self._sessions.pop(_index(token), None)
            self._ended.pop(_index(token), None)

    def close_all_of(self, staff_id: UUID) -> None:
        """Forget every session of one person, whose access was taken back."""
        with self._lock:
            self._sessions = {i: one for i, one in self._sessions.items() if one.id != staff_id}
            self._ended = {i: one for i, one in self._ended.items() if one.id != staff_id}

    def open_of(self, staff_id: UUID, now: datetime) -> Sequence[SignedIn]:
        """Return the open sessions of one person, the newest first."""
        with self._lock:
            self._end_what_is_over(now)
            found = [one for one in self._sessions.values() if one.id == staff_id]
            return sorted(found, key=lambda one: one.started_at, reverse=True)

    def end_of(self, staff_id: UUID, ended: Collection[UUID]) -> int:
        """Forget these sessions of one person, and return how many there were; nothing names them now."""
        with self._lock:
            gone = [i for i, one in self._sessions.items() if one.id == staff_id and one.session_id in ended]
            for index in gone:
                del self._sessions[index]
            return len(gone)

    def _end_what_is_over(self, now: datetime) -> None:
        """Forget the keys of all sessions that were idle or open for too long, whoever asks.

        A clock that was set back says of no session how old it is: those are over too.
        """
        for index, person in list(self._sessions.items()):
            is_set_back = person.seen_at - now > SET_BACK
            if is_set_back or now - person.seen_at > IDLE or now - person.started_at > LONGEST:
                del self._sessions[index]
                self._ended[index] = Ended(person.id, person.key.public, now)
        for index, one in list(self._ended.items()):
            if now - one.ended_at > NAMED_AFTER:
                del self._ended[index]


def _index(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()

"""A new receipt key for a person who has the old one, because somebody else has seen it.

The new key is made before it holds. Where it leads lies in the table of drafts, sealed under the new key
itself, and names the old receipt. Until its first use the old key works as before; that use, on this page or
by coming back with it, puts the new one in its place, in one transaction with the envelope that tells the
desk. So whoever loses the connection, closes the browser or presses twice has at each moment one key that
works: the old one, or the new one they saw.

A key replaces just the one it was made for. Of two made at once, in two windows or by two people, the first
that is used holds; the other opens nothing, and whoever has it sees so.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from intake_api.drafts.keeping import DELETE, INSERT, SELECT
from intake_api.files.piece_store import id_in
from intake_api.letterbox import Desk, Letterbox, day_read
from intake_api.returning.open_case import Visit
from intake_api.returning.opening import readers_of
from intake_api.submission import CHANNEL
from office.clock import Clock, day_in, iso_week
from office.handover.codes import language_outside
from office.handover.report import Rekey
from office.ids import new_id
from office.routing import Routing, routed, routing_in_salt
from office.sealing.boxes import CannotOpen, seal
from office.sealing.drafts import draft_lookup, open_draft, seal_draft
from office.sealing.public_keys import PublicKeys
from office.sealing.receipts import derive, new_key, new_salt, proof_hash
from office.sealing.successions import named_successor

DAYS: Final = timedelta(days=7)
"""How long a key that was made and never used can still be put in the place of the old one."""
SELECT_RECEIPT: Final = (
    "SELECT salt, proof_hash, reporter_key_version, case_public_key, case_key_version"
    " FROM receipt WHERE case_number = ?"
)
TELL: Final = (
    "INSERT INTO envelope (id, kind, case_number, reporter_public_key, reporter_key_version, iso_week,"
    " language, channel_code, urgency_code, routing_code, key_name, sealed_story)"
    " VALUES (?, 'rekey', ?, ?, ?, ?, ?, ?, 'normal', ?, ?, ?)"
)
RENEW: Final = (
    "UPDATE receipt SET salt = ?, proof_hash = ?, reporter_public_key = ?, reporter_key_version = ?,"
    " must_rekey = ? WHERE case_number = ? AND proof_hash = ?"
)


class Renewals:
    """Makes new keys and puts them in the place of old ones at their first use.

    Args:
        letterbox: the only way to the mailbox.
        clock: what time it is.
        zone: the city's zone, in which days are reckoned.
    """

    def __init__(self, letterbox: Letterbox, clock: Clock, zone: ZoneInfo) -> None:
        self.letterbox = letterbox
        self.clock = clock
        self.zone = zone

    async def make(self, old: Visit) -> Visit:
        """Return the receipt with a new key that waits for its first use; `old` was opened just now."""
        new = Visit(old.case_number, new_key())
        lookup = draft_lookup(new.cookie())
        sealed = seal_draft(new.cookie(), old.key.encode())
        until = (self._today() + DAYS).isoformat()

        def work(desk: Desk) -> int:
            desk.bring(lookup=lookup)
            return desk.change(INSERT, (lookup, sealed, until))

        await self.letterbox.keep(work)
        return new

    async def replaced_by(self, new: Visit) -> Visit | None:
        """Return the receipt that a waiting new key was made for, or None if it waits for nothing."""
        code = new.cookie()
        lookup = draft_lookup(code)

        def work(desk: Desk) -> list[tuple[Any, ...]]:
            desk.bring(lookup=lookup)
            return desk.rows(SELECT, (lookup,))

        rows = await self.letterbox.look(work)
        if not rows or day_read(rows[0][1]) < self._today():
            return None
        try:
            return Visit(new.case_number, open_draft(code, bytes(rows[0][0])).decode())
        except CannotOpen:
            return None

    async def first_use(self, new: Visit, keys: Callable[[], PublicKeys], *, language: str) -> bool:
        """Put a waiting new key in the place of the old one; say whether that was done now.

        False for every other key: whether it opens anything is found out by opening the case with it.

        Args:
            new: as it was typed, or as the page had it.
            keys: gives the office's public keys; asked only if a key waits.
            language: in which the page is read.

        Raises:
            NoActiveKey: the desk could not be told, so nothing was changed; the old key still works.
        """
        old = await self.replaced_by(new)
        if old is None:
            return False
        return await self.letterbox.keep(self._putting(old, new, keys(), language))

    def _putting(self, old: Visit, new: Visit, keys: PublicKeys, language: str) -> Callable[[Desk], bool]:
        number, now = new.case_number, self.clock.now()
        lookup, week = draft_lookup(new.cookie()), iso_week(self._today())
        random_salt, outside = new_salt(), language_outside(language)

        def work(desk: Desk) -> bool:
            desk.bring(case_number=number, lookup=lookup)
            rows = desk.rows(SELECT_RECEIPT, (number,))
            desk.change(DELETE, (lookup,))
            if not rows:
                return False
            salt, kept_proof, version, case_key, case_version = rows[0]
            was = derive(old.key, bytes(salt))
            before = proof_hash(was.proof)
            if before != bytes(kept_proof):
                return False
            routing: Routing = routing_in_salt(bytes(salt))
            after_salt = routed(random_salt, routing)
            derived, after = derive(new.key, after_salt), int(version) + 1
            public = derived.sealing_key.public
            place = (after_salt, proof_hash(derived.proof), public, after, False, number, before)
            if not desk.change(RENEW, place):
                return False
            key_name, readers = readers_of(number, routing, case_key, case_version, keys)
            word = named_successor(was.sealing_key, readers, about=f"{number}/{after}", new=public)
            told = Rekey(case_number=number, told_at=now, key_version=after, by_old_key=word.hex())
            sealed = seal(told.as_bytes(), readers, about=f"rekey/{number}")
            values = (number, public, after, week, outside, CHANNEL, routing, key_name, sealed)
            desk.change(TELL, (id_in(desk, new_id()), *values))
            return True

        return work

    def _today(self) -> date:
        return day_in(self.zone, self.clock.now())

"""Coming back with a receipt: what the office answered is opened here, in memory, with the person's own key.

The session of these pages is the receipt itself, in a cookie that the browser drops when it is closed
(HttpOnly, SameSite=Strict, no-store pages). Nothing about it is kept on this side: each request derives
the key anew, which costs microseconds. A session table would have to hold either the key or something
that opens like it; so there is none, and leaving is forgetting the cookie.

A wrong key and an unknown number get the same answer after the same work, and wait alike (`tries`).
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterable
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from intake_api.assisted.relays import DELETE_SIGHT, IS_FOLLOWED
from intake_api.drafts.keeping import Kept, dropping
from intake_api.files.held import Held
from intake_api.files.piece_store import id_in, sending_files
from intake_api.letter_statements import INSERT_ENVELOPE, INSERT_WITH_NOTICE
from intake_api.letterbox import Desk, Letterbox
from intake_api.returning.asked import noting, reading
from intake_api.returning.notice_address import SealedNotice
from intake_api.returning.open_case import BookingAsked, OpenCase, Visit
from intake_api.returning.tries import counting, instant, purging, refuse_if_blocked, tries_of_nobody
from intake_api.submission import CHANNEL
from office.clock import Clock, day_in, iso_week
from office.errors import Conflict, Invalid
from office.handover.booking import AppointmentWish, Booking
from office.handover.codes import language_outside
from office.handover.reply import Reply
from office.handover.report import Consent, ConsentChange, Message, Sealable
from office.routing import STORY_KEY, Routing, routing_in_salt
from office.sealing.boxes import CannotOpen, SealingKey, seal, unseal
from office.sealing.public_keys import PublicKeys
from office.sealing.receipts import derive, new_salt, proof_hash

SELECT_RECEIPT: Final = (
    "SELECT salt, proof_hash, reporter_key_version, case_public_key, case_key_version, wrong_tries,"
    " blocked_until, opened_week, must_rekey FROM receipt WHERE case_number = ?"
)
SELECT_WEEK: Final = "SELECT opened_week FROM receipt WHERE case_number = ?"
SELECT_REPLIES: Final = "SELECT sealed, reporter_key_version FROM reply WHERE case_number = ?"


class KeyDoesNotFit(Invalid):
    """No report has this number and this key; which of the two is wrong is not told."""

    code = "key_does_not_fit"
    sentence = "We cannot find a report with this number and this key. Please compare both with your receipt."


class NewKeyNeeded(Conflict):
    """Somebody else has seen this key: it opens only the page that makes a new one."""

    code = "new_key_needed"
    sentence = "Somebody else has seen this key. Make a new one first; then you can read on."


class Returns:
    """Opens cases for who brings a receipt, and takes what they write."""

    def __init__(self, letterbox: Letterbox, clock: Clock, zone: ZoneInfo) -> None:
        self.letterbox = letterbox
        self.clock = clock
        self.zone = zone

    async def open(self, visit: Visit) -> OpenCase:
        """Return the case of a receipt.

        The right key always opens: with 73 random bits nobody guesses it, and a stranger who tries wrong ones
        must not shut the person out. Nothing is forgotten at once either, for that would show that the owner
        of a number was here.

        Raises:
            KeyDoesNotFit: no such number, or another key.
            TriedTooOften: too many wrong keys; `seconds` says how long to wait.
            NewKeyNeeded: the key is right, but others have seen it, and it must be replaced first.
        """
        number = visit.case_number
        found, is_known = await self.letterbox.look(_found(number))
        salt, proof, version, case_key, case_version, wrong, blocked_until, week, is_seen = found
        now, blocked = self.clock.now(), instant(blocked_until)
        derived = derive(visit.key, bytes(salt))
        if not hmac.compare_digest(proof_hash(derived.proof), bytes(proof)):
            refuse_if_blocked(blocked, now)
            tries = int(wrong)
            count = counting(number, is_known=is_known, tries=tries, blocked_until=blocked, now=now)
            await self.letterbox.keep(count)
            raise KeyDoesNotFit
        if is_seen:
            raise NewKeyNeeded
        rows = await self.letterbox.look(
            lambda desk: _asked(desk, SELECT_REPLIES, number, proof=derived.proof)
        )
        present = (bytes(row[0]) for row in rows if row[1] == version)
        replies, unreadable = _opened(present, derived.sealing_key, number)
        followed = await self.letterbox.look(lambda desk: _asked(desk, IS_FOLLOWED, number))
        asked = await self.letterbox.look(reading(visit))
        return OpenCase(
            case_number=number,
            key=derived.sealing_key,
            key_version=int(version),
            case_public_key=bytes(case_key) if case_key is not None else None,
            case_key_version=case_version,
            routing=routing_in_salt(bytes(salt)),
            opened_week=str(week),
            replies=replies,
            unreadable=unreadable,
            has_older=bool(rows) and all(row[1] < version for row in rows),
            proof=derived.proof,
            is_followed=bool(followed),
            asked=asked,
            visit=visit,
        )

    async def purge(self) -> int:
        """Delete what was counted for numbers nobody has and is forgotten by now; return how many."""
        return await self.letterbox.keep(purging(self.clock.now()))

    async def write(
        self,
        case: OpenCase,
        text: str,
        keys: PublicKeys,
        *,
        language: str,
        id: UUID,
        files: Kept | None = None,
    ) -> None:
        """Seal a message to the office and keep it; the same text with the same `id` is one message.

        The files that wait in the draft `files` go with it, in the same commit, and the draft ends there.

        Raises:
            FilesGone: a file is not there any more; nothing was kept.
        """
        number, held = case.case_number, files.draft.held if files else Held()
        id = own_id(id, number, text, *(one.file_id.hex for one in held.files))
        told = Message(case_number=number, told_at=self.clock.now(), text=text, files=held.files)
        key_name, public = _readers(case, keys)
        sealed = seal(told.as_bytes(), public, about=f"message/{number}")
        insert = self._inserting("message", case, key_name, sealed, language, id)
        give_files = sending_files(held.files, held.code, number)

        def work(desk: Desk) -> None:
            if insert(desk) and files is not None:
                give_files(desk)
                dropping(desk, files.code)

        await self.letterbox.keep(work)

    async def change_consents(
        self, case: OpenCase, consents: Iterable[Consent], keys: PublicKeys, *, language: str, id: UUID
    ) -> None:
        """Seal changed consents to the office and keep them; the same with the same `id` is one change.

        An association that may not follow any more loses sight of the report in the same commit. A note
        of what was asked stays for the person until the desk confirms it.
        """
        told = ConsentChange(case_number=case.case_number, told_at=self.clock.now(), consents=tuple(consents))
        id = own_id(id, case.case_number, *(f"{one.code}={one.given}" for one in told.consents))
        key_name, public = _readers(case, keys)
        sealed = seal(told.as_bytes(), public, about=f"consent/{case.case_number}")
        insert = self._inserting("consent", case, key_name, sealed, language, id)
        ends_sight = any(one.code == "follow" and not one.given for one in told.consents)
        now_asked = {one.code: one.given for one in told.consents}
        note = noting(case.visit, now_asked, day_in(self.zone, told.told_at))

        def work(desk: Desk) -> int:
            if ends_sight:
                desk.bring(case_number=case.case_number, proof=case.proof)
                desk.change(DELETE_SIGHT, (case.case_number,))
            note(desk)
            return insert(desk)

        await self.letterbox.keep(work)

    async def book(
        self, case: OpenCase, told: Booking | AppointmentWish, keys: PublicKeys, *, language: str, id: UUID
    ) -> None:
        """Seal what the person answers about an appointment, or that they ask for one, with a note of it."""
        key_name, public = _readers(case, keys)
        sealed = seal(told.as_bytes(), public, about=f"booking/{case.case_number}")
        insert = self._inserting("booking", case, key_name, sealed, language, id)
        on = day_in(self.zone, told.told_at)
        if isinstance(told, AppointmentWish):
            number = case.appointment.number if case.appointment else 0
            note = noting(case.visit, {}, on, wished_at=number)
        else:
            fields = BookingAsked.model_fields
            asked = BookingAsked(**{name: getattr(told, name) for name in fields})
            note = noting(case.visit, {}, on, booking=asked)

        def work(desk: Desk) -> int:
            note(desk)
            return insert(desk)

        await self.letterbox.keep(work)

    async def post(
        self,
        case: OpenCase,
        kind: str,
        told: Sealable,
        keys: PublicKeys,
        *,
        language: str,
        id: UUID,
        notice: SealedNotice = (None, None),
    ) -> None:
        """Seal a letter of another kind to whoever reads the case, and keep it under `id`.

        Args:
            case: as the receipt opened it.
            kind: of the envelope.
            told: what is sealed.
            keys: the office's public keys.
            language: of the page.
            id: the same id is one letter.
            notice: an address that goes with it.
        """
        key_name, public = _readers(case, keys)
        sealed = seal(told.as_bytes(), public, about=f"{kind}/{case.case_number}")
        values = (id, *self._outside(kind, case, key_name, sealed, language), *notice)
        statement = f"{INSERT_WITH_NOTICE} ON CONFLICT DO NOTHING"
        await self.letterbox.keep(lambda desk: desk.change(statement, (id_in(desk, values[0]), *values[1:])))

    def _outside(
        self, kind: str, case: OpenCase, key_name: str, sealed: bytes, language: str
    ) -> tuple[Any, ...]:
        week = iso_week(day_in(self.zone, self.clock.now()))
        return (
            kind, case.case_number, None, case.key_version, week, language_outside(language), CHANNEL,
            "normal", case.routing, key_name, sealed, None, None, None, None,
        )  # fmt: skip

    def _inserting(
        self, kind: str, case: OpenCase, key_name: str, sealed: bytes, language: str, id: UUID
    ) -> Callable[[Desk], int]:
        values = self._outside(kind, case, key_name, sealed, language)
        statement = f"{INSERT_ENVELOPE} ON CONFLICT DO NOTHING"
        return lambda desk: desk.change(statement, (id_in(desk, id), *values))


def _asked(desk: Desk, statement: str, number: str, proof: bytes | None = None) -> list[tuple[Any, ...]]:
    desk.bring(case_number=number, proof=proof)
    return desk.rows(statement, (number,))


def opened_in(number: str) -> Callable[[Desk], str]:
    """Return the work that says in which week a report was sent, for who sends the same again."""
    return lambda desk: str(_asked(desk, SELECT_WEEK, number)[0][0])


def _found(number: str) -> Callable[[Desk], tuple[tuple[Any, ...], bool]]:
    """Return the work that looks for a number: its receipt, or what fits no key; and which of them it is."""

    def work(desk: Desk) -> tuple[tuple[Any, ...], bool]:
        rows = _asked(desk, SELECT_RECEIPT, number)
        tries, blocked_until = tries_of_nobody(desk, number)  # asked for in any case: it takes time
        if rows:
            return rows[0], True
        return (new_salt(), secrets.token_bytes(32), 1, None, None, tries, blocked_until, "", False), False

    return work


def _readers(case: OpenCase, keys: PublicKeys) -> tuple[str, bytes]:
    return readers_of(case.case_number, case.routing, case.case_public_key, case.case_key_version, keys)


def readers_of(
    number: str, routing: Routing, case_key: bytes | None, case_version: int | None, keys: PublicKeys
) -> tuple[str, bytes]:
    """Return to which key, by its full name, what a person sends is sealed: their case's, if it has one.

    Raises:
        NoActiveKey: the office has no key for it now.
    """
    if case_key is not None:
        return f"case.{number}.{case_version}", bytes(case_key)
    return keys.active(STORY_KEY[routing])


def _opened(sealed: Iterable[bytes], key: SealingKey, number: str) -> tuple[tuple[Reply, ...], int]:
    replies: list[Reply] = []
    unreadable = 0
    for one in sealed:
        try:
            replies.append(Reply.model_validate_json(unseal(one, key, about=f"reply/{number}")))
        except (CannotOpen, ValidationError):
            unreadable += 1
    return tuple(sorted(replies, key=lambda reply: (reply.said_on, reply.turn))), unreadable


def own_id(page: UUID, *sent: str) -> UUID:
    """Return the id of what was sent from a page: the same again is the same letter."""
    # The page's id alone would drop, in silence, another text sent from a page that was gone back to.
    digest = hashlib.sha256("\x00".join((page.hex, *sent)).encode()).digest()
    return UUID(bytes=digest[:16], version=4)

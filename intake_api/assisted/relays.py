"""Who files for others: found by the token they bring, which is the whole of their session.

The session of these pages is the token itself, in a cookie the browser drops when it is closed (HttpOnly,
SameSite=Strict, no-store pages); nothing about it is kept on this side. Whoever brings the right token never
waits; wrong ones are counted together, as wrong keys are for one number, and learn nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, cast, get_args
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from intake_api.letterbox import Desk, Letterbox, day_read
from intake_api.returning.tries import counting, instant, refuse_if_blocked, tries_of_nobody
from office.clock import Clock, day_in
from office.errors import OfficeError, Refused
from office.handover.reply import RelayNote, StateCode
from office.sealing.boxes import CannotOpen, SealingKey, unseal
from office.sealing.relay_tokens import RelayTokenInvalid, checked, token_hash, token_key

WRONG_TOKENS: Final = "relay"
"""In the place of a number: under it all wrong tokens are counted."""
BEARER: Final = "bearer "
STATES: Final = get_args(StateCode)
SELECT_RELAY: Final = (
    "SELECT id, kind, name, public_key, channel_code, valid_until FROM relay WHERE token_hash = ?"
)
SELECT_SIGHT: Final = "SELECT case_number, iso_week FROM sight WHERE relay_id = ?"
SELECT_NOTES: Final = (
    "SELECT note.case_number, note.sealed FROM relay_note AS note"
    " JOIN sight ON sight.relay_id = note.relay_id AND sight.case_number = note.case_number"
    " WHERE note.relay_id = ?"
)
INSERT_SIGHT: Final = "INSERT INTO sight (relay_id, case_number, iso_week) VALUES (?, ?, ?)"
DELETE_SIGHT: Final = "DELETE FROM sight WHERE case_number = ?"
IS_FOLLOWED: Final = "SELECT case_number FROM sight WHERE case_number = ?"


class TokenDoesNotFit(Refused):
    """No access has this token, or it was ended."""

    code = "token_does_not_fit"
    sentence = RelayTokenInvalid.sentence


class Seat(BaseModel):
    """Somebody who may file for others, as a draft remembers them; without the token.

    Attributes:
        public_key: in hexadecimal; to it the states of followed reports are sealed.
    """

    model_config = ConfigDict(frozen=True)

    id: UUID
    kind: Literal["association", "operator"]
    name: str
    public_key: str
    channel_code: str

    @property
    def is_association(self) -> bool:
        """Whether a partner association files, which may follow its reports if the person says so."""
        return self.kind == "association"


class Filing(BaseModel):
    """What a draft knows of who files it for somebody else.

    Attributes:
        seat: who files it; None when the person does it alone.
        person_language: in which the person is told everything; empty means that of the pages.
        relay_language: in which whoever files reads the pages.
        shared: once an association has sent it, the answers that another family of the same incident shares.
    """

    model_config = ConfigDict(frozen=True)

    seat: Seat | None = None
    person_language: str = ""
    relay_language: str = ""
    shared: dict[str, dict[str, list[str]]] = Field(default_factory=dict)

    @property
    def is_by_association(self) -> bool:
        """Whether a partner association files it."""
        return self.seat is not None and self.seat.is_association


@dataclass(frozen=True, slots=True)
class Followed:
    """One report an association may follow: number, week, and where it stands; never a text."""

    case_number: str
    iso_week: str
    note: RelayNote | None


class Relays:
    """Finds who may file for others."""

    def __init__(self, letterbox: Letterbox, clock: Clock, zone: ZoneInfo) -> None:
        self.letterbox = letterbox
        self.clock = clock
        self.zone = zone

    async def find(self, token: str | None) -> Seat | None:
        """Return whose token this is, or None; nothing is counted."""
        if not token:
            return None
        try:
            hashed = token_hash(checked(token))
        except OfficeError:
            return None
        rows = await self.letterbox.look(_asked(SELECT_RELAY, hashed, hashed))
        if not rows:
            return None
        own, kind, name, public, channel, until = rows[0]
        if day_read(until) < day_in(self.zone, self.clock.now()):
            return None
        return Seat(
            id=own if isinstance(own, UUID) else UUID(str(own)),
            kind=cast(Literal["association", "operator"], kind),
            name=str(name),
            public_key=bytes(public).hex(),
            channel_code=str(channel),
        )

    async def enter(self, token: str) -> Seat:
        """Return whose token this is.

        Raises:
            TokenDoesNotFit: nobody's, or not any more.
            TriedTooOften: too many wrong tokens just now.
        """
        seat = await self.find(token)
        if seat is not None:
            return seat
        now = self.clock.now()
        tries, blocked_until = await self.letterbox.look(_tries)
        blocked = instant(blocked_until)
        refuse_if_blocked(blocked, now)
        await self.letterbox.keep(
            counting(WRONG_TOKENS, is_known=False, tries=tries, blocked_until=blocked, now=now)
        )
        raise TokenDoesNotFit

    async def of_program(self, authorization: str | None) -> Seat | None:
        """Return who sends a report as a program; None if it names no token.

        Raises:
            TokenDoesNotFit: it names one that is nobody's.
        """
        if authorization is None:
            return None
        if authorization[: len(BEARER)].lower() != BEARER:
            raise TokenDoesNotFit
        return await self.enter(authorization[len(BEARER) :])

    async def followed(self, seat: Seat, token: str) -> tuple[Followed, ...]:
        """Return the reports an association may follow now, the newest first."""
        hashed, key = token_hash(checked(token)), token_key(checked(token))

        def work(desk: Desk) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
            desk.bring(lookup=hashed)
            own = (seat.id.hex if desk.is_sqlite else seat.id,)
            return desk.rows(SELECT_SIGHT, own), desk.rows(SELECT_NOTES, own)

        sights, notes = await self.letterbox.look(work)
        newest = _newest(((str(number), bytes(sealed)) for number, sealed in notes), key)
        told = [Followed(str(number), str(week), newest.get(str(number))) for number, week in sights]
        return tuple(sorted(told, key=lambda one: (one.iso_week, one.case_number), reverse=True))


def seeing(seat: Seat, number: str, week: str) -> Callable[[Desk], int]:
    """Return the work that lets an association follow a report."""
    return lambda desk: desk.change(INSERT_SIGHT, (seat.id.hex if desk.is_sqlite else seat.id, number, week))


def _tries(desk: Desk) -> tuple[int, Any]:
    desk.bring(case_number=WRONG_TOKENS)
    return tries_of_nobody(desk, WRONG_TOKENS)


def _asked(statement: str, lookup: bytes, *values: Any) -> Callable[[Desk], list[tuple[Any, ...]]]:
    def work(desk: Desk) -> list[tuple[Any, ...]]:
        desk.bring(lookup=lookup)
        return desk.rows(statement, values)

    return work


def _newest(notes: Iterable[tuple[str, bytes]], key: SealingKey) -> dict[str, RelayNote]:
    """Return the newest note of each number; of two of one day the one that goes further."""
    told: dict[str, RelayNote] = {}
    for number, sealed in notes:
        try:
            note = RelayNote.model_validate_json(unseal(sealed, key, about=f"relay-note/{number}"))
        except (CannotOpen, ValidationError):
            continue
        if number not in told or _place(told[number]) < _place(note):
            told[number] = note
    return told


def _place(note: RelayNote) -> tuple[date, int]:
    return note.said_on, STATES.index(note.state_code)

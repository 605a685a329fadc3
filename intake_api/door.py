"""What the residents' service holds while it runs: the city, the form, the guide, the mailbox, the keys.

The file of public keys is looked at again after a tenth of a second, so a rotation or a withdrawn key takes
effect at once and without a restart.
"""

import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from intake_api.assisted.relays import Filing, Relays, Seat
from intake_api.drafts.keeping import Draft, Drafts, Kept
from intake_api.files.disk_guard import DiskGuard
from intake_api.files.uploads import Uploads
from intake_api.form.answers import Answers
from intake_api.form.offers import Offers, offers_of
from intake_api.form.questions import Form, Step
from intake_api.guide.reading import Guide, NoGuide
from intake_api.letterbox import Letterbox
from intake_api.promises import Promise, promise_for
from intake_api.returning.notice_address import NOTICE_KEY, kinds_offered
from intake_api.returning.open_case import Visit
from intake_api.returning.opening import Returns
from intake_api.returning.renewing import Renewals
from intake_api.settings import IntakeSettings
from intake_api.submission import CHANNEL, Circumstances
from office.clock import Clock, day_in
from office.errors import Unavailable
from office.languages import Language
from office.routing import Routing, routing_of
from office.sealing.public_keys import REPORT_KEYS, NoActiveKey, PublicKeys, PublicKeysDamaged
from office.vocabulary import City, Contact, load
from office.web.pages import Pages

DRAFT_COOKIE: Final = "draft"
SENDER_COOKIE: Final = "sender"
"""The word of the browser that is about to send (`intake_api.drafts.codes`)."""
VISIT_COOKIE: Final = "visit"
RENEWAL_COOKIE: Final = "renewal"
"""The receipt with a new key that was made and not used yet."""
RELAY_COOKIE: Final = "relay"
"""The token of who files for others (`intake_api.assisted.relays`)."""
KIOSK_COOKIE: Final = "kiosk"
OF_A_PERSON: Final = (DRAFT_COOKIE, SENDER_COOKIE, VISIT_COOKIE, RENEWAL_COOKIE, RELAY_COOKIE)
"""Every cookie that leads to what somebody told or may do; the mode of a kiosk does not."""
LOOKED_AFTER: Final = 0.1
"""Seconds after which the file of public keys is looked at again."""


@dataclass(slots=True)
class KeysFile:
    """The office's public keys, read again whenever their file has changed."""

    path: Path
    _looked_at: float = -1.0
    _seen: tuple[int, int, int] | None = None
    _keys: PublicKeys = field(default_factory=lambda: PublicKeys(()))

    def now(self) -> PublicKeys:
        """Return the keys as the file has them now.

        Raises:
            PublicKeysDamaged: the file cannot be read as one.
        """
        now = time.monotonic()
        if now - self._looked_at < LOOKED_AFTER:
            return self._keys
        self._looked_at = now
        try:
            told = self.path.stat()
        except OSError:
            self._seen, self._keys = None, PublicKeys(())
            return self._keys
        seen = (told.st_mtime_ns, told.st_ino, told.st_size)
        if seen != self._seen:
            self._keys = PublicKeys.load(self.path)
            self._seen = seen
        return self._keys

    def ready(self) -> PublicKeys:
        """Return the keys if a report can be sealed with them.

        Raises:
            NoActiveKey: one of those a report may need is missing; nothing may be taken then.
        """
        keys = self.now()
        for name in REPORT_KEYS:
            keys.active(name)
        return keys


@dataclass(slots=True)
class Door:
    """Everything a page needs."""

    settings: IntakeSettings
    city: City
    form: Form
    guide: Guide | NoGuide
    pages: Pages
    letterbox: Letterbox
    drafts: Drafts
    returns: Returns
    uploads: Uploads
    guard: DiskGuard
    renewals: Renewals
    relays: Relays
    keys: KeysFile
    clock: Clock
    _promises: dict[tuple[date, bool, bool], Promise] = field(default_factory=dict)

    def promise(self, sent_on: date, *, wants_advice: bool, is_in_danger: bool) -> Promise:
        """Return what the office promises for a report sent on `sent_on`."""
        of = (sent_on, wants_advice, is_in_danger)
        if of not in self._promises:
            promise = promise_for(self.city, sent_on, wants_advice=wants_advice, is_in_danger=is_in_danger)
            self._promises = {**self._promises, of: promise} if len(self._promises) < 64 else {of: promise}
        return self._promises[of]

    def today(self) -> date:
        """Return the day in the city."""
        return day_in(self.city.zone, self.clock.now())

    def offers(self, step: Step, today: date | None = None) -> Mapping[str, Offers]:
        """Return what each question of a step offers today."""
        return _offers(_Frozen(step), self.settings.city, today or self.today())

    def notice_kinds(self) -> tuple[str, ...]:
        """Return how somebody can be told that there is news; none where the office cannot do it."""
        return kinds_offered(self.keys.now(), self.settings.notice_kinds)

    def left_out(self, step: Step) -> frozenset[str]:
        """Return what is not asked on a step now: questions without their key, ways nobody can go."""
        asked = [question for question in step.question if question.needs_key == NOTICE_KEY]
        if not asked:
            return frozenset()
        kinds = self.notice_kinds()
        if not kinds:
            return frozenset(question.code for question in asked)
        ways = {option.code for question in asked for option in question.option[1:]}
        return frozenset(ways.difference(kinds))

    def routing(self, answers: Answers) -> Routing:
        """Return who may read a report with these answers."""
        return routing_of(next(iter(answers.get("respondent_code", ())), ""), self.city)

    def told(
        self,
        language: Language,
        at: datetime,
        consent_language: str = "",
        *,
        seat: Seat | None = None,
        channel: str = CHANNEL,
    ) -> Circumstances:
        """Return the circumstances of a report sent in `language` at the instant `at`."""
        channel = seat.channel_code if seat is not None else channel
        version = self.form.meta.version
        return Circumstances(language.tag, at, self.city, version, consent_language, channel, seat)

    def emergencies(self) -> list[Contact]:
        """Return who helps at once in this city, the emergency number first."""
        return [one for one in self.city.contacts if one.is_emergency and one.phone]

    def is_open(self) -> bool:
        """Return whether a report can be sealed now."""
        try:
            self.keys.ready()
        except (NoActiveKey, PublicKeysDamaged):
            return False
        return True

    async def draft_of(self, request: Request) -> Kept | None:
        """Return the draft of whoever asks, if there is one."""
        return await self.drafts.find(request.cookies.get(DRAFT_COOKIE), request.cookies.get(SENDER_COOKIE))

    async def seat_of(self, request: Request) -> Seat | None:
        """Return who files for others in this browser, if somebody does and still may."""
        return await self.relays.find(request.cookies.get(RELAY_COOKIE))

    async def new_draft(self, request: Request) -> Draft:
        """Return what a report begins with: who files it, if somebody does so for others in this browser."""
        seat = await self.seat_of(request)
        return Draft(filing=Filing(seat=seat)) if seat is not None else Draft()

    async def give_up_draft(self, request: Request) -> None:
        """Delete the draft of whoever leaves, with its files, unless it was saved under digits for later.

        While nothing can be written it stays, sealed, and goes with its days: who leaves must get away.
        """
        with suppress(Unavailable):
            kept = await self.draft_of(request)
            if kept is not None and (kept.draft.is_sent or not kept.digits):
                await self.drafts.drop(kept.code)
                await self.uploads.forget(kept.draft.held)

    def visit_of(self, request: Request) -> Visit | None:
        """Return the receipt of whoever asks, if the browser holds one."""
        return Visit.of(request.cookies.get(VISIT_COOKIE))


@dataclass(frozen=True)
class _Frozen:
    # Steps hold dictionaries of words, so they are told apart by their identity: the form is read once.
    step: Step

    def __hash__(self) -> int:
        return id(self.step)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Frozen) and other.step is self.step


@lru_cache(maxsize=64)
def _offers(frozen: _Frozen, city: str, day: date) -> Mapping[str, Offers]:
    return {
        asked.code: offers_of(asked, load(asked.vocabulary, city) if asked.vocabulary else None, day)
        for asked in frozen.step.question
    }


def keep_cookie(response: Response, request: Request, name: str, value: str, *, is_strict: bool) -> None:
    """Give the browser a cookie that it forgets when it is closed and shows to no script."""
    response.set_cookie(
        name,
        value,
        path="/",
        httponly=True,
        secure=request.url.scheme == "https",
        samesite="strict" if is_strict else "lax",
    )


def forget_cookie(response: Response, name: str) -> None:
    """Make the browser forget a cookie."""
    response.delete_cookie(name, path="/", httponly=True)

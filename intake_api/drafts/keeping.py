"""A report half written: kept sealed under a code, so that nothing typed is lost or readable.

The office keeps where the draft lies (a hash) and its ciphertext. The code that finds and opens it is a
random cookie, for as long as the browser is open; who wants to go on later, or elsewhere, is given 24 digits
instead. What is left once it is sent shows only in the browser that sent (see `codes`).
A draft goes some days after it was last touched, one with a diary much later; the city's data say how many.
Each change is made on the newest state, so two windows of one browser do not undo each other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from intake_api.assisted.relays import Filing
from intake_api.diary.writing import DiaryPage
from intake_api.drafts.codes import digits_of, is_code, lookup_of, secret_of
from intake_api.files.held import FileTold, Held
from intake_api.files.piece_store import at_lookup as _at
from intake_api.files.piece_store import extend
from intake_api.form.answers import Answers
from intake_api.letterbox import Desk, Letterbox
from intake_api.receipts.ahead import ReceiptAhead
from office.clock import Clock, day_in
from office.deadlines.warnings import Guidance
from office.errors import Conflict
from office.sealing.boxes import CannotOpen
from office.sealing.drafts import new_draft_code, open_draft, seal_draft
from office.sealing.receipts import new_key

TRIES: Final = 5
RECEIPT_STAYS: Final = timedelta(minutes=60)
SELECT: Final = "SELECT sealed, expires_on FROM draft WHERE lookup = ?"
INSERT: Final = "INSERT INTO draft (lookup, sealed, expires_on) VALUES (?, ?, ?)"
UPDATE: Final = "UPDATE draft SET sealed = ?, expires_on = ? WHERE lookup = ? AND sealed = ?"
DELETE: Final = "DELETE FROM draft WHERE lookup = ?"
DELETE_AS_READ: Final = "DELETE FROM draft WHERE lookup = ? AND sealed = ?"
PURGE: Final = "DELETE FROM draft WHERE expires_on < ?"


class DraftChangedMeanwhile(Conflict):
    """Too many windows changed the same draft at once."""

    code = "draft_changed_meanwhile"


class DraftGone(Conflict):
    """Who wrote it has left, saved it elsewhere or sent it; what comes late does not begin another."""

    code = "draft_gone"


class Draft(BaseModel):
    """What is kept of a report not yet sent; once it is sent, only its receipt.

    Attributes:
        answers: by step, then by field.
        sent_at: when it was sent; the answers are gone then.
        promised_on: the day told on the receipt for an answer, if advice is wanted.
        looked_at_on: the day told for somebody to look at it, if there is danger.
        consent_language: the language in which the consents were read.
        is_witness: somebody saw it happen to another; told on the receipt.
        guidance: the limits told on the receipt; it goes with the receipt, within the hour.
        held: the files and links that go with it.
        files_told: the files that went with it, as the receipt names them.
        filing: who files it for the person, if somebody does.
        diary: what its writer noted without reporting; the draft stays longer then.
    """

    model_config = ConfigDict(frozen=True)

    answers: dict[str, Answers] = Field(default_factory=dict)
    receipt: ReceiptAhead | None = None
    sent_at: datetime | None = None
    promised_on: date | None = None
    looked_at_on: date | None = None
    is_in_danger: bool = False
    is_witness: bool = False
    consent_language: str = ""
    guidance: Guidance = Guidance()
    held: Held = Held()
    files_told: tuple[FileTold, ...] = ()
    filing: Filing = Filing()
    diary: tuple[DiaryPage, ...] = ()

    def __repr__(self) -> str:
        return "Draft(…)"

    @property
    def is_sent(self) -> bool:
        """Whether the report has been sent and only its receipt is left."""
        return self.sent_at is not None

    def all_answers(self) -> Answers:
        """Return the answers of all steps by field."""
        return {name: values for step in self.answers.values() for name, values in step.items()}

    def with_answers(self, step: str, answers: Answers) -> "Draft":
        """Return the draft with the answers of one step in place of the earlier ones."""
        return self.model_copy(update={"answers": {**self.answers, step: answers}})


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft with the code that opens it and the ciphertext it was read from.

    Attributes:
        code: as the browser's cookie has it.
        word: that of the browser that sent it, or is about to.
        expires_on: the last day on which it can be opened, if it is not touched again.
    """

    code: str
    draft: Draft
    sealed: bytes | None = None
    expires_on: date | None = None
    word: str = ""

    @property
    def digits(self) -> str | None:
        """The digits somebody can write down, or None if it lies under a random cookie."""
        return digits_of(self.code)

    def __repr__(self) -> str:
        return "Kept(…)"


class Drafts:
    """Keeps drafts, one for each cookie.

    Args:
        letterbox: the only way to the mailbox.
        clock: what time it is.
        zone: the city's zone, in which days are reckoned.
        days: how many days a draft stays after it was last touched.
        diary_days: how many days one stays that is a diary too.
    """

    def __init__(
        self, letterbox: Letterbox, clock: Clock, zone: ZoneInfo, *, days: int, diary_days: int
    ) -> None:
        self.letterbox = letterbox
        self.clock = clock
        self.zone = zone
        self.days = days
        self.diary_days = diary_days

    def today(self) -> date:
        """Return the day in the city."""
        return day_in(self.zone, self.clock.now())

    async def find(self, code: str | None, word: str | None = None) -> Kept | None:
        """Return the draft a code opens, or None if there is none (any more).

        What is left of a sent one opens only together with the word of the browser that sent it.
        """
        if code is None or not is_code(code):
            return None
        word = word if word is not None and is_code(word) else ""
        lookup = lookup_of(code)
        rows = await self.letterbox.look(_at(lookup, lambda desk: desk.rows(SELECT, (lookup,))))
        if not rows:
            return None
        sealed, expires_on = bytes(rows[0][0]), _day(rows[0][1])
        draft = _opened(code, word, sealed)
        if draft is None or expires_on < self.today():
            return None
        if draft.sent_at is not None and self.clock.now() - draft.sent_at > RECEIPT_STAYS:
            await self.drop(code)
            return None
        return Kept(code, draft, sealed, expires_on, word)

    async def begin(self, draft: Draft, code: str | None = None) -> Kept:
        """Keep a new draft under a new code, or under the one given."""
        kept, insert = self._inserting(code or new_draft_code(), draft)
        await self.letterbox.keep(insert)
        return kept

    async def save(self, kept: Kept) -> Kept:
        """Return the draft under digits that somebody can write down; its earlier code opens nothing then.

        One that lies under digits already, or was sent, is left as it is.
        """
        for _ in range(TRIES):
            if kept.digits or kept.draft.is_sent:
                return kept
            saved, insert = self._inserting(new_key(), kept.draft)
            lookup, before = lookup_of(kept.code), kept.sealed

            def work(desk: Desk) -> bool:
                desk.bring(lookup=lookup)  # noqa: B023  # the work runs before the loop goes on
                if not desk.change(DELETE_AS_READ, (lookup, before)):  # noqa: B023  # likewise
                    return False
                insert(desk)  # noqa: B023  # likewise
                return True

            if await self.letterbox.keep(work):
                return saved
            newest = await self._newest(kept)
            if newest is None:
                return await self.save(await self.begin(kept.draft))
            kept = newest
        raise DraftChangedMeanwhile

    async def change(self, kept: Kept, how: Callable[[Draft], Draft], *, begins: bool = True) -> Kept:
        """Keep the draft as `how` changes it; a report already sent is left as it is.

        Where the draft is gone, what was typed begins another; DraftGone if it must not (`begins`).
        """
        for _ in range(TRIES):
            draft = how(kept.draft)
            if kept.draft.is_sent or draft == kept.draft:
                return kept
            changed = await self.letterbox.keep(self.replacing(kept, draft))
            if isinstance(changed, Kept):
                return changed
            newest = await self._newest(kept)
            if newest is None and not begins:
                raise DraftGone
            if newest is None:
                return await self.begin(draft)
            kept = newest
        raise DraftChangedMeanwhile

    async def _newest(self, kept: Kept) -> Kept | None:
        """Return a draft as it is now, or None if it is gone.

        Raises:
            DraftChangedMeanwhile: another browser has sent it; nothing may begin anew under its answers.
        """
        newest = await self.find(kept.code, kept.word)
        lookup = lookup_of(kept.code)
        if newest is None:
            rows = await self.letterbox.look(_at(lookup, lambda desk: desk.rows(SELECT, (lookup,))))
            if rows:
                raise DraftChangedMeanwhile
        return newest

    def replacing(self, kept: Kept, draft: Draft) -> Callable[[Desk], Kept | None]:
        """Return the work that puts `draft` in place of `kept`; None if it changed in the meantime."""
        sealed, expires_on = self._seal(kept.code, draft, kept.word), self._expiry(draft)
        lookup = lookup_of(kept.code)
        values = (sealed, expires_on.isoformat(), lookup, kept.sealed)

        def work(desk: Desk) -> Kept | None:
            if not desk.change(UPDATE, values):
                return None
            if draft.held.code:
                extend(desk, draft.held.code, expires_on)
            return Kept(kept.code, draft, sealed, expires_on, kept.word)

        return _at(lookup, work)

    async def drop(self, code: str) -> None:
        """Delete the draft of a code, if there is one."""
        await self.letterbox.keep(lambda desk: dropping(desk, code))

    async def purge(self) -> int:
        """Delete the drafts whose days are over; return how many."""
        today = self.today().isoformat()
        return await self.letterbox.keep(lambda desk: desk.change(PURGE, (today,)))

    def _inserting(self, code: str, draft: Draft) -> tuple[Kept, Callable[[Desk], int]]:
        sealed, lookup, expires_on = self._seal(code, draft), lookup_of(code), self._expiry(draft)
        values = (lookup, sealed, expires_on.isoformat())
        insert = _at(lookup, lambda desk: desk.change(INSERT, values))
        return Kept(code, draft, sealed, expires_on), insert

    def _seal(self, code: str, draft: Draft, word: str = "") -> bytes:
        secret = secret_of(code, word, is_sent=draft.is_sent)
        return seal_draft(secret, draft.model_dump_json().encode())

    def _expiry(self, draft: Draft) -> date:
        if draft.sent_at is not None:
            return day_in(self.zone, draft.sent_at + RECEIPT_STAYS)
        return self.today() + timedelta(days=self.diary_days if draft.diary else self.days)


def dropping(desk: Desk, code: str) -> int:
    """Delete the draft of a code inside a transaction."""
    lookup = lookup_of(code)
    return _at(lookup, lambda at: at.change(DELETE, (lookup,)))(desk)


def _opened(code: str, word: str, sealed: bytes) -> Draft | None:
    for is_sent in (False, True):
        try:
            draft = Draft.model_validate_json(open_draft(secret_of(code, word, is_sent=is_sent), sealed))
        except (CannotOpen, ValidationError):
            continue
        return draft if draft.is_sent == is_sent else None
    return None


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))

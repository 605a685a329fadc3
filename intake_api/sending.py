"""Sends a draft: report, receipt and the draft's end in one commit, once, however often it is asked for."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Final

from intake_api.assisted.relay_form import carried_over
from intake_api.assisted.relays import Filing
from intake_api.door import Door
from intake_api.drafts.keeping import Draft, DraftChangedMeanwhile, Kept
from intake_api.files.piece_store import sending_files
from intake_api.form.conditions import heard
from intake_api.letterbox import Desk
from intake_api.promises import Promise
from intake_api.receipts.ahead import ReceiptAhead
from intake_api.receipts.making import fits, receipt_ahead
from intake_api.submission import CHANNEL, inserting, is_ours, parts_of
from office.deadlines.warnings import Guidance
from office.errors import Unavailable
from office.languages import Language

TRIES: Final = 5
WITNESS: Final = "witness"
"""The role of somebody to whom it did not happen."""


class Sender:
    """Turns a draft into a report that is durably kept."""

    def __init__(self, door: Door) -> None:
        self.door = door

    async def send(self, kept: Kept, language: Language, channel: str = CHANNEL) -> Kept:
        """Return the draft as it is after sending: its receipt, for the browser of `kept.word`, and no more.

        Raises:
            NoActiveKey: nothing was kept, the draft is as it was.
            StoreUnavailable: likewise; sending again gives the same receipt.
            FilesGone: likewise; a file of the draft is not there any more.
        """
        for _ in range(TRIES):
            if kept.draft.is_sent:
                return kept
            keys = self.door.keys.ready()
            self.door.guard.room_for_reports()
            kept = await self._with_receipt(kept)
            draft, receipt = kept.draft, kept.draft.receipt
            if receipt is None:
                return kept
            now = self.door.clock.now()
            filing = draft.filing
            tongue = self.door.pages.spoken(filing.person_language or language)
            told = self.door.told(tongue, now, draft.consent_language, seat=filing.seat, channel=channel)
            answers, held = heard(self.door.form, draft.all_answers()), draft.held
            parts = parts_of(answers, receipt.case_number, told, held)
            is_in_danger = parts.story.in_danger
            promise = self.door.promise(
                told.today, wants_advice=parts.wants_advice, is_in_danger=is_in_danger
            )
            after = _sent(draft, now, promise, is_in_danger=is_in_danger, guidance=parts.guidance)
            after = after.model_copy(update={"filing": self._left_of(draft)})
            insert = inserting(parts, receipt, keys, told)
            give_files = sending_files(held.files, held.code, receipt.case_number)
            replace = self.door.drafts.replacing(kept, after)

            def work(desk: Desk) -> Kept | None:
                if not insert(desk):  # noqa: B023  # the work runs before the loop goes on
                    return None
                give_files(desk)  # noqa: B023  # likewise
                changed = replace(desk)  # noqa: B023  # likewise
                if changed is None:
                    raise DraftChangedMeanwhile
                return changed

            try:
                done = await self.door.letterbox.keep(work)
            except DraftChangedMeanwhile:
                kept = await self.door.drafts.find(kept.code, kept.word) or kept
                continue
            if done is not None:
                with suppress(Unavailable):  # what never arrived whole; else it is swept with the days
                    await self.door.uploads.forget(held)
                return done
            # The case number is in the store already: ours, from a try whose answer was lost, or another's.
            if await self.door.letterbox.look(is_ours(receipt)):
                newest = await self.door.drafts.find(kept.code, kept.word)
                if newest is None or newest.draft.is_sent:
                    return newest or kept
                return await self.door.drafts.change(newest, lambda _: after)  # noqa: B023  # likewise
            kept = await self._with_receipt(kept, is_new=True)
        raise DraftChangedMeanwhile

    def _left_of(self, draft: Draft) -> Filing:
        # An association keeps, as long as the receipt stands, what the next family would say alike.
        shared = carried_over(self.door.form, draft.answers) if draft.filing.is_by_association else {}
        return draft.filing.model_copy(update={"shared": shared})

    async def _with_receipt(self, kept: Kept, *, is_new: bool = False) -> Kept:
        """Return the draft with a receipt for its answers, kept before anything is sent with it."""

        def fitting(draft: Draft) -> ReceiptAhead:
            routing = self.door.routing(draft.all_answers())
            if not is_new and draft.receipt is not None and fits(draft.receipt, routing):
                return draft.receipt
            return receipt_ahead(routing)

        return await self.door.drafts.change(
            kept, lambda draft: draft.model_copy(update={"receipt": fitting(draft)})
        )


def _sent(draft: Draft, at: datetime, promise: Promise, *, is_in_danger: bool, guidance: Guidance) -> Draft:
    """Return the draft as it is left when the report has been sent: what its receipt says and no answer."""
    return Draft(
        receipt=draft.receipt,
        sent_at=at.astimezone(UTC),
        promised_on=promise.answer_on,
        looked_at_on=promise.looked_at_on,
        is_in_danger=is_in_danger,
        is_witness=draft.all_answers().get("role_code") == [WITNESS],
        guidance=guidance,
        files_told=draft.held.told,
    )

"""The form itself: one step a page, check, send, receipt. Every page works without a script.

A step is answered with the next page (303) or with itself and what to correct (422); whatever was typed
comes back. Sending is idempotent: the receipt is made ahead inside the sealed draft, and the report, its
receipt and the draft's end are one commit. Whoever presses send again gets the same receipt.
"""

from dataclasses import replace
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from intake_api.assisted.kiosk import channel_of, is_kiosk
from intake_api.bodies import read_given
from intake_api.door import DRAFT_COOKIE, SENDER_COOKIE, Door, forget_cookie, keep_cookie
from intake_api.drafts.codes import new_word
from intake_api.files.errors import FilesGone
from intake_api.form.answering import Answering
from intake_api.form.shown import CHECK, RECEIPT, check_page, step_page, to_page, unanswered
from intake_api.pages import said_done
from intake_api.receipts.shown import told_on_receipt
from intake_api.sending import Sender
from office.errors import Unavailable
from office.languages import mark
from office.paper.printing import NoPdf, pdf_answer
from office.web.headers import CSP_WITH_OWN_SCRIPT, written

TOLD: Final = mark("Your report is with us")
CLOSED: Final = mark("This page and your answers are closed. Nothing of them is left in this browser.")
COME_BACK: Final = mark("You can come back at any time with your receipt.")


def routes(door: Door) -> APIRouter:
    """Return the routes of the form."""
    router = APIRouter(include_in_schema=False)
    sender = Sender(door)

    @router.get("/{language}/report")
    async def begin(language: str) -> Response:
        """Lead to the first step."""
        return to_page(door.pages.spoken(language), door.form.step[0].code)

    @router.get("/{language}/report/check")
    async def check(request: Request, language: str) -> Response:
        """Show everything that will be sent."""
        spoken = door.pages.spoken(language)
        door.keys.ready()
        kept = await door.draft_of(request)
        if kept is None:
            return to_page(spoken, door.form.step[0].code)
        if kept.draft.is_sent:
            return to_page(spoken, RECEIPT)
        page = check_page(door, request, spoken, kept)
        # Always a new one: a word that somebody else planted here must not open the receipt.
        keep_cookie(page, request, SENDER_COOKIE, new_word(), is_strict=False)
        return page

    @router.get("/{language}/report/send")
    async def look_before_sending(language: str) -> Response:
        """Lead to the check page: whoever changes language after a refusal lands here."""
        return to_page(door.pages.spoken(language), CHECK)

    @router.post("/{language}/report/send")
    async def send(request: Request, language: str) -> Response:
        """Seal the report, keep it durably, then lead to the receipt."""
        spoken = door.pages.spoken(language)
        try:
            kept = await door.draft_of(request)
            if kept is None:
                return to_page(spoken, door.form.step[0].code)
            if kept.draft.is_sent:
                return to_page(spoken, RECEIPT)
            if missing := unanswered(door, kept.draft):
                return check_page(door, request, spoken, kept, missing)
            filing, seat = kept.draft.filing, await door.seat_of(request)
            if filing.seat is not None and seat != filing.seat:
                return RedirectResponse(f"/{spoken.tag}/relay", 303)  # the access was ended, or left
            if filing.seat is None and seat is not None:  # begun elsewhere: whoever files it sees its key
                return RedirectResponse(f"/{spoken.tag}/relay/person?then={CHECK}", 303)
            kept = kept if kept.word else replace(kept, word=new_word())
            await sender.send(kept, spoken, channel_of(request))
        except FilesGone as gone:
            if kept is None:
                return to_page(spoken, door.form.step[0].code)
            kept = await door.uploads.without_missing(kept)
            wrong = {f"/{spoken.tag}/report/files?then={CHECK}": spoken.gettext(gone.sentence)}
            return check_page(door, request, spoken, kept, wrong=wrong)
        except Unavailable as trouble:
            sentence = spoken.gettext(trouble.sentence)
            return door.pages.render(request, "trouble.html", spoken, 503, sentence=sentence)
        onward = to_page(door.pages.spoken(filing.person_language or spoken), RECEIPT)
        keep_cookie(onward, request, SENDER_COOKIE, kept.word, is_strict=False)
        return onward

    @router.get("/{language}/report/receipt")
    async def receipt(request: Request, language: str) -> Response:
        """Show the receipt of a report that is durably kept."""
        spoken = door.pages.spoken(language)
        kept = await door.draft_of(request)
        if kept is None:
            gone = said_done(door, request, spoken, TOLD, CLOSED, COME_BACK)
            forget_cookie(gone, DRAFT_COOKIE)
            return gone
        draft = kept.draft
        if draft.sent_at is None or draft.receipt is None:
            return to_page(spoken, CHECK)
        page = door.pages.render(request, "receipt.html", spoken, **told_on_receipt(door, spoken, draft))
        if draft.filing.seat is not None or is_kiosk(request):  # a button that prints
            page.headers["Content-Security-Policy"] = written(CSP_WITH_OWN_SCRIPT)
        return page

    @router.post("/{language}/report/receipt/pdf")
    async def print_receipt(request: Request, language: str) -> Response:
        """Hand over the receipt as a PDF, made now and kept nowhere; without one, the page is printed.

        Never in kiosk mode: the file would lie among the downloads of a shared computer.
        """
        spoken = door.pages.spoken(language)
        kept = None if is_kiosk(request) else await door.draft_of(request)
        if kept is None or kept.draft.sent_at is None or kept.draft.receipt is None:
            return to_page(spoken, RECEIPT)
        told = told_on_receipt(door, spoken, kept.draft)
        try:
            return await pdf_answer(door.pages.written("receipt_sheet.html", spoken, **told))
        except NoPdf as error:
            sentence = spoken.gettext(error.sentence)
            return door.pages.render(request, "receipt.html", spoken, 503, notice=sentence, **told)

    @router.get("/{language}/report/receipt/pdf")
    async def back_to_receipt(language: str) -> Response:
        """Lead to the receipt: whoever changes language where no PDF could be made lands here."""
        return to_page(door.pages.spoken(language), RECEIPT)

    @router.post("/{language}/report/finish")
    async def finish(request: Request, language: str) -> Response:
        """Forget the draft and its receipt."""
        spoken = door.pages.spoken(language)
        kept = await door.draft_of(request)
        if kept is not None:
            await door.drafts.drop(kept.code)
            await door.uploads.forget(kept.draft.held)
        then, tag = "kiosk" if is_kiosk(request) else "report/finished", spoken.tag
        if kept is not None and kept.draft.filing.seat is not None:
            then, tag = "relay", kept.draft.filing.relay_language or tag
        answer = RedirectResponse(f"/{tag}/{then}", 303)
        for name in (DRAFT_COOKIE, SENDER_COOKIE):
            forget_cookie(answer, name)
        return answer

    @router.get("/{language}/report/finished")
    async def finished(request: Request, language: str) -> Response:
        """Say that nothing is left in this browser."""
        return said_done(door, request, door.pages.spoken(language), TOLD, CLOSED, COME_BACK)

    @router.get("/{language}/report/{code}")
    async def ask(request: Request, language: str, code: str) -> Response:
        """Ask the questions of one step."""
        spoken = door.pages.spoken(language)
        step = door.form.at(code)
        door.keys.ready()
        kept = await door.draft_of(request)
        if kept is not None and kept.draft.is_sent:
            return to_page(spoken, RECEIPT)
        draft = kept.draft if kept else await door.new_draft(request)
        given = draft.answers.get(step.code, {})
        then = CHECK if request.query_params.get("then") == CHECK else ""
        return step_page(door, request, spoken, step, draft, given, then=then)

    @router.post("/{language}/report/{code}")
    async def answer(request: Request, language: str, code: str) -> Response:
        """Keep the answers of one step and go on, or show the step again with what to correct."""
        spoken, step = door.pages.spoken(language), door.form.at(code)
        return await Answering(door, request, spoken, step, await read_given(request)).outcome()

    return router

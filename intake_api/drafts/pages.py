"""Saving a report half written, and going on with it later or elsewhere with a code of 24 digits.

The code has the shape and the strength of a receipt key and is shown as long as this browser holds it.
Whoever closes leaves nothing here; whoever types the code gets everything back, on any phone or computer.
"""

from typing import Final

import segno
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from intake_api.assisted.relays import Filing
from intake_api.bodies import read_given
from intake_api.door import DRAFT_COOKIE, SENDER_COOKIE, Door, forget_cookie, keep_cookie
from intake_api.drafts.keeping import Kept
from intake_api.form.questions import DIARY
from intake_api.form.shown import CHECK, RECEIPT, to_page
from intake_api.pages import said_done
from office.errors import Unavailable
from office.languages import Language, mark
from office.sealing.receipts import ReceiptKeyInvalid, checked, grouped

TITLE: Final = mark("It is saved under your code")
CLOSED: Final = mark("Nothing of it is left in this browser.")
GO_ON: Final = mark("You can go on with your code, here or anywhere else.")
CODE_WRONG: Final = mark(
    "This code is not right. It has 24 digits, in six groups of four. "
    "Please compare it with what you wrote down"
)
NOTHING_THERE: Final = mark(
    "There is no unfinished report under this code. Perhaps it was sent, or its days are over. "
    "You can begin anew"
)
OTHER_BEGUN: Final = mark(
    "You have begun another report in this browser. Save it first, so that it is not lost"
)


def routes(door: Door) -> APIRouter:
    """Return the routes for saving and going on."""
    router = APIRouter(include_in_schema=False)

    @router.post("/{language}/report/save")
    async def save(request: Request, language: str) -> Response:
        """Put the draft of this browser under digits, then show them."""
        spoken = door.pages.spoken(language)
        try:
            kept = await door.draft_of(request)
            if kept is None:
                return to_page(spoken, door.form.step[0].code)
            kept = await door.drafts.save(kept)
        except Unavailable as trouble:
            sentence = spoken.gettext(trouble.sentence)
            return door.pages.render(request, "trouble.html", spoken, 503, sentence=sentence)
        onward = to_page(spoken, "saved")
        keep_cookie(onward, request, DRAFT_COOKIE, kept.code, is_strict=False)
        return onward

    @router.get("/{language}/report/save")
    async def look_before_saving(language: str) -> Response:
        """Lead to the code: whoever changes language after saving lands here."""
        return to_page(door.pages.spoken(language), "saved")

    @router.get("/{language}/report/saved")
    async def saved(request: Request, language: str) -> Response:
        """Show the code of the draft this browser holds."""
        spoken = door.pages.spoken(language)
        kept = await door.draft_of(request)
        if kept is None:
            return to_page(spoken, "continue")
        if kept.draft.is_sent:
            return to_page(spoken, RECEIPT)
        if kept.digits is None:
            return to_page(spoken, CHECK)
        wanted = request.query_params.get("then", "")
        is_diary = bool(kept.draft.diary)
        then = wanted if any(step.code == wanted for step in door.form.step) else CHECK
        return door.pages.render(
            request,
            "saved.html",
            spoken,
            code_groups=grouped(kept.digits).split(" "),
            picture=segno.make(kept.digits, error="m").svg_data_uri(scale=4, border=4),
            until=kept.expires_on,
            onward=DIARY if is_diary and not kept.draft.answers else f"report/{then}",
            is_diary=is_diary,
        )

    @router.post("/{language}/report/close")
    async def close(request: Request, language: str) -> Response:
        """Forget the code in this browser; the draft stays where it is."""
        spoken = door.pages.spoken(language)
        begins_anew = (await read_given(request)).one("then") == "new"
        answer = to_page(spoken, door.form.step[0].code if begins_anew else "closed")
        for name in (DRAFT_COOKIE, SENDER_COOKIE):
            forget_cookie(answer, name)
        answer.headers["Clear-Site-Data"] = '"cache"'
        return answer

    @router.get("/{language}/report/closed")
    async def closed(request: Request, language: str) -> Response:
        """Say that nothing is left in this browser."""
        return said_done(door, request, door.pages.spoken(language), TITLE, CLOSED, GO_ON)

    @router.get("/{language}/report/continue")
    async def ask_for_code(request: Request, language: str) -> Response:
        """Ask for the code."""
        return _continue_page(door, request, door.pages.spoken(language))

    @router.post("/{language}/report/continue")
    async def go_on(request: Request, language: str) -> Response:
        """Open the draft of a code and lead to the first page that was not answered."""
        spoken = door.pages.spoken(language)
        typed = (await read_given(request)).one("code")
        try:
            digits = checked(typed)
        except ReceiptKeyInvalid:
            return _continue_page(door, request, spoken, typed, CODE_WRONG)
        try:
            here = await door.draft_of(request)
            if _would_be_lost(here, digits):
                return _continue_page(door, request, spoken, typed, OTHER_BEGUN)
            kept = await door.drafts.find(digits)
        except Unavailable as trouble:
            return _continue_page(door, request, spoken, typed, trouble.sentence, status=503)
        if kept is None:
            return _continue_page(door, request, spoken, typed, NOTHING_THERE)
        seat = await door.seat_of(request)
        if kept.draft.filing.seat != seat:  # the person goes on alone, or somebody goes on for them
            filing = Filing(seat=seat)
            kept = await door.drafts.change(kept, lambda draft: draft.model_copy(update={"filing": filing}))
        onward = RedirectResponse(_where_to_go_on(door, spoken, kept), 303)
        keep_cookie(onward, request, DRAFT_COOKIE, digits, is_strict=False)
        return onward

    return router


def _would_be_lost(here: Kept | None, digits: str) -> bool:
    """Say whether this browser holds another report that nobody could open again."""
    if here is None or here.digits or here.draft.is_sent:
        return False
    held = here.draft.held
    return bool(here.draft.all_answers() or held.files or held.underway or held.links)


def _where_to_go_on(door: Door, language: Language, kept: Kept) -> str:
    if kept.draft.diary:
        return f"/{language.tag}/{DIARY}"
    answered = kept.draft.answers
    first = next((step.code for step in door.form.step if step.code not in answered), CHECK)
    return f"/{language.tag}/report/{first}"


def _continue_page(
    door: Door, request: Request, language: Language, typed: str = "", wrong: str = "", status: int = 422
) -> Response:
    return door.pages.render(
        request,
        "continue.html",
        language,
        status if wrong else 200,
        given={"code": [typed[:100]]},
        corrections={"code": language.gettext(wrong)} if wrong else {},
        has_other=wrong == OTHER_BEGUN,
        back=f"/{language.tag}/",
    )

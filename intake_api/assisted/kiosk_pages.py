"""The pages of kiosk mode: where it rests, whether somebody is still there, and forgetting everything."""

from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from intake_api.assisted.kiosk import LAST_CALL, RESTS_AT, is_kiosk
from intake_api.door import (
    DRAFT_COOKIE,
    KIOSK_COOKIE,
    OF_A_PERSON,
    VISIT_COOKIE,
    Door,
    forget_cookie,
    keep_cookie,
)

NOTHING_LEFT: Final = '"cache", "storage"'
"""What the browser throws away; its cookies are named one by one, so that the mode itself stays."""


def routes(door: Door) -> APIRouter:
    """Return the routes of kiosk mode."""
    router = APIRouter(include_in_schema=False)

    @router.get("/{language}/kiosk")
    async def rest(request: Request, language: str) -> Response:
        """Set this browser into kiosk mode, forget whoever was here, and invite the next."""
        spoken = door.pages.spoken(language)
        if _would_lose(request):
            return RedirectResponse(f"/{spoken.tag}/", 303)
        page = door.pages.render(
            request,
            "kiosk.html",
            spoken,
            is_open=door.is_open(),
            first=door.form.step[0].code,
            emergencies=door.emergencies(),
            tongues=door.pages.languages,
            languages=[],
        )
        keep_cookie(page, request, KIOSK_COOKIE, "yes", is_strict=False)
        await _forget(request, page)
        return page

    @router.get("/{language}/kiosk/still-there")
    async def still_there(request: Request, language: str) -> Response:
        """Ask whether somebody is still there, and forget everything if nobody answers."""
        spoken = door.pages.spoken(language)
        kept = await door.draft_of(request)
        page = door.pages.render(
            request,
            "kiosk_still.html",
            spoken,
            seconds=LAST_CALL,
            has_receipt=kept is not None and kept.draft.is_sent,
            go_on=_place(door, spoken.tag, request, kept.draft.is_sent if kept is not None else None),
        )
        page.headers["Refresh"] = f"{LAST_CALL};url=/{spoken.tag}/{RESTS_AT}"
        return page

    @router.post("/{language}/kiosk/finish")
    async def finish(language: str) -> Response:
        """Lead to where the mode rests; everything is forgotten there."""
        return RedirectResponse(f"/{door.pages.spoken(language).tag}/{RESTS_AT}", 303)

    async def _forget(request: Request, page: Response) -> None:
        # All of them, seen or not: after a link on another page a browser does not show us the strict ones.
        for name in OF_A_PERSON:
            forget_cookie(page, name)
        page.headers["Clear-Site-Data"] = NOTHING_LEFT
        await door.give_up_draft(request)

    return router


def _would_lose(request: Request) -> bool:
    """Say whether a page elsewhere led somebody here who is writing a report in a browser of their own."""
    is_led = request.headers.get("sec-fetch-site") in ("cross-site", "same-site")
    return is_led and not is_kiosk(request) and DRAFT_COOKIE in request.cookies


def _place(door: Door, tag: str, request: Request, is_sent: bool | None) -> str:
    if is_sent:
        return f"/{tag}/report/receipt"
    if is_sent is not None:
        return f"/{tag}/report/check"
    if request.cookies.get(VISIT_COOKIE):
        return f"/{tag}/return/case"
    return f"/{tag}/report/{door.form.step[0].code}"

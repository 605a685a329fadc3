"""The pages around the form: languages, start, privacy, accessibility, and the way out."""

from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from intake_api.assisted.kiosk import is_kiosk
from intake_api.door import DRAFT_COOKIE, OF_A_PERSON, Door, forget_cookie
from office.errors import Unavailable
from office.languages import Language, mark

RETENTION: Final = (
    (mark("Answers you began and did not send"), "draft"),
    (mark("A diary under your code, after you last wrote in it"), "diary"),
    (mark("What you sent, if nobody could open it"), "unopened_envelope"),
    (mark("Your own words, if you only want to be counted"), "statistics_only_story"),
    (mark("A case, after it is closed"), "closed_case"),
    (mark("The record of who opened your case"), "timeline"),
)


def routes(door: Door) -> APIRouter:
    """Return the routes of these pages."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    async def welcome(request: Request) -> Response:
        """Offer each language by its own name."""
        spoken = door.pages.language_of(request)
        return door.pages.render(request, "welcome.html", spoken, languages=[], tongues=door.pages.languages)

    @router.get("/{language}/")
    async def start(request: Request, language: str) -> Response:
        """Say who we are and what happens, before anything is asked."""
        spoken = door.pages.spoken(language)
        page = door.pages.render(
            request,
            "start.html",
            spoken,
            is_open=door.is_open(),
            first=door.form.step[0].code,
            emergencies=door.emergencies(),
            modes=door.guide.short,
        )
        await _forget_sent(request, page)
        return page

    @router.get("/{language}")
    async def without_slash(language: str) -> Response:
        """Lead to the start page."""
        return RedirectResponse(f"/{door.pages.spoken(language).tag}/", 308)

    @router.get("/{language}/privacy")
    async def privacy(request: Request, language: str) -> Response:
        """Say who answers for the data, what for, which rights, how long."""
        spoken = door.pages.spoken(language)
        days = door.city.retention_days
        return door.pages.render(
            request,
            "privacy.html",
            spoken,
            city=door.city,
            retention=[(spoken.gettext(words), days[code]) for words, code in RETENTION if code in days],
            is_open=door.is_open(),
            tells_news=bool(door.notice_kinds()),
            first=door.form.step[0].code,
        )

    @router.get("/{language}/accessibility")
    async def accessibility(request: Request, language: str) -> Response:
        """Say what works without what."""
        return door.pages.render(request, "accessibility.html", door.pages.spoken(language))

    @router.get("/{language}/languages")
    async def languages(request: Request, language: str) -> Response:
        """Say who translated and who reviewed each language."""
        return door.pages.languages_page(request, door.pages.spoken(language))

    @router.get("/{language}/exit")
    async def leave_quickly(request: Request, language: str) -> Response:
        """Forget everything this browser holds of us and lead to the neutral page the city chose.

        A plain link, so that it works without a script and a second visit does no harm. The browser is
        also asked to throw away what it kept of our pages, so that "back" shows nothing.
        """
        door.pages.spoken(language)
        answer = RedirectResponse(door.city.way_out, 303)
        for name in OF_A_PERSON:
            forget_cookie(answer, name)
        cookies = "" if is_kiosk(request) else '"cookies", '
        answer.headers["Clear-Site-Data"] = f'"cache", {cookies}"storage"'
        if _is_pressed_here(request):
            await door.give_up_draft(request)
        return answer

    async def _forget_sent(request: Request, page: Response) -> None:
        # The receipt page was left: nothing of the report stays in this browser.
        if _is_fetched_ahead(request):
            return
        try:
            kept = await door.draft_of(request)
            if kept is not None and kept.draft.is_sent:
                await door.drafts.drop(kept.code)
                forget_cookie(page, DRAFT_COOKIE)
        except Unavailable:
            return

    return router


def _is_pressed_here(request: Request) -> bool:
    """Return whether a person pressed a link of ours: no page elsewhere, no browser that fetches ahead."""
    from_elsewhere = request.headers.get("sec-fetch-site", "none") in ("cross-site", "same-site")
    return not from_elsewhere and not _is_fetched_ahead(request)


def _is_fetched_ahead(request: Request) -> bool:
    """Return whether a browser fetches the page before anybody asked for it."""
    return "sec-purpose" in request.headers


def said_done(door: Door, request: Request, language: Language, title: str, *sentences: str) -> Response:
    """Return a page that says that nothing is left here."""
    told = language.gettext
    return door.pages.render(
        request, "finished.html", language, title=told(title), sentences=[told(one) for one in sentences]
    )

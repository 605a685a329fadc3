"""The pages for a new key: why, the key itself once, and its first use.

Somebody whose key was seen by others (`must_rekey`) gets no further with it than to these pages.
"""

from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from intake_api.assisted.kiosk import is_kiosk
from intake_api.bodies import Given, read_given
from intake_api.door import RENEWAL_COOKIE, VISIT_COOKIE, Door, forget_cookie, keep_cookie
from intake_api.receipts.shown import sheet_of
from intake_api.returning.open_case import Visit
from intake_api.returning.opening import KeyDoesNotFit, NewKeyNeeded
from intake_api.returning.visits import OF_CASE, is_elsewhere, to_own_case
from office.errors import OfficeError, Unavailable
from office.languages import Language, mark
from office.paper.printing import NoPdf, pdf_answer
from office.sealing.receipts import checked
from office.web.headers import CSP_WITH_OWN_SCRIPT, written
from office.web.problems import answer, wants_json

NEW_KEY: Final = "new-key"
NOT_WRITTEN_DOWN: Final = mark("First write the new key down or print it, then tick the box")
NOT_CHANGED: Final = mark("We could not do this just now. Nothing has changed: please press again")


def routes(door: Door) -> APIRouter:
    """Return the routes for a new key."""
    router = APIRouter(include_in_schema=False)

    @router.get("/{language}/return/new-key")
    async def show(request: Request, language: str) -> Response:
        """Show the new key that waits for its first use, or say what a new key is for."""
        spoken = door.pages.spoken(language)
        visit = door.visit_of(request)
        if visit is None:
            return _to_return(spoken)
        is_needed = await _is_needed(visit)
        if is_needed is None:
            return _to_return(spoken)
        new = Visit.of(request.cookies.get(RENEWAL_COOKIE))
        if new is not None and await door.renewals.replaced_by(new) == visit:
            return _shown(door, request, spoken, new)
        return _why(door, request, spoken, visit, is_needed=is_needed)

    @router.post("/{language}/return/new-key")
    async def make(request: Request, language: str) -> Response:
        """Make a new key, which waits for its first use, and lead to where it is shown.

        Always a new one: one that somebody else planted in this browser must not come to hold.
        """
        spoken = door.pages.spoken(language)
        given = await read_given(request)
        if given.one(OF_CASE) and is_elsewhere(door, request, given):
            return to_own_case(door, request, given, spoken)
        visit = door.visit_of(request)
        try:
            if visit is None or await _is_needed(visit) is None:
                return _to_return(spoken)
            door.keys.ready()
            new = await door.renewals.make(visit)
        except Unavailable as trouble:
            sentence = spoken.gettext(trouble.sentence)
            return door.pages.render(request, "trouble.html", spoken, 503, sentence=sentence)
        onward = _to(spoken, NEW_KEY)
        keep_cookie(onward, request, RENEWAL_COOKIE, new.cookie(), is_strict=True)
        return onward

    @router.post("/{language}/return/new-key/use")
    async def use(request: Request, language: str) -> Response:
        """Put the new key that was on the page in the place of the old one; again and again is once."""
        spoken = door.pages.spoken(language)
        given = await read_given(request)
        new = _of_page(door, request, given)
        if new is None:
            return _to(spoken, NEW_KEY)
        if not given.one("kept"):
            wrong = {"kept": spoken.gettext(NOT_WRITTEN_DOWN)}
            return _shown(door, request, spoken, new, corrections=wrong, status=422)
        try:
            await door.renewals.first_use(new, door.keys.now, language=spoken.tag)
            await door.returns.open(new)
        except KeyDoesNotFit:
            # Another window, or somebody else, was first: what this browser holds now is looked at again.
            onward: Response = _to(spoken, NEW_KEY)
            forget_cookie(onward, RENEWAL_COOKIE)
            return onward
        except Unavailable:
            wrong = {"kept": spoken.gettext(NOT_CHANGED)}
            return _shown(door, request, spoken, new, corrections=wrong, status=503)
        onward = _to(spoken, "case?done=new_key")
        keep_cookie(onward, request, VISIT_COOKIE, new.cookie(), is_strict=True)
        forget_cookie(onward, RENEWAL_COOKIE)
        return onward

    @router.post("/{language}/return/new-key/pdf")
    async def print_key(request: Request, language: str) -> Response:
        """Hand over the new key as a PDF, made now and kept nowhere; never on a shared computer."""
        spoken = door.pages.spoken(language)
        new = None if is_kiosk(request) else _of_page(door, request, await read_given(request))
        if new is None or await door.renewals.replaced_by(new) is None:
            return _to(spoken, NEW_KEY)
        sheet = sheet_of(new.case_number, new.key)
        try:
            html = door.pages.written("receipt_sheet.html", spoken, sheet=sheet, received_on=None)
            return await pdf_answer(html)
        except NoPdf as error:
            notice = spoken.gettext(error.sentence)
            return _shown(door, request, spoken, new, notice=notice, status=503)

    @router.get("/{language}/return/new-key/use")
    @router.get("/{language}/return/new-key/pdf")
    async def back(language: str) -> Response:
        """Lead to the key: whoever changes language after a correction lands here."""
        return _to(door.pages.spoken(language), NEW_KEY)

    async def _is_needed(visit: Visit) -> bool | None:
        """Say whether the key must be replaced before anything is shown; None if it opens nothing."""
        try:
            await door.returns.open(visit)
        except NewKeyNeeded:
            return True
        except KeyDoesNotFit:
            return None
        return False

    return router


async def to_new_key(request: Request, error: Exception) -> Response:
    """Lead whoever comes with a key that others have seen to the page that makes a new one; tell a script."""
    if wants_json(request) and isinstance(error, NewKeyNeeded):
        return answer(request, error)
    tag = request.url.path.lstrip("/").partition("/")[0]
    return RedirectResponse(f"/{tag}/return/{NEW_KEY}", 303)


def _of_page(door: Door, request: Request, given: Given) -> Visit | None:
    """Return the receipt whose new key was on the page; the case is the one this browser holds."""
    visit = door.visit_of(request)
    try:
        return Visit(visit.case_number, checked(given.one("key"))) if visit else None
    except OfficeError:
        return None


def _to(language: Language, page: str) -> RedirectResponse:
    return RedirectResponse(f"/{language.tag}/return/{page}", 303)


def _to_return(language: Language) -> RedirectResponse:
    away = RedirectResponse(f"/{language.tag}/return", 303)
    for name in (VISIT_COOKIE, RENEWAL_COOKIE):
        forget_cookie(away, name)
    return away


def _why(door: Door, request: Request, language: Language, visit: Visit, *, is_needed: bool) -> Response:
    back = "" if is_needed else f"/{language.tag}/return/case"
    of_case = visit.case_number
    return door.pages.render(
        request, "new_key.html", language, is_needed=is_needed, of_case=of_case, back=back
    )


def _shown(
    door: Door,
    request: Request,
    language: Language,
    new: Visit,
    *,
    corrections: dict[str, str] | None = None,
    notice: str = "",
    status: int = 200,
) -> Response:
    page = door.pages.render(
        request,
        "new_key_shown.html",
        language,
        status,
        sheet=sheet_of(new.case_number, new.key),
        key=new.key,
        corrections=corrections or {},
        notice=notice,
    )
    if is_kiosk(request):  # a button that prints
        page.headers["Content-Security-Policy"] = written(CSP_WITH_OWN_SCRIPT)
    return page

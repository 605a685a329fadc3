"""The case of whoever comes back: opened with the receipt their browser holds, for one request.

A browser holds one receipt. Of two of its windows one may be older: it shows a case that was left since, or
another than the one that is open now. What is sent from there goes to nobody; what was written comes back.
"""

from typing import Final
from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from intake_api.bodies import Given
from intake_api.door import VISIT_COOKIE, Door, forget_cookie
from intake_api.returning.open_case import OpenCase
from intake_api.returning.opening import KeyDoesNotFit
from office.ids import CaseNumberInvalid, checked_case_number, new_id, shown
from office.languages import Language, mark

NOT_RECEIVED: Final = mark(
    "We could not receive this just now. What you typed is still here: please press again"
)


OF_CASE: Final = "of"
"""The field in which each form says of which case its page is."""
TEXTS: Final = ("message", "feedback", "booking_text")
"""The fields in which a person writes at length; what stands there is never lost."""
ANOTHER_CASE: Final = mark(
    "Another case was opened in this browser. Nothing was sent and nothing was changed. "
    "Open yours again with its receipt."
)
LEFT_SINCE: Final = mark(
    "This case was closed in this browser. Nothing was sent and nothing was changed. "
    "Open it again with its receipt."
)


async def case_of(door: Door, request: Request) -> OpenCase | None:
    """Return the case of the receipt in the browser, or None without one that fits."""
    visit = door.visit_of(request)
    if visit is None:
        return None
    try:
        return await door.returns.open(visit)
    except KeyDoesNotFit:
        return None


async def sent_to(door: Door, request: Request, given: Given, language: Language) -> OpenCase | Response:
    """Return the case that something was sent to, or, if its page was of another one, what to answer."""
    if not is_elsewhere(door, request, given):
        case = await case_of(door, request)
        if case is not None:
            return case
    if not (given.one(OF_CASE) or text_in(given)):
        return away(language)
    return to_own_case(door, request, given, language)


def is_elsewhere(door: Door, request: Request, given: Given) -> bool:
    """Say whether a form is of another case than the one this browser holds, or of one that was left."""
    held = of_case(door, request)
    return not held or given.one(OF_CASE) not in ("", held)


def to_own_case(door: Door, request: Request, given: Given, language: Language) -> Response:
    """Ask for the receipt of the case that a form is of; what was written at length stays on the page."""
    of, held = given.one(OF_CASE), of_case(door, request)
    sentence = ANOTHER_CASE if held not in ("", of) else LEFT_SINCE
    return door.pages.render(
        request,
        "return.html",
        language,
        409,
        given={"case_number": _number(of), "message": text_in(given)},
        corrections={"case_number": language.gettext(sentence)},
        groups=(),
        is_key_needed=False,
        back=f"/{language.tag}/",
    )


def text_in(given: Given) -> str:
    """Return what somebody wrote at length, in whichever form, each part that was sent twice only once."""
    return "\n".join(dict.fromkeys(text for name in TEXTS for text in given.all(name))).strip()


def of_case(door: Door, request: Request) -> str:
    """Return the number that the forms of a page send along."""
    visit = door.visit_of(request)
    return visit.case_number if visit else ""


def away(language: Language) -> Response:
    """Lead to the page that asks for the receipt, and forget the one that did not fit."""
    gone = RedirectResponse(f"/{language.tag}/return", 303)
    forget_cookie(gone, VISIT_COOKIE)
    return gone


def _number(of: str) -> str:
    try:
        return shown(checked_case_number(of))
    except CaseNumberInvalid:
        return ""


def page_id(given: Given) -> UUID:
    """Return the id of the page something was sent from, or a new one."""
    try:
        return UUID(given.one("id"))
    except ValueError:
        return new_id()

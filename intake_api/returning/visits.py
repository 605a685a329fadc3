"""The case of whoever comes back: opened with the receipt their browser holds, for one request."""

from typing import Final
from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from intake_api.bodies import Given
from intake_api.door import VISIT_COOKIE, Door, forget_cookie
from intake_api.returning.open_case import OpenCase
from intake_api.returning.opening import KeyDoesNotFit
from office.ids import new_id
from office.languages import Language, mark

NOT_RECEIVED: Final = mark(
    "We could not receive this just now. What you typed is still here: please press again"
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


def away(language: Language) -> Response:
    """Lead to the page that asks for the receipt, and forget the one that did not fit."""
    gone = RedirectResponse(f"/{language.tag}/return", 303)
    forget_cookie(gone, VISIT_COOKIE)
    return gone


def page_id(given: Given) -> UUID:
    """Return the id of the page something was sent from, or a new one."""
    try:
        return UUID(given.one("id"))
    except ValueError:
        return new_id()

"""What the person thinks of how the office dealt with it: asked once there is an answer, sealed to the case.

Nothing is kept here of what was said, so the page cannot show it again; whoever answers twice is counted
once, as they answered last.
"""

from typing import Any, Final, Literal

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from intake_api.bodies import Given, read_given
from intake_api.door import Door
from intake_api.form.answers import BODY_CUT, DAMAGED, NO_FORM, NOT_LISTED, ONLY_ONE, TOO_LONG
from intake_api.returning.open_case import OpenCase
from intake_api.returning.opening import own_id
from intake_api.returning.visits import NOT_RECEIVED, away, case_of, of_case, page_id, sent_to
from office.errors import Unavailable
from office.handover.report import Feedback
from office.identity_numbers import numbers_in, removed
from office.ids import new_id
from office.languages import Language, mark

LONGEST: Final = 2_000
HELPED: Final[dict[str, Literal["yes", "partly", "no"]]] = {"yes": "yes", "partly": "partly", "no": "no"}
NOT_CHOSEN: Final = mark("Choose yes, partly or no")
THANKS: Final = mark("Thank you. Your answer counts, also if it is a no.")


def is_answered(case: OpenCase) -> bool:
    """Return whether the office has answered, so that there is something to think of."""
    return bool(case.messages) or is_ended(case)


def is_ended(case: OpenCase) -> bool:
    """Return whether the office has said that the matter is closed."""
    return case.status is not None and case.status.state_code == "closed"


def routes(door: Door) -> APIRouter:
    """Return the routes for what people think."""
    router = APIRouter(include_in_schema=False)

    @router.get("/{language}/return/feedback")
    async def ask(request: Request, language: str) -> Response:
        """Ask on a page of its own: whoever changes language after a correction lands here."""
        spoken = door.pages.spoken(language)
        if await case_of(door, request) is None:
            return away(spoken)
        return _page(door, request, spoken, {}, {}, 200)

    @router.post("/{language}/return/feedback")
    async def take(request: Request, language: str) -> Response:
        """Take what somebody thinks to the office."""
        spoken = door.pages.spoken(language)
        given = await read_given(request)
        text = "\n".join(dict.fromkeys(given.all("feedback"))).strip()
        typed = {"helped": given.one("helped"), "feedback": text, "id": given.one("id")}
        try:
            case = await sent_to(door, request, given, spoken)
            if isinstance(case, Response):
                return case
            if wrong := _wrong(given, text, spoken):
                return _page(door, request, spoken, typed, wrong, 413 if given.is_cut else 422)
            numbers = numbers_in(text)
            if numbers and given.one("numbers") == "remove":
                text = removed(text)
            elif numbers and given.one("numbers") != "keep":
                return _page(door, request, spoken, typed, {}, 422, numbers=numbers)
            await _send(door, case, HELPED[given.one("helped")], text, spoken.tag, given)
        except Unavailable:
            return _page(door, request, spoken, typed, {"helped": spoken.gettext(NOT_RECEIVED)}, 503)
        return RedirectResponse(f"/{spoken.tag}/return/case?done=feedback", 303)

    return router


async def _send(
    door: Door, case: OpenCase, helped: Literal["yes", "partly", "no"], text: str, tag: str, given: Given
) -> None:
    told = Feedback(case_number=case.case_number, told_at=door.clock.now(), helped=helped, text=text)
    own = own_id(page_id(given), case.case_number, helped, text)
    await door.returns.post(case, "feedback", told, door.keys.now(), language=tag, id=own)


def _wrong(given: Given, text: str, language: Language) -> dict[str, str]:
    told = language.gettext
    if given.is_no_form or given.is_cut:
        return {"helped": told(NO_FORM if given.is_no_form else BODY_CUT)}
    wrong: dict[str, str] = {}
    chosen = set(given.all("helped"))
    if not chosen & HELPED.keys():
        wrong["helped"] = told(NOT_CHOSEN)
    elif not chosen <= HELPED.keys() or "helped" in given.damaged:
        wrong["helped"] = told(NOT_LISTED)
    elif len(chosen) > 1:
        wrong["helped"] = told(ONLY_ONE)
    if "feedback" in given.damaged:
        wrong["feedback"] = told(DAMAGED)
    elif len(text) > LONGEST:
        wrong["feedback"] = told(TOO_LONG, many=language.number(len(text)), most=language.number(LONGEST))
    return wrong


def _page(
    door: Door,
    request: Request,
    language: Language,
    typed: dict[str, Any],
    wrong: dict[str, str],
    status: int,
    *,
    numbers: list[str] | None = None,
) -> Response:
    return door.pages.render(
        request,
        "feedback.html",
        language,
        status,
        given=typed,
        corrections=wrong,
        numbers=numbers or [],
        feedback_id=typed.get("id") or str(new_id()),
        of_case=of_case(door, request),
        back=f"/{language.tag}/return/case",
    )

"""Asking for an appointment with the receipt, before the office has offered one: how, when, with what need.

What is asked goes sealed to the case, as an answer about an appointment does. Nothing is booked on this side.
"""

from typing import Any, Final, get_args

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from intake_api.bodies import Given, read_given
from intake_api.door import Door
from intake_api.form.answers import BODY_CUT, DAMAGED, NO_FORM, NOT_LISTED, TOO_LONG
from intake_api.returning.appointment_pages import LONGEST, NEEDS, may_ask
from intake_api.returning.open_case import OpenCase
from intake_api.returning.opening import own_id
from intake_api.returning.visits import NOT_RECEIVED, away, case_of, of_case, page_id, sent_to
from office.errors import Unavailable
from office.handover.booking import AppointmentWish, Wish, WishDay, WishHalf, WishWay
from office.identity_numbers import numbers_in, removed
from office.ids import new_id
from office.languages import Language, mark

CHOSEN: Final[dict[str, tuple[str, ...]]] = {
    "ways": get_args(WishWay),
    "days": get_args(WishDay),
    "halves": get_args(WishHalf),
    "needs": NEEDS,
}
"""What may be ticked, by its field."""
WAY_NEEDED: Final = mark("Choose at least one way to talk with us")


def routes(door: Door) -> APIRouter:
    """Return the routes of asking for an appointment."""
    router = APIRouter(include_in_schema=False)

    @router.get("/{language}/return/appointment/asking")
    async def show(request: Request, language: str) -> Response:
        """Ask how and when, unless there is an appointment already."""
        spoken = door.pages.spoken(language)
        case = await case_of(door, request)
        if case is None:
            return away(spoken)
        if not may_ask(case, door.today()):
            return RedirectResponse(f"/{spoken.tag}/return/appointment", 303)
        return _page(door, request, spoken, case, {}, {}, 200)

    @router.post("/{language}/return/appointment/asking")
    async def ask(request: Request, language: str) -> Response:
        """Take what is asked for to the office."""
        spoken = door.pages.spoken(language)
        given = await read_given(request)
        text = "\n".join(dict.fromkeys(given.all("booking_text"))).strip()
        typed: dict[str, Any] = {name: given.all(name) for name in CHOSEN}
        typed |= {"booking_text": text, "id": given.one("id")}
        case = None
        try:
            sent = await sent_to(door, request, given, spoken)
            if isinstance(sent, Response):
                return sent
            case = sent
            if not may_ask(case, door.today()):
                return RedirectResponse(f"/{spoken.tag}/return/appointment", 303)
            if wrong := _wrong(given, text, spoken):
                return _page(door, request, spoken, case, typed, wrong, 413 if given.is_cut else 422)
            numbers = numbers_in(text)
            if numbers and given.one("numbers") == "remove":
                text = removed(text)
            elif numbers and given.one("numbers") != "keep":
                return _page(door, request, spoken, case, typed, {}, 422, numbers=numbers)
            await _send(door, case, given, text, spoken.tag)
        except Unavailable:
            if case is None:
                raise
            told = {"ways": spoken.gettext(NOT_RECEIVED)}
            return _page(door, request, spoken, case, typed, told, 503)
        return RedirectResponse(f"/{spoken.tag}/return/case?done=booking", 303)

    return router


def _wrong(given: Given, text: str, language: Language) -> dict[str, str]:
    tell = language.gettext
    if given.is_no_form or given.is_cut:
        return {"ways": tell(NO_FORM if given.is_no_form else BODY_CUT)}
    wrong: dict[str, str] = {}
    for name, known in CHOSEN.items():
        if not set(filter(None, given.all(name))) <= set(known) or name in given.damaged:
            wrong[name] = tell(NOT_LISTED)
    if not any(given.all("ways")):
        wrong["ways"] = tell(WAY_NEEDED)
    if "booking_text" in given.damaged:
        wrong["booking_text"] = tell(DAMAGED)
    elif len(text) > LONGEST:
        many, most = language.number(len(text)), language.number(LONGEST)
        wrong["booking_text"] = tell(TOO_LONG, many=many, most=most)
    return wrong


async def _send(door: Door, case: OpenCase, given: Given, text: str, tag: str) -> None:
    ticked = {name: [one for one in known if one in given.all(name)] for name, known in CHOSEN.items()}
    wish = Wish.model_validate({name: tuple(ticked[name]) for name in ("ways", "days", "halves")})
    told = AppointmentWish(
        case_number=case.case_number,
        told_at=door.clock.now(),
        wish=wish,
        needs_interpreter="interpreter" in ticked["needs"],
        needs_step_free="step_free" in ticked["needs"],
        text=text,
    )
    parts = [one for name in CHOSEN for one in ticked[name]]
    own = own_id(page_id(given), case.case_number, "wish", text, *parts)
    await door.returns.book(case, told, door.keys.now(), language=tag, id=own)


def _page(
    door: Door,
    request: Request,
    language: Language,
    case: OpenCase,
    typed: dict[str, Any],
    wrong: dict[str, str],
    status: int,
    *,
    numbers: list[str] | None = None,
) -> Response:
    return door.pages.render(
        request,
        "appointment_asking.html",
        language,
        status,
        given=typed,
        corrections=wrong,
        numbers=numbers or [],
        booking_id=typed.get("id") or str(new_id()),
        of_case=of_case(door, request),
        asked_on=case.wished_on,
        week=list(zip(CHOSEN["days"], language.days_of_week(), strict=False)),
        back=f"/{language.tag}/return/case",
    )

"""Changing or taking back, with the receipt, where the office says "you have news".

What was left before is not shown: this service cannot read it, nor tell whether there is any.
"""

from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from intake_api.bodies import Given, read_given
from intake_api.door import Door
from intake_api.form.answers import (
    BODY_CUT,
    EMAIL_UNREAL,
    NO_FORM,
    NOT_LISTED,
    NOTICE_MISSING,
    NOTICE_UNWANTED,
    ONLY_ONE,
    PHONE_UNREAL,
)
from intake_api.form.offers import Choice
from intake_api.returning.notice_address import NONE, NOTICE_KEY, address_of, id_in_order, sealed_notice
from intake_api.returning.open_case import OpenCase
from intake_api.returning.visits import NOT_RECEIVED, away, case_of, of_case, sent_to
from office.errors import Unavailable
from office.handover.notice import NoticeAddress
from office.handover.report import NoticeChange
from office.languages import Language, mark
from office.sealing.public_keys import NoActiveKey

NOT_CHOSEN: Final = mark("Choose what you want to change")


def routes(door: Door) -> APIRouter:
    """Return the routes for the address of notices."""
    router = APIRouter(include_in_schema=False)

    @router.get("/{language}/return/notice")
    async def ask(request: Request, language: str) -> Response:
        """Ask on a page of its own: whoever changes language after a correction lands here."""
        spoken = door.pages.spoken(language)
        if await case_of(door, request) is None:
            return away(spoken)
        return _page(door, request, spoken, {}, {}, 200)

    @router.post("/{language}/return/notice")
    async def change(request: Request, language: str) -> Response:
        """Take a new address for notices to the office, or the wish for none."""
        spoken = door.pages.spoken(language)
        given = await read_given(request)
        kind, value = given.one("notice_kind"), " ".join(given.one("notice_value").split())
        typed = {"notice_kind": kind, "notice_value": value}
        try:
            case = await sent_to(door, request, given, spoken)
            if isinstance(case, Response):
                return case
            address = address_of(kind, value, spoken.tag)
            if wrong := _wrong(door, given, address, value):
                told = {name: spoken.gettext(sentence) for name, sentence in wrong.items()}
                return _page(door, request, spoken, typed, told, 413 if given.is_cut else 422)
            await _send(door, case, address, spoken.tag)
        except Unavailable:
            return _page(door, request, spoken, typed, {"notice_kind": spoken.gettext(NOT_RECEIVED)}, 503)
        return RedirectResponse(f"/{spoken.tag}/return/case?done=notice", 303)

    return router


async def _send(door: Door, case: OpenCase, address: NoticeAddress | None, tag: str) -> None:
    """Post the change. Taking an address back needs no key of notices.

    Raises:
        NoActiveKey: an address was given and there is no key to lock it to.
    """
    keys = door.keys.now()
    notice = sealed_notice(address, keys, case.case_number)
    if address is not None and notice[0] is None:
        raise NoActiveKey(key=NOTICE_KEY)
    told = NoticeChange(case_number=case.case_number, told_at=door.clock.now(), is_wanted=address is not None)
    await door.returns.post(case, "notice", told, keys, language=tag, id=id_in_order(), notice=notice)


def _wrong(door: Door, given: Given, address: NoticeAddress | None, value: str) -> dict[str, str]:
    """Return the sentence for each field to correct, in English."""
    if given.is_no_form or given.is_cut:
        return {"notice_kind": NO_FORM if given.is_no_form else BODY_CUT}
    chosen = set(given.all("notice_kind"))
    if not any(chosen):
        return {"notice_kind": NOT_CHOSEN}
    if not chosen <= {NONE, *door.notice_kinds()}:
        return {"notice_kind": NOT_LISTED}
    if len(chosen) > 1:
        return {"notice_kind": ONLY_ONE}
    if address is None:
        return {"notice_value": NOTICE_UNWANTED} if value else {}
    if not value:
        return {"notice_value": NOTICE_MISSING}
    if address.goes_to is None or "notice_value" in given.damaged:
        return {"notice_value": PHONE_UNREAL if address.kind == "sms" else EMAIL_UNREAL}
    return {}


def asked(door: Door) -> dict[str, Any]:
    """Return the words of the questions, as the form asks them; nothing where nobody can be told."""
    kinds = door.notice_kinds()
    questions = [question for question in door.form.questions() if question.needs_key == NOTICE_KEY]
    if not kinds or len(questions) != 2:
        return {"notice_how": None, "notice_where": None, "notice_ways": ()}
    how, where = questions
    ways = [Choice(option.code, option.label) for option in how.option if option.code in kinds]
    return {"notice_how": how, "notice_where": where, "notice_ways": ways}


def _page(
    door: Door,
    request: Request,
    language: Language,
    typed: dict[str, str],
    wrong: dict[str, str],
    status: int,
) -> Response:
    return door.pages.render(
        request,
        "notice.html",
        language,
        status,
        given=typed,
        corrections=wrong,
        of_case=of_case(door, request),
        back=f"/{language.tag}/return/case",
        **asked(door),
    )

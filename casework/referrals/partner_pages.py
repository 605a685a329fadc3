"""The page of a body that somebody is referred to: the pack and its answer, without signing in.

The code comes in the form, never in an address: addresses end up in histories and in logs.

It tells what the person consented to and nothing else: no case number, no name of anybody in the office.
"""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from casework.desk import Desk
from casework.doors import DeskDep, FormDep, LanguageDep, desk_router
from casework.forms import WRITE_SOMETHING, Checked
from casework.referrals.bodies import body_name
from casework.referrals.case_pages import Given
from casework.referrals.errors import PackNotFound
from casework.referrals.partners import Handed, answer, look, note_opening, open_pack
from casework.referrals.wording import told_of
from casework.showing import common
from casework.transactions import SessionDep
from office.clock import day_in
from office.languages import Language, mark
from office.web.letterhead import letterhead_of
from office.web.parts import Choice

router = desk_router()

SERVICE: Final = mark("Referral of a person")
LONGEST: Final = 2_000
SHORTER: Final = mark("Write it shorter: %(most)s characters fit.")
NOTHING_THERE: Final = mark("Nothing lies under this code. It may be mistyped, or have ended.")
CHOICES: Final = {
    "accepted": mark("We take it on"),
    "declined": mark("We cannot take it on"),
    "working": mark("We are working on it"),
    "done": mark("We have finished"),
}


@router.get("/{language}/partner")
def ask_for_code(request: Request, language: LanguageDep, desk: DeskDep) -> Response:
    """Ask a body for the code it was given."""
    return _render(request, desk, language, "partner_door.html", corrections={})


@router.post("/{language}/partner")
def show_pack(
    request: Request, language: LanguageDep, desk: DeskDep, session: SessionDep, form: FormDep
) -> Response:
    """Show a body what the person consented to; that it was opened is noted."""
    at = desk.clock.now()
    token = form.one("code").strip()
    try:
        handed = open_pack(session, token, at=at, on=day_in(desk.city.zone, at))
    except PackNotFound:
        return _nothing_there(request, desk, language)
    name = body_name(session, desk.city, handed.referral.body_code, language.tag)
    return _page(request, desk, language, token, handed, name)


@router.post("/{language}/partner/answer")
def take_answer(
    request: Request, language: LanguageDep, desk: DeskDep, session: SessionDep, form: FormDep
) -> Response:
    """Keep a body's answer, and thank it."""
    at = desk.clock.now()
    on = day_in(desk.city.zone, at)
    token = form.one("code").strip()
    try:
        handed = look(session, token, on)
    except PackNotFound:
        return _nothing_there(request, desk, language)
    name = body_name(session, desk.city, handed.referral.body_code, language.tag)
    checked = Checked(form, language)
    given, text = checked.one("answer", handed.answers), checked.text("answer_words", needed=False)
    if given == "declined" and not text:
        checked.wrong("answer_words", WRITE_SOMETHING)
    if len(text) > LONGEST:
        checked.wrong("answer_words", SHORTER, most=LONGEST)
    if not checked.is_right:
        note_opening(session, handed, at=at, on=on)
        return _page(request, desk, language, token, handed, name, form, checked, 422)
    answer(session, handed, given, text, at=at, on=on)
    return _render(
        request,
        desk,
        language,
        "partner_thanks.html",
        code=token if handed.can_look_again else "",
    )


def _nothing_there(request: Request, desk: Desk, language: Language) -> Response:
    """Ask again: a code that never was, one that ended and a mistyped one look the same."""
    corrections = {"code": language.gettext(NOTHING_THERE)}
    return _render(request, desk, language, "partner_door.html", 404, corrections=corrections)


def _page(
    request: Request,
    desk: Desk,
    language: Language,
    token: str,
    handed: Handed,
    name: str,
    given: Given | None = None,
    checked: Checked | None = None,
    status: int = 200,
) -> Response:
    spoken = {
        code: desk.lists.label("languages", code, language.tag) for code in (handed.pack.language,) if code
    }
    return _render(
        request,
        desk,
        language,
        "partner.html",
        status,
        code=token,
        body=name,
        told=told_of(handed.pack, spoken, language),
        until=handed.link.expires_on,
        answers=[Choice(code, language.gettext(CHOICES[code])) for code in handed.answers],
        given=given or {},
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
    )


def _render(
    request: Request, desk: Desk, language: Language, name: str, status: int = 200, **context: Any
) -> Response:
    """Return a page in the look the public knows: no way into the desk, and a telephone at its foot."""
    return desk.pages.render(
        request,
        name,
        language,
        status,
        **common(desk, language),
        face="residents",
        service=language.gettext(SERVICE),
        phone=letterhead_of(desk.city).phone,
        home=f"/{language.tag}/partner",
        footer=[],
        **context,
    )

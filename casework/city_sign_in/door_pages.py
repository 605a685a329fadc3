"""To the city's sign-in and back, and the page that then asks the pass-phrase.

Our cookies do not go along when another site sends somebody here, so whoever comes back first gets a page of
ours that goes on by itself. Only the cookie of the way goes along, and only to the one address below.
"""

import logging
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casework.city_sign_in.errors import CitySignInNotFound, CitySilent, NotVouched
from casework.city_sign_in.links import city_check
from casework.city_sign_in.provider import ANSWER
from casework.city_sign_in.ways import WAY_LASTS, WORD_LASTS, Way, Word
from casework.city_sign_in.wording import SAID, city_label, word_of
from casework.desk import Desk
from casework.doors import DeskDep, FormDep, LanguageDep, desk_router, own_path, person_of
from casework.showing import common
from casework.staff.pages import let_in
from office.errors import OfficeError
from office.languages import Language, mark

router = desk_router()
log = logging.getLogger(__name__)

WAY_COOKIE: Final = "city-way"
WORD_COOKIE: Final = "city-word"
LONGEST_ONWARDS: Final = 500
LONGEST_CODE: Final = 4000
PASSPHRASE: Final = "sign-in/city/pass-phrase"
LINKS: Final = "my-city-sign-in"
TRY_AGAIN: Final = mark(
    "We could not sign you in. Check the name and the pass-phrase, and that this account of the city is "
    "linked with you at the desk. After five wrong tries you wait five minutes."
)


@router.get("/{language}/sign-in/city")
def go_to_the_city(request: Request, language: LanguageDep, desk: DeskDep) -> Response:
    """Send somebody to the city's sign-in; whoever is signed in already goes on."""
    require_offered(desk)
    onwards = own_path(request.query_params.get("next", "")[:LONGEST_ONWARDS]) or f"/{language.tag}/"
    if person_of(request) is not None:
        return RedirectResponse(onwards, 303)
    return sent_out(request, language, desk, back="sign-in", onwards=onwards)


@router.get(ANSWER)
def come_back_from_the_city(request: Request, desk: DeskDep) -> Response:
    """Hear whom the city vouches for, and go on to the page that asks the pass-phrase."""
    require_offered(desk)
    asked, at = request.query_params, desk.clock.now()
    way = desk.ways.come_back(request.cookies.get(WAY_COOKIE, ""), asked.get("state", ""), at)
    if way is None:
        return _turned_back(request, desk, desk.pages.language_of(request), "sign-in", NotVouched(why="way"))
    language, back = desk.pages.spoken(way.language), LINKS if way.links else "sign-in"
    code = asked.get("code", "")
    try:
        if asked.get("iss", desk.settings.oidc_issuer) != desk.settings.oidc_issuer:
            raise NotVouched(why="answer_issuer")
        if not code or len(code) > LONGEST_CODE:
            raise NotVouched(why="no_code")
        subject = desk.provider.subject(desk.settings, code, way, at)
    except (CitySilent, NotVouched) as error:
        return _over(_turned_back(request, desk, language, back, error))
    word = Word(desk.settings.oidc_issuer, subject, way.onwards, way.links)
    token = desk.ways.keep(word, desk.clock.now())
    answer = _own_page(request, desk, language, LINKS if way.links else PASSPHRASE)
    answer.set_cookie(
        WORD_COOKIE,
        token,
        max_age=int(WORD_LASTS.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return _over(answer)


@router.get("/{language}/" + PASSPHRASE)
def show_passphrase(request: Request, language: LanguageDep, desk: DeskDep) -> Response:
    """Ask name and pass-phrase of somebody for whom the city vouches."""
    require_offered(desk)
    if _word(request, desk) is None:
        return _begin_again(language)
    return _page(request, language, desk)


@router.post("/{language}/" + PASSPHRASE)
def sign_in_with_the_city(request: Request, language: LanguageDep, desk: DeskDep, form: FormDep) -> Response:
    """Open the person's key and let them in, if this account of the city is linked with them."""
    require_offered(desk)
    word, token = _word(request, desk), request.cookies.get(WORD_COOKIE, "")
    if word is None:
        return _begin_again(language)
    answer = let_in(
        request,
        language,
        desk,
        form,
        onwards=word.onwards,
        kept={},
        way="city",
        second_factor=city_check(desk, token),
        again=lambda: _page(request, language, desk, form.one("name").strip()[:200], is_wrong=True),
    )
    if answer.status_code == 303:
        answer.delete_cookie(WORD_COOKIE, httponly=True, samesite="strict")
    return answer


def require_offered(desk: Desk) -> None:
    """Raise CitySignInNotFound if this desk has no sign-in of the city."""
    if not desk.settings.oidc_issuer:
        raise CitySignInNotFound


def sent_out(
    request: Request, language: Language, desk: Desk, *, back: str, onwards: str = "", links: str = ""
) -> Response:
    """Send this browser to the city's sign-in, or `back` with a sentence if that cannot be reached."""
    way = Way(language.tag, onwards, links, int(desk.clock.now().timestamp()))
    try:
        address = desk.provider.address(desk.settings, way)
    except (CitySilent, NotVouched) as error:
        _tell_operators(error)
        return RedirectResponse(f"/{language.tag}/{back}?{SAID}={word_of(error)}", 303)
    answer = RedirectResponse(address, 303)
    answer.set_cookie(
        WAY_COOKIE,
        desk.ways.set_out(way),
        max_age=int(WAY_LASTS.total_seconds()),
        path=ANSWER,
        httponly=True,
        samesite="lax",  # it must go along when the city's site sends the person back
        secure=request.url.scheme == "https",
    )
    return answer


def _turned_back(
    request: Request, desk: Desk, language: Language, back: str, error: CitySilent | NotVouched
) -> Response:
    _tell_operators(error)
    return _own_page(request, desk, language, f"{back}?{SAID}={word_of(error)}")


def _own_page(request: Request, desk: Desk, language: Language, rest: str) -> Response:
    """Return a page of ours that goes on by itself: from it, our own cookies go along."""
    to = f"/{language.tag}/{rest}"
    answer = desk.pages.render(
        request, "city_came_back.html", language, **common(desk, language), person=None, onwards=to
    )
    answer.headers["Refresh"] = f"0; url={to}"
    return answer


def _over(answer: Response) -> Response:
    """Forget a way that came back. What is not this browser's own ends no way of it."""
    answer.delete_cookie(WAY_COOKIE, path=ANSWER, httponly=True, samesite="lax")
    return answer


def _word(request: Request, desk: Desk) -> Word | None:
    """Return the city's word of this browser if it is for the door."""
    word = desk.ways.word(request.cookies.get(WORD_COOKIE, ""), desk.clock.now())
    return word if word is not None and not word.links else None


def _begin_again(language: Language) -> Response:
    return RedirectResponse(f"/{language.tag}/sign-in?{SAID}={word_of(NotVouched())}", 303)


def _tell_operators(error: OfficeError) -> None:
    log.warning("%s %s", error.code, error.detail.get("why", ""))


def _page(
    request: Request, language: Language, desk: Desk, name: str = "", *, is_wrong: bool = False
) -> Response:
    return desk.pages.render(
        request,
        "city_sign_in.html",
        language,
        403 if is_wrong else 200,
        **common(desk, language),
        person=None,
        city_label=city_label(desk, language),
        given={"name": name},
        corrections={"name": language.gettext(TRY_AGAIN)} if is_wrong else {},
    )

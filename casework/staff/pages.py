"""Signing in and out."""

from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casework.city_sign_in.wording import city_label, said_of_the_city
from casework.desk import Desk
from casework.doors import COOKIE, DeskDep, FormDep, LanguageDep, desk_router, own_path, person_of
from casework.drafts.content import ALONG
from casework.drafts.pages import keep_at_the_door
from casework.showing import common
from casework.staff import devices
from casework.staff.news import news_since
from casework.staff.passkeys import passkey_check
from casework.staff.recording import record_key_event
from casework.staff.rules import LONGEST, NAMED_AFTER, ROLE_NAMES
from casework.staff.sessions import SignedIn
from casework.staff.throttle import UNKNOWN
from casework.timeline.tables import Event
from casework.transactions import sessions_of
from office.keys.demonstration import demonstration_staff
from office.keys.errors import SignInRefused
from office.keys.events import KeyEvent
from office.keys.people import SecondFactor, folded, sign_in
from office.languages import Language, mark
from office.web.forms import Form

router = desk_router()

KEPT: Final = "kept-"
EMPTY: Final = mark("Please fill this in.")
TRY_AGAIN: Final = mark(
    "We could not sign you in. Check the name, the pass-phrase and the six-digit code or the passkey. "
    "After five wrong tries you wait five minutes. What strangers try does not hold up a device on which you "
    "have signed in before."
)


@router.get("/{language}/sign-in")
def show_sign_in(request: Request, language: LanguageDep, desk: DeskDep) -> Response:
    """Show the door, in the language chosen there. Whoever is signed in already goes on."""
    onwards = own_path(request.query_params.get("next", "")) or "/"
    onwards = f"/{language.tag}/{onwards.lstrip('/').partition('/')[2]}"
    if person_of(request) is not None:
        return RedirectResponse(onwards, 303)
    return sign_in_page(request, language, desk, onwards=onwards)


def sign_in_page(
    request: Request,
    language: Language,
    desk: Desk,
    *,
    onwards: str,
    status: int = 200,
    kept: dict[str, list[str]] | None = None,
    given: dict[str, str] | None = None,
    wrong: str = "",
) -> Response:
    """Return the sign-in page.

    Args:
        kept: what was typed elsewhere when the session had ended. The way by the city's sign-in leads out of
            this page and would lose it, so it is not offered then.
        wrong: what is said of a try that was not right.
    """
    at = desk.clock.now()
    return desk.pages.render(
        request,
        "sign_in.html",
        language,
        status,
        **common(desk, language),
        person=None,
        onwards=onwards,
        kept=kept or {},
        is_kept=bool(kept) or request.query_params.get("kept") == "yes",
        given=given or {},
        corrections={"name": language.gettext(wrong)} if wrong else {},
        takes_passkeys=desk.settings.desk_at,
        city_label=city_label(desk, language) if not kept else "",
        said_of_the_city=said_of_the_city(request, language),
        invented=_invented(at) if desk.settings.demo else [],
        roles={code: language.gettext(name) for code, name in ROLE_NAMES.items()},
    )


def _invented(at: datetime) -> list[dict[str, str]]:
    """Return the demonstration's staff with the codes of the moment; they are no secret."""
    return [
        {
            "name": person.sign_in_name,
            "display_name": person.display_name,
            "role": person.role_code,
            "passphrase": person.passphrase,
            "code": person.code(at),
        }
        for person in demonstration_staff()
    ]


@router.post("/{language}/sign-in")
def do_sign_in(request: Request, language: LanguageDep, desk: DeskDep, form: FormDep) -> Response:
    """Open the person's key and let them in; every failure looks alike."""
    name, passkey = form.one("name").strip()[:200], form.one("passkey")
    kept = {field.removeprefix(KEPT): values for field, values in form.items() if field.startswith(KEPT)}
    onwards = own_path(form.one("onwards")) or f"/{language.tag}/"
    return let_in(
        request,
        language,
        desk,
        form,
        onwards=onwards,
        kept=kept,
        way="passkey" if passkey else "code",
        second_factor=passkey_check(desk, passkey, desk.clock.now()),
        again=lambda: sign_in_page(
            request,
            language,
            desk,
            onwards=onwards,
            status=403,
            kept=kept,
            given={"name": name},
            wrong=TRY_AGAIN,
        ),
    )


def let_in(
    request: Request,
    language: Language,
    desk: Desk,
    form: Form,
    *,
    onwards: str,
    kept: dict[str, list[str]],
    way: str,
    second_factor: SecondFactor | None,
    again: Callable[[], Response],
) -> Response:
    """Open the key of whoever a form names with its pass-phrase, and let them in; else ask `again`.

    Args:
        way: what stands beside the pass-phrase, as `tables.WAYS` calls it.
        second_factor: looks at it; None looks at the six digits of the form.
    """
    name, at = form.one("name").strip()[:200], desk.clock.now()
    device = request.cookies.get(devices.COOKIE, "")[:200]
    is_known = devices.is_known(desk.sessions, name, device)
    counted = folded(name), devices.hashed(device) if is_known else UNKNOWN
    agent = request.headers.get("user-agent", "")
    noted: list[devices.Noted] = []
    news: list[Event] = []

    def record(session: Session, event: KeyEvent) -> None:
        record_key_event(session, event)
        own = UUID(str(event.subject))
        noted.append(devices.note_sign_in(session, own, device, agent, way, at=at, zone=desk.city.zone))
        news.extend(news_since(session, own, noted[-1].since) if noted[-1].since is not None else ())

    try:
        if not desk.tries.may_try(counted, at):
            raise SignInRefused
        person = sign_in(
            sessions_of(request),
            name,
            form.one("passphrase")[:1000],
            form.one("code")[:20],
            at=at,
            demo=desk.settings.demo,
            record=record,
            second_factor=second_factor,
        )
    except SignInRefused:
        return again()
    desk.tries.right(counted)
    before = desk.book.ended(request.cookies.get(COOKIE, ""), at)
    owners = {*(kept.get("draft_of") or ()), *([str(before.id)] if before else ())}
    if owners - {str(person.id)}:
        kept = {}  # somebody else had typed it
    desk.book.close(request.cookies.get(COOKIE, ""))
    signed_in = SignedIn.from_door(person)
    signed_in.browser_code, signed_in.way_code = devices.browser_of(agent), way
    signed_in.strange_devices = len(noted[-1].strange)
    signed_in.has_news = bool(news)
    token = desk.book.open(signed_in)
    answer = _onwards(request, language, desk, person.id, onwards, kept)
    answer.set_cookie(
        COOKIE,
        token,
        max_age=int((LONGEST + NAMED_AFTER).total_seconds()),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    answer.set_cookie(
        devices.COOKIE,
        noted[-1].token,
        max_age=int(devices.COOKIE_LASTS.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return answer


def _onwards(
    request: Request,
    language: Language,
    desk: Desk,
    staff_id: UUID,
    onwards: str,
    kept: dict[str, list[str]],
) -> Response:
    """Go on, or give back what was typed before the session ended: in its form, or to be sent again."""
    if not kept:
        return RedirectResponse(onwards, 303)
    place = keep_at_the_door(desk, staff_id, onwards, Form(kept))
    if place:
        return RedirectResponse(f"/{language.tag}/{place.page}", 303)
    kept = {name: values for name, values in kept.items() if name not in ALONG}
    return desk.pages.render(
        request, "resume.html", language, **common(desk, language), person=None, onwards=onwards, kept=kept
    )


@router.post("/{language}/sign-out")
def sign_out(request: Request, language: LanguageDep, desk: DeskDep) -> Response:
    """Forget the session and its key."""
    desk.book.close(request.cookies.get(COOKIE, ""))
    answer = RedirectResponse(f"/{language.tag}/sign-in", 303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return answer

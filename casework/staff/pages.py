"""Signing in and out, and using an invitation."""

import base64
from datetime import datetime
from io import BytesIO
from typing import Final
from uuid import UUID

import segno
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casework.cases.taking_back import ask_for_new_grants
from casework.desk import Desk
from casework.doors import COOKIE, DeskDep, FormDep, LanguageDep, desk_router, own_path, person_of
from casework.drafts.content import ALONG
from casework.drafts.pages import keep_at_the_door
from casework.showing import common
from casework.staff import devices
from casework.staff.news import news_since
from casework.staff.passkeys import forget_passkeys, passkey_check
from casework.staff.recording import record_key_event
from casework.staff.rules import LONGEST, NAMED_AFTER, ROLE_NAMES
from casework.staff.sessions import SignedIn
from casework.staff.throttle import UNKNOWN
from casework.timeline.tables import Event
from office.clock import day_in
from office.keys.demonstration import demonstration_staff
from office.keys.errors import CodeDoesNotFit, InvitationRefused, SignInRefused
from office.keys.events import KeyEvent, Recorder
from office.keys.people import accept_invitation, folded, sign_in
from office.keys.second_factor import is_secret, new_totp_secret, provisioning_uri
from office.languages import Language, mark
from office.sealing.passphrases import PassphraseTooWeak
from office.web.forms import Form

router = desk_router()

KEPT: Final = "kept-"
LONGEST_NAME: Final = 80
NOT_ALIKE: Final = mark("The two pass-phrases are not the same.")
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
    wrong: bool = False,
) -> Response:
    """Return the sign-in page; `kept` is what was typed elsewhere when the session had ended."""
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
        corrections={"name": language.gettext(TRY_AGAIN)} if wrong else {},
        takes_passkeys=desk.settings.desk_at,
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
    name, at = form.one("name").strip()[:200], desk.clock.now()
    kept = {field.removeprefix(KEPT): values for field, values in form.items() if field.startswith(KEPT)}
    onwards = own_path(form.one("onwards")) or f"/{language.tag}/"
    device = request.cookies.get(devices.COOKIE, "")[:200]
    is_known = devices.is_known(desk.sessions, name, device)
    counted = folded(name), devices.hashed(device) if is_known else UNKNOWN
    agent = request.headers.get("user-agent", "")
    noted: list[devices.Noted] = []
    news: list[Event] = []

    def record(session: Session, event: KeyEvent) -> None:
        record_key_event(session, event)
        own = UUID(str(event.subject))
        noted.append(devices.note_sign_in(session, own, device, agent, at=at, zone=desk.city.zone))
        news.extend(news_since(session, own, noted[-1].since) if noted[-1].since is not None else ())

    try:
        if not desk.tries.may_try(counted, at):
            raise SignInRefused
        person = sign_in(
            desk.sessions,
            name,
            form.one("passphrase")[:1000],
            form.one("code")[:20],
            at=at,
            demo=desk.settings.demo,
            record=record,
            second_factor=passkey_check(desk, form.one("passkey"), at),
        )
    except SignInRefused:
        return sign_in_page(
            request,
            language,
            desk,
            onwards=onwards,
            status=403,
            kept=kept,
            given={"name": name},
            wrong=True,
        )
    desk.tries.right(counted)
    before = desk.book.ended(request.cookies.get(COOKIE, ""), at)
    owners = {*(kept.get("draft_of") or ()), *([str(before.id)] if before else ())}
    if owners - {str(person.id)}:
        kept = {}  # somebody else had typed it
    desk.book.close(request.cookies.get(COOKIE, ""))
    signed_in = SignedIn.from_door(person)
    signed_in.browser_code = devices.browser_of(agent)
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


@router.get("/{language}/invitation")
def show_invitation(request: Request, language: LanguageDep, desk: DeskDep) -> Response:
    """Show the page where an invited person makes their own key."""
    return _invitation_page(request, language, desk, secret=new_totp_secret())


@router.post("/{language}/invitation")
def use_invitation(request: Request, language: LanguageDep, desk: DeskDep, form: FormDep) -> Response:
    """Make the person's key pair, closed under pass-phrase and second factor."""
    secret = form.one("secret") if is_secret(form.one("secret")) else new_totp_secret()
    corrections = _missing(form, language, ("name", "invitation", "passphrase", "again", "code"))
    if not corrections and form.one("passphrase") != form.one("again"):
        corrections["again"] = language.gettext(NOT_ALIKE)
    if not corrections:
        try:
            accept_invitation(
                desk.sessions,
                form.one("invitation").strip(),
                form.one("passphrase"),
                secret,
                form.one("code"),
                at=desk.clock.now(),
                name=form.one("name"),
                record=_with_new_grants(desk),
            )
            return RedirectResponse(f"/{language.tag}/sign-in", 303)
        except InvitationRefused as error:
            corrections["invitation"] = language.gettext(error.sentence)
        except PassphraseTooWeak as error:
            corrections["passphrase"] = language.gettext(error.sentence)
        except CodeDoesNotFit as error:
            corrections["code"] = language.gettext(error.sentence)
    given = {name: form.one(name) for name in ("name", "invitation")}
    return _invitation_page(
        request, language, desk, secret=secret, status=422, given=given, corrections=corrections
    )


def _with_new_grants(desk: Desk) -> Recorder:
    """Return what records the act, and with it ends old passkeys and asks for what the lost key opened."""

    def record(session: Session, event: KeyEvent) -> None:
        if event.subject is not None:
            forget_passkeys(session, event.subject)
            ask_for_new_grants(session, event.subject, day_in(desk.city.zone, event.at))
        record_key_event(session, event)

    return record


def _missing(form: Form, language: Language, names: tuple[str, ...]) -> dict[str, str]:
    return {name: language.gettext(EMPTY) for name in names if not form.one(name).strip()}


def _invitation_page(
    request: Request,
    language: Language,
    desk: Desk,
    *,
    secret: str,
    status: int = 200,
    given: dict[str, str] | None = None,
    corrections: dict[str, str] | None = None,
) -> Response:
    name = (given or {}).get("name", "")[:LONGEST_NAME] or desk.city.name_in(language.tag)
    return desk.pages.render(
        request,
        "invitation.html",
        language,
        status,
        **common(desk, language),
        person=None,
        secret=secret,
        picture=qr_code(provisioning_uri(secret, name)),
        given=given or {},
        corrections=corrections or {},
    )


def qr_code(text: str) -> str:
    """Return a QR code of `text` as the address of a picture inside the page."""
    drawn = BytesIO()
    segno.make(text, error="m").save(drawn, kind="svg", scale=5, border=3, light="white", xmldecl=False)
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.getvalue()).decode("ascii")

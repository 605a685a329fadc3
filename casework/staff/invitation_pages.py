"""Using an invitation: an invited person makes their own key pair, and begins anew."""

import base64
from io import BytesIO
from typing import Final

import segno
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casework.cases.losing_keys import ask_for_new_grants
from casework.desk import Desk
from casework.doors import DeskDep, FormDep, LanguageDep, desk_router
from casework.showing import common
from casework.staff.pages import EMPTY
from casework.staff.passkeys import forget_factors
from casework.staff.recording import record_key_event
from casework.transactions import sessions_of
from office.clock import day_in
from office.keys.errors import CodeDoesNotFit, InvitationRefused
from office.keys.events import KeyEvent, Recorder
from office.keys.people import accept_invitation
from office.keys.second_factor import is_secret, new_totp_secret, provisioning_uri
from office.languages import Language, mark
from office.sealing.passphrases import PassphraseTooWeak
from office.web.forms import Form

router = desk_router()

LONGEST_NAME: Final = 80
NOT_ALIKE: Final = mark("The two pass-phrases are not the same.")


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
                sessions_of(request),
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
    """Return what records the act, ends what stood in for the digits, and asks for what the key opened."""

    def record(session: Session, event: KeyEvent) -> None:
        if event.subject is not None:
            forget_factors(session, event.subject)
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

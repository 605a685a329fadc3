"""Help after a loss: asked and confirmed on the page of staff; a new telephone set up at the door."""

from typing import Any, Final

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casework.desk import Desk
from casework.doors import DeskDep, FormDep, LanguageDep, desk_router, require
from casework.forms import Checked
from casework.showing import View, ViewDep, common
from casework.staff import devices, recovery
from casework.staff.admin_pages import person_in
from casework.staff.errors import RecoveryNotFound, RecoveryRefused
from casework.staff.invitation_pages import qr_code
from casework.staff.pages import EMPTY
from casework.staff.recording import record_key_event
from casework.staff.rules import Permission
from casework.staff.throttle import UNKNOWN
from casework.timeline.actions import record as record_event
from casework.transactions import attempt, sessions_of
from office.clock import day_in
from office.keys.errors import CodeDoesNotFit, SignInRefused
from office.keys.events import KeyEvent
from office.keys.people import folded
from office.keys.second_factor import is_secret, new_totp_secret, provisioning_uri
from office.keys.telephone import renew_factor
from office.languages import Language, mark
from office.stores.keyroom import Staff

router = desk_router()

ONE: Final = "/{language}/staff/{staff_id}/recovery"
REFUSED: Final = mark(
    "This could not be done. Check the name, the pass-phrase and the code you were handed. "
    "After five wrong tries you wait five minutes."
)
FIELDS: Final = ("name", "passphrase", "recovery", "code")


@router.get(ONE)
def show_recovery(staff_id: str, view: ViewDep) -> Response:
    """Show what was asked for somebody who lost what they sign in with."""
    return _page(view, _person(view, staff_id))


@router.post(ONE)
def ask_for_help(staff_id: str, view: ViewDep, form: FormDep) -> Response:
    """Ask for it; somebody else confirms."""
    person, checked = _person(view, staff_id), Checked(form, view.language)
    lost = checked.one("lost", tuple(recovery.LOST))
    if not checked.is_right:
        return _page(view, person, checked)
    try:
        with attempt(view.session):
            recovery.ask(view.session, person, lost, view.act)
    except RecoveryRefused as error:
        return _page(view, person, status=409, changed=view.text(error.sentence))
    return view.go(f"staff/{person.id}/recovery", "recovery_asked")


@router.post(ONE + "/confirming")
def confirm_help(staff_id: str, view: ViewDep) -> Response:
    """Confirm what another asked; what the person is handed is shown on this answer and never again."""
    person = _person(view, staff_id)
    try:
        with attempt(view.session):
            helped = recovery.confirm(view.session, person, view.act)
    except RecoveryRefused as error:
        return _page(view, person, status=409, changed=view.text(error.sentence))
    view.desk.book.close_all_of(person.id)
    return _page(view, person, helped=helped)


@router.post(ONE + "/ending")
def take_help_back(staff_id: str, view: ViewDep) -> Response:
    """Take back what was asked, or a code nobody used."""
    person = _person(view, staff_id)
    recovery.take_back(view.session, person, view.act)
    return view.go(f"staff/{person.id}/recovery", "recovery_ended")


@router.get("/{language}/new-telephone")
def show_new_telephone(request: Request, language: LanguageDep, desk: DeskDep) -> Response:
    """Show the page on which somebody with a code sets up another telephone."""
    return _door(request, language, desk, secret=new_totp_secret())


@router.post("/{language}/new-telephone")
def set_up_telephone(request: Request, language: LanguageDep, desk: DeskDep, form: FormDep) -> Response:
    """Replace the second factor of whoever has the pass-phrase and a code that two people gave."""
    at, name = desk.clock.now(), form.one("name").strip()[:200]
    on = day_in(desk.city.zone, at)
    secret = form.one("secret") if is_secret(form.one("secret")) else new_totp_secret()
    corrections = {one: language.gettext(EMPTY) for one in FIELDS if not form.one(one).strip()}
    device = request.cookies.get(devices.COOKIE, "")[:200]
    counted = (
        folded(name),
        devices.hashed(device) if devices.is_known(desk.sessions, name, device) else UNKNOWN,
    )
    if not corrections and not desk.tries.may_try(counted, at):
        corrections["name"] = language.gettext(REFUSED)
    if not corrections:
        code = form.one("recovery")[:200]

        def record(session: Session, event: KeyEvent) -> None:
            if event.by is not None:
                recovery.use_up(session, event.by, on)
            record_key_event(session, event)

        try:
            done = renew_factor(
                sessions_of(request),
                name,
                form.one("passphrase")[:1000],
                secret,
                form.one("code")[:20],
                at=at,
                is_allowed=lambda session, own: recovery.is_good(session, own, code, on),
                record=record,
            )
        except SignInRefused:
            corrections["name"] = language.gettext(REFUSED)
        except CodeDoesNotFit as error:  # of the new telephone: all else was right
            desk.tries.right(counted)
            corrections["code"] = language.gettext(error.sentence)
        else:
            desk.tries.right(counted)
            if done.by is not None:
                desk.book.close_all_of(done.by)
            return RedirectResponse(f"/{language.tag}/sign-in", 303)
    return _door(request, language, desk, secret=secret, given={"name": name}, corrections=corrections)


def _door(
    request: Request,
    language: Language,
    desk: Desk,
    *,
    secret: str,
    given: dict[str, str] | None = None,
    corrections: dict[str, str] | None = None,
) -> Response:
    shown_as = (given or {}).get("name", "")[:80] or desk.city.name_in(language.tag)
    return desk.pages.render(
        request,
        "new_telephone.html",
        language,
        422 if corrections else 200,
        **common(desk, language),
        person=None,
        secret=secret,
        picture=qr_code(provisioning_uri(secret, shown_as)),
        given=given or {},
        corrections=corrections or {},
    )


def _person(view: View, staff_id: str) -> Staff:
    require(view.act.who, Permission.STAFF)
    person = person_in(view, staff_id)
    if not person.active:
        raise RecoveryNotFound
    return person


def _page(
    view: View,
    person: Staff,
    checked: Checked | None = None,
    status: int = 200,
    *,
    changed: str = "",
    helped: recovery.Helped | None = None,
) -> Response:
    act = view.act
    record_event(view.session, "staff_read", at=act.at, by=act.who.id)
    asked = recovery.open_recovery(view.session, person.id)
    codes = recovery.codes_of(view.session, person.id, act.on)
    return view.render(
        "recovery.html",
        422 if checked else status,
        whose=person,
        lost=[(code, view.text(name)) for code, name in recovery.LOST.items()],
        asked=_asked(view, asked) if asked else None,
        code_until=codes[0].code_ends_on if codes else None,
        helped=helped,
        changed=changed,
        given=checked.form if checked else {},
        corrections=checked.corrections if checked else {},
    )


def _asked(view: View, asked: Any) -> dict[str, Any]:
    return {
        "lost": view.text(recovery.LOST[asked.lost_code]),
        "by": view.name_of(str(asked.asked_by)),
        "on": asked.asked_on,
        "may_confirm": recovery.may_confirm(view.session, asked, view.act),
    }

"""The directory of bodies."""

from typing import Final

from starlette.responses import Response

from casework.doors import FormDep, desk_router, require
from casework.forms import Checked
from casework.referrals.bodies import Body, Noted, body_of, directory, note_body
from casework.referrals.case_pages import Given
from casework.referrals.errors import ReferralChanged
from casework.referrals.rules import AGREEMENTS
from casework.referrals.wording import choices_of, day_typed, languages_of, line
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from casework.transactions import attempt
from office.languages import mark

router = desk_router()

LONGEST_NAME: Final = 160
LONGEST_SERVICES: Final = 1000
SHORTER: Final = mark("Write it shorter: %(most)s characters fit.")


@router.get("/{language}/referrals/bodies")
def show_bodies(view: ViewDep) -> Response:
    """Show the directory."""
    require(view.act.who, Permission.CASES)
    return view.render(
        "bodies.html",
        bodies=directory(view.session, view.act.city, view.language.tag, view.act.on),
        supervises=view.act.who.may(Permission.SUPERVISE),
        agreements={code: view.text(told) for code, told in AGREEMENTS.items()},
    )


@router.get("/{language}/referrals/bodies/new")
def show_new_body(view: ViewDep) -> Response:
    """Show the form of a body that is in no list of contacts."""
    require(view.act.who, Permission.SUPERVISE)
    return _form(view, None)


@router.post("/{language}/referrals/bodies/new")
def add_body(view: ViewDep, form: FormDep) -> Response:
    """Add such a body."""
    require(view.act.who, Permission.SUPERVISE)
    return _keep(view, None, form)


@router.get("/{language}/referrals/bodies/{body}")
def show_body(body: str, view: ViewDep) -> Response:
    """Show a supervisor the form of what the office knows of a body."""
    require(view.act.who, Permission.SUPERVISE)
    return _form(view, body_of(view.session, view.act.city, body, view.language.tag, view.act.on))


@router.post("/{language}/referrals/bodies/{body}")
def change_body(body: str, view: ViewDep, form: FormDep) -> Response:
    """Keep what a supervisor knows of a body, as checked today."""
    require(view.act.who, Permission.SUPERVISE)
    found = body_of(view.session, view.act.city, body, view.language.tag, view.act.on)
    return _keep(view, found, form)


def _keep(view: View, body: Body | None, form: FormDep) -> Response:
    checked = Checked(form, view.language)
    noted = _noted(checked, view, is_own=_is_own(body))
    if not checked.is_right:
        return _form(view, body, form, checked, 422)
    try:
        with attempt(view.session):
            note_body(view.session, body, noted, view.act, version=checked.version())
    except ReferralChanged as error:
        if body:
            body = body_of(view.session, view.act.city, body.code, view.language.tag, view.act.on)
        return _form(view, body, form, None, 409, changed=view.text(error.sentence))
    return view.go("referrals/bodies", "body_noted")


def _noted(checked: Checked, view: View, *, is_own: bool) -> Noted:
    codes = [code for code, _ in languages_of(view)]
    services = checked.text("body_services", needed=False)
    if len(services) > LONGEST_SERVICES:
        checked.wrong("body_services", SHORTER, most=LONGEST_SERVICES)
    return Noted(
        services=services,
        language_codes=checked.some("spoken", codes, needed=False),
        agreement_code=checked.one("agreement", tuple(AGREEMENTS)),
        agreement_until=checked.day("agreement_until", needed=False),
        processing_on=checked.day_back("processing_on", view.act.on),
        name=_name(checked) if is_own else "",
        way=line(checked, "way") if is_own else "",
    )


def _name(checked: Checked) -> str:
    name = checked.text("body_name")
    if len(name) > LONGEST_NAME:
        checked.wrong("body_name", SHORTER, most=LONGEST_NAME)
    return name


def _is_own(body: Body | None) -> bool:
    return body is None or bool(body.known and body.known.name)


def _form(
    view: View,
    body: Body | None,
    given: Given | None = None,
    checked: Checked | None = None,
    status: int = 200,
    *,
    changed: str = "",
) -> Response:
    return view.render(
        "body.html",
        status,
        body=body,
        is_own=_is_own(body),
        spoken=languages_of(view),
        agreements=choices_of(view, AGREEMENTS),
        given=given or _typed(body),
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
    )


def _typed(body: Body | None) -> Given:
    row = body.known if body else None
    if row is None:
        return {}
    return {
        "body_name": [row.name],
        "way": [row.way],
        "body_services": [row.services],
        "spoken": row.language_codes.split(),
        "agreement": [row.agreement_code],
        **(day_typed("agreement_until", row.agreement_until) if row.agreement_until else {}),
        **(day_typed("processing_on", row.processing_on) if row.processing_on else {}),
    }

"""Members of staff and who holds which key: invited, given, taken back, ended."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from sqlmodel import Session, select
from starlette.responses import Response

from casework.acts import Act
from casework.cases.holders import possible_advisers
from casework.cases.losing_keys import has_open_cases, leave_cases, leave_without_giving
from casework.cases.queries import waiting_for_a_key, waiting_total
from casework.cases.renewing import renew_some
from casework.city_sign_in.links import linked_days
from casework.deadlines.lawyers import lawyers, name_lawyer, unname_lawyer
from casework.doors import FormDep, desk_router, require
from casework.forms import Checked
from casework.mediation.mediators import mediators, name_mediator, unname_mediator
from casework.relays.actions import end_own_relays
from casework.showing import View, ViewDep
from casework.staff.devices import last_days
from casework.staff.errors import StaffNotFound
from casework.staff.keys import names_held
from casework.staff.recording import record_key_event
from casework.staff.rules import KEY_NAMES, KEYS_OF_ROLE, ROLE_NAMES, Permission, may, may_be_invited
from casework.timeline.actions import record
from casework.transactions import attempt
from office.errors import OfficeError
from office.keys.errors import SignInNameInvalid, SignInNameTaken
from office.keys.holders import held_by_somebody_gone, holders_warning
from office.keys.holdings import grant, leave, revoke
from office.keys.names import STAFF_KEYS
from office.keys.people import invite
from office.stores.keyroom import HOLD_NO_KEY, Staff

router = desk_router()

MEDIATES: Final = (Permission.CASES, Permission.INBOX)
"""Doors of which one is open to whoever may be named a mediator: not to the head, nor to whoever oversees."""


@router.get("/{language}/staff")
def show_staff(view: ViewDep) -> Response:
    """Show who works here, the day of their last sign-in and their keys, and which cases wait for a key."""
    require(view.act.who, Permission.ACCOUNTS)
    renewed = renew_some(view.session, view.act)
    record(view.session, "staff_read", at=view.act.at, by=view.act.who.id)
    return _page(view, damaged=renewed.damaged)


@router.post("/{language}/staff")
def invite_somebody(view: ViewDep, form: FormDep) -> Response:
    """Invite a member of staff; the code is shown on this answer and never again.

    Whoever gives no keys invites only roles without a say over others.
    """
    require(view.act.who, Permission.ACCOUNTS)
    checked = Checked(form, view.language)
    name, shown_as = checked.text("sign_in_name"), checked.text("shown_as")
    role = checked.one("role", _roles_to_invite(view))
    if len(shown_as) > 120:
        checked.wrong("shown_as", SignInNameInvalid.sentence)
    if checked.is_right:
        try:
            with attempt(view.session):
                invitation = invite(
                    view.session,
                    sign_in_name=name,
                    display_name=shown_as,
                    role_code=role,
                    by=view.act.who.id,
                    at=view.act.at,
                    record=record_key_event,
                )
            return _page(
                view, invitation={"name": name, "code": invitation.code, "on": invitation.expires_on}
            )
        except (SignInNameInvalid, SignInNameTaken) as error:
            checked.wrong("sign_in_name", error.sentence)
    return _page(view, form, checked.corrections, 422, numbers=checked.numbers)


@router.post("/{language}/staff/{staff_id}/keys")
def give_key(staff_id: str, view: ViewDep, form: FormDep) -> Response:
    """Give a key to somebody, or take one back."""
    require(view.act.who, Permission.STAFF)
    person = person_in(view, staff_id)
    key, act = form.one("key"), view.act
    try:
        with attempt(view.session):
            if form.one("do") == "revoke":
                revoke(view.session, key, holder=person.id, by=act.who.id, at=act.at, record=record_key_event)
            else:
                grant(view.session, key, by=act.who, to=person.id, at=act.at, record=record_key_event)
    except OfficeError as error:
        return _page(view, status=409, changed=view.text(error.sentence))
    return view.go("staff", "revoked" if form.one("do") == "revoke" else "granted")


@router.post("/{language}/staff/{staff_id}/lawyer")
def say_who_confirms(staff_id: str, view: ViewDep, form: FormDep) -> Response:
    """Say that somebody else may confirm days of the law, or may not any more."""
    require(view.act.who, Permission.STAFF)
    person = person_in(view, staff_id)
    if form.one("do") == "remove":
        unname_lawyer(view.session, person.id, view.act)
        return view.go("staff", "lawyer_unnamed")
    if not may(person.role_code, Permission.CASES) or not person.active:
        raise StaffNotFound(staff=staff_id)
    name_lawyer(view.session, person.id, view.act)
    return view.go("staff", "lawyer_named")


@router.post("/{language}/staff/{staff_id}/mediator")
def say_who_mediates(staff_id: str, view: ViewDep, form: FormDep) -> Response:
    """Say that somebody else may mediate, or may not any more; who mediates by role does until they leave."""
    require(view.act.who, Permission.STAFF)
    person = person_in(view, staff_id)
    if form.one("do") == "remove":
        if may(person.role_code, Permission.MEDIATE):
            raise StaffNotFound(staff=staff_id)
        unname_mediator(view.session, person.id, view.act)
        return view.go("staff", "mediator_unnamed")
    if not person.active or not any(may(person.role_code, one) for one in MEDIATES):
        raise StaffNotFound(staff=staff_id)
    name_mediator(view.session, person.id, view.act)
    return view.go("staff", "mediator_named")


@router.post("/{language}/staff/{staff_id}/leaving")
def end_access(staff_id: str, view: ViewDep, form: FormDep) -> Response:
    """End somebody's access: no sign-in, no key, no open session. Their open cases go to somebody else.

    For somebody whose access was ended at the terminal, only the cases are left to be given. Whoever
    sees to accounts only ends the access and gives no case: else they could say who reads it.
    """
    require(view.act.who, Permission.ACCOUNTS)
    person, act, session = person_in(view, staff_id), view.act, view.session
    if not act.who.may(Permission.STAFF):
        return _end_without_giving(view, person)
    checked, field = Checked(form, view.language), f"adviser-{person.id}"
    takers = {str(one.id): one for one in possible_advisers(session, routing_code="normal")}
    takers.pop(str(person.id), None)
    if has_open_cases(session, person.id):
        checked.one(field, takers)
    if checked.corrections:
        return _page(view, form, checked.corrections, 422)
    try:
        with attempt(session):
            leave_cases(session, person, takers.get(form.one(field)), act)
            _end_own_relays(session, person, act)
            if person.active:
                leave(session, person.id, by=act.who.id, at=act.at, record=record_key_event)
    except OfficeError as error:
        return _page(view, form, status=409, changed=view.text(error.sentence))
    view.desk.book.close_all_of(person.id)
    renew_some(session, act)
    return view.go("staff", "left")


def _end_without_giving(view: View, person: Staff) -> Response:
    act, session = view.act, view.session
    if not person.active:
        raise StaffNotFound(staff=str(person.id))
    try:
        with attempt(session):
            leave_without_giving(session, person, act)
            _end_own_relays(session, person, act)
            leave(session, person.id, by=act.who.id, at=act.at, record=record_key_event)
    except OfficeError as error:
        return _page(view, status=409, changed=view.text(error.sentence))
    view.desk.book.close_all_of(person.id)
    return view.go("staff", "left_without_giving")


def _end_own_relays(session: Session, person: Staff, act: Act) -> None:
    """End what an outreach worker made for themselves; what a supervisor made for others goes on."""
    if may(person.role_code, Permission.ASSIST):
        end_own_relays(session, person.id, act)


def person_in(view: View, staff_id: str) -> Staff:
    """Return the member of staff an address names; raise StaffNotFound also for whoever asks."""
    try:
        person = view.session.get(Staff, UUID(staff_id))
    except ValueError:
        raise StaffNotFound from None
    if person is None:
        raise StaffNotFound(staff=staff_id)
    if person.id == view.act.who.id:
        raise StaffNotFound(staff=staff_id)
    return person


def _page(
    view: View,
    given: dict[str, list[str]] | None = None,
    corrections: dict[str, str] | None = None,
    status: int = 200,
    *,
    numbers: dict[str, list[str]] | None = None,
    invitation: dict[str, Any] | None = None,
    changed: str = "",
    damaged: Sequence[str] = (),
) -> Response:
    people = view.session.exec(select(Staff).order_by(Staff.display_name)).all()
    own = _names(names_held(view.session, view.act.who.id))
    days = last_days(view.session)
    linked = linked_days(view.session) if view.desk.settings.oidc_issuer else {}
    return view.render(
        "staff.html",
        status,
        people=[
            _line(view, person, own)
            | {"last_on": days.get(person.id), "city_linked_on": linked.get(person.id)}
            for person in people
        ],
        gives=view.act.who.may(Permission.STAFF),
        lawyers={str(one) for one in lawyers(view.session)},
        mediators={str(one) for one in mediators(view.session)},
        key_names={code: view.text(name) for code, name in KEY_NAMES.items()},
        roles=[(code, view.text(ROLE_NAMES[code])) for code in _roles_to_invite(view)],
        advisers=[
            (str(one.id), one.display_name) for one in possible_advisers(view.session, routing_code="normal")
        ],
        to_renew=[view.text(KEY_NAMES[name]) for name in held_by_somebody_gone(view.session)],
        waiting=waiting_for_a_key(view.session, view.act.who),
        damaged=damaged,
        waiting_total=None if view.act.who.may(Permission.CASES) else waiting_total(view.session),
        short_of_holders=[(name, count) for name, count in holders_warning(view.session).items()],
        invitation=invitation,
        changed=changed,
        given=given or {},
        corrections=corrections or {},
        numbers=numbers or {},
    )


def _roles_to_invite(view: View) -> list[str]:
    return [code for code in ROLE_NAMES if may_be_invited(code, by=view.act.who.role_code)]


def _line(view: View, person: Staff, own: set[str]) -> dict[str, Any]:
    held = _names(names_held(view.session, person.id))
    state = "active" if person.public_key is not None else "invited"
    state = state if person.active else "left"
    can_get = [name for name in STAFF_KEYS if name not in held and name in own]
    can_get = [] if person.role_code in HOLD_NO_KEY else can_get
    usual = KEYS_OF_ROLE.get(person.role_code, ())
    return {
        "id": str(person.id),
        "name": person.display_name,
        "sign_in_name": person.sign_in_name,
        "role": view.text(ROLE_NAMES[person.role_code]),
        "state": state,
        "held": [name for name in STAFF_KEYS if name in held],
        "may_get": can_get if state == "active" else [],
        "usual": usual,
        "may_have_cases": may(person.role_code, Permission.CASES)
        and (state == "active" or has_open_cases(view.session, person.id)),
        "may_mediate": state == "active" and any(may(person.role_code, one) for one in MEDIATES),
        "mediates_by_role": may(person.role_code, Permission.MEDIATE),
        "is_self": person.id == view.act.who.id,
    }


def _names(full: frozenset[str]) -> set[str]:
    return {name.rpartition(".")[0] for name in full}

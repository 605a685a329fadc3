"""Adding and removing one's own passkeys, and what a browser asks at the door to use one.

Adding one needs a script: no browser makes a passkey without. All else of the desk goes on without.
"""

from typing import Final

from starlette.responses import Response

from casework.doors import DeskDep, FormDep, LanguageDep, desk_router
from casework.forms import Checked
from casework.showing import View, ViewDep
from casework.staff.errors import PasskeyNotFound, PasskeyRefused
from casework.staff.pages import EMPTY
from casework.staff.passkeys import (
    add_passkey,
    adding_options,
    party_of,
    passkeys_of,
    remove_passkey,
    sign_in_options,
)
from casework.timeline.actions import record
from casework.transactions import attempt
from office.keys.errors import SignInRefused
from office.keys.people import cells_of
from office.keys.personal import opened_private
from office.languages import mark
from office.stores.keyroom import Staff

router = desk_router()

JSON: Final = "application/json"
LONGEST_NAME: Final = 60
ADDING: Final = b"passkey"
"""Where wrong tries of this form count: at no device, so that they hold up nobody at the door."""
NOT_YOURS: Final = mark("This is not your pass-phrase. After five wrong tries you wait five minutes.")


@router.get("/{language}/sign-in/passkey")
def ask_for_passkey(language: LanguageDep, desk: DeskDep) -> Response:
    """Return what a browser needs to ask for a passkey at the door."""
    return Response(sign_in_options(desk, desk.clock.now()), media_type=JSON)


@router.get("/{language}/my-passkeys")
def show_passkeys(view: ViewDep) -> Response:
    """Show somebody their own passkeys."""
    if party_of(view.desk.settings) is None:
        raise PasskeyNotFound
    record(view.session, "sign_ins_read", at=view.act.at, by=view.act.who.id)
    return _page(view)


@router.get("/{language}/my-passkeys/new")
def ask_for_new_passkey(view: ViewDep) -> Response:
    """Return what a browser needs to make a passkey."""
    return Response(adding_options(view.session, view.desk, view.act), media_type=JSON)


@router.post("/{language}/my-passkeys")
def keep_passkey(view: ViewDep, form: FormDep) -> Response:
    """Keep a passkey that the browser made, for whoever has the pass-phrase: a desk may be left open."""
    if party_of(view.desk.settings) is None:
        raise PasskeyNotFound
    checked = Checked(form, view.language)
    name, passphrase = checked.text("passkey_name", most=LONGEST_NAME), form.one("passphrase")[:1000]
    if not passphrase.strip():
        checked.wrong("passphrase", EMPTY)
    elif checked.is_right and not _is_their_own(view, passphrase):
        checked.wrong("passphrase", NOT_YOURS)
    if not checked.is_right:
        return _page(view, checked)
    try:
        with attempt(view.session):
            add_passkey(view.session, view.desk, name, form.one("passkey"), view.act)
    except PasskeyRefused as error:
        checked.wrong("passkey_name", error.sentence)
        return _page(view, checked)
    return view.go("my-passkeys", "passkey_added")


@router.post("/{language}/my-passkeys/{passkey_id}/removing")
def take_passkey_out(passkey_id: str, view: ViewDep) -> Response:
    """Remove a passkey; the six digits of the telephone stay."""
    remove_passkey(view.session, passkey_id, view.act)
    return view.go("my-passkeys", "passkey_removed")


def _is_their_own(view: View, passphrase: str) -> bool:
    """Say whether this pass-phrase opens the key of whoever is signed in. Slow on purpose."""
    own, tries = view.session.get_one(Staff, view.act.who.id), view.desk.tries
    counted, cells = (own.sign_in_name, ADDING), cells_of(own)
    if cells is None or not tries.may_try(counted, view.act.at):
        return False
    try:
        opened_private(own.id, cells, passphrase)
    except SignInRefused:
        return False
    tries.right(counted)
    return True


def _page(view: View, checked: Checked | None = None) -> Response:
    return view.render(
        "my_passkeys.html",
        422 if checked else 200,
        desk_at=view.desk.settings.desk_at,
        passkeys=passkeys_of(view.session, view.act.who.id),
        given=checked.form if checked else {},
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
    )

"""Linking one's own account of the city, and unlinking it: one's own, or a colleague's."""

from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casework.city_sign_in.door_pages import LINKS, WORD_COOKIE, require_offered, sent_out
from casework.city_sign_in.errors import LinkedAlready, NotVouched
from casework.city_sign_in.links import link, link_of, unlink
from casework.city_sign_in.ways import Word
from casework.city_sign_in.wording import IS_LINKED, SAID, city_label, said_of_the_city, word_of
from casework.doors import DeskDep, FormDep, LanguageDep, PersonDep, desk_router, require
from casework.forms import Checked
from casework.showing import View, ViewDep
from casework.staff.admin_pages import person_in
from casework.staff.pages import EMPTY
from casework.staff.rules import Permission
from casework.staff.sessions import SignedIn
from casework.timeline.actions import record
from casework.transactions import attempt
from office.keys.errors import SignInRefused
from office.keys.people import cells_of, factor_kept
from office.keys.personal import opened
from office.languages import mark
from office.stores.keyroom import Staff

router = desk_router()

ADDING: Final = b"city"
"""Where wrong tries of this form count: at no device, so that they hold up nobody at the door."""
NOT_YOURS: Final = mark(
    "Pass-phrase or code is not right. A code serves once: wait for the next one. After five wrong tries you "
    "wait five minutes."
)


@router.get("/{language}/" + LINKS)
def show_own_link(view: ViewDep) -> Response:
    """Show somebody whether an account of the city is linked with them, or ask what linking it takes."""
    if link_of(view.session, view.act.who.id) is None:
        require_offered(view.desk)
    record(view.session, "sign_ins_read", at=view.act.at, by=view.act.who.id)
    return _page(view)


@router.get("/{language}/" + LINKS + "/linking")
def go_to_link(request: Request, language: LanguageDep, desk: DeskDep, person: PersonDep) -> Response:
    """Send somebody who is signed in to the city's sign-in, to link the account that comes back."""
    require_offered(desk)
    return sent_out(request, language, desk, back=LINKS, links=_session_of(person))


@router.post("/{language}/" + LINKS)
def link_own_account(view: ViewDep, form: FormDep) -> Response:
    """Link the account for which the city vouched in this session, for whoever has pass-phrase and code."""
    require_offered(view.desk)
    word = _word(view)
    if word is None:
        return RedirectResponse(view.path(f"{LINKS}?{SAID}={word_of(NotVouched())}"), 303)
    checked = Checked(form, view.language)
    for field in ("passphrase", "code"):
        if not form.one(field).strip():
            checked.wrong(field, EMPTY)
    passphrase, code = form.one("passphrase")[:1000], form.one("code")[:20]
    if not checked.corrections and not _is_their_own(view, passphrase, code):
        checked.wrong("passphrase", NOT_YOURS)
    if checked.corrections:
        return _page(view, checked)
    try:
        with attempt(view.session):
            link(view.session, word, view.act)
    except LinkedAlready:
        return _page(view, status=409, changed=view.text(IS_LINKED))
    view.desk.ways.use_up(view.request.cookies.get(WORD_COOKIE, ""), view.act.at)
    return view.go(LINKS, "city_linked")


@router.post("/{language}/" + LINKS + "/unlinking")
def unlink_own_account(view: ViewDep) -> Response:
    """Unlink one's own account of the city, also where none is offered any more; the six digits stay."""
    unlink(view.session, view.act.who.id, view.act)
    return view.go(LINKS if view.desk.settings.oidc_issuer else "my-sign-ins", "city_unlinked_own")


@router.post("/{language}/staff/{staff_id}/city-sign-in/unlinking")
def unlink_a_colleague(staff_id: str, view: ViewDep) -> Response:
    """Unlink a colleague's account of the city, and end what they opened with it; they are told."""
    require(view.act.who, Permission.STAFF)
    person, book = person_in(view, staff_id), view.desk.book
    unlink(view.session, person.id, view.act)
    opened_so = {one.session_id for one in book.open_of(person.id, view.act.at) if one.way_code == "city"}
    book.end_of(person.id, opened_so)
    return view.go("staff", "city_unlinked")


def _is_their_own(view: View, passphrase: str, code: str) -> bool:
    """Say whether both are of whoever is signed in; the code is then used. Slow on purpose."""
    own, tries = view.session.get_one(Staff, view.act.who.id), view.desk.tries
    counted, cells = (own.sign_in_name, ADDING), cells_of(own)
    if cells is None or not tries.may_try(counted, view.act.at):
        return False
    try:
        _, used = opened(own.id, cells, passphrase, code, at=view.act.at, may_repeat=own.is_demonstration)
    except SignInRefused:
        return False
    if not factor_kept(view.session, own.id, cells, used) and not own.is_demonstration:
        return False
    tries.right(counted)
    return True


def _session_of(person: SignedIn) -> str:
    return f"{person.id}/{person.session_id}"


def _word(view: View) -> Word | None:
    """Return the city's word if it was asked for in this session, to link."""
    word = view.desk.ways.word(view.request.cookies.get(WORD_COOKIE, ""), view.act.at)
    return word if word is not None and word.links == _session_of(view.act.who) else None


def _page(view: View, checked: Checked | None = None, status: int = 200, *, changed: str = "") -> Response:
    found = link_of(view.session, view.act.who.id)
    return view.render(
        "my_city_sign_in.html",
        422 if checked else status,
        city_label=city_label(view.desk, view.language),
        linked=found,
        is_elsewhere=found is not None and found.issuer != view.desk.settings.oidc_issuer,
        is_vouched=found is None and _word(view) is not None,
        said_of_the_city=said_of_the_city(view.request, view.language),
        changed=changed,
        corrections=checked.corrections if checked else {},
    )

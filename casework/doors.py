"""Who may pass: every address needs somebody signed in, unless it is listed here as public."""

import re
from dataclasses import replace
from typing import Annotated, Final

from fastapi import APIRouter, Depends
from fastapi.routing import APIRoute
from sqlmodel import Session
from starlette.requests import Request
from starlette.routing import BaseRoute

from casework.acts import Act
from casework.conflicts.door import changes
from casework.desk import Desk
from casework.staff.errors import NotSignedIn, PageNotForRole
from casework.staff.rules import Permission
from casework.staff.sessions import SignedIn
from casework.states.void_door import sends
from casework.transactions import SessionDep
from office.languages import Language, UnknownLanguage
from office.stores.keyroom import Staff
from office.web.forms import Form, read_form

COOKIE: Final = "desk"
PUBLIC: Final = frozenset(
    {
        "/",
        "/healthz",
        "/readyz",
        "/static/{served:path}",
        "/{language}/sign-in",
        "/{language}/sign-in/passkey",
        "/{language}/sign-in/city",
        "/{language}/sign-in/city/pass-phrase",
        "/city-sign-in",
        "/{language}/invitation",
        "/{language}/new-telephone",
        "/{language}/languages",
        "/calendar/{token}",
        "/{language}/partner",
        "/{language}/partner/answer",
    }
)
"""Addresses anybody may ask for; a calendar and a pack for a partner answer only to their token or code.

Everything else is refused to strangers before anything is looked up.
"""

OWN_PATH: Final = re.compile(r"/[a-z]{2}(-[a-z]+)?/[A-Za-z0-9/_.-]*(\?[A-Za-z0-9=&_.-]*)?")


def desk_of(request: Request) -> Desk:
    """Return the running desk."""
    desk: Desk = request.app.state.desk
    return desk


DeskDep = Annotated[Desk, Depends(desk_of)]


def person_of(request: Request) -> SignedIn | None:
    """Return who is signed in with this request's cookie, if anybody."""
    desk = desk_of(request)
    token = request.cookies.get(COOKIE)
    return desk.book.find(token, desk.clock.now()) if token else None


def refuse_strangers(request: Request) -> None:
    """Let a request pass if its address is public or somebody is signed in; raise NotSignedIn otherwise."""
    if getattr(request.scope.get("route"), "path", None) in PUBLIC:
        return
    if person_of(request) is None:
        raise NotSignedIn


def desk_router(prefix: str = "") -> APIRouter:
    """Return a router of the desk, whose every address refuses strangers before anything is looked up.

    The application takes its routes as they are (`casework/app.py`) and no router that is not made here:
    FastAPI builds what it includes a second time for every application and every address.
    """
    return APIRouter(prefix=prefix, include_in_schema=bool(prefix), dependencies=[Depends(refuse_strangers)])


def has_a_door(route: BaseRoute) -> bool:
    """Return whether a route refuses strangers."""
    return isinstance(route, APIRoute) and any(
        one.call is refuse_strangers for one in route.dependant.dependencies
    )


def signed_in(request: Request) -> SignedIn:
    """Return who is signed in; raise NotSignedIn."""
    person = person_of(request)
    if person is None:
        raise NotSignedIn
    return person


PersonDep = Annotated[SignedIn, Depends(signed_in)]


def acting(person: SignedIn, desk: Desk, session: Session) -> Act:
    """Return who acts now; somebody who left, or has a new key, is signed out here."""
    known = session.get(Staff, person.id)
    if known is None or not known.active or known.public_key != person.key.public:
        desk.book.close_all_of(person.id)
        raise NotSignedIn
    person.role_code = known.role_code
    return Act(person, desk.clock.now(), desk.city, desk.public_keys())


def act_of(request: Request, person: PersonDep, desk: DeskDep, session: SessionDep) -> Act:
    """Return who acts now, and whether they send or change something."""
    return replace(acting(person, desk, session), sends=sends(request), changes=changes(request))


ActDep = Annotated[Act, Depends(act_of)]


def spoken(language: str, desk: DeskDep) -> Language:
    """Return the language of the address; raise UnknownLanguage."""
    if language not in {one.tag for one in desk.pages.languages}:
        raise UnknownLanguage
    return desk.pages.spoken(language)


LanguageDep = Annotated[Language, Depends(spoken)]
FormDep = Annotated[Form, Depends(read_form)]


def require(person: SignedIn, permission: Permission) -> None:
    """Raise PageNotForRole if the person's role does not open this door."""
    if not person.may(permission):
        raise PageNotForRole


def own_path(path: str) -> str:
    """Return `path` if it is one of ours to go on to, and an empty text otherwise."""
    return path if OWN_PATH.fullmatch(path) and "//" not in path else ""

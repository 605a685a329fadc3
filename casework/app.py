"""The desk as an application: every address refuses strangers unless it is listed as public."""

from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import quote

from fastapi import Depends, FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp

from casework.api.answers import DeskPages
from casework.api.door import OtherDoor
from casework.conflicts.errors import AdviserKeepsOut
from casework.desk import Desk
from casework.documents.receiving import UploadDoor, form_sent, streamed
from casework.doors import COOKIE, DeskDep, LanguageDep, has_a_door, person_of, refuse_strangers
from casework.drafts import pages as draft_pages
from casework.lists import Lists
from casework.routers import ROUTERS
from casework.settings import CaseworkSettings
from casework.staff import pages as staff_pages
from casework.staff.errors import NotSignedIn
from casework.staff.rules import Permission
from casework.store import open_casework
from casework.traces.refused import DOORS, keep_refused
from casework.unkept import NEVER_KEPT, give_back
from office.clock import Clock
from office.languages import mark
from office.stores.errors import StoreUnavailable
from office.stores.migrate import require_ready
from office.vocabulary import City, load_city
from office.web import front_door
from office.web.headers import CSP_WITH_OWN_SCRIPT
from office.web.letterhead import letterhead_of
from office.web.problems import answer as problem
from office.web.problems import is_for_program
from office.web.turns import Turns

HERE: Final = Path(__file__).parent
SERVICE: Final = mark("Advisers' desk")


def create_app(settings: CaseworkSettings, *, clock: Clock | None = None) -> FastAPI:
    """Return the desk's application.

    Args:
        settings: where store and keys are.
        clock: what time it is; the settings' own clock if not given.
    """
    city = load_city(settings.city)
    engine, sessions = open_casework(settings.casework_url, role="casework")
    desk = Desk(
        settings=settings,
        city=city,
        lists=Lists.of(city),
        pages=_pages(settings, city),
        engine=engine,
        sessions=sessions,
        clock=clock or settings.clock(),
    )
    app = FastAPI(
        title="Convivencia: advisers' desk",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        dependencies=[Depends(refuse_strangers)],
        telemetry={"tracing": False, "metrics": False, "logs": False, "operation_spans": False},
    )
    app.state.desk = desk
    app.add_exception_handler(NotSignedIn, _to_the_door)
    front_door.install(
        app,
        desk.pages,
        csp=CSP_WITH_OWN_SCRIPT,
        checks={
            "casework": lambda: require_ready("casework", settings.casework_url, role="casework"),
        },
        other_door=OtherDoor,
        streamed=streamed,
        turns=_in_turn,
    )
    for refused in DOORS:
        app.add_exception_handler(refused, keep_refused)
    for unkept in (StoreUnavailable, AdviserKeepsOut):
        app.add_exception_handler(unkept, give_back)
    app.add_api_route("/", _choose_language, include_in_schema=False)
    app.add_api_route("/{language}/", _first_page, include_in_schema=False)
    app.add_api_route("/{language}/languages", _languages, include_in_schema=False)
    routes = [route for router in ROUTERS for route in router.routes]
    open_to_all = [route for route in routes if not has_a_door(route)]
    if open_to_all:
        raise AssertionError(f"addresses of the desk that let strangers in: {open_to_all}")
    app.router.routes.extend(routes)
    return app


def _in_turn(app: ASGIApp) -> ASGIApp:
    """Return what lets requests have their turn; a file is read before, so that a slow line takes none."""
    inside = Turns(app, late=_too_many_at_once, is_inside=lambda request: person_of(request) is not None)
    return UploadDoor(inside)


def _pages(settings: CaseworkSettings, city: City) -> DeskPages:
    return DeskPages(
        [HERE / "templates"],
        "staff",
        replace(letterhead_of(city), phone=""),  # the number at the foot is for residents
        service=SERVICE,
        demo=settings.demo,
        footer=((mark("Languages"), "languages"),),
        static=[HERE / "static"],
        styles=["desk.css"],
        languages=city.languages.staff,
    )


def _choose_language(request: Request, desk: DeskDep) -> Response:
    return RedirectResponse(f"/{desk.pages.language_of(request).tag}/", 303)


def _first_page(request: Request, language: LanguageDep) -> Response:
    """Go to the page where this person's work begins."""
    person = person_of(request)
    if person is None:
        raise NotSignedIn
    for permission, page in (
        (Permission.CASES, "cases"),
        (Permission.INBOX, "inbox"),
        (Permission.ACCOUNTS, "staff"),
        (Permission.MEDIATE, "mediations"),
        (Permission.ASSIST, "assisting"),
    ):
        if person.may(permission):
            return RedirectResponse(f"/{language.tag}/{page}", 303)
    return RedirectResponse(f"/{language.tag}/timeline", 303)


def _languages(request: Request, language: LanguageDep, desk: DeskDep) -> Response:
    return desk.pages.languages_page(request, language)


async def _too_many_at_once(request: Request) -> Response:
    """Answer a request whose turn did not come; a form comes back with everything in it."""
    return await give_back(request, StoreUnavailable(store="casework", reason="busy"))


async def _to_the_door(request: Request, _error: Exception) -> Response:
    """Send a stranger to the door. What they had typed when the session ended is not lost.

    A program is only told so: it still has what it sent. If the session still names its person and the form
    keeps drafts, it is sealed to them; otherwise it goes through the door in the page itself.
    """
    if is_for_program(request) or request.url.path.startswith("/api/"):
        return problem(request, NotSignedIn(), status=401)
    desk: Desk = request.app.state.desk
    language = desk.pages.language_of(request)
    path = request.url.path
    if request.method == "GET":
        return RedirectResponse(f"/{language.tag}/sign-in?next={quote(path)}", 303)
    if path == f"/{language.tag}/sign-out":  # after the session ended by itself: now nothing names it
        desk.book.close(request.cookies.get(COOKIE, ""))
        answer = RedirectResponse(f"/{language.tag}/sign-in", 303)
        answer.delete_cookie(COOKIE)
        return answer
    form = await form_sent(request)
    ended = desk.book.ended(request.cookies.get(COOKIE, ""), desk.clock.now())
    if ended and form:
        kept_at = await run_in_threadpool(draft_pages.keep_after_the_end, request, desk, ended, form)
        if kept_at:
            return draft_pages.answer_after_the_end(request, language, *kept_at)
    kept = {name: values for name, values in form.items() if name not in NEVER_KEPT}
    if not kept:
        return RedirectResponse(f"/{language.tag}/sign-in", 303)
    return staff_pages.sign_in_page(request, language, desk, onwards=path, status=403, kept=kept)

"""The desk as an application: every address refuses strangers unless it is listed as public."""

from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import quote

from fastapi import Depends, FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casework.advice import duty_pages
from casework.advice import pages as advice_pages
from casework.advice import step_pages as advice_step_pages
from casework.appointments import agenda_pages, clinic_pages, site_pages
from casework.appointments import pages as appointment_pages
from casework.assessing import bias_pages, indication_pages, needs_pages, proof_pages
from casework.attachments import pages as attachment_pages
from casework.authority_requests import entering as authority_entering
from casework.authority_requests import pages as authority_pages
from casework.cases import assigning_pages, contact_pages, reopening_pages
from casework.cases import pages as case_pages
from casework.conflicts import pages as conflict_pages
from casework.deadlines import feed_pages, scan_pages
from casework.deadlines import list_pages as deadline_list_pages
from casework.deadlines import pages as deadline_pages
from casework.desk import Desk
from casework.doors import COOKIE, DeskDep, LanguageDep, has_a_door, person_of, refuse_strangers
from casework.dossiers import pages as dossier_pages
from casework.drafts import pages as draft_pages
from casework.equality import pages as equality_pages
from casework.feedback import pages as feedback_pages
from casework.feedback import routes as feedback_routes
from casework.inbox import pages as inbox_pages
from casework.incidents import incident_pages
from casework.incidents import pages as same_event_pages
from casework.letters import pages as letter_pages
from casework.letters import paper_pages as letter_paper_pages
from casework.links import pages as link_pages
from casework.lists import Lists
from casework.mediation import mediator_pages
from casework.mediation import pages as mediation_pages
from casework.merges import pages as merge_pages
from casework.messages import pages as message_pages
from casework.patterns import pages as pattern_pages
from casework.promises import pages as promise_pages
from casework.queues import absence_pages, giving_pages, list_pages, workload_pages
from casework.receipts import pages as receipt_pages
from casework.referrals import list_pages as referral_list_pages
from casework.referrals import pages as referral_pages
from casework.referrals import partner_pages
from casework.relays import own_pages as assisting_pages
from casework.relays import pages as relay_pages
from casework.safe_contact import pages as safe_contact_pages
from casework.search import pages as search_pages
from casework.settings import CaseworkSettings
from casework.staff import admin_pages as staff_admin_pages
from casework.staff import health_pages, own_pages, passkey_pages, recovery_pages
from casework.staff import pages as staff_pages
from casework.staff.errors import NotSignedIn
from casework.staff.rules import Permission
from casework.states import closing_pages, head_pages
from casework.states import pages as state_pages
from casework.store import open_casework
from casework.supervision import pages as supervision_pages
from casework.tasks import pages as task_pages
from casework.timeline import pages as timeline_pages
from casework.traces import pages as trace_pages
from casework.traces.refused import DOORS, keep_refused
from casework.tracks import pages as track_pages
from casework.tracks import remedy_pages
from casework.unkept import NEVER_KEPT, give_back
from casework.walls import oversight_pages as wall_oversight_pages
from casework.walls import pages as wall_pages
from office.clock import Clock
from office.languages import mark
from office.stores.errors import StoreUnavailable
from office.stores.migrate import require_ready
from office.vocabulary import City, load_city
from office.web import front_door
from office.web.forms import read_form
from office.web.headers import CSP_WITH_OWN_SCRIPT
from office.web.letterhead import letterhead_of
from office.web.pages import Pages

HERE: Final = Path(__file__).parent
SERVICE: Final = mark("Advisers' desk")
ROUTERS: Final = (
    staff_pages.router,
    staff_admin_pages.router,
    own_pages.router,
    health_pages.router,
    passkey_pages.router,
    recovery_pages.router,
    inbox_pages.router,
    attachment_pages.router,
    list_pages.router,
    giving_pages.router,
    absence_pages.router,
    workload_pages.router,
    case_pages.router,
    scan_pages.router,
    deadline_pages.router,
    deadline_list_pages.router,
    feed_pages.router,
    same_event_pages.router,
    incident_pages.router,
    link_pages.router,
    state_pages.router,
    closing_pages.router,
    head_pages.router,
    contact_pages.router,
    reopening_pages.router,
    assigning_pages.router,
    conflict_pages.router,
    advice_pages.router,
    advice_step_pages.router,
    track_pages.router,
    remedy_pages.router,
    letter_pages.router,
    letter_paper_pages.router,
    dossier_pages.router,
    mediation_pages.router,
    mediator_pages.router,
    duty_pages.router,
    referral_list_pages.router,
    referral_pages.router,
    partner_pages.router,
    task_pages.router,
    safe_contact_pages.router,
    search_pages.router,
    appointment_pages.router,
    agenda_pages.router,
    clinic_pages.router,
    site_pages.router,
    pattern_pages.router,
    proof_pages.router,
    indication_pages.router,
    bias_pages.router,
    needs_pages.router,
    draft_pages.router,
    supervision_pages.router,
    merge_pages.router,
    wall_pages.router,
    wall_oversight_pages.router,
    message_pages.router,
    receipt_pages.router,
    timeline_pages.router,
    trace_pages.router,
    equality_pages.router,
    promise_pages.router,
    feedback_pages.router,
    feedback_routes.router,
    relay_pages.router,
    assisting_pages.router,
    authority_entering.router,
    authority_pages.router,
)


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
    )
    for refused in DOORS:
        app.add_exception_handler(refused, keep_refused)
    app.add_exception_handler(StoreUnavailable, give_back)
    app.add_api_route("/", _choose_language, include_in_schema=False)
    app.add_api_route("/{language}/", _first_page, include_in_schema=False)
    app.add_api_route("/{language}/languages", _languages, include_in_schema=False)
    routes = [route for router in ROUTERS for route in router.routes]
    open_to_all = [route for route in routes if not has_a_door(route)]
    if open_to_all:
        raise AssertionError(f"addresses of the desk that let strangers in: {open_to_all}")
    app.router.routes.extend(routes)
    return app


def _pages(settings: CaseworkSettings, city: City) -> Pages:
    return Pages(
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


async def _to_the_door(request: Request, _error: Exception) -> Response:
    """Send a stranger to the door. What they had typed when the session ended is not lost.

    If the session still names its person and the form keeps drafts, it is sealed to them; otherwise it goes
    through the door in the page itself.
    """
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
    form = await read_form(request)
    ended = desk.book.ended(request.cookies.get(COOKIE, ""), desk.clock.now())
    if ended and form:
        kept_at = await run_in_threadpool(draft_pages.keep_after_the_end, request, desk, ended, form)
        if kept_at:
            return draft_pages.answer_after_the_end(request, language, *kept_at)
    kept = {name: values for name, values in form.items() if name not in NEVER_KEPT}
    if not kept:
        return RedirectResponse(f"/{language.tag}/sign-in", 303)
    return staff_pages.sign_in_page(request, language, desk, onwards=path, status=403, kept=kept)

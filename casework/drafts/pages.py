"""Keeping a draft while one writes, the list of one's own drafts, and throwing one away.

A draft is kept in a transaction of its own, so that a full disk is told with the text still in hand.
"""

import logging
from typing import Final
from uuid import UUID

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from casework.desk import Desk
from casework.doors import DeskDep, FormDep, LanguageDep, PersonDep, acting, desk_router
from casework.drafts.errors import DraftHasNoPlace, DraftMoved
from casework.drafts.keeping import forget_draft, keep_draft
from casework.drafts.places import Place, below_language, place_at
from casework.drafts.queries import allowed_lines, opened
from casework.showing import ViewDep
from casework.staff.sessions import Ended
from casework.timeline.actions import record
from casework.unkept import unkept_page
from office.clock import day_in
from office.errors import OfficeError
from office.languages import Language, mark
from office.stores.keyroom import Staff
from office.web.forms import Form
from office.web.problems import status_of

router = desk_router()
log = logging.getLogger(__name__)

HERE: Final = "drafts"
NOT_KEPT: Final = mark("The draft was not kept")
KEPT_AT: Final = mark("Draft kept at %(time)s")
KEPT_AFTER_THE_END: Final = mark(
    "Your session has ended. This text is kept for you and was not sent: sign in again and it is here."
)


@router.get("/{language}/drafts")
def show_own(view: ViewDep) -> Response:
    """Show somebody the list of their own drafts, on the record."""
    lines = allowed_lines(view.session, view.act)
    record(view.session, "list_read", at=view.act.at, by=view.act.who.id, list="drafts", rows=len(lines))
    return view.render("drafts.html", lines=lines, texts=opened(view.session, view.act, lines))


@router.post("/{language}/drafts")
def keep(
    request: Request, language: LanguageDep, desk: DeskDep, person: PersonDep, form: FormDep
) -> Response:
    """Keep what was typed into a form; a script is answered in JSON, a button with the form's page."""
    place = place_at(form.one("draft"))
    if place is None or not _is_of(person.id, form):
        raise DraftHasNoPlace
    at = desk.clock.now()
    try:
        with desk.sessions.begin() as session:
            act = acting(person, desk, session)
            version = keep_draft(
                session,
                session.get_one(Staff, person.id),
                place,
                form,
                at=at,
                on=act.on,
                made_from=_version_in(form),
            )
    except OfficeError as error:
        log.info("%s %s", error.code, status_of(error))
        if _is_script(request):
            return JSONResponse({"told": language.gettext(error.sentence)}, status_of(error))
        if isinstance(error, DraftHasNoPlace):
            raise
        return unkept_page(
            request,
            language,
            form,
            error,
            title=NOT_KEPT,
            onwards=f"/{language.tag}/{place.path}",
            status=409 if isinstance(error, DraftMoved) else None,
        )
    if _is_script(request):
        time = at.astimezone(desk.city.zone).strftime("%H:%M")
        return JSONResponse({"told": language.gettext(KEPT_AT, time=time), "version": version})
    return RedirectResponse(f"/{language.tag}/{place.page}?done=draft_kept", 303)


@router.post("/{language}/drafts/removal")
def throw_away(view: ViewDep, form: FormDep) -> Response:
    """Throw one's own draft away."""
    place = place_at(form.one("draft"))
    if place is None:
        raise DraftHasNoPlace
    forget_draft(view.session, view.act.who.id, place.path)
    return view.go(HERE if form.one("from") == HERE else place.page, "draft_gone")


def keep_after_the_end(request: Request, desk: Desk, ended: Ended, form: Form) -> tuple[Place, int] | None:
    """Seal what came after a session had ended to whose session it was.

    Return where, and which version the draft has now; None if it was not kept.

    The cookie of the session shows that it was theirs. Nothing is opened for it.
    """
    path = below_language(request.url.path)
    place = place_at(form.one("draft") if path == HERE else path)
    if place is None or not _is_of(ended.id, form):
        return None
    version = _kept(desk, ended.id, ended.public_key, place, form)
    return (place, version) if version else None


def keep_at_the_door(desk: Desk, staff_id: UUID, path: str, form: Form) -> Place | None:
    """Keep what was carried through the sign-in; say where, or None if it was not kept."""
    place = place_at(below_language(path))
    return place if place and _kept(desk, staff_id, None, place, form) else None


def answer_after_the_end(request: Request, language: Language, place: Place, version: int) -> Response:
    """Tell the script that the session ended, or lead to the door and from there to the form."""
    if _is_script(request):
        return JSONResponse({"told": language.gettext(KEPT_AFTER_THE_END), "version": version}, 401)
    return RedirectResponse(f"/{language.tag}/sign-in?next=/{language.tag}/{place.page}&kept=yes", 303)


def _kept(desk: Desk, staff_id: UUID, key: bytes | None, place: Place, form: Form) -> int:
    """Keep a draft of somebody who is not signed in, or only just; with `key`, only if it is still theirs.

    Return its version, or 0 if it was not kept.
    """
    at = desk.clock.now()
    try:
        with desk.sessions.begin() as session:
            staff = session.get(Staff, staff_id)
            if staff is None or not staff.active or (key is not None and staff.public_key != key):
                return 0
            return keep_draft(
                session,
                staff,
                place,
                form,
                at=at,
                on=day_in(desk.city.zone, at),
                made_from=_version_in(form),
            )
    except OfficeError as error:
        log.info("%s %s", error.code, status_of(error))
        return 0


def _version_in(form: Form) -> int | None:
    """Return the version the window knows; None if it sends its last words over any other."""
    written = form.one("draft_version")
    if not written:
        return None
    return int(written) if written.isascii() and written.isdigit() and len(written) < 9 else 0


def _is_of(staff_id: UUID, form: Form) -> bool:
    """Say whether a form was written on a page of this person: two may use one browser after each other."""
    return form.one("draft_of") in ("", str(staff_id))


def _is_script(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")

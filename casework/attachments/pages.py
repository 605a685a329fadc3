"""Files on the screen: a clean copy to look at, sound and film to play, the original to download."""

from typing import Final

from starlette.responses import Response

from casework.attachments import actions
from casework.attachments.access import Held, file_of_case, file_of_report
from casework.attachments.cleaner import PAGES_AT_ONCE
from casework.attachments.errors import FileDamaged, FileIncomplete, FileNotFound
from casework.attachments.rules import base_type, disposition, way_of
from casework.doors import FormDep, desk_router
from casework.forms import LONGEST_NOTE, Checked
from casework.messages.actions import note
from casework.showing import View, ViewDep
from casework.transactions import REFUSED
from office.web.headers import CSP_WITH_OWN_SCRIPT, written

router = desk_router()

PAGE_CSP: Final = written({**CSP_WITH_OWN_SCRIPT, "media-src": "'self'"})
"""The desk's own policy, and sounds and films from the desk itself."""
FILE_CSP: Final = "default-src 'none'; sandbox"
"""What is served as it was sent runs nothing and asks for nothing, wherever it is opened."""


@router.get("/{language}/inbox/{number}/files/{file_id}")
def show_file_of_report(number: str, file_id: str, view: ViewDep) -> Response:
    """Show a clean copy of a file of a report, on the record."""
    return shown(view, file_of_report(view.session, view.act, number, file_id))


@router.get("/{language}/cases/{number}/files/{file_id}")
def show_file_of_case(number: str, file_id: str, view: ViewDep) -> Response:
    """Show a clean copy of a file of a case, on the record."""
    return shown(view, file_of_case(view.session, view.act, number, file_id))


@router.get("/{language}/inbox/{number}/files/{file_id}/sound")
def play_file_of_report(number: str, file_id: str, view: ViewDep) -> Response:
    """Give a sound or film of a report to the player of its page, on the record."""
    return played(view, file_of_report(view.session, view.act, number, file_id))


@router.get("/{language}/cases/{number}/files/{file_id}/sound")
def play_file_of_case(number: str, file_id: str, view: ViewDep) -> Response:
    """Give a sound or film of a case to the player of its page, on the record."""
    return played(view, file_of_case(view.session, view.act, number, file_id))


@router.get("/{language}/inbox/{number}/files/{file_id}/original")
def download_file_of_report(number: str, file_id: str, view: ViewDep) -> Response:
    """Give out the original of a file of a report, on the record."""
    return downloaded(view, file_of_report(view.session, view.act, number, file_id))


@router.get("/{language}/cases/{number}/files/{file_id}/original")
def download_file_of_case(number: str, file_id: str, view: ViewDep) -> Response:
    """Give out the original of a file of a case, on the record."""
    return downloaded(view, file_of_case(view.session, view.act, number, file_id))


@router.post("/{language}/cases/{number}/files/{file_id}/transcript")
def write_transcript(number: str, file_id: str, view: ViewDep, form: FormDep) -> Response:
    """Keep in words what is heard in a file, as a note of the office."""
    held = file_of_case(view.session, view.act, number, file_id, to_change=True)
    checked = Checked(form, view.language)
    text = checked.text("note", most=LONGEST_NOTE)
    if held.case is None or not checked.is_right:
        return shown(view, held, form, checked, 422)
    note(view.session, held.case, text, view.act, files=(held.file,))
    return view.go(held.own, "noted")


def shown(
    view: View,
    held: Held,
    given: dict[str, list[str]] | None = None,
    checked: Checked | None = None,
    status: int = 200,
) -> Response:
    """Return the page of a file somebody may open, with a clean copy of it, on the record."""
    asked = view.request.query_params.get("from", "")
    first = int(asked) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 6 else 1
    try:
        seen = actions.view_file(view.session, held, view.act, first=max(first, 1))
    except (FileIncomplete, FileDamaged) as error:
        return _damaged(view, held, error)
    total = seen.copy.total if seen.copy else 0
    answer = view.render(
        "file.html",
        status,
        held=held,
        file=held.file,
        seen=seen,
        first=first,
        last=min(first + PAGES_AT_ONCE - 1, total),
        before=max(first - PAGES_AT_ONCE, 1) if first > 1 else None,
        after=first + PAGES_AT_ONCE if first + PAGES_AT_ONCE <= total else None,
        given=given or {},
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        damage="",
    )
    answer.headers["Content-Security-Policy"] = PAGE_CSP
    return answer


def played(view: View, held: Held) -> Response:
    """Return a sound or film for the player of its page, on the record; raise FileNotFound for others."""
    if way_of(held.file.media_type) not in ("sound", "film"):
        raise FileNotFound(file=str(held.file.file_id))
    try:
        clear = actions.play_file(view.session, held, view.act)
    except (FileIncomplete, FileDamaged) as error:
        return _damaged(view, held, error)
    headers = {"Content-Security-Policy": FILE_CSP, "Content-Disposition": "inline", "Accept-Ranges": "none"}
    return Response(clear, 200, headers, base_type(held.file.media_type))


def downloaded(view: View, held: Held) -> Response:
    """Return a file as it was sent, after its fingerprint was compared, on the record."""
    try:
        clear = actions.download_file(view.session, held, view.act)
    except (FileIncomplete, FileDamaged) as error:
        return _damaged(view, held, error)
    headers = {
        "Content-Security-Policy": FILE_CSP,
        "Content-Disposition": disposition(held.file.name),
        "Accept-Ranges": "none",
    }
    return Response(clear, 200, headers, "application/octet-stream")


def _damaged(view: View, held: Held, error: FileIncomplete | FileDamaged) -> Response:
    """Say plainly that the file is not what was sent; the event stays, so nothing is raised."""
    actions.note_damage(view.session, held, error, view.act)
    view.session.info[REFUSED] = error.code
    return view.render(
        "file.html",
        409,
        held=held,
        file=held.file,
        seen=None,
        damage=view.text(error.sentence),
    )

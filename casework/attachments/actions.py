"""Looking at a file, playing it, downloading it: each is one event, which names the file by its id only."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from casework.acts import Act
from casework.attachments.access import Held
from casework.attachments.cleaning import Copy, clean_pages, clean_picture
from casework.attachments.errors import FileCannotBeShown, FileDamaged, FileIncomplete
from casework.attachments.queries import original
from casework.attachments.rules import Way, text_shown, way_of
from casework.timeline.actions import record


@dataclass(frozen=True, slots=True)
class Shown:
    """What is seen of a file.

    Attributes:
        way: how it is looked at.
        copy: clean pictures of it; None where there are none, or none could be made.
        text: of a text file.
        is_cut: the end of the text was left out.
    """

    way: Way
    copy: Copy | None = None
    text: str = ""
    is_cut: bool = False


def view_file(session: Session, held: Held, act: Act, *, first: int = 1) -> Shown:
    """Return a copy cleaned of metadata, and record the look.

    Args:
        session: the request's transaction.
        held: from `access`.
        act: who looks.
        first: the first page shown of a document.

    Raises:
        FileIncomplete, FileDamaged: see `queries.original`; call `note_damage`.
    """
    clear = original(session, held.file, held.number)
    shown = _shown(clear, way_of(held.file.media_type), first)
    record(session, "file_viewed", **_told(held, act))
    return shown


def play_file(session: Session, held: Held, act: Act) -> bytes:
    """Return a sound or a film as it was sent, and record it."""
    clear = original(session, held.file, held.number)
    record(session, "file_played", **_told(held, act))
    return clear


def download_file(session: Session, held: Held, act: Act) -> bytes:
    """Return the original byte for byte, after its fingerprint was compared, and record it."""
    clear = original(session, held.file, held.number)
    record(session, "file_downloaded", **_told(held, act))
    return clear


def note_damage(session: Session, held: Held, error: FileIncomplete | FileDamaged, act: Act) -> None:
    """Record that a file is not what was sent."""
    what = "incomplete" if isinstance(error, FileIncomplete) else "altered"
    record(session, "file_damaged", **_told(held, act), what=what)


def _told(held: Held, act: Act) -> dict[str, Any]:
    """Return what every event about a file says: when, by whom, on which chain, and which file."""
    told: dict[str, Any] = {
        "at": act.at,
        "by": act.who.id,
        "case_id": held.case_id,
        "report": held.report,
        "file": str(held.file.file_id),
    }
    return told if held.document is None else {**told, "document": held.document}


def _shown(clear: bytes, way: Way, first: int) -> Shown:
    try:
        if way == "picture":
            return Shown(way, clean_picture(clear))
        if way == "pages":
            return Shown(way, clean_pages(clear, first))
    except FileCannotBeShown:
        return Shown(way)
    if way == "text":
        text, is_cut = text_shown(clear)
        return Shown(way, text=text, is_cut=is_cut)
    return Shown(way)

"""A dossier as one PDF with an index, and its files as an archive that is written while it is sent."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import RawIOBase
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from casework.cases.tables import CaseFile
from casework.documents.looking import MAIL, OPEN_TEXT, WORD
from casework.dossiers.blacking import blacked
from casework.dossiers.content import DossierText, Line
from casework.dossiers.parts import Part, copies_of, files_of, parts_of
from casework.dossiers.rules import IN, LEFT_OUT, phrases_in
from casework.letters.drawing import isolated
from office.handover.report import SentFile
from office.ids import shown
from office.languages import language
from office.paper.printing import drawn
from office.vocabulary import words_in
from office.web.letterhead import letterhead_of

if TYPE_CHECKING:
    from casework.showing import View

HERE: Final = Path(__file__).parent
SHEETS: Final = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    extensions=["jinja2.ext.i18n"],
)
ENDINGS: Final = {
    "application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp",
    "image/gif": "gif", "audio/ogg": "ogg", "audio/mpeg": "mp3", "audio/wav": "wav", "audio/webm": "webm",
    "video/mp4": "mp4", "video/webm": "webm", "text/plain": "txt", "audio/mp4": "m4a", WORD: "docx",
    OPEN_TEXT: "odt", MAIL: "eml",
}  # fmt: skip
EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""What an archive says of the time of a file: nothing."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document of the dossier as it is handed out: what was to be blacked out is not in it."""

    title: str
    text: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file of the case: the name it has outside, or why it is left out; whether it is without others."""

    file: SentFile
    name: str
    outside: str
    why: str
    is_copy: bool = False


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything a dossier is made of."""

    documents: Sequence[Document]
    enclosed: Sequence[Enclosed]
    left_out: Sequence[Enclosed]
    lines: tuple[Line, ...]

    @property
    def fingerprint(self) -> str:
        """What changes with every word and every file in it: a consent is for this and nothing else."""
        told = [f"{one.sha256} {one.title}" for one in self.lines]
        told += [f"{one.name}: {one.why}" for one in self.left_out]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


def gathered(view: "View", case: CaseFile, text: DossierText) -> Whole:
    """Return what is in a dossier, blacked out, with the fingerprint of each document."""
    phrases = phrases_in(text.blacked)
    documents = [
        _document(one, phrases) for one in parts_of(view, case, text.language) if one.key in text.parts
    ]
    enclosed: list[Enclosed] = []
    left_out: list[Enclosed] = []
    written, copies = language(text.language, "staff"), copies_of(view, case)
    for file in files_of(view, case):
        choice = text.files.get(str(file.file_id), "")
        name = blacked(file.name, phrases)
        if choice == IN:
            outside = f"file-{len(enclosed) + 1:02}.{ENDINGS.get(file.media_type.partition(';')[0], 'bin')}"
            enclosed.append(Enclosed(file, name, outside, "", file.file_id in copies))
        elif choice in LEFT_OUT:  # what came later is not told of: nobody has decided on it
            left_out.append(Enclosed(file, name, "", written.gettext(LEFT_OUT[choice])))
    lines = [Line(title=one.title, sha256=one.sha256) for one in documents]
    lines += [Line(title=one.outside, sha256=one.file.sha256, is_file=True) for one in enclosed]
    return Whole(documents, enclosed, left_out, tuple(lines))


def texts_of(view: "View", case: CaseFile, text: DossierText) -> list[str]:
    """Return every text in which something may be blacked out, as it stands in the case."""
    chosen = [one.text for one in parts_of(view, case, text.language) if one.key in text.parts]
    return [*chosen, *(file.name for file in files_of(view, case))]


def pdf_of_dossier(
    view: "View", case: CaseFile, text: DossierText, whole: Whole, *, to: str, is_draft: bool
) -> bytes:
    """Return the dossier; one that is only looked at says so on its first page.

    Raises:
        NoPdf: this machine cannot make one.
    """
    written = language(text.language, "staff")
    head = letterhead_of(view.act.city)
    page = SHEETS.get_template("dossier.html").render(
        _=written.gettext,
        language=written,
        office=words_in(head.office_name, text.language),
        number=shown(case.reference),
        text=text,
        to=written.gettext(to),
        whole=whole,
        today=view.act.on,
        is_draft=is_draft,
        has_black=bool(phrases_in(text.blacked)),
        isolated=lambda line: isolated(line, written.direction),
    )
    return drawn(page, HERE / "dossier.css")


def archive(files: Iterable[Enclosed], clear_of: Callable[[SentFile], bytes]) -> Iterator[bytes]:
    """Yield an archive of the files, one file at a time in memory, with a list of their fingerprints."""
    out = _Passing()
    listed = []
    with ZipFile(out, "w", ZIP_STORED) as written:
        for one in files:
            written.writestr(ZipInfo(one.outside, EPOCH), clear_of(one.file))
            listed.append(f"{one.file.sha256}  {one.outside}\n")
            yield out.taken()
        written.writestr(ZipInfo("SHA256SUMS.txt", EPOCH), "".join(listed))
    yield out.taken()


class _Passing(RawIOBase):
    """A stream that keeps what was written until it is taken, and no longer."""

    def __init__(self) -> None:
        self._kept = bytearray()

    def writable(self) -> bool:
        """Say that it can be written to; it cannot be read or gone back in."""
        return True

    def write(self, part: object) -> int:
        """Keep some bytes."""
        written = bytes(part)  # type: ignore[call-overload]  # a buffer
        self._kept += written
        return len(written)

    def taken(self) -> bytes:
        """Return what was written since the last time, and forget it."""
        found = bytes(self._kept)
        self._kept.clear()
        return found


def _document(part: Part, phrases: Sequence[str]) -> Document:
    text = blacked(part.text, phrases)
    return Document(part.title, text, hashlib.sha256(text.encode()).hexdigest())

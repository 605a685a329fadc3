"""The documents of a case in the words of a page."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from casework.cases.tables import CaseFile
from casework.documents.content import DocumentWords
from casework.documents.copies import files_called
from casework.documents.queries import ShownDocument, documents_of, may_open_file
from casework.documents.rules import KINDS, NO_WORDS, ORIGINS, PRIVILEGES
from casework.timeline.queries import names_of
from office.languages import mark

if TYPE_CHECKING:
    from casework.showing import View

WITHOUT_WORDS: Final = mark("No words in it")
ANOTHER: Final = mark("a file that is not in this case now")


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document, in words.

    Attributes:
        may_open: whoever looks may open its file.
        copy_of: what the file is called of which it is a copy without other people; empty if it is none.
    """

    number: int
    words: DocumentWords
    kind: str
    origin: str
    language: str
    privilege: str
    added_on: date
    added_by: str
    voided_on: date | None
    voided_by: str
    may_open: bool
    copy_of: str


def shown_documents(view: "View", case: CaseFile) -> list[DocumentLine]:
    """Return the documents of a case in the language of the page."""
    return lines_of(view, case, documents_of(view.session, case, view.act))


def lines_of(view: "View", case: CaseFile, found: list[ShownDocument]) -> list[DocumentLine]:
    """Return documents in the language of the page."""
    people = [one for each in found for one in (each.row.added_by, each.row.voided_by) if one]
    names = names_of(view.session, people)
    files = files_called(view, case) if any(one.words.copy_of for one in found) else {}
    return [
        DocumentLine(
            number=one.row.number,
            words=one.words,
            kind=view.text(KINDS[one.words.kind]),
            origin=view.text(ORIGINS[one.words.origin]),
            language=language_of(view, one.words.language),
            privilege=view.text(PRIVILEGES[one.words.privilege]),
            added_on=one.row.added_on,
            added_by=names.get(one.row.added_by, ""),
            voided_on=one.row.voided_on,
            voided_by=names.get(one.row.voided_by, "") if one.row.voided_by else "",
            may_open=may_open_file(one, view.act),
            copy_of=files.get(one.words.copy_of, view.text(ANOTHER)) if one.words.copy_of else "",
        )
        for one in found
    ]


def language_of(view: "View", tag: str) -> str:
    """Return the language of a document, or that it has no words."""
    return view.text(WITHOUT_WORDS) if tag == NO_WORDS else view.label("languages", tag)

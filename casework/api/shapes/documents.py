"""Documents the office added to a case, for a program."""

from datetime import date
from typing import Any, Final

from pydantic import Field

from casework.api.shapes.forms import By, by, said, said_each
from casework.api.shapes.parts import Choice, choices
from casework.api.shown import Page, Shape, Shown
from casework.documents.rules import KINDS, ORIGINS, PRIVILEGES


class DocumentNoted(Shown):
    """One document as it is printed."""

    number: int
    title: str
    kind: Choice
    origin: Choice
    on: date | None
    privilege: Choice
    void_reason: str


class FileOfDocument(Shown):
    """What is known of a file without opening it."""

    size: int = Field(description="Bytes.")
    sha256: str
    may_be_opened: bool = Field(description="Of a void document only a supervisor opens the file.")


class DocumentListed(Shown):
    """One document of a case."""

    number: int = Field(description="Its number in the case; its page is found by it.")
    title: str
    kind: Choice
    origin: Choice
    on: date | None = Field(description="The day that stands on it.")
    language: str
    privilege: Choice = Field(description="To whom it may be shown.")
    file: FileOfDocument
    voided: By | None = Field(description="Who noted that it was a mistake; None where nobody did.")
    void_reason: str
    copy_of: str = Field(description="The file of which it is a copy without other people; empty if none.")


class DocumentShown(DocumentListed):
    """One document with everything that is noted of it."""

    case_number: str
    file_name: str
    added: By | None
    who: str = Field(description="From whom exactly it came.")
    note: str


class DocumentForm(Shown):
    """What can be chosen of a document that is added."""

    document_kind: tuple[Choice, ...]
    document_origin: tuple[Choice, ...]
    document_language: tuple[Choice, ...]
    document_privilege: tuple[Choice, ...]
    document_copy_of: tuple[Choice, ...]


class DocumentsShown(Shown):
    """The documents of a case, those of one kind if the address names it."""

    case_number: str
    total: int = Field(description="How many there are of all kinds, the void ones too.")
    documents: tuple[DocumentListed, ...]
    form: DocumentForm


def _listed(page: Page, one: Any) -> dict[str, Any]:
    words = one.words
    return {
        "number": one.number,
        "title": words.title,
        "kind": said(page, KINDS, words.kind),
        "origin": said(page, ORIGINS, words.origin),
        "on": words.on,
        "language": one.language,
        "privilege": said(page, PRIVILEGES, words.privilege),
        "file": FileOfDocument(
            size=words.file.size,
            sha256=words.file.sha256,
            may_be_opened=one.may_open,
        ),
        "voided": by(one.voided_by, one.voided_on),
        "void_reason": words.void_reason,
        "copy_of": one.copy_of,
    }


def noted(page: Page) -> tuple[DocumentNoted, ...]:
    """Return the documents of a case as they are printed."""
    return tuple(
        DocumentNoted(
            number=one.number,
            title=one.words.title,
            kind=said(page, KINDS, one.words.kind),
            origin=said(page, ORIGINS, one.words.origin),
            on=one.words.on,
            privilege=said(page, PRIVILEGES, one.words.privilege),
            void_reason=one.words.void_reason,
        )
        for one in page["documents_noted"]
    )


def documents(page: Page) -> DocumentsShown:
    """Return the documents of a case."""
    return DocumentsShown(
        case_number=page["case"].reference,
        total=page["total"],
        documents=tuple(DocumentListed(**_listed(page, one)) for one in page["documents"]),
        form=DocumentForm(
            document_kind=said_each(page, KINDS),
            document_origin=said_each(page, ORIGINS),
            document_language=choices(page["tongues"]),
            document_privilege=said_each(page, PRIVILEGES),
            document_copy_of=choices(page["originals"]),
        ),
    )


def document(page: Page) -> DocumentShown:
    """Return one document of a case."""
    one = page["one"]
    return DocumentShown(
        **_listed(page, one),
        case_number=page["case"].reference,
        file_name=one.words.file.name,
        added=by(one.added_by, one.added_on),
        who=one.words.who,
        note=one.words.note,
    )


SHAPES: Final[dict[str, Shape]] = {"documents.html": documents, "document.html": document}

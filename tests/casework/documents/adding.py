"""What advisers do with documents in the tests: each act as the page's own form sends it."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

from sqlmodel import col, select
from starlette.testclient import TestClient

from casework.documents.tables import CaseDocument, DocumentPiece
from tests.casework.desk import Desk, Reporter

DISMISSAL: Final = {
    "document_title": "Carta de despido",
    "document_kind": "contract",
    "document_origin": "respondent",
    "document_who": "Firmada por la encargada Imaginaria",
    "document_on-day": "3",
    "document_on-month": "11",
    "document_on-year": "2026",
    "document_language": "es",
    "document_privilege": "open",
    "document_note": "La trajo a la Mesa en papel.",
}
HEARD: Final = b"OggS" + bytes(24) + b"OpusHead"
"""The beginning of a recording."""
TEXT: Final = "Queda despedida por llevar pañuelo.\n".encode()


def path(reporter: Reporter, number: int | None = None, rest: str = "") -> str:
    own = f"/es/cases/{reporter.case_number}/documents"
    return f"{own}/{number}{'/' + rest if rest else ''}" if number else own


def add(
    person: TestClient, reporter: Reporter, clear: bytes = TEXT, name: str = "carta.txt", **form: Any
) -> Any:
    """Add a document."""
    told = {**DISMISSAL, **form}
    file = {"document_file": (name, BytesIO(clear), "application/x-whatever")}
    return person.post(path(reporter), data=told, files=file)


def void(person: TestClient, reporter: Reporter, number: int = 1, why: str = "Es de otra persona.") -> Any:
    """Note that one was a mistake."""
    return person.post(path(reporter, number, "voiding"), data={"document_void_reason": why})


def documents(desk: Desk, reporter: Reporter) -> Sequence[CaseDocument]:
    """Every document of a case."""
    with desk.reading() as session:
        wanted = select(CaseDocument).where(CaseDocument.case_id == desk.case(reporter).id)
        return session.exec(wanted.order_by(col(CaseDocument.number))).all()


def pieces(desk: Desk) -> Sequence[DocumentPiece]:
    """Every piece of a file that the office added."""
    with desk.reading() as session:
        return session.exec(select(DocumentPiece)).all()

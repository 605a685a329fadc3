"""Letters, papers and dossiers on the desk under test, as its forms make them."""

from datetime import date
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from sqlmodel import select
from starlette.responses import Response
from starlette.testclient import TestClient

from casework.dossiers.tables import Dossier
from casework.letters.tables import Letter, LetterFile
from tests.casework.deadlines.clocks import day_fields
from tests.casework.desk import Desk, Reporter, said

CLAIM = {
    "field_recipient": "Inmobiliaria Levante, S. L.",
    "field_recipient_address": "Calle Mayor 1\n46001 València",
    "field_person_name": "Amina B.",
    "field_event_day": "20 de noviembre de 2026",
    "field_facts": "Dijeron que no alquilan a gente de fuera. <b>Así</b> lo dijeron: {{ 7 * 7 }}.",
    "field_request": "Que se disculpen por escrito.",
    "field_answer_by": "10 de diciembre de 2026",
}
TODAY = date(2026, 11, 23)


def begun(desk: Desk, client: TestClient, reporter: Reporter, template: str, tag: str = "es") -> str:
    """Begin a letter and return its address."""
    answer = client.post(
        f"/es/cases/{reporter.case_number}/letters", data={"template": template, "letter_language": tag}
    )
    assert answer.status_code == 303, said(answer.text)
    return str(answer.headers["location"].partition("?")[0])


def letter(desk: Desk, at: str) -> Letter:
    """A letter as it lies in the store."""
    own = at.rpartition("/")[2]
    with desk.reading() as session:
        return next(one for one in session.exec(select(Letter)) if str(one.id) == own)


def files(desk: Desk) -> list[LetterFile]:
    """Every finished file there is."""
    with desk.reading() as session:
        return list(session.exec(select(LetterFile)))


def write(desk: Desk, client: TestClient, at: str, **fields: str) -> Response:
    """Fill in the fields of a letter."""
    return client.post(f"{at}/text", data={"version": str(letter(desk, at).version), **fields})


def make(desk: Desk, client: TestClient, at: str) -> Response:
    """Make a letter from what was kept."""
    return client.post(f"{at}/making", data={"version": str(letter(desk, at).version)})


def send(desk: Desk, client: TestClient, at: str, via: str, on: date = TODAY) -> Response:
    """Note that a letter left."""
    data = {"version": str(letter(desk, at).version), "via": via, **day_fields("left_on", on)}
    return client.post(f"{at}/sending", data=data)


def words_in(pdf: bytes) -> str:
    """What is read from a PDF."""
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    return " ".join(" ".join(pages).split())


def dossier(desk: Desk, at: str) -> Dossier:
    """A dossier as it lies in the store."""
    own = at.rpartition("/")[2]
    with desk.reading() as session:
        return next(one for one in session.exec(select(Dossier)) if str(one.id) == own)


def agree(desk: Desk, client: TestClient, at: str, **other: Any) -> Response:
    """Note the person's consent to a dossier as it stands."""
    data = {
        "version": str(dossier(desk, at).version),
        "evidence": "spoken",
        **day_fields("consented_on", TODAY),
        **day_fields("consent_until", date(2027, 2, 1)),
        **other,
    }
    return client.post(f"{at}/consent", data=data)


def hand_out(desk: Desk, client: TestClient, at: str, what: str = "making") -> Response:
    """Make a dossier, or take out its files."""
    return client.post(f"{at}/{what}", data={"version": str(dossier(desk, at).version)})

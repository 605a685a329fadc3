"""A dossier holds what was chosen, without third persons, and leaves only with a consent to exactly that."""

import hashlib
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from pypdf import PdfReader
from starlette.testclient import TestClient

from casework.dossiers.blacking import blacked, not_found
from casework.dossiers.rules import phrases_in
from tests.casework.advice import pieces as advice
from tests.casework.attachments.test_files import photo
from tests.casework.conflicts.people import declare as declare_interest
from tests.casework.desk import Desk, Reporter, mistakes, said, typed
from tests.casework.letters.post import agree, dossier, hand_out, words_in

STORY = "La agente Rosa Pérez dijo: aquí no. Lo oyó mi vecino,  ROSA\nPérez se rió."
AT = "/es/cases/{}/dossiers"


def begun(desk: Desk, laila: TestClient, reporter: Reporter) -> str:
    """Begin a dossier for the prosecutor and return its address."""
    answer = laila.post(AT.format(reporter.case_number), data={"dossier_to": "prosecutor"})
    assert answer.status_code == 303, said(answer.text)
    return str(answer.headers["location"].partition("?")[0])


def fill(desk: Desk, laila: TestClient, at: str, files: dict[str, str], **other: Any) -> Any:
    """Say what is in a dossier."""
    form = {
        "version": str(dossier(desk, at).version),
        "dossier_language": "es",
        "dossier_for": "Fiscalía de delitos de odio de València",
        "their_number": "DP 12/2026",
        "parts": ["story", "days"],
        "blacked_out": "rosa pérez\nvecino",
        **{f"file-{own}": choice for own, choice in files.items()},
        **other,
    }
    return laila.post(f"{at}/text", data=form)


def test_a_dossier_is_made_with_index_hashes_and_without_third_persons_and_only_as_consented(
    desk: Desk,
) -> None:
    kept, left = desk.a_file(photo(), "anuncio.jpg"), desk.a_file(b"OggS voz", "vecino.ogg", "audio/ogg")
    reporter = desk.a_case("laila", text=STORY, files=(kept, left))
    laila = desk.signed_in("laila")
    advice.begin(desk, laila, reporter)
    at = begun(desk, laila, reporter)
    page = laila.get(at).text
    assert "Entre quien asesora y la persona" in said(page)
    files = {str(kept.file_id): "in", str(left.file_id): "third"}

    wrong = fill(desk, laila, at, files, blacked_out="Rosa Peres")
    assert wrong.status_code == 422 and "«Rosa Peres»" in mistakes(wrong.text)[0]
    assert typed(wrong.text, "blacked_out")["text"] == "Rosa Peres"
    undecided = fill(desk, laila, at, {str(kept.file_id): "in"})
    assert undecided.status_code == 422
    assert fill(desk, laila, at, files).status_code == 303
    looked = words_in(laila.get(f"{at}/preview").content)
    assert "Borrador: no se entrega" in looked

    for what in ("making", "files"):
        refused = hand_out(desk, laila, at, what)
        assert refused.status_code == 403 and "no ha consentido este dosier" in said(refused.text)
    assert agree(desk, laila, at).status_code == 303
    made = hand_out(desk, laila, at)
    assert made.status_code == 200, said(made.text)
    assert made.headers["content-disposition"] == 'attachment; filename="dossier.pdf"'
    words = words_in(made.content)
    assert "La agente █████ dijo: aquí no." in words and "se rió" in words
    everything = made.content + b"".join(
        page.get_contents().get_data()
        for page in PdfReader(BytesIO(made.content)).pages
        if page.get_contents()
    )
    for gone in ("Rosa", "Pérez", "ROSA", "vecino"):
        assert gone not in words and gone.encode() not in everything
    told = blacked(STORY, ["rosa pérez", "vecino"])
    text = f"{told}\nCuándo ocurrió: 20 de noviembre de 2026\nDónde ocurrió: una inmobiliaria"
    assert hashlib.sha256(text.encode()).hexdigest() in words.replace(" ", "")
    assert hashlib.sha256(photo()).hexdigest() in words.replace(" ", "")
    assert "█████.ogg: Fuera: muestra o nombra a otras personas" in words
    assert advice.QUESTION not in words and "Borrador" not in words
    assert "Fiscalía de delitos de odio de València" in words and "DP 12/2026" in words
    assert hashlib.sha256(made.content).hexdigest() in laila.get(at).text

    taken = hand_out(desk, laila, at, "files")
    assert taken.headers["content-type"] == "application/zip"
    with ZipFile(BytesIO(taken.content)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["file-01.jpg", "SHA256SUMS.txt"]
        assert archive.read("file-01.jpg") == photo()
        assert hashlib.sha256(photo()).hexdigest() in archive.read("SHA256SUMS.txt").decode()

    assert laila.post(f"{at}/withdrawal").status_code == 303
    assert hand_out(desk, laila, at).status_code == 403
    kinds = [kind for kind in desk.events(reporter) if kind.startswith("dossier_")]
    assert kinds == [
        "dossier_written", "dossier_written", "dossier_looked_at", "dossier_consented", "dossier_made",
        "dossier_files_taken", "dossier_revoked",
    ]  # fmt: skip


def test_what_comes_or_changes_after_the_consent_leaves_only_with_another(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    at = begun(desk, laila, reporter)
    assert fill(desk, laila, at, {}, blacked_out="").status_code == 303
    assert agree(desk, laila, at).status_code == 303
    desk.write_back(reporter, "Me ha vuelto a pasar.")
    laila.get(f"/es/cases/{reporter.case_number}")  # the timeline of facts has another day now
    assert hand_out(desk, laila, at).status_code == 403
    assert agree(desk, laila, at).status_code == 303
    assert hand_out(desk, laila, at).status_code == 200
    assert fill(desk, laila, at, {}, blacked_out="", dossier_for="Juzgado 3").status_code == 303
    assert dossier(desk, at).state_code == "draft"
    assert hand_out(desk, laila, at).status_code == 403


@pytest.mark.parametrize("what", ["making", "files"])
def test_nothing_is_handed_out_by_somebody_who_keeps_out(desk: Desk, what: str) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    at = begun(desk, laila, reporter)
    assert fill(desk, laila, at, {}, blacked_out="").status_code == 303
    assert agree(desk, laila, at).status_code == 303
    assert declare_interest(laila, reporter).status_code == 303
    refused = hand_out(desk, laila, at, what)
    assert refused.status_code == 409
    assert not {"dossier_made", "dossier_files_taken"} & set(desk.events(reporter))


def test_a_consent_ends_with_its_day_and_with_the_receipt(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    at = begun(desk, laila, reporter)
    fill(desk, laila, at, {}, blacked_out="")
    past = agree(
        desk,
        laila,
        at,
        **{"consent_until-day": "22", "consent_until-month": "11", "consent_until-year": "2026"},
    )
    assert past.status_code == 422
    assert agree(desk, laila, at).status_code == 303
    desk.change_consent(reporter, "refer", given=False)
    assert hand_out(desk, laila, at).status_code == 403
    assert dossier(desk, at).state_code == "revoked"
    assert dossier(desk, at).revoked_on == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("Rosa", "█████ y █████ma"),
        ("Rosa\nRosama", "█████ y █████"),  # the longer one first, or its end would stay
        ("(Rosa)", "Rosa y Rosama"),
        ("", "Rosa y Rosama"),
    ],
)
def test_what_is_blacked_out_is_gone_whatever_its_letters(written: str, left: str) -> None:
    assert blacked("Rosa y Rosama", phrases_in(written)) == left


def test_a_name_that_stands_nowhere_is_told() -> None:
    assert not_found(["Lo dijo ROSA   PÉREZ."], ("rosa pérez", "Rosa Peres")) == ("Rosa Peres",)

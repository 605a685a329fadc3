"""A copy without other people goes to the court in the place of its file, and never beside it."""

import re
from io import BytesIO
from zipfile import ZipFile

from tests.casework.attachments.test_files import photo
from tests.casework.desk import Desk, mistakes, said
from tests.casework.documents.adding import TEXT, add, documents, path, void
from tests.casework.letters.post import agree, hand_out, words_in
from tests.casework.letters.test_dossiers import begun, fill

WHOLE = b"Lo vieron Rosa Inventada y su vecino.\n"
WITHOUT = b"Lo vieron [...] y [...].\n"


def test_a_copy_goes_into_a_dossier_and_its_file_stays_with_the_reason(desk: Desk) -> None:
    sent = desk.a_file(photo(), "gente.jpg")
    reporter = desk.a_case("laila", files=(sent,))
    laila = desk.signed_in("laila")
    assert add(laila, reporter, WITHOUT, "copia.txt", document_copy_of=str(sent.file_id)).status_code == 303
    page = laila.get(path(reporter, 1)).text
    assert "Copia sin otras personas, de" in said(page) and "gente.jpg" in said(page)

    at = begun(desk, laila, reporter)
    (copy,) = set(offered(laila.get(at).text)) - {str(sent.file_id)}
    beside = fill(desk, laila, at, {str(sent.file_id): "in", copy: "in"}, blacked_out="")
    assert beside.status_code == 422
    assert any("Su copia sin otras personas" in one for one in mistakes(beside.text))
    neither = fill(desk, laila, at, {str(sent.file_id): "copied", copy: "not_needed"}, blacked_out="")
    assert neither.status_code == 422
    assert any("No hay ninguna copia suya" in one for one in mistakes(neither.text))

    right = fill(desk, laila, at, {str(sent.file_id): "copied", copy: "in"}, blacked_out="")
    assert right.status_code == 303, said(right.text)
    assert agree(desk, laila, at).status_code == 303
    words = words_in(hand_out(desk, laila, at).content)
    assert "Copia de la que se ha quitado a otras personas" in words
    assert "gente.jpg: Fuera: en su lugar va una copia sin otras personas" in words
    with ZipFile(BytesIO(hand_out(desk, laila, at, "files").content)) as archive:
        assert archive.namelist() == ["file-01.txt", "SHA256SUMS.txt"]
        assert archive.read("file-01.txt") == WITHOUT


def test_a_dossier_whose_copy_became_void_goes_nowhere_and_says_why(desk: Desk) -> None:
    sent = desk.a_file(photo(), "gente.jpg")
    reporter = desk.a_case("laila", files=(sent,))
    laila = desk.signed_in("laila")
    assert add(laila, reporter, WITHOUT, "copia.txt", document_copy_of=str(sent.file_id)).status_code == 303
    at = begun(desk, laila, reporter)
    (copy,) = set(offered(laila.get(at).text)) - {str(sent.file_id)}
    chosen = fill(desk, laila, at, {str(sent.file_id): "copied", copy: "in"}, blacked_out="")
    assert chosen.status_code == 303 and agree(desk, laila, at).status_code == 303
    assert void(laila, reporter).status_code == 303
    for answer in (
        agree(desk, laila, at),
        hand_out(desk, laila, at),
        hand_out(desk, laila, at, "files"),
    ):
        assert answer.status_code == 409 and "Falta una copia sin otras personas" in said(answer.text)
    saved = fill(desk, laila, at, {str(sent.file_id): "copied"}, blacked_out="")
    assert any("No hay ninguna copia suya" in one for one in mistakes(saved.text))
    assert fill(desk, laila, at, {str(sent.file_id): "third"}, blacked_out="").status_code == 303
    assert agree(desk, laila, at).status_code == 303 and hand_out(desk, laila, at).status_code == 200


def test_a_copy_of_a_copy_goes_beside_neither_of_the_two_also_when_the_one_between_is_void(
    desk: Desk,
) -> None:
    sent = desk.a_file(photo(), "gente.jpg")
    reporter = desk.a_case("laila", files=(sent,))
    laila, own = desk.signed_in("laila"), str(sent.file_id)
    assert add(laila, reporter, WHOLE, "una.txt", document_copy_of=own).status_code == 303
    at = begun(desk, laila, reporter)
    (first,) = set(offered(laila.get(at).text)) - {own}
    assert add(laila, reporter, WITHOUT, "otra.txt", document_copy_of=first).status_code == 303
    (second,) = set(offered(laila.get(at).text)) - {own, first}
    for whole, between, wrong in (("in", "copied", 1), ("in", "in", 2), ("copied", "in", 1)):
        chosen = {own: whole, first: between, second: "in"}
        told = mistakes(fill(desk, laila, at, chosen, blacked_out="").text)
        assert sum("Su copia sin otras personas" in one for one in told) == wrong, chosen
    chosen = {own: "copied", first: "copied", second: "in"}
    assert fill(desk, laila, at, chosen, blacked_out="").status_code == 303
    assert void(laila, reporter).status_code == 303
    beside = fill(desk, laila, at, {own: "in", second: "in"}, blacked_out="")
    assert any("Su copia sin otras personas" in one for one in mistakes(beside.text))
    assert "Documento 1, anulado: " in said(laila.get(path(reporter, 2)).text)


def offered(page: str) -> list[str]:
    """The files about which the page of a dossier asks, by their ids."""
    return re.findall(r'<select[^>]* name="file-([^"]+)"', page)


def test_of_a_copy_of_a_void_document_it_is_said_that_it_is_void(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    assert add(laila, reporter, WHOLE, document_title="La carta").status_code == 303
    form = laila.get(path(reporter)).text
    (choices,) = re.findall(r'<select[^>]* name="document_copy_of".*?</select>', form, re.DOTALL)
    (whole,) = re.findall(r'<option value="([^"]+)"', choices)
    assert add(laila, reporter, WITHOUT, document_copy_of=whole).status_code == 303
    assert void(laila, reporter).status_code == 303
    for page in (laila.get(path(reporter, 2)).text, laila.get(path(reporter)).text):
        assert "Documento 1, anulado: La carta" in said(page)
        assert "que ahora no está en este expediente" not in said(page)
    assert whole not in laila.get(path(reporter)).text  # no copy is made of it


def test_of_a_paper_with_a_third_persons_secret_the_copy_can_go(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    assert add(laila, reporter, WHOLE, document_privilege="third").status_code == 303
    form = laila.get(path(reporter)).text
    (choices,) = re.findall(r'<select[^>]* name="document_copy_of".*?</select>', form, re.DOTALL)
    (whole,) = re.findall(r'<option value="([^"]+)"', choices)
    assert add(laila, reporter, WITHOUT, document_copy_of=whole).status_code == 303
    at = begun(desk, laila, reporter)
    page = said(laila.get(at).text)
    assert "Documento 1" in page and "Su copia sin otras personas sí puede ir." in page


def test_a_copy_is_of_a_file_of_this_case_and_of_no_other(desk: Desk) -> None:
    foreign = desk.a_file(photo(), "otra.jpg")
    desk.a_case("laila", files=(foreign,))
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    answer = add(laila, reporter, TEXT, document_copy_of=str(foreign.file_id))
    assert answer.status_code == 422 and documents(desk, reporter) == []

"""Documents the office adds: sealed, listed, opened on the record, given out byte for byte, void."""

import hashlib
import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from sqlmodel import select

from casework.documents.rules import LARGEST
from casework.documents.tables import DocumentPiece
from casework.timeline.tables import Event
from office.sealing.pieces import PIECE_BYTES
from tests.casework.attachments.test_files import CAMERA, pdf, photo, pictures
from tests.casework.desk import Desk, mistakes, said, typed
from tests.casework.documents.adding import DISMISSAL, TEXT, add, documents, path, pieces, void
from tests.casework.letters.post import agree, hand_out
from tests.casework.letters.test_dossiers import begun, fill
from tests.casework.merges.pairs import apart, together, two

WORDS = ("Carta de despido", "encargada Imaginaria", "La trajo a la Mesa", "carta.txt", "pañuelo")


def test_a_document_is_listed_with_all_that_is_noted_of_it(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    answer = add(laila, reporter)
    assert answer.status_code == 303, said(answer.text)
    assert answer.headers["location"] == path(reporter, 1) + "?done=document_added"
    listed, one = said(laila.get(path(reporter)).text), said(laila.get(path(reporter, 1)).text)
    for word in ("Carta de despido", hashlib.sha256(TEXT).hexdigest()):
        assert word in listed and word in one
    for word in ("encargada Imaginaria", "La trajo a la Mesa", "carta.txt", "3 de noviembre de 2026"):
        assert word in one
    case = f"/es/cases/{reporter.case_number}"
    assert path(reporter) in laila.get(case).text
    assert "Carta de despido" in said(laila.get(f"{case}/print").text)
    assert desk.events(reporter).count("document_added") == 1


def test_nothing_of_a_document_lies_in_the_clear(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    assert add(desk.signed_in("laila"), reporter).status_code == 303
    (row,), (piece,) = documents(desk, reporter), pieces(desk)
    with desk.reading() as session:
        told = " ".join(str(one.detail) for one in session.exec(select(Event)))
    for file in desk.folder.rglob("*"):
        lies = file.read_bytes() if file.is_file() else b""
        for word in WORDS:
            assert word.encode() not in lies, (file, word)
    assert not any(word in told for word in WORDS)
    assert b"despedida" not in row.sealed + piece.sealed and piece.case_number == reporter.case_number


def test_a_file_is_given_out_byte_for_byte_and_each_way_of_opening_it_is_on_record(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    scan, sound = photo(), b"OggS\x00\x02" + bytes(20) + b"\x01\x13OpusHead" + b"sound"
    assert add(laila, reporter, scan, "../../foto\u202e.jpg").status_code == 303
    assert add(laila, reporter, sound, "voz.bin").status_code == 303
    page = laila.get(path(reporter, 1, "file"))
    (seen,) = pictures(page.text)
    assert CAMERA.encode() not in seen
    original = laila.get(path(reporter, 1, "file/original"))
    assert original.content == scan
    assert original.headers["content-type"] == "application/octet-stream"
    assert original.headers["content-disposition"].startswith('attachment; filename="_.._foto.jpg"')
    assert path(reporter, 2, "file/sound") in laila.get(path(reporter, 2, "file")).text
    played = laila.get(path(reporter, 2, "file/sound"))
    assert (played.content, played.headers["content-type"]) == (sound, "audio/ogg")
    assert laila.get(path(reporter, 1, "file/sound")).status_code == 404
    looks = [one for one in desk.events(reporter) if one.startswith("file_")]
    assert looks == ["file_viewed", "file_downloaded", "file_viewed", "file_played"]
    timeline = said(laila.get(f"/es/cases/{reporter.case_number}").text)
    assert "documento 1" in timeline and "foto" not in timeline


def test_a_file_of_many_pieces_comes_back_whole_and_one_that_was_altered_does_not(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    clear = b"0123456789\n" * (PIECE_BYTES // 5)
    assert add(laila, reporter, clear).status_code == 303
    assert len(pieces(desk)) == 3
    assert laila.get(path(reporter, 1, "file/original")).content == clear
    with desk.writing() as session:
        piece = session.exec(select(DocumentPiece).where(DocumentPiece.number == 1)).one()
        piece.sealed = piece.sealed[:-1] + bytes([piece.sealed[-1] ^ 1])
        session.add(piece)
    answer = laila.get(path(reporter, 1, "file/original"))
    assert answer.status_code == 409 and "no está como se envió" in said(answer.text)
    assert desk.events(reporter)[-1] == "file_damaged"
    with desk.writing() as session:
        session.delete(session.exec(select(DocumentPiece).where(DocumentPiece.number == 2)).one())
    assert "Faltan partes" in said(laila.get(path(reporter, 1, "file")).text)


def test_a_file_that_is_swapped_for_that_of_another_case_does_not_open(desk: Desk) -> None:
    reporter, other, laila = desk.a_case("laila"), desk.a_case("laila"), desk.signed_in("laila")
    assert add(laila, reporter).status_code == 303
    with desk.writing() as session:
        piece = session.exec(select(DocumentPiece)).one()
        piece.case_number = other.case_number
        session.add(piece)
    assert laila.get(path(reporter, 1, "file/original")).status_code == 409


def damaged_archive() -> bytes:
    """An archive whose list of parts is whole, and whose first part cannot be unpacked."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text" * 40)
    clear = bytearray(out.getvalue())
    begins = 30 + len("mimetype")
    clear[begins : begins + 4] = b"\xff\xff\xff\xff"
    return bytes(clear)


@pytest.mark.parametrize(
    ("clear", "name"),
    [
        (b"<!doctype html><script>alert(1)</script>", "carta.pdf"),
        (b"MZ\x90\x00\x03\x00 a program", "carta.txt"),
        (b"PK\x03\x04 no archive", "carta.docx"),
        (damaged_archive(), "carta.odt"),
        (b"GIF89a\x01\x00", "foto.gif"),
        (b"\x00\x00\x00\x18ftypheic moov", "foto.jpg"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "carta.doc"),
        (b"OggS no codec", "voz.ogg"),
    ],
)
def test_a_file_of_another_kind_is_refused_whatever_its_name(desk: Desk, clear: bytes, name: str) -> None:
    reporter = desk.a_case("laila")
    answer = add(desk.signed_in("laila"), reporter, clear, name)
    assert answer.status_code == 422 and "Un archivo de este tipo no se admite" in said(answer.text)
    assert typed(answer.text, "document_title")["text"] == DISMISSAL["document_title"]
    assert documents(desk, reporter) == pieces(desk) == []


@pytest.mark.parametrize("field", [name for name in DISMISSAL if name.count("-") == 0])
def test_what_is_missing_is_asked_for_and_nothing_typed_is_lost(desk: Desk, field: str) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    answer = add(laila, reporter, **{field: ""})
    if field in ("document_who", "document_note"):
        assert answer.status_code == 303
        return
    assert answer.status_code == 422 and f'id="{field}-error"' in answer.text
    assert "Elige otra vez el archivo" in said(answer.text)
    for other in ("document_title", "document_who", "document_note"):
        if other != field:
            assert typed(answer.text, other)["text"] == DISMISSAL[other]
    assert len(mistakes(answer.text)) == 2 and documents(desk, reporter) == []


def test_no_file_an_empty_file_and_a_day_to_come_are_asked_for_again(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    without = laila.post(path(reporter), data=DISMISSAL)
    nothing = add(laila, reporter, b"", "")
    empty = add(laila, reporter, b"")
    later = add(laila, reporter, **{"document_on-year": "2027"})
    assert [one.status_code for one in (without, nothing, empty, later)] == [422] * 4
    assert "Elige un archivo." in said(without.text) and "Elige un archivo." in said(nothing.text)
    assert "Este archivo está vacío." in said(empty.text)
    assert 'id="document_on-error"' in later.text
    assert documents(desk, reporter) == []


def test_the_list_is_filtered_by_kind(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    assert add(laila, reporter).status_code == 303
    assert add(laila, reporter, document_kind="decision", document_title="Sentencia").status_code == 303
    found = laila.get(path(reporter) + "?kind=decision").text
    assert f'href="{path(reporter, 2)}"' in found and f'href="{path(reporter, 1)}"' not in found
    assert "No hay ningún documento de este tipo" in said(laila.get(path(reporter) + "?kind=mandate").text)
    wrong = laila.get(path(reporter) + "?kind=anything")
    assert wrong.status_code == 422 and "Sentencia" in said(wrong.text)


def test_a_void_document_stays_struck_through_and_only_a_supervisor_opens_its_file(desk: Desk) -> None:
    reporter, laila, amparo = desk.a_case("laila"), desk.signed_in("laila"), desk.signed_in("amparo")
    assert add(laila, reporter).status_code == 303
    assert void(laila, reporter, why="").status_code == 422
    assert documents(desk, reporter)[0].voided_on is None
    assert void(laila, reporter).status_code == 303
    again = void(laila, reporter, why="Ya lo vi yo.")
    assert again.status_code == 409 and "No se ha cambiado nada" in said(again.text)
    assert "Ya lo vi yo." in said(again.text)
    listed = laila.get(path(reporter)).text
    assert "<s><bdi>Carta de despido</bdi></s>" in listed
    assert "Es de otra persona. (Laila Imaginaria" in said(listed)
    for way in ("file", "file/original", "file/sound"):
        assert laila.get(path(reporter, 1, way)).status_code == 404
    assert path(reporter, 1, "file") not in laila.get(path(reporter, 1)).text
    assert amparo.get(path(reporter, 1, "file/original")).content == TEXT
    assert len(pieces(desk)) == 1
    assert desk.events(reporter).count("document_voided") == 1
    assert add(laila, reporter).headers["location"].startswith(path(reporter, 2))


def test_numbers_are_those_of_the_case(desk: Desk) -> None:
    reporter, other, laila = desk.a_case("laila"), desk.a_case("laila"), desk.signed_in("laila")
    for each in (reporter, reporter, other):
        assert add(laila, each).status_code == 303
    assert [one.number for one in documents(desk, reporter)] == [1, 2]
    assert [one.number for one in documents(desk, other)] == [1]
    assert laila.get(path(other, 2)).status_code == 404
    for odd in ("0", "01x", "-1", "9" * 30, "²"):
        assert laila.get(f"{path(other)}/{odd}").status_code == 404


def test_whoever_loses_the_case_opens_no_document_and_the_next_adviser_does(desk: Desk) -> None:
    reporter, laila, pau = desk.a_case("laila"), desk.signed_in("laila"), desk.signed_in("pau")
    assert add(laila, reporter).status_code == 303
    given = {
        "version": str(desk.case(reporter).version),
        "adviser": str(desk.staff_id("pau")),
        "reason": "load",
    }
    own = f"/es/cases/{reporter.case_number}/adviser"
    assert desk.signed_in("amparo").post(own, data=given).status_code == 303
    for rest in ("", "file", "file/original"):
        assert laila.get(path(reporter, 1, rest)).status_code == 404
    assert pau.get(path(reporter, 1, "file/original")).content == TEXT
    assert documents(desk, reporter)[0].key_version == 2


@pytest.mark.parametrize("make", [photo, pdf, lambda: b"0" * LARGEST], ids=["photo", "pdf", "the largest"])
def test_what_is_taken(desk: Desk, make: Callable[[], bytes]) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    clear = make()
    assert add(laila, reporter, clear).status_code == 303
    assert laila.get(path(reporter, 1, "file/original")).content == clear


NUMBER = "X1234567L"


@pytest.mark.parametrize("field", ["document_title", "document_who", "document_note"])
def test_a_number_of_a_document_of_identity_is_pointed_out(desk: Desk, field: str) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    answer = add(laila, reporter, **{field: f"Lleva {NUMBER}."})
    assert answer.status_code == 422 and f'<bdi dir="ltr">{NUMBER}</bdi>' in answer.text
    assert "Elige otra vez el archivo" in said(answer.text)
    taken_out = add(laila, reporter, **{field: f"Lleva {NUMBER}.", "numbers": "remove"})
    assert taken_out.status_code == 303
    assert NUMBER not in laila.get(path(reporter, 1)).text


def test_a_number_in_the_reason_of_voiding_is_pointed_out(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    assert add(laila, reporter).status_code == 303
    answer = void(laila, reporter, why=f"Es de {NUMBER}.")
    assert answer.status_code == 422 and f'<bdi dir="ltr">{NUMBER}</bdi>' in answer.text
    assert documents(desk, reporter)[0].voided_on is None


def test_only_what_may_be_disclosed_can_be_in_a_dossier(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    for privilege in ("open", "privileged", "third", "open"):
        title = f"Documento {privilege}"
        assert add(laila, reporter, document_title=title, document_privilege=privilege).status_code == 303
    assert void(laila, reporter, 4).status_code == 303
    at = begun(desk, laila, reporter)
    page = laila.get(at).text
    (offered,) = set(re.findall(r'name="file-([0-9a-f-]{36})"', page))
    assert "Documento privileged" in said(page) and "Documento third" in said(page)
    assert "Documento open" not in said(page)  # its file is offered by its name
    assert fill(desk, laila, at, {}).status_code == 422
    assert fill(desk, laila, at, {offered: "in"}, blacked_out="").status_code == 303
    assert agree(desk, laila, at).status_code == 303
    taken = hand_out(desk, laila, at, "files")
    assert taken.status_code == 200
    with ZipFile(BytesIO(taken.content)) as archive:
        assert archive.namelist() == ["file-01.txt", "SHA256SUMS.txt"]
        assert archive.read("file-01.txt") == TEXT
    assert void(laila, reporter, 1).status_code == 303  # what was consented to is not what would leave
    assert hand_out(desk, laila, at, "files").status_code == 403


def test_a_document_that_was_chosen_by_force_is_in_no_dossier(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    assert add(laila, reporter, document_privilege="privileged").status_code == 303
    at = begun(desk, laila, reporter)
    own = {str(pieces(desk)[0].file_id): "in"}
    assert fill(desk, laila, at, own, blacked_out="").status_code == 303
    assert agree(desk, laila, at).status_code == 303
    with ZipFile(BytesIO(hand_out(desk, laila, at, "files").content)) as archive:
        assert archive.namelist() == ["SHA256SUMS.txt"]


def test_documents_stay_in_the_leading_case_when_two_are_parted(desk: Desk) -> None:
    lead, other = two(desk, "Me hizo bajar a gritos.", "Vi cómo echaban a una mujer.")
    laila = desk.signed_in("laila")
    assert add(laila, other, document_title="Billete del autobús").status_code == 303
    assert together(desk, laila, lead, other).status_code == 303
    assert "Billete del autobús" in said(laila.get(f"/es/cases/{lead.case_number}").text)
    assert add(laila, lead, document_title="Hoja de reclamaciones").status_code == 303
    assert "Documentos: cada uno tiene su número en este expediente" in said(
        laila.get(f"/es/cases/{lead.case_number}/together").text
    )
    assert apart(desk, laila, lead, other).status_code == 303
    assert "Billete" not in said(laila.get(f"/es/cases/{lead.case_number}").text)
    assert [len(documents(desk, one)) for one in (lead, other)] == [1, 1]
    for one in (lead, other):
        assert laila.get(path(one, 1, "file/original")).content == TEXT

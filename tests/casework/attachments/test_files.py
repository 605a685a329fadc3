"""Files at the desk: a clean copy to look at, the original byte for byte, and each look on the record."""

import base64
import hashlib
import re
from io import BytesIO
from uuid import uuid4

import pikepdf
import pytest
from PIL import Image
from sqlmodel import select

from casework.attachments.tables import AttachmentPiece
from casework.timeline.tables import Event
from office.handover.report import SentFile
from office.sealing.pieces import PIECE_BYTES
from tests.casework.desk import Desk, Reporter, said

CAMERA = "Camara Secreta"


def photo() -> bytes:
    """A picture taken on its side, with a camera's name and a place in it."""
    picture, out = Image.new("RGB", (60, 40), (180, 30, 30)), BytesIO()
    about = picture.getexif()
    about[0x0112], about[0x010F] = 6, CAMERA
    about.get_ifd(0x8825)[1] = "N"
    picture.save(out, "JPEG", exif=about)
    return out.getvalue()


def pdf(pages: int = 1) -> bytes:
    """A document that would run a script and says who wrote it."""
    document, out = pikepdf.new(), BytesIO()
    for _ in range(pages):
        document.add_blank_page(page_size=(200, 300))
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    document.docinfo["/Author"] = CAMERA
    document.save(out)
    return out.getvalue()


def pictures(page: str) -> list[bytes]:
    """The pictures a page holds in itself."""
    return [base64.b64decode(one) for one in re.findall(r'src="data:image/[a-z]+;base64,([^"]+)"', page)]


def of_report(reporter: Reporter, file: SentFile, rest: str = "") -> str:
    return f"/es/inbox/{reporter.case_number}/files/{file.file_id}{rest}"


def of_case(reporter: Reporter, file: SentFile, rest: str = "") -> str:
    return f"/es/cases/{reporter.case_number}/files/{file.file_id}{rest}"


def test_a_picture_is_seen_upright_and_without_what_its_camera_wrote(desk: Desk) -> None:
    file = desk.a_file(photo())
    reporter = desk.report(files=(file,))
    laila = desk.signed_in("laila")
    assert f"/files/{file.file_id}" in laila.get(f"/es/inbox/{reporter.case_number}").text
    page = laila.get(of_report(reporter, file))
    (seen,) = pictures(page.text)
    assert page.status_code == 200
    with Image.open(BytesIO(seen)) as shown:
        assert shown.size == (40, 60)
        assert not dict(shown.getexif())
    assert CAMERA.encode() not in seen
    assert "media-src 'self'" in page.headers["content-security-policy"]
    assert "No se ha comprobado si tiene virus" in said(page.text)


def test_a_pdf_is_seen_as_pictures_of_its_pages_ten_at_a_time(desk: Desk) -> None:
    file = desk.a_file(pdf(12), "contrato.pdf", "application/pdf", virus_check="clean")
    reporter = desk.report(files=(file,))
    laila = desk.signed_in("laila")
    first = laila.get(of_report(reporter, file))
    later = laila.get(of_report(reporter, file, "?from=11"))
    assert (len(pictures(first.text)), len(pictures(later.text))) == (10, 2)
    assert all(one.startswith(b"\xff\xd8\xff") and CAMERA.encode() not in one for one in pictures(first.text))
    assert "?from=11" in first.text
    assert desk.events(None).count("file_viewed") == 2


def test_the_original_is_given_out_byte_for_byte_and_never_opened_by_the_browser(desk: Desk) -> None:
    clear = photo()
    file = desk.a_file(clear, "de la calle/ñ\u202egpj.exe")
    reporter = desk.a_case("laila", files=(file,))
    answer = desk.signed_in("laila").get(of_case(reporter, file, "/original"))
    assert answer.content == clear
    assert answer.headers["content-type"] == "application/octet-stream"
    given = answer.headers["content-disposition"]
    assert (
        given
        == "attachment; filename=\"de la calle__gpj.exe\"; filename*=UTF-8''de%20la%20calle_%C3%B1gpj.exe"
    )
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert desk.events(reporter)[-1] == "file_downloaded"


def test_a_file_of_many_pieces_comes_back_whole(desk: Desk) -> None:
    clear = b"0123456789" * (PIECE_BYTES // 4)
    file = desk.a_file(clear, "notas.docx", "application/octet-stream")
    reporter = desk.report(files=(file,))
    assert file.pieces == 3
    answer = desk.signed_in("laila").get(of_report(reporter, file, "/original"))
    assert hashlib.sha256(answer.content).hexdigest() == file.sha256


def test_an_office_file_is_not_shown_and_its_original_comes_after_a_warning(desk: Desk) -> None:
    file = desk.a_file(b"PK\x03\x04 a document", "carta.docx", "application/vnd.ms-word")
    reporter = desk.report(files=(file,))
    laila = desk.signed_in("laila")
    page = laila.get(of_report(reporter, file))
    assert pictures(page.text) == []
    assert "puede dañar un ordenador" in said(page.text)
    assert of_report(reporter, file, "/original") in page.text
    assert laila.get(of_report(reporter, file, "/sound")).status_code == 404


def test_text_is_shown_as_text_whatever_it_holds(desk: Desk) -> None:
    file = desk.a_file(b"<script>alert(1)</script> \xe2\x80\xaehola", "nota.txt", "text/plain")
    reporter = desk.report(files=(file,))
    page = desk.signed_in("laila").get(of_report(reporter, file)).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; hola" in page


def test_a_recording_waits_to_be_played_and_what_is_heard_is_kept_as_a_note(desk: Desk) -> None:
    file = desk.a_file(b"OggS sound", "voz.ogg", "audio/ogg", purpose="voice", is_voice_altered=True)
    reporter = desk.a_case("laila", files=(file,))
    laila = desk.signed_in("laila")
    page = laila.get(of_case(reporter, file)).text
    assert re.search(r'<audio[^>]* controls preload="none"', page)
    assert "autoplay" not in page
    assert "Voz alterada antes de enviarla" in said(page)
    heard = laila.get(of_case(reporter, file, "/sound"))
    assert (heard.content, heard.headers["content-type"]) == (b"OggS sound", "audio/ogg")
    assert heard.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert laila.post(of_case(reporter, file, "/transcript"), data={"note": ""}).status_code == 422
    kept = laila.post(of_case(reporter, file, "/transcript"), data={"note": "«Fuera de aquí»."})
    assert kept.status_code == 303
    case = laila.get(f"/es/cases/{reporter.case_number}").text
    assert "«Fuera de aquí»." in said(case)
    assert case.count(f"/files/{file.file_id}") == 2
    assert "file_played" in desk.events(reporter)
    assert desk.replies(reporter)
    assert not [reply for reply in desk.replies(reporter) if "Fuera" in reply.text]


def test_files_of_a_message_stay_with_it_in_the_thread_and_in_the_report(desk: Desk) -> None:
    before, after = desk.a_file(photo(), "antes.jpg"), desk.a_file(photo(), "después.jpg")
    reporter = desk.report()
    desk.write_back(reporter, "Mando una foto.", files=(before,))
    amparo = desk.signed_in("amparo")
    assert amparo.get(of_report(reporter, before)).status_code == 200
    taken = {"adviser": str(desk.staff_id("laila"))}
    assert amparo.post(f"/es/inbox/{reporter.case_number}/taking-up", data=taken).status_code == 303
    desk.collect()
    desk.write_back(reporter, "Y otra.", files=(after,))
    laila = desk.signed_in("laila")
    page = said(laila.get(f"/es/cases/{reporter.case_number}").text)
    assert "antes.jpg" in page and "después.jpg" in page
    for file in (before, after):
        assert laila.get(of_case(reporter, file)).status_code == 200
        assert laila.get(of_case(reporter, file, "/original")).content == photo()


@pytest.mark.parametrize("harm", ["missing", "altered", "another"])
def test_a_file_that_is_not_what_was_sent_is_not_given_out_and_says_so(desk: Desk, harm: str) -> None:
    file = desk.a_file(b"x" * (PIECE_BYTES + 10), "prueba.txt", "text/plain")
    wrong = file.model_copy(update={"sha256": "0" * 64}) if harm == "another" else file
    reporter = desk.report(files=(wrong,))
    with desk.writing() as session:
        piece = session.get_one(AttachmentPiece, (file.file_id, 1))
        if harm == "missing":
            session.delete(piece)
        elif harm == "altered":
            piece.sealed = piece.sealed[:-1] + bytes([piece.sealed[-1] ^ 1])
    laila = desk.signed_in("laila")
    for rest in ("", "/original"):
        answer = laila.get(of_report(reporter, file, rest))
        assert answer.status_code == 409
        words = "Faltan partes de este archivo" if harm == "missing" else "no está como se envió"
        assert words in said(answer.text)
        assert "xxxx" not in answer.text
    assert desk.events(None).count("file_damaged") == 2


def test_a_broken_picture_hurts_nobody_and_leaves_the_original(desk: Desk) -> None:
    file = desk.a_file(b"\xff\xd8\xff nonsense")
    reporter = desk.report(files=(file,))
    page = desk.signed_in("laila").get(of_report(reporter, file))
    assert page.status_code == 200
    assert "No se ha podido hacer una copia segura" in said(page.text)


def test_pieces_under_another_case_number_are_none_of_this_file(desk: Desk) -> None:
    file = desk.a_file(b"mine", "a.txt", "text/plain")
    reporter, other = desk.report(files=(file,)), desk.report()
    with desk.writing() as session:
        session.get_one(AttachmentPiece, (file.file_id, 0)).case_number = other.case_number
    laila = desk.signed_in("laila")
    assert laila.get(of_report(reporter, file)).status_code == 409
    assert laila.get(of_report(other, file)).status_code == 404


def test_without_a_grant_a_file_is_not_found_like_one_that_does_not_exist(desk: Desk) -> None:
    file = desk.a_file(photo())
    reporter = desk.a_case("laila", files=(file,))
    pau, laila = desk.signed_in("pau"), desk.signed_in("laila")
    for rest in ("", "/sound", "/original"):
        walled = pau.get(of_case(reporter, file, rest))
        nothing = pau.get(f"/es/cases/{reporter.case_number}/files/{uuid4()}{rest}")
        assert (walled.status_code, nothing.status_code) == (404, 404)
        assert said(walled.text) == said(nothing.text)
    assert laila.get(f"/es/cases/{reporter.case_number}/files/{uuid4()}").status_code == 404
    other = desk.report()
    assert laila.get(of_report(other, file)).status_code == 404


def test_an_event_names_the_file_by_its_id_and_by_nothing_else(desk: Desk) -> None:
    file = desk.a_file(photo(), "mi-cara.jpg")
    reporter = desk.report(files=(file,))
    laila = desk.signed_in("laila")
    laila.get(of_report(reporter, file))
    laila.get(of_report(reporter, file, "/original"))
    with desk.reading() as session:
        told = [one.detail for one in session.exec(select(Event)) if one.kind.startswith("file_")]
    assert len(told) == 2
    assert all(str(file.file_id) in one and "mi-cara" not in one for one in told)

"""A letter shows what is missing, is kept as it went out, and reaches nobody by a way that is not safe."""

import hashlib
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from casework.letters.drawing import pdf_of_letter
from casework.letters.filling import day_told
from office.handover.report import When
from office.languages import language
from tests.casework.conflicts.people import add
from tests.casework.desk import Desk, codes, mistakes, said, typed
from tests.casework.letters.post import CLAIM, begun, files, letter, make, send, words_in, write
from tests.casework.letters.test_dossiers import fill
from tests.casework.safe_contact.test_safe_contact import at_risk
from tests.casework.tasks.todo import note_way
from tests.casework.walls.rising import wall_off


def test_a_month_without_a_day_is_written_as_it_is_said() -> None:
    november = When(kind="month", month="2026-11")
    assert day_told(november, language("es", "office")) == "noviembre de 2026"
    assert day_told(When(), language("es", "office")) == ""


def test_a_claim_is_begun_shows_what_is_missing_and_is_kept_as_it_went_out(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    at = begun(desk, laila, reporter, "claim")
    page = laila.get(at).text
    assert typed(page, "field_event_day")["text"] == "20 de noviembre de 2026"  # as the report tells
    assert "Aún falta A quién Dirección" in said(page)
    seen = laila.get(f"{at}/preview")
    assert seen.headers["cache-control"] == "no-store"
    assert seen.headers["content-disposition"] == 'inline; filename="letter.pdf"'
    assert "[Falta: Qué se pide]" in words_in(seen.content)

    refused = make(desk, laila, at)
    assert refused.status_code == 409 and "rellena lo que falta" in said(refused.text)
    assert not files(desk) and letter(desk, at).state_code == "draft"

    assert write(desk, laila, at, **CLAIM).status_code == 303
    assert "Aún falta" not in said(laila.get(at).text)
    assert make(desk, laila, at).status_code == 303
    pdf = laila.get(f"{at}/files/1/pdf").content
    words = words_in(pdf)
    assert "artículo 1973 del Código Civil" in words and "Inmobiliaria Levante, S. L." in words
    assert "<b>Así</b> lo dijeron: {{ 7 * 7 }}." in words  # what was typed is text, and nothing else
    assert hashlib.sha256(pdf).hexdigest() in laila.get(at).text
    reader = PdfReader(BytesIO(pdf))
    assert (
        reader.metadata is not None
        and reader.metadata.title == "Oficina de No Discriminación y Delitos de Odio"
    )
    assert b"pdfuaid" in pdf or "/MarkInfo" in reader.trailer["/Root"]
    row, _for_a_word_processor = sorted(files(desk), key=lambda one: one.format_code, reverse=True)
    assert b"Levante" not in row.sealed and b"%PDF" not in row.sealed

    early = send(desk, laila, at, "registered", date(2026, 11, 22))
    assert early.status_code == 422 and "La carta se hizo después de ese día." in mistakes(early.text)
    assert send(desk, laila, at, "registered").status_code == 303
    found = letter(desk, at)
    assert (found.state_code, found.via_code, found.sent_on) == ("sent", "registered", date(2026, 11, 23))
    for refused in (write(desk, laila, at, **CLAIM), make(desk, laila, at), send(desk, laila, at, "post")):
        assert refused.status_code == 409
    told = desk.events(reporter)
    assert [kind for kind in told if kind.startswith("letter_")] == [
        "letter_begun", "letter_opened", "letter_written", "letter_made", "letter_opened", "letter_sent",
    ]  # fmt: skip
    case = said(laila.get(f"/es/cases/{reporter.case_number}").text)
    assert "Cartas y papeles Enviada: 1" in case
    assert "anotó que se envió una carta : Reclamación extrajudicial" in case


def test_a_claim_against_the_city_is_neither_begun_nor_made_and_the_page_says_which_way_it_goes(
    desk: Desk,
) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    at = begun(desk, laila, reporter, "claim")
    assert write(desk, laila, at, **CLAIM).status_code == 303
    every = f"/es/cases/{reporter.case_number}/letters"
    before = laila.get(every).text
    assert 'value="claim"' in before and "responsabilidad patrimonial" not in said(before)
    assert wall_off(desk, laila, reporter).status_code == 303
    amparo = desk.signed_in("amparo")
    page = amparo.get(every).text
    assert 'value="claim"' not in page and 'value="recordings"' in page
    for words in (
        "No se ofrece en este caso",
        "responsabilidad patrimonial",
        "Ley 39/2015, art. 67",
        "un año",
    ):
        assert words in said(page), words
    typed_in = amparo.post(every, data={"template": "claim", "letter_language": "es"})
    assert typed_in.status_code == 422
    refused = make(desk, amparo, at)
    assert refused.status_code == 409 and "no es para este expediente" in said(refused.text)
    assert not files(desk)


@pytest.mark.parametrize(
    ("respondent", "is_offered"),
    [("regional_admin", False), ("public_school", False), ("other_local", False), ("private_school", True)],
)
def test_a_civil_claim_is_offered_only_against_whom_the_route_of_liability_is_not(
    desk: Desk, respondent: str, is_offered: bool
) -> None:
    """Ley 40/2015 art. 32: administrations answer by their own way, the city's or any other's."""
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    told = codes(version=str(desk.case(reporter).version), respondent=respondent)
    assert laila.post(f"/es/cases/{reporter.case_number}/codes", data=told).status_code == 303
    every = f"/es/cases/{reporter.case_number}/letters"
    page = laila.get(every).text
    assert ('value="claim"' in page) is is_offered
    assert ("responsabilidad patrimonial" in said(page)) is not is_offered
    begin = laila.post(every, data={"template": "claim", "letter_language": "es"})
    assert begin.status_code == (303 if is_offered else 422)


def test_recordings_are_asked_of_whoever_holds_them_which_a_dossier_says_too(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    add(laila, reporter, "Bar Estrella, S. L.")
    at = begun(desk, laila, reporter, "recordings")
    assert typed(laila.get(at).text, "field_recipient")["text"] == "Bar Estrella, S. L."
    owner = {"field_recipient": "Quien alquila el local", "field_request": "Las imágenes de la puerta."}
    asked = {**owner, "field_event_place": "Calle Mayor", "field_answer_by": "1 de diciembre"}
    assert write(desk, laila, at, field_event_day="20 de noviembre", **asked).status_code == 303
    assert make(desk, laila, at).status_code == 303
    assert send(desk, laila, at, "handed").status_code == 303
    begun_too = laila.post(f"/es/cases/{reporter.case_number}/dossiers", data={"dossier_to": "prosecutor"})
    dossier_at = begun_too.headers["location"].partition("?")[0]
    assert fill(desk, laila, dossier_at, {}, blacked_out="").status_code == 303
    told = words_in(laila.get(f"{dossier_at}/preview").content)
    assert "envió una carta. Para: Quien tiene las grabaciones o los documentos" in told
    assert "Para: Una autoridad" not in told


def test_what_was_sent_stays_readable_when_the_case_changes_hands(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    at = begun(desk, laila, reporter, "claim")
    write(desk, laila, at, **CLAIM)
    make(desk, laila, at)
    before = laila.get(f"{at}/files/1/pdf").content
    amparo = desk.signed_in("amparo")
    given = amparo.post(
        f"/es/cases/{reporter.case_number}/adviser",
        data={
            "version": str(desk.case(reporter).version),
            "adviser": str(desk.staff_id("pau")),
            "reason": "load",
        },
    )
    assert given.status_code == 303, said(given.text)
    assert desk.signed_in("pau").get(f"{at}/files/1/pdf").content == before
    assert laila.get(f"{at}/files/1/pdf").status_code == 404
    assert laila.get(at).status_code == 404


def test_a_letter_of_another_case_and_a_file_that_was_never_made_are_not_there(desk: Desk) -> None:
    reporter, other, laila = desk.a_case("laila"), desk.a_case("laila"), desk.signed_in("laila")
    at = begun(desk, laila, reporter, "filing")
    elsewhere = at.replace(reporter.case_number, other.case_number)
    assert laila.get(elsewhere).status_code == 404
    assert laila.get(f"{elsewhere}/preview").status_code == 404
    for wrong in ("1/pdf", "1/exe", "x/pdf", "٣/pdf"):
        assert laila.get(f"{at}/files/{wrong}").status_code == 404


def test_two_who_write_at_once_notice_each_other(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    at = begun(desk, laila, reporter, "filing")
    old = str(letter(desk, at).version)
    assert write(desk, laila, at, field_request="Uno.").status_code == 303
    late = laila.post(f"{at}/text", data={"version": old, "field_request": "Dos."})
    assert late.status_code == 409 and typed(late.text, "field_request")["text"] == "Dos."
    assert typed(laila.get(at).text, "field_request")["text"] == "Uno."


def test_no_number_of_papers_is_a_field_and_the_paper_leaves_a_blank(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    at = begun(desk, laila, reporter, "filing")
    assert "identity_number" not in laila.get(at).text
    write(desk, laila, at, field_identity_number="X1234567L")
    words = words_in(laila.get(f"{at}/preview").content)
    assert "X1234567L" not in words
    assert "lo escribe a mano quien firma; la oficina no lo tiene" in words


def test_a_number_of_papers_typed_in_a_letter_or_a_dossier_is_pointed_out(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    at = begun(desk, laila, reporter, "filing")
    answer = write(desk, laila, at, field_request="Que conste mi NIE X1234567L.")
    assert answer.status_code == 422 and '<bdi dir="ltr">X1234567L</bdi>' in answer.text
    assert typed(laila.get(at).text, "field_request")["text"] == ""
    taken_out = write(desk, laila, at, field_request="Que conste mi NIE X1234567L.", numbers="remove")
    assert taken_out.status_code == 303
    assert typed(laila.get(at).text, "field_request")["text"] == "Que conste mi NIE […]."
    begun_too = laila.post(f"/es/cases/{reporter.case_number}/dossiers", data={"dossier_to": "court"})
    to = begun_too.headers["location"].partition("?")[0]
    form = {"version": "1", "dossier_language": "es", "dossier_for": "Juzgado X1234567L"}
    pointed_out = laila.post(f"{to}/text", data=form)
    assert pointed_out.status_code == 422 and '<bdi dir="ltr">X1234567L</bdi>' in pointed_out.text


def test_scenario_9_a_letter_never_goes_to_a_home_that_is_not_safe(desk: Desk) -> None:
    reporter = at_risk(desk)  # never by letter
    laila = desk.signed_in("laila")
    at = begun(desk, laila, reporter, "advice")
    text = {"field_options": "Puedes reclamar.", "field_recipient": "Amina B."}
    write(desk, laila, at, **text, field_recipient_address="Calle Sola 3")
    refused = make(desk, laila, at)
    assert refused.status_code == 409 and "no recibe cartas en casa" in said(refused.text)
    write(desk, laila, at, **text)
    assert make(desk, laila, at).status_code == 303
    page = laila.get(at).text
    assert 'value="post"' not in page and 'value="registered"' not in page and 'value="handed"' in page
    for way in ("post", "registered"):
        assert send(desk, laila, at, way).status_code == 409
    assert letter(desk, at).state_code == "made"
    assert send(desk, laila, at, "handed").status_code == 303


def test_a_letter_to_a_home_that_is_noted_as_safe_can_be_sent(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    note_way(desk, laila, reporter, "letter", "neutral")
    at = begun(desk, laila, reporter, "advice")
    write(desk, laila, at, field_options="Puedes reclamar.", field_recipient_address="Calle Sola 3")
    assert make(desk, laila, at).status_code == 303
    page = laila.get(at).text
    assert 'value="registry"' not in page  # no registry reaches a person at home
    assert send(desk, laila, at, "registry").status_code == 409 and letter(desk, at).via_code is None
    assert 'value="post"' in page and "no lleva el nombre de la oficina" in said(page)
    assert send(desk, laila, at, "post").status_code == 303


def test_a_letter_in_arabic_is_read_from_right_to_left_and_its_words_can_be_searched(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    at = begun(desk, laila, reporter, "advice", "ar")
    write(desk, laila, at, field_options="يمكنك تقديم شكوى.", field_recipient="Amina B.")
    pdf = laila.get(f"{at}/preview").content
    words = words_in(pdf)
    assert "سؤالك" not in words  # nothing stands where nothing was written
    assert "شكوى" in words and "Amina B." in words
    assert PdfReader(BytesIO(pdf)).trailer["/Root"]["/Lang"] == "ar"


def test_nothing_is_fetched_for_a_letter_from_this_machine_or_from_a_network() -> None:
    for address in ("file:///etc/passwd", "http://127.0.0.1:9/x.png"):
        body = f'<img alt="" src="{address}"><p>Hola</p><link rel="attachment" href="{address}">'
        pdf = pdf_of_letter(body, language("es", "office"), "Oficina")
        assert b"root:" not in pdf and not PdfReader(BytesIO(pdf)).attachments


def test_a_letter_that_did_not_leave_is_said_at_closing_and_can_be_noted_afterwards(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    at, closing = begun(desk, laila, reporter, "claim"), f"/es/cases/{reporter.case_number}/closing"
    assert at not in laila.get(closing).text  # a draft is nothing that goes on
    write(desk, laila, at, **CLAIM)
    assert make(desk, laila, at).status_code == 303
    assert at in laila.get(closing).text
    assert desk.ask_to_close(reporter).status_code == 303
    assert at in desk.signed_in("amparo").get(closing).text
    begin = {"template": "claim", "letter_language": "es"}
    assert laila.post(f"/es/cases/{reporter.case_number}/letters", data=begin).status_code == 409
    assert desk.decide_closing(reporter).status_code == 303
    assert write(desk, laila, at, **CLAIM).status_code == 409
    assert f"{at}/sending" in laila.get(at).text
    assert send(desk, laila, at, "registered").status_code == 303
    assert letter(desk, at).state_code == "sent"

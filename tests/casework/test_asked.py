"""What the form asks of groups and of people who want advice is shown at the desk, in its own words."""

import pytest

from office.handover.report import ContactKind, Languages, ReportContact
from tests.casework.desk import Desk, said


def test_a_report_of_a_group_shows_how_many_and_in_which_languages_to_answer(desk: Desk) -> None:
    reporter = desk.report(
        role_code="group",
        affected_count=1200,
        languages=Languages(written="fr", spoken="wo", other_text="soninké", interpreter_code="sign_lse"),
    )
    words = said(desk.signed_in("amparo").get(f"/es/inbox/{reporter.case_number}").text)
    assert "Somos un grupo de personas afectadas" in words
    assert "Personas afectadas 1.200" in words
    assert "Lee y escribe en Francés" in words and "Habla Wólof · soninké" in words
    assert "Intérprete Sí, en lengua de signos española (LSE)" in words


def test_what_nobody_said_is_not_on_the_page(desk: Desk) -> None:
    reporter = desk.report(role_code="tip")
    words = said(desk.signed_in("amparo").get(f"/es/inbox/{reporter.case_number}").text)
    assert "Aviso de un lugar, un anuncio o una norma" in words
    assert "Personas afectadas" not in words and "Intérprete" not in words
    assert "Prefiere" not in words


@pytest.mark.parametrize(
    ("heaviest", "told"),
    [("inseparable", "Lo que más pesó No se pueden separar"), ("sex", "Lo que más pesó Sexo o género")],
)
def test_which_of_several_grounds_weighed_most_is_read_with_the_story_and_beside_the_codes(
    desk: Desk, heaviest: str, told: str
) -> None:
    own = desk.a_case("laila", ground_codes=("sex", "language"), heaviest_code=heaviest)
    laila, case = desk.signed_in("laila"), f"/es/cases/{own.case_number}"
    assert told in said(laila.get(case).text)
    assert told in said(laila.get(f"{case}/codes").text)


def test_who_would_rather_talk_to_a_woman_and_listen_is_read_so_before_anything_is_written(
    desk: Desk,
) -> None:
    reporter = desk.report(languages=Languages(adviser_code="woman", prefers_talking=True))
    amparo = desk.signed_in("amparo")
    note = "La persona prefiere escuchar y hablar: mejor escribir poco"
    words = said(amparo.get(f"/es/inbox/{reporter.case_number}").text)
    assert (
        words.count("Prefiere hablar con Una mujer") == 2
    )  # with what was told, and where an adviser is chosen
    assert "Prefiere Escuchar y hablar en vez de leer y escribir" in words and note in words
    own = desk.a_case("laila", languages=Languages(adviser_code="man", prefers_talking=True))
    of_case = said(desk.signed_in("laila").get(f"/es/cases/{own.case_number}").text)
    assert "Prefiere hablar con Un hombre" in of_case
    assert of_case.index(note) < of_case.index("Escribir a la persona")


@pytest.mark.parametrize(
    ("kind", "value", "shown", "care"),
    [
        ("letter", "Apartado de correos 46", "Carta a Apartado de correos 46", "El sobre no debe nombrar"),
        ("trusted", "Una vecina", "persona de su confianza Una vecina", "nunca una clave"),
        ("other", "Por la ventana", "Otra manera Por la ventana", ""),
    ],
)
def test_a_way_that_passes_other_hands_says_what_to_take_care_of(
    desk: Desk, kind: ContactKind, value: str, shown: str, care: str
) -> None:
    own = desk.a_case("laila", contact=ReportContact(kind=kind, value=value))
    opened = desk.signed_in("laila").post(f"/es/cases/{own.case_number}/contact", data={"reason": "answer"})
    words = said(opened.text)
    assert shown in words and care in words
    assert ("govuk-inset-text" in opened.text) is bool(care)


def test_reports_and_contacts_sealed_before_these_wishes_were_asked_are_read_as_ever(desk: Desk) -> None:
    before = Languages.model_validate_json('{"written": "fr", "interpreter_code": "spoken"}')
    assert (before.adviser_code, before.prefers_talking) == (None, False)
    contact = ReportContact.model_validate_json('{"format": 1, "kind": "other", "value": "Por la ventana"}')
    own = desk.a_case("laila", languages=before, contact=contact)
    words = said(desk.signed_in("laila").get(f"/es/cases/{own.case_number}").text)
    assert "Lee y escribe en Francés" in words and "Prefiere" not in words

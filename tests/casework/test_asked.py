"""What the form asks of groups and of people who want advice is shown at the desk, in its own words."""

from office.handover.report import Languages
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

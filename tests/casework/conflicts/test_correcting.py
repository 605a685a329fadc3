"""What is known of somebody in a case, and correcting it: another name is compared anew."""

from typing import Any

from sqlmodel import select, text
from starlette.testclient import TestClient

from casework.conflicts.tables import CaseParty, PartyTerm
from tests.casework.conflicts.people import add, checks, decide
from tests.casework.desk import Desk, Reporter, mistakes, said, typed
from tests.casework.harms.harming import involve, parties

KNOWN: dict[str, Any] = {
    "way_value_phone": "600 000 000", "way_rule_phone": "window", "way_words_phone": "Solo por la mañana.",
    "way_rule_visit": "never",
    "spoken": "ar", "interpreter": "needed", "party_address": "Elle", "party_needs": "Entrada sin escalones.",
    "party_note": "Trabaja de noche.", "minor": "yes",
    "from_on-day": "2", "from_on-month": "11", "from_on-year": "2026",
}  # fmt: skip


def party(desk: Desk, reporter: Reporter, role: str) -> CaseParty:
    return parties(desk, reporter)[role]


def correct(client: TestClient, reporter: Reporter, row: CaseParty, name: str, **form: Any) -> Any:
    """Correct somebody, as the form does."""
    sent = {
        "version": str(row.version), "party_name": name, "other_names": "",
        "role": row.role_code, "kind": row.kind_code, **form,
    }  # fmt: skip
    return client.post(f"/es/cases/{reporter.case_number}/people/{row.id}/details", data=sent)


def test_all_that_is_known_is_kept_sealed_and_shown_with_whether_each_way_is_safe(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    add(laila, reporter, "Rut Inventada", "affected", "person")
    add(laila, reporter, "Noa Inventada", "guardian", "person")
    child, mother = party(desk, reporter, "affected"), party(desk, reporter, "guardian")
    done = correct(laila, reporter, child, "Rut Inventada", guardian=str(mother.id), **KNOWN)
    assert done.status_code == 303, said(done.text)
    page = said(laila.get(f"/es/cases/{reporter.case_number}/people").text)
    for words in (
        "600 000 000", "Solo por la mañana.", "Visita a domicilio: Nunca", "Necesita intérprete", "Elle",
        "Entrada sin escalones.", "Trabaja de noche.", "Menor de edad",
        "Quién responde por esta persona: Noa Inventada",
    ):  # fmt: skip
        assert words in page, words
    form = laila.get(f"/es/cases/{reporter.case_number}/people/{child.id}/details").text
    assert typed(form, "way_words_phone")["text"] == "Solo por la mañana."
    printed = said(laila.get(f"/es/cases/{reporter.case_number}/print").text)
    assert "Entrada sin escalones." in printed and "600 000 000" not in printed
    with desk.reading() as session:
        rows = repr(session.execute(text("SELECT * FROM case_party")).all())
        told = repr(session.execute(text("SELECT detail FROM event")).all())
    for clear in ("600 000", "Rut", "escalones", "Elle"):
        assert clear not in rows and clear not in told
    assert desk.events(reporter)[-4:].count("conflict_found") == 0


def test_a_box_that_is_not_ticked_any_more_and_a_day_that_is_emptied_go(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    add(laila, reporter, "Rut Inventada", "affected", "person")
    assert correct(laila, reporter, party(desk, reporter, "affected"), "Rut Inventada", **KNOWN).is_redirect
    row = party(desk, reporter, "affected")
    where = f"/es/cases/{reporter.case_number}/people/{row.id}/details"
    assert 'name="boxes" value="minor"' in laila.get(where).text
    emptied = {f"from_on-{part}": "" for part in ("day", "month", "year")}
    assert correct(laila, reporter, row, "Rut Inventada", boxes="minor", **emptied).is_redirect
    page = said(laila.get(f"/es/cases/{reporter.case_number}/people").text)
    assert "Menor de edad" not in page and "2 nov 2026" not in page and "600 000 000" in page


def test_who_answered_for_somebody_and_was_taken_out_is_named_no_more(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    add(laila, reporter, "Rut Inventada", "affected", "person")
    add(laila, reporter, "Noa Inventada", "guardian", "person")
    child, mother = party(desk, reporter, "affected"), party(desk, reporter, "guardian")
    assert correct(laila, reporter, child, "Rut Inventada", guardian=str(mother.id), minor="yes").is_redirect
    where = f"/es/cases/{reporter.case_number}/people"
    assert laila.post(f"{where}/removal", data={"party": str(mother.id)}).status_code == 303
    page = said(laila.get(where).text)
    assert "Noa Inventada" not in page and "Todavía no consta nadie de este expediente" in page
    other = desk.a_case("laila")
    add(laila, other, "Sol Inventada", "affected", "person")
    strange = correct(laila, other, party(desk, other, "affected"), "Sol Inventada", guardian=str(child.id))
    assert strange.status_code == 422  # of another case


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    add(laila, reporter, "Bar Pepe")
    row = party(desk, reporter, "respondent")
    wrong = correct(
        laila, reporter, row, "Bar Pepe", way_value_email="pepe@bar.invalid", way_rule_phone="window",
        minor="yes", party_note="Abre tarde.",
        **{"from_on-day": "3", "from_on-month": "11", "from_on-year": "2026"},
        **{"to_on-day": "2", "to_on-month": "11", "to_on-year": "2026"},
    )  # fmt: skip
    assert wrong.status_code == 422
    assert mistakes(wrong.text) == [
        "Escribe cuándo o cómo es segura.",
        "Di si esta vía es segura para esta persona.",
        "El último día es anterior al primero.",
        "Una organización no es menor de edad.",
    ]
    assert typed(wrong.text, "party_note")["text"] == "Abre tarde."
    assert party(desk, reporter, "respondent").version == 1
    number = correct(laila, reporter, row, "Bar Pepe", party_note="Su DNI es 12345678Z.")
    assert number.status_code == 422 and "12345678Z" in number.text
    assert correct(laila, reporter, row, "Bar Pepe", party_note="Abre tarde.").status_code == 303
    stale = correct(laila, reporter, row, "Bar Pepe", party_note="Abre pronto.")
    assert stale.status_code == 409 and typed(stale.text, "party_note")["text"] == "Abre pronto."
    assert correct(desk.signed_in("pau"), reporter, row, "Bar Pepe").status_code == 404


def test_a_corrected_name_is_compared_anew_and_the_old_one_is_not_found_any_more(desk: Desk) -> None:
    earlier, new = desk.a_case("pau"), desk.a_case("laila")
    laila = desk.signed_in("laila")
    add(desk.signed_in("pau"), earlier, "Fincas Mar", "affected")
    add(laila, new, "Bar Peppe")
    assert checks(desk) == []
    row = party(desk, new, "respondent")
    with desk.reading() as session:
        before = set(session.exec(select(PartyTerm.term).where(PartyTerm.party_id == row.id)))
    assert correct(laila, new, row, "Fincas Mar").status_code == 303
    (check,) = checks(desk)
    assert check.party_id == row.id and check.decision_code is None
    assert desk.events(new)[-2:] == ["party_corrected", "conflict_found"]
    with desk.reading() as session:
        after = set(session.exec(select(PartyTerm.term).where(PartyTerm.party_id == row.id)))
    assert before and after and not before & after
    compared = desk.events().count("names_compared")
    row = party(desk, new, "respondent")
    assert correct(laila, new, row, "Fincas Mar", party_note="Abre tarde.").status_code == 303
    assert desk.events().count("names_compared") == compared and len(checks(desk)) == 1


def test_what_was_no_conflict_by_a_near_name_is_asked_anew_when_the_names_are_the_same(desk: Desk) -> None:
    earlier, new = desk.a_case("pau"), desk.a_case("laila")
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    add(desk.signed_in("pau"), earlier, "Bacari", "affected")
    add(laila, new, "Vacari")
    (first,) = checks(desk)
    assert first.likeness == "near"
    assert decide(amparo, new, first.id, "none").status_code == 303
    assert correct(laila, new, party(desk, new, "respondent"), "Bakari").status_code == 303
    assert len(checks(desk)) == 1  # no surer than what was decided about
    assert correct(laila, new, party(desk, new, "respondent"), "Bacari").status_code == 303
    both = sorted(checks(desk), key=lambda one: one.decision_code is None)
    assert [(one.likeness, one.decision_code) for one in both] == [("near", "none"), ("name", None)]
    assert decide(amparo, new, both[1].id, "wall").status_code == 303
    assert correct(laila, new, party(desk, new, "respondent"), "Bacari SL").status_code == 303
    assert len(checks(desk)) == 2  # the wall stands


def test_a_lawyer_who_turns_out_to_be_the_respondents_is_compared_with_who_was_harmed(desk: Desk) -> None:
    earlier, new = desk.a_case("pau"), desk.a_case("laila")
    laila = desk.signed_in("laila")
    add(desk.signed_in("pau"), earlier, "Rosa Inventada", "affected", "person")
    add(laila, new, "Rosa Inventada", "lawyer", "person")
    assert checks(desk) == []
    row = party(desk, new, "lawyer")
    assert correct(laila, new, row, "Rosa Inventada", side="respondent").status_code == 303
    assert len(checks(desk)) == 1


def test_who_had_a_part_in_a_harm_does_not_change_sides(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    add(laila, reporter, "Bar Pepe")
    row = party(desk, reporter, "respondent")
    assert involve(desk, laila, reporter, 1, row).status_code == 303
    refused = correct(laila, reporter, row, "Bar Pepe", role="witness")
    assert refused.status_code == 409 and "Corrige primero el daño" in said(refused.text)
    assert party(desk, reporter, "respondent").version == 1


def test_a_corrected_name_that_tells_of_the_city_is_asked_about_and_walls_the_case_off(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    add(laila, reporter, "Bar Pepe")
    row = party(desk, reporter, "respondent")
    asked = correct(laila, reporter, row, "Policía Local de València")
    assert asked.status_code == 422 and len(mistakes(asked.text)) == 1  # whether it is one
    question = correct(laila, reporter, row, "Policía Local de València", service="other")
    assert question.status_code == 200 and desk.case(reporter).routing_code == "normal"
    assert f"people/{row.id}/details" in question.text
    yes = {
        "service": "other", "wall": "yes", "wall_service": "other",
        "wall_taker": str(desk.staff_id("amparo")),
    }  # fmt: skip
    done = correct(laila, reporter, row, "Policía Local de València", **yes)
    assert done.status_code == 303, said(done.text)
    assert desk.case(reporter).routing_code == "city"

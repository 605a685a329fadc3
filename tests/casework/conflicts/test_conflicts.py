"""Scenario 6: a name on the other side of another case is found, and the case waits for a decision."""

import pytest
from sqlmodel import select

from casework.conflicts.tables import CaseParty, ConflictCheck, PartyTerm
from office.ids import shown
from office.keys.holders import grant_of
from tests.casework.conflicts.people import add, checks, decide
from tests.casework.deadlines.clocks import scan
from tests.casework.desk import STAFF, Desk, Reporter, codes, said

SIDES = ("laila", "amparo", "vicent")
"""Who may open a case of Laila's."""


def two_cases(desk: Desk) -> tuple[Reporter, Reporter]:
    """Pau's case, in which the office works for a company; and Laila's, where it is accused."""
    earlier, new = desk.a_case("pau"), desk.a_case("laila")
    pau, laila = desk.signed_in("pau"), desk.signed_in("laila")
    add(pau, earlier, "Hostelería Pérez S.L.", "represented", aliases="Bar Pépé\nCasa Pepe")
    add(laila, new, "BAR PEPE SL")
    return earlier, new


def test_scenario_6_a_new_respondent_matches_an_earlier_clients_company_under_an_alias_and_accents(
    desk: Desk,
) -> None:
    earlier, new = two_cases(desk)
    (check,) = checks(desk)
    assert (check.case_id, check.other_case_id) == (desk.case(new).id, desk.case(earlier).id)
    assert (check.likeness, check.decision_code) == ("name", None)


def test_scenario_6_the_match_shows_number_and_role_only_to_who_may_open_the_other_case(desk: Desk) -> None:
    earlier, new = two_cases(desk)
    own = f"/es/cases/{new.case_number}/people"
    words = said(desk.signed_in("laila").get(own).text)
    assert "Hay una coincidencia que tiene que mirar otra persona." in words
    assert shown(earlier.case_number) not in words and earlier.case_number not in words
    assert "Persona para la que trabaja la oficina" not in words.partition("Añadir a alguien")[0]
    assert "Pérez" not in words
    words = said(desk.signed_in("amparo").get(own).text)
    assert shown(earlier.case_number) in words
    assert "Persona para la que trabaja la oficina" in words.partition("Añadir a alguien")[0]
    other = said(desk.signed_in("pau").get(f"/es/cases/{earlier.case_number}/people").text)
    assert shown(new.case_number) not in other
    assert "En el otro lado" not in other  # the earlier case learns nothing


def test_a_name_with_a_wrong_sign_waits_for_a_decision_as_an_exact_one_does(desk: Desk) -> None:
    earlier, new = desk.a_case("pau"), desk.a_case("laila")
    add(desk.signed_in("pau"), earlier, "Bar Pepe", "represented")
    laila = desk.signed_in("laila")
    add(laila, new, "Bra Pépe S.L.")
    (check,) = checks(desk)
    assert (check.likeness, check.decision_code) == ("near", None)
    refused = laila.post(f"/es/cases/{new.case_number}/messages", data={"message": "Hola."})
    assert refused.status_code == 409
    amparo = desk.signed_in("amparo")
    assert "Cercano, no exacto" in said(amparo.get(f"/es/cases/{new.case_number}/people").text)
    assert decide(amparo, new, check.id).status_code == 303
    assert laila.post(f"/es/cases/{new.case_number}/messages", data={"message": "Hola."}).status_code == 303


@pytest.mark.parametrize(
    ("rest", "data"),
    [
        ("codes", codes()),
        ("messages", {"message": "Hola."}),
        ("stage", {"version": "1", "stage": "advice", "state": "in_progress"}),
        (
            "closing",
            {
                "version": "1",
                "responses": ["information"],
                "outcome": "support_given",
                "reason": "completed",
            },
        ),
    ],
    ids=["coding", "writing", "moving on", "closing"],
)
def test_scenario_6_the_case_does_not_go_on_until_a_decision_is_stored(
    desk: Desk,
    rest: str,
    data: dict,  # type: ignore[type-arg]  # a form
) -> None:
    _, new = two_cases(desk)
    laila = desk.signed_in("laila")
    scan(desk, laila, new, None, reason="Ninguno.")  # what runs is looked at all the same
    before = desk.case(new).version
    data = {**data, "version": str(before)}
    refused = laila.post(f"/es/cases/{new.case_number}/{rest}", data=data)
    assert refused.status_code == 409
    assert "cuando una persona supervisora haya decidido" in said(refused.text)
    assert desk.case(new).version == before
    noted = laila.post(f"/es/cases/{new.case_number}/notes", data={"note": "Espero la decisión."})
    assert noted.status_code == 303
    (check,) = checks(desk)
    assert decide(desk.signed_in("amparo"), new, check.id).status_code == 303
    if rest == "stage":
        desk.ready_to_advise(new)  # what else this move asks for
    data["version"] = str(desk.case(new).version)
    assert laila.post(f"/es/cases/{new.case_number}/{rest}", data=data).status_code == 303


@pytest.mark.parametrize("role", ["affected", "represented", "witness", "former_client", "other"])
def test_scenario_6_somebody_of_any_former_role_who_is_now_a_respondent_is_caught(
    desk: Desk, role: str
) -> None:
    earlier, new = desk.a_case("pau"), desk.a_case("laila")
    add(desk.signed_in("pau"), earlier, "Rosa Ferrer i Martí", role, "person")
    add(desk.signed_in("laila"), new, "FERRER MARTÍ, Rosa", "respondent", "person")
    assert [check.case_id for check in checks(desk)] == [desk.case(new).id]


def test_somebody_who_was_a_respondent_and_now_asks_for_help_is_caught_too(desk: Desk) -> None:
    earlier, new = desk.a_case("pau"), desk.a_case("laila")
    add(desk.signed_in("pau"), earlier, "Rosa Ferrer", "respondent", "person")
    add(desk.signed_in("laila"), new, "Rosa Ferrer", "affected", "person")
    assert len(checks(desk)) == 1


def test_the_same_respondent_twice_and_the_same_case_are_no_conflict(desk: Desk) -> None:
    earlier, new = desk.a_case("pau"), desk.a_case("laila")
    laila = desk.signed_in("laila")
    add(desk.signed_in("pau"), earlier, "Bar Pepe")
    add(laila, new, "Bar Pepe")
    add(laila, new, "Bar Pepe", "witness")
    found = checks(desk)
    assert len(found) == 1 and found[0].other_case_id == desk.case(earlier).id


def test_only_a_supervisor_who_has_neither_case_and_may_open_both_decides(desk: Desk) -> None:
    _, new = two_cases(desk)
    (check,) = checks(desk)
    answers = {
        name: decide(desk.signed_in(name), new, check.id).status_code for name in STAFF if name != "amparo"
    }
    assert answers.pop("vicent") == 303
    assert set(answers.values()) == {404}
    again = decide(desk.signed_in("amparo"), new, check.id)
    assert again.status_code == 409
    (kept,) = checks(desk)
    assert (kept.decision_code, kept.decided_by) == ("none", desk.staff_id("vicent"))


def test_a_supervisor_who_has_one_of_the_two_cases_does_not_decide(desk: Desk) -> None:
    earlier, new = desk.a_case("amparo"), desk.a_case("laila")
    add(desk.signed_in("amparo"), earlier, "Bar Pepe", "affected")
    add(desk.signed_in("laila"), new, "Bar Pepe")
    (check,) = checks(desk)
    refused = decide(desk.signed_in("amparo"), new, check.id)
    assert refused.status_code == 409
    assert "Tiene que hacerlo otra persona supervisora." in said(refused.text)
    assert decide(desk.signed_in("vicent"), new, check.id).status_code == 303


def test_a_match_with_a_case_against_the_city_is_decided_by_who_holds_its_key(desk: Desk) -> None:
    earlier, new = desk.a_case("amparo", city=True), desk.a_case("laila")
    add(desk.signed_in("amparo"), earlier, "Bar Pepe", "affected")
    add(desk.signed_in("laila"), new, "Bar Pepe")
    (check,) = checks(desk)
    assert shown(earlier.case_number) not in desk.signed_in("laila").get("/es/cases?whose=all").text
    assert decide(desk.signed_in("vicent"), new, check.id).status_code == 303


def test_a_reason_is_needed_and_kept_sealed(desk: Desk) -> None:
    _, new = two_cases(desk)
    (check,) = checks(desk)
    amparo, own = desk.signed_in("amparo"), f"/es/cases/{new.case_number}/people"
    empty = amparo.post(
        f"{own}/decision", data={"check": str(check.id), "decision": "none", "decision_reason": " "}
    )
    assert empty.status_code == 422
    assert decide(amparo, new, check.id).status_code == 303
    (kept,) = checks(desk)
    assert kept.sealed is not None and b"mismo nombre" not in kept.sealed
    assert "Otra empresa con el mismo nombre." in said(amparo.get(own).text)


def test_a_wall_keeps_the_adviser_of_the_other_case_out_for_good(desk: Desk) -> None:
    _, new = two_cases(desk)
    (check,) = checks(desk)
    amparo = desk.signed_in("amparo")
    assert decide(amparo, new, check.id, "wall").status_code == 303
    pau = str(desk.staff_id("pau"))
    page = amparo.get(f"/es/cases/{new.case_number}/adviser")
    assert pau not in page.text
    given = {"version": str(desk.case(new).version), "adviser": pau, "reason": "load"}
    assert amparo.post(f"/es/cases/{new.case_number}/adviser", data=given).status_code == 422
    assert (
        desk.signed_in("laila")
        .post(f"/es/cases/{new.case_number}/messages", data={"message": "Hola."})
        .status_code
        == 303
    )


def test_a_wall_between_one_adviser_and_themselves_is_refused(desk: Desk) -> None:
    earlier, new = desk.a_case("laila"), desk.a_case("laila")
    laila = desk.signed_in("laila")
    add(laila, earlier, "Bar Pepe", "affected")
    add(laila, new, "Bar Pepe")
    (check,) = checks(desk)
    refused = decide(desk.signed_in("amparo"), new, check.id, "wall")
    assert refused.status_code == 409
    assert checks(desk)[0].decision_code is None


def test_a_supervisor_finds_the_waiting_cases_and_nobody_else_has_the_page(desk: Desk) -> None:
    _, new = two_cases(desk)
    for name in STAFF:
        before = desk.events(None).count("list_read")
        page = desk.signed_in(name).get("/es/conflicts")
        assert page.status_code == (200 if name in ("amparo", "vicent") else 404), name
        assert (new.case_number in page.text) == (page.status_code == 200)
        assert desk.events(None).count("list_read") - before == (page.status_code == 200)


def test_no_name_is_in_clear_in_the_store_and_equal_names_have_equal_terms_only_with_the_key(
    desk: Desk,
) -> None:
    two_cases(desk)
    raw = (desk.folder / "casework.db").read_bytes() + (desk.folder / "casework.db-wal").read_bytes()
    for word in ("Hosteler", "PEPE", "Pépé", "pepe", "perez"):
        assert word.encode() not in raw
    with desk.reading() as session:
        terms = session.exec(select(PartyTerm)).all()
        assert len(terms) > len({one.term for one in terms})
        assert {one.key_name for one in terms} == {"names.1"}
        assert len(session.exec(select(CaseParty)).all()) == 2


def test_every_comparison_is_on_the_record_of_the_office_and_names_neither_case_nor_name(desk: Desk) -> None:
    _, new = two_cases(desk)
    assert desk.events(None).count("names_compared") == 2
    assert desk.events(new)[-2:] == ["party_added", "conflict_found"]


def test_every_page_that_shows_the_people_of_a_case_is_noted_once_also_one_that_refuses(desk: Desk) -> None:
    _, new = two_cases(desk)
    (check,) = checks(desk)
    amparo, own = desk.signed_in("amparo"), f"/es/cases/{new.case_number}/people"
    decision = {"check": str(check.id), "decision": "none", "decision_reason": "Otra."}
    for rest, data, status in (
        ("", None, 200),
        ("", {}, 422),
        ("/interest", {}, 422),
        ("/decision", {**decision, "decision_reason": ""}, 422),
        ("/decision", decision, 303),
        ("/decision", decision, 409),
    ):
        before = desk.events(new).count("case_read")
        answer = amparo.get(own) if data is None else amparo.post(own + rest, data=data)
        assert answer.status_code == status, rest
        assert desk.events(new).count("case_read") - before == (status != 303), (rest, status)
    empty = desk.a_case("laila")
    amparo.get(f"/es/cases/{empty.case_number}/people")
    assert desk.events(empty).count("case_read") == 1


def test_without_the_key_of_names_nothing_is_added_and_the_page_says_what_to_do(desk: Desk) -> None:
    new = desk.a_case("laila")
    with desk.writing() as session:
        session.delete(grant_of(session, "names.1", desk.staff_id("laila")))
    data = {"party_name": "Bar Pepe", "role": "respondent", "kind": "organisation"}
    refused = desk.signed_in("laila").post(f"/es/cases/{new.case_number}/people", data=data)
    assert refused.status_code == 403
    assert "clave de nombres" in said(refused.text)
    assert "Bar Pepe" in refused.text
    with desk.reading() as session:
        assert session.exec(select(CaseParty)).all() == []


def test_a_name_that_waits_is_not_taken_out_and_one_that_was_taken_out_is_not_found(desk: Desk) -> None:
    earlier, new = two_cases(desk)
    with desk.reading() as session:
        parties = {party.case_id: str(party.id) for party in session.exec(select(CaseParty))}
    laila, own = desk.signed_in("laila"), f"/es/cases/{new.case_number}/people"
    waits = {"party": parties[desk.case(new).id]}
    assert laila.post(f"{own}/removal", data=waits).status_code == 409
    elsewhere = {"party": parties[desk.case(earlier).id]}
    assert laila.post(f"{own}/removal", data=elsewhere).status_code == 404
    (check,) = checks(desk)
    decide(desk.signed_in("amparo"), new, check.id)
    assert laila.post(f"{own}/removal", data=waits).status_code == 303
    assert "BAR PEPE" not in laila.get(own).text
    third = desk.a_case("pau")
    add(desk.signed_in("pau"), third, "Bar Pepe", "affected")
    assert len(checks(desk)) == 1


def test_the_number_of_a_document_in_a_name_is_pointed_out_before_it_is_kept(desk: Desk) -> None:
    new = desk.a_case("laila")
    data = {"party_name": "Rosa X1234567L", "role": "affected", "kind": "person"}
    answer = desk.signed_in("laila").post(f"/es/cases/{new.case_number}/people", data=data)
    assert answer.status_code == 422
    assert "Esto parece el número de un documento" in said(answer.text)
    with desk.reading() as session:
        assert session.exec(select(CaseParty)).all() == []


def test_the_number_of_a_document_in_a_reason_is_pointed_out_and_the_decision_waits(desk: Desk) -> None:
    _, new = two_cases(desk)
    (check,) = checks(desk)
    amparo, own = desk.signed_in("amparo"), f"/es/cases/{new.case_number}/people/decision"
    form = {"check": str(check.id), "decision": "none", "decision_reason": "Es X1234567L."}
    answer = amparo.post(own, data=form)
    assert answer.status_code == 422
    assert 'name="numbers" value="remove"' in answer.text
    assert checks(desk)[0].decision_code is None
    assert amparo.post(own, data={**form, "numbers": "remove"}).status_code == 303


def test_the_form_begins_with_the_respondent_as_the_person_told_it(desk: Desk) -> None:
    new = desk.a_case("laila", respondent_text="El bar de la esquina")
    page = desk.signed_in("laila").get(f"/es/cases/{new.case_number}/people")
    assert 'value="El bar de la esquina"' in page.text


def test_names_and_reasons_open_after_the_case_got_a_new_key(desk: Desk) -> None:
    _, new = two_cases(desk)
    (check,) = checks(desk)
    amparo = desk.signed_in("amparo")
    decide(amparo, new, check.id)
    given = {"version": "1", "adviser": str(desk.staff_id("vicent")), "reason": "load"}
    assert amparo.post(f"/es/cases/{new.case_number}/adviser", data=given).status_code == 303
    words = said(desk.signed_in("vicent").get(f"/es/cases/{new.case_number}/people").text)
    assert "BAR PEPE SL" in words and "Otra empresa con el mismo nombre." in words
    with desk.reading() as session:
        versions = {party.key_version for party in session.exec(select(CaseParty)).all()}
        assert versions == {1, 2}
        assert session.exec(select(ConflictCheck)).one().key_version == 2

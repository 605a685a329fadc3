"""Scenario 8: who declares an interest hands the case over, and afterwards it does not exist for them."""

import pytest

from casework.conflicts.rules import RELATIONS
from office.ids import new_case_number
from tests.casework.conflicts.people import add, checks, decide, declare
from tests.casework.desk import Desk, Reporter, codes, said
from tests.casework.test_doors import NUMBER, of_a_case


def give(desk: Desk, client, reporter: Reporter, to: str):  # type: ignore[no-untyped-def]  # client and answer
    """Give the case to another adviser, as the form does."""
    data = {
        "version": str(desk.case(reporter).version),
        "adviser": str(desk.staff_id(to)),
        "reason": "conflict",
    }
    return client.post(f"/es/cases/{reporter.case_number}/adviser", data=data)


def test_scenario_8_a_cousin_is_declared_the_case_handed_over_her_reads_listed_and_then_she_sees_nothing(
    desk: Desk,
) -> None:
    reporter = desk.a_case("laila")
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    own = f"/es/cases/{reporter.case_number}"
    laila.get(own)
    laila.get(own)
    assert declare(laila, reporter, "family").status_code == 303
    refused = laila.post(f"{own}/codes", data=codes())
    assert refused.status_code == 409
    assert "cuando una persona supervisora se lo haya dado a otra" in said(refused.text)
    assert reporter.case_number in amparo.get("/es/conflicts").text

    assert give(desk, amparo, reporter, "pau").status_code == 303
    page = said(amparo.get(f"{own}/people").text)
    assert "Laila Imaginaria" in page
    assert page.count("Laila Imaginaria leyó el expediente") >= 2
    assert reporter.case_number not in amparo.get("/es/conflicts").text

    missing = new_case_number()
    for method, path in of_a_case(desk):
        address = path.replace("{language}", "es")
        walled = laila.request(method, address.replace(NUMBER, reporter.case_number))
        nothing = laila.request(method, address.replace(NUMBER, missing))
        assert (walled.status_code, nothing.status_code) == (404, 404), (method, path)
        assert said(walled.text) == said(nothing.text)
    for page in ("cases?whose=all", "cases", "incidents", "inbox", "promises"):
        assert reporter.case_number not in laila.get(f"/es/{page}").text
    pau = desk.signed_in("pau")
    words = said(pau.get(f"{own}/people").text).partition("Añadir a alguien")[2]
    assert "Laila Imaginaria" not in words and words.count("Soy cónyuge") == 1  # in the form only
    assert pau.post(f"{own}/codes", data=codes(version="2")).status_code == 303


def test_scenario_8_she_does_not_choose_who_has_it_next_and_never_gets_it_back(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    declare(laila, reporter)
    refused = give(desk, laila, reporter, "pau")
    assert refused.status_code == 409
    assert "cuando una persona supervisora se lo haya dado a otra" in said(refused.text)
    give(desk, amparo, reporter, "pau")
    assert give(desk, amparo, reporter, "laila").status_code == 422
    pau = desk.staff_id("pau")
    to_laila = {f"adviser-{pau}": str(desk.staff_id("laila"))}
    assert desk.signed_in("joana").post(f"/es/staff/{pau}/leaving", data=to_laila).status_code == 409
    assert desk.case(reporter).assigned_to == desk.staff_id("pau")


def test_a_supervisor_who_declares_an_interest_loses_a_case_beside_at_once(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    vicent = desk.signed_in("vicent")
    assert declare(vicent, reporter).headers["location"].startswith("/es/cases?")
    assert vicent.get(f"/es/cases/{reporter.case_number}").status_code == 404
    assert desk.case(reporter).key_version == 2
    amparo = desk.signed_in("amparo")
    give(desk, amparo, reporter, "pau")
    assert vicent.get(f"/es/cases/{reporter.case_number}").status_code == 404
    assert desk.signed_in("pau").get(f"/es/cases/{reporter.case_number}").status_code == 200


def test_declaring_twice_is_once_and_a_ground_is_needed(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    assert declare(laila, reporter, "").status_code == 422
    assert declare(laila, reporter).status_code == 303
    assert declare(laila, reporter).status_code == 303
    assert desk.events(reporter).count("interest_declared") == 1


@pytest.mark.parametrize("relation", RELATIONS)
def test_every_ground_of_the_law_can_be_declared(desk: Desk, relation: str) -> None:
    reporter = desk.a_case("laila")
    assert declare(desk.signed_in("laila"), reporter, relation).status_code == 303


def test_a_decision_for_recusal_makes_the_adviser_hand_the_case_over(desk: Desk) -> None:
    earlier, new = desk.a_case("pau"), desk.a_case("laila")
    add(desk.signed_in("pau"), earlier, "Bar Pepe", "affected")
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    add(laila, new, "Bar Pepe")
    (check,) = checks(desk)
    assert decide(amparo, new, check.id, "recusal").status_code == 303
    assert laila.post(f"/es/cases/{new.case_number}/codes", data=codes()).status_code == 409
    assert give(desk, amparo, new, "vicent").status_code == 303
    assert laila.get(f"/es/cases/{new.case_number}").status_code == 404


def test_a_closed_case_is_not_handed_over_so_nobody_declares_an_interest_in_it(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    desk.close_case(reporter)
    assert declare(laila, reporter).status_code == 409
    assert (
        laila.post(f"/es/cases/{reporter.case_number}/messages", data={"message": "Hola."}).status_code == 303
    )


def test_a_wall_stands_in_the_record_of_both_cases_each_with_who_keeps_out_of_it(desk: Desk) -> None:
    earlier, new = desk.a_case("pau"), desk.a_case("laila")
    add(desk.signed_in("pau"), earlier, "Bar Pepe", "affected")
    add(desk.signed_in("laila"), new, "Bar Pepe")
    (check,) = checks(desk)
    amparo = desk.signed_in("amparo")
    assert decide(amparo, new, check.id, "wall").status_code == 303
    assert desk.events(earlier)[-1:] == ["kept_out"]
    assert desk.events(new)[-2:] == ["conflict_decided", "kept_out"]
    for reporter, name in ((earlier, "Laila"), (new, "Pau")):
        words = said(amparo.get(f"/es/cases/{reporter.case_number}").text)
        assert "Amparo Inventada anotó que alguien se abstiene en el expediente" in words
        assert name in words.partition("anotó que alguien se abstiene en el expediente")[2][:60]
    for adviser, reporter, name in (("pau", earlier, "Laila"), ("laila", new, "Pau")):
        words = said(desk.signed_in(adviser).get(f"/es/cases/{reporter.case_number}").text)
        told = words.partition("anotó que alguien se abstiene en el expediente")[2][:60]
        assert name not in told, adviser  # who works on the other side


def test_a_declared_interest_makes_one_wall_and_one_event_of_it(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    for _ in range(2):
        assert declare(laila, reporter).status_code == 303
    assert desk.events(reporter)[-2:] == ["interest_declared", "kept_out"]


def test_a_wall_takes_the_key_at_once_from_a_supervisor_who_has_the_other_case(desk: Desk) -> None:
    earlier, new = desk.a_case("vicent"), desk.a_case("laila")
    vicent, laila = desk.signed_in("vicent"), desk.signed_in("laila")
    add(vicent, earlier, "Bar Pepe", "affected")
    add(laila, new, "Bar Pepe")
    (check,) = checks(desk)
    assert decide(desk.signed_in("amparo"), new, check.id, "wall").status_code == 303
    assert vicent.get(f"/es/cases/{new.case_number}").status_code == 404
    assert laila.get(f"/es/cases/{new.case_number}").status_code == 200
    given = give(desk, desk.signed_in("amparo"), earlier, "laila")
    assert given.status_code == 422

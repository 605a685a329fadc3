"""What a program is told of the people of a case, of who keeps out no more and of who is competent."""

from casework.conflicts.rules import PARTY_WAYS
from tests.casework.api.test_shapes_c import codes, looked_at, of, sent, told
from tests.casework.conflicts.people import add, declare
from tests.casework.desk import Desk
from tests.casework.harms.harming import parties


def test_somebody_is_told_with_all_that_is_known_and_on_paper_without_how_they_are_reached(
    desk: Desk,
) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    people = of(reporter, "/people")
    done = sent(desk, "laila", f"{people}/nobody", nobody_why="Llevaba casco.")
    assert (done.status_code, done.json()["done"]) == (200, "nobody_known"), done.text
    assert told(desk, "laila", people)["no_respondent_is_known"]["why"] == "Llevaba casco."
    add(laila, reporter, "Rut Inventada", "affected", "person")
    row = parties(desk, reporter)["affected"]
    one = told(desk, "laila", f"{people}/{row.id}/details")
    assert (one["name"], one["known"], one["form"]["version"]) == ("Rut Inventada", [], 1)
    assert codes(one["form"]["ways"]) == list(PARTY_WAYS)
    done = sent(
        desk, "laila", f"{people}/{row.id}/details", version=1, party_name="Rut Inventada",
        role="affected", kind="person", way_value_phone="600 000 000", way_rule_phone="never",
        party_address="Elle", **{"from_on": "2026-11-02"},
    )  # fmt: skip
    assert (done.status_code, done.json()["done"]) == (200, "party_corrected"), done.text
    (party,) = told(desk, "laila", people)["people"]
    assert [line["words"] for line in party["known"]] == ["600 000 000 · Nunca", "Elle", "2 nov 2026"]
    (paper,) = told(desk, "laila", of(reporter, "/print"))["people"]
    assert [line["words"] for line in paper["known"]] == ["Elle", "2 nov 2026"]
    assert sent(desk, "laila", of(reporter, "/competence"), competent="office", version=0).status_code == 200
    (decided,) = told(desk, "laila", of(reporter, "/competence"))["decisions"]
    assert decided["body"] == "Esta oficina"
    looked_at(
        desk, "laila",
        *(of(reporter, rest) for rest in ("/print", "/people", f"/people/{row.id}/details", "/competence")),
    )  # fmt: skip


def test_a_supervisor_is_told_whose_keeping_out_may_end_and_the_adviser_is_not(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    people = of(reporter, "/people")
    assert declare(desk.signed_in("laila"), reporter).status_code == 303
    assert told(desk, "laila", people)["ending"] is None
    (who,) = codes(told(desk, "amparo", people)["ending"]["kept_out"])
    done = sent(desk, "amparo", f"{people}/ending", kept_out=who, ending_reason="Dice que era otra persona.")
    assert (done.status_code, done.json()["done"]) == (200, "keeping_out_ended"), done.text
    (before,) = told(desk, "amparo", people)["kept_out_before"]
    assert (before["name"], before["reason"]) == ("Laila Imaginaria", "Dice que era otra persona.")
    looked_at(desk, "amparo", people)

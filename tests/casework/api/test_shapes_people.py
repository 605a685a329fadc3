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


def test_what_a_program_does_not_send_of_somebody_stays_and_what_it_sends_empty_goes(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    add(laila, reporter, "Rut Inventada", "affected", "person")
    add(laila, reporter, "Noa Inventada", "guardian", "person")
    mother = str(parties(desk, reporter)["guardian"].id)
    where = of(reporter, f"/people/{parties(desk, reporter)['affected'].id}/details")
    named = {"party_name": "Rut Inventada", "role": "affected", "kind": "person"}
    known = {
        "other_names": "Ruth\nRuti", "side": "person", "spoken": "ar", "interpreter": "needed",
        "minor": "yes", "guardian": mother, "party_address": "Elle", "party_needs": "Sin escalones.",
        "party_note": "Trabaja de noche.", "from_on": "2026-11-02", "to_on": "2026-11-20",
    }  # fmt: skip
    way = {"way_value_phone": "600 111 222", "way_rule_phone": "never", "way_words_phone": "Lee su madre."}
    done = sent(desk, "laila", where, version=1, **named, **known, **way)
    assert done.status_code == 200, done.text
    looked_at(desk, "laila", where)
    stands = known | {
        "service": "",
        "ways": [{"way": "phone", "value": "600 111 222", "rule": "never", "words": "Lee su madre."}],
    }
    assert told(desk, "laila", where)["form"]["now"] == stands
    assert sent(desk, "laila", where, version=2, **named).status_code == 200
    assert told(desk, "laila", where)["form"]["now"] == stands  # nothing was wiped
    assert sent(desk, "laila", where, version=3, **named, way_rule_phone="allowed").status_code == 200
    stands["ways"][0]["rule"] = "allowed"
    assert told(desk, "laila", where)["form"]["now"] == stands
    without = dict.fromkeys(("minor", "guardian", "party_note", *way), "")
    assert sent(desk, "laila", where, version=4, **named, **without).status_code == 200
    gone = {"minor": "", "guardian": "", "party_note": "", "ways": []}
    assert told(desk, "laila", where)["form"]["now"] == stands | gone


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


def test_of_a_closed_case_nobody_says_or_takes_back_that_no_respondent_is_known(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    people = of(reporter, "/people")
    assert sent(desk, "laila", f"{people}/nobody", nobody_why="Llevaba casco.").status_code == 200
    desk.close_case(reporter)
    for given in ({"do": "back"}, {"nobody_why": "No se sabe."}):
        refused = sent(desk, "laila", f"{people}/nobody", **given)
        assert refused.status_code == 409 and "cerrado" in refused.text, refused.text
    assert told(desk, "laila", people)["no_respondent_is_known"]["why"] == "Llevaba casco."
    page = desk.signed_in("laila").get(f"/es/{people}").text
    assert "Llevaba casco." in page and 'value="back"' not in page

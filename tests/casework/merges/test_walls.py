"""Who may not have one of two cases has neither: before two are put together, and while they are."""

from sqlmodel import col, delete, select, update
from starlette.testclient import TestClient

from casework.conflicts.tables import CaseWall
from tests.casework.conflicts.people import add, checks, declare
from tests.casework.conflicts.test_ending import end
from tests.casework.desk import Desk, said
from tests.casework.merges.pairs import apart, merges, together
from tests.casework.queues.lists import giving, many
from tests.casework.residents import Reporter


def walls(desk: Desk, reporter: Reporter) -> set[tuple[object, str]]:
    with desk.reading() as session:
        found = session.exec(select(CaseWall).where(CaseWall.case_id == desk.case(reporter).id))
        return {(wall.staff_id, wall.relation_code) for wall in found}


def refused(desk: Desk, client: TestClient, one: Reporter, other: Reporter, words: str) -> None:
    for leading, under in ((one, other), (other, one)):
        answer = together(desk, client, leading, under)
        assert answer.status_code == 409 and words in said(answer.text)
    assert merges(desk) == []


def test_two_stay_apart_where_somebody_may_open_one_and_not_the_other(desk: Desk) -> None:
    amparo, vicent = desk.signed_in("amparo"), desk.signed_in("vicent")
    city = desk.report(city=True, carried=False)
    of_laila, walled = many(desk, 2)
    (of_pau,) = many(desk, 1, "pau")
    (mine,) = many(desk, 1, "amparo")
    taken = {"adviser": str(desk.staff_id("amparo"))}
    assert amparo.post(f"/es/inbox/{city.case_number}/taking-up", data=taken).status_code == 303
    refused(desk, amparo, mine, city, "No todas las personas")
    refused(desk, amparo, of_laila, of_pau, "personas distintas")
    assert declare(vicent, walled).status_code == 303
    refused(desk, amparo, of_laila, walled, "No todas las personas")
    assert vicent.get(f"/es/cases/{walled.case_number}").status_code == 404


def test_two_stay_apart_while_a_conflict_of_interest_is_open(desk: Desk) -> None:
    one, other = many(desk, 2)
    laila = desk.signed_in("laila")
    add(laila, one, "Bar Pepe", "affected")
    add(laila, other, "Bar Pepe")
    assert len(checks(desk)) == 1
    refused(desk, laila, one, other, "en el otro lado")
    amparo = desk.signed_in("amparo")
    data = {"check": str(checks(desk)[0].id), "decision": "recusal", "decision_reason": "Es su familia."}
    assert amparo.post(f"/es/cases/{other.case_number}/people/decision", data=data).status_code == 303
    assert amparo.post("/es/giving", data=giving(desk, [one, other], "pau")).status_code == 303
    refused(desk, desk.signed_in("pau"), one, other, "conflicto de intereses")


def test_whoever_keeps_out_of_one_keeps_out_of_both_also_when_they_are_parted(desk: Desk) -> None:
    lead, other = many(desk, 2)
    laila, vicent, amparo = (desk.signed_in(name) for name in ("laila", "vicent", "amparo"))
    assert declare(vicent, lead).status_code == declare(vicent, other).status_code == 303
    assert together(desk, laila, lead, other).status_code == 303
    assert declare(laila, other, "friendship_enmity").status_code == 303
    for one in (lead, other):
        assert (desk.staff_id("laila"), "friendship_enmity") in walls(desk, one)
        assert "kept_out" in desk.events(one)
    assert apart(desk, laila, lead, other).status_code == 409  # she keeps out, and decides nothing more
    assert amparo.post("/es/giving", data=giving(desk, [lead], "laila")).status_code == 409
    assert amparo.post("/es/giving", data=giving(desk, [lead], "pau")).status_code == 303
    for one in (lead, other):
        assert laila.get(f"/es/cases/{one.case_number}").status_code == 404
    pau = desk.signed_in("pau")
    assert apart(desk, pau, lead, other).status_code == 303
    assert amparo.post("/es/giving", data=giving(desk, [lead], "laila")).status_code == 409


def test_keeping_out_of_cases_that_are_read_together_ends_in_both_at_once(desk: Desk) -> None:
    lead, other = many(desk, 2)
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    assert together(desk, laila, lead, other).status_code == 303
    assert declare(laila, other).status_code == 303
    assert end(desk, amparo, lead, "laila").status_code == 303
    for one in (lead, other):
        assert walls(desk, one) == set() and "keeping_out_ended" in desk.events(one)
        assert laila.get(f"/es/cases/{one.case_number}").status_code == 200


def test_a_wall_of_somebody_who_holds_neither_is_put_up_around_both(desk: Desk) -> None:
    lead, other = many(desk, 2)
    laila, vicent = desk.signed_in("laila"), desk.signed_in("vicent")
    assert declare(vicent, lead).status_code == declare(vicent, other).status_code == 303
    with desk.writing() as session:
        session.exec(delete(CaseWall).where(CaseWall.case_id == desk.case(lead).id))
    assert walls(desk, lead) == set() != walls(desk, other)
    assert together(desk, laila, lead, other).status_code == 303
    assert walls(desk, lead) == walls(desk, other)


def test_who_put_two_together_may_still_end_that_somebody_keeps_out_of_both(desk: Desk) -> None:
    lead, other = many(desk, 2)
    vicent, amparo = desk.signed_in("vicent"), desk.signed_in("amparo")
    assert declare(vicent, lead).status_code == declare(vicent, other).status_code == 303
    with desk.writing() as session:
        session.exec(delete(CaseWall).where(CaseWall.case_id == desk.case(lead).id))
    assert together(desk, amparo, lead, other).status_code == 303
    with desk.reading() as session:
        assert {wall.made_by for wall in session.exec(select(CaseWall))} == {desk.staff_id("vicent")}
    assert end(desk, amparo, lead, "vicent").status_code == 303
    assert walls(desk, lead) == walls(desk, other) == set()


def test_a_supervisor_is_offered_to_end_only_what_they_put_up_in_none_of_the_cases(desk: Desk) -> None:
    lead, other = many(desk, 2)
    laila, vicent, amparo = (desk.signed_in(name) for name in ("laila", "vicent", "amparo"))
    assert declare(vicent, lead).status_code == declare(vicent, other).status_code == 303
    assert together(desk, laila, lead, other).status_code == 303
    page = f"/es/cases/{lead.case_number}/people"
    assert 'name="kept_out"' in amparo.get(page).text
    with desk.writing() as session:
        session.exec(
            update(CaseWall)
            .where(col(CaseWall.case_id) == desk.case(other).id)
            .values(made_by=desk.staff_id("amparo"))
        )
    assert 'name="kept_out"' not in amparo.get(page).text
    assert end(desk, amparo, lead, "vicent").status_code == 409


def test_a_name_that_waits_for_a_decision_is_not_placed_and_nothing_is_half_done(desk: Desk) -> None:
    lead, other, third = many(desk, 3)
    laila = desk.signed_in("laila")
    add(laila, third, "Bar Pepe")
    assert together(desk, laila, lead, other).status_code == 303
    add(laila, lead, "Bar Pepe", "affected")
    answer = apart(desk, laila, lead, other, ("party",))
    assert answer.status_code == 409 and "en el otro lado" in said(answer.text)
    assert merges(desk)[0].undone_on is None
    assert apart(desk, laila, lead, other).status_code == 303  # left where it is

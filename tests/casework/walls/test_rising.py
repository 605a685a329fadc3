"""Before a wall rises it is said what it takes; it rises around all that is read together, or not at all."""

from datetime import date

from sqlmodel import select

from casework.cases.tables import CaseFile
from casework.conflicts.tables import CaseParty
from tests.casework.conflicts.people import declare as declare_interest
from tests.casework.desk import Desk, mistakes, said, typed
from tests.casework.drafts.writing import keep, place
from tests.casework.merges.pairs import together
from tests.casework.queues.lists import many
from tests.casework.states.test_closing import requests
from tests.casework.tasks.todo import ask as ask_for
from tests.casework.tasks.todo import tasks
from tests.casework.walls.rising import code_the_city, declare, hidden, holders, path, wall_off, walls

NAMED = {
    "party_name": "Policía Local",
    "other_names": "Los municipales",
    "role": "respondent",
    "kind": "organisation",
}


def test_what_is_lost_is_said_first_and_nothing_typed_is_lost_by_going_back(desk: Desk) -> None:
    case, laila = desk.a_case("laila"), desk.signed_in("laila")
    assert ask_for(desk, laila, case).status_code == 303
    keep(laila, place(case), note="A medias.")
    before = desk.case(case)
    page = code_the_city(desk, laila, case)
    assert page.status_code == 200
    words = said(page.text)
    assert "This takes the case out of your hands. Are you sure?" in words
    assert "1 open task of yours in it goes to whoever takes the case." in words
    assert "1 draft of yours about it is deleted." in words
    assert "Amparo Inventada and Vicent Ficticio" in words
    now = desk.case(case)
    assert (now.routing_code, now.respondent_code, now.version, now.key_version) == (
        "normal", before.respondent_code, before.version, 1,
    )  # fmt: skip
    assert walls(desk, case) == [] and "case_coded" not in desk.events(case)
    along = hidden(page.text)
    assert along["grounds"] == ["race_ethnicity", "language"] and along["respondent"] == ["city_council"]
    back = laila.post(path(case, "codes"), data={**along, "wall": "back"}).text
    for ticked in ('value="race_ethnicity" checked', 'value="language" checked'):
        assert ticked in back.replace('" type="checkbox"', '"'), ticked
    assert 'value="city_council" selected' in back
    yes = {**along, "wall": "yes", "wall_service": "", "wall_taker": str(desk.staff_id("vicent"))}
    assert laila.post(path(case, "codes"), data=yes).status_code == 303
    walled = desk.case(case)
    assert (walled.routing_code, walled.respondent_code) == ("city", "city_council")
    assert walled.ground_codes == "language race_ethnicity" and walled.assigned_to == desk.staff_id("vicent")
    assert holders(desk, case) == {"amparo", "vicent"} and walled.key_version == 2
    assert "out of your hands" in said(laila.get("/en/cases?done=wall_risen_away").text)


def test_a_service_that_is_named_as_respondent_walls_the_case_off_too(desk: Desk) -> None:
    case, laila = desk.a_case("laila"), desk.signed_in("laila")
    unsaid = laila.post(path(case, "people"), data=NAMED)
    assert unsaid.status_code == 422
    assert mistakes(unsaid.text) == [
        "This is the name of a service of the city. Say which one, or that it is not."
    ]
    assert typed(unsaid.text, "party_name")["text"] == "Policía Local"
    nobody = laila.post(path(case, "people"), data={**NAMED, "service": "none"})
    assert nobody.status_code == 303 and desk.case(case).routing_code == "normal"
    asked = laila.post(path(case, "people"), data={**NAMED, "service": "local_police"})
    assert asked.status_code == 200 and 'value="local_police" selected' in asked.text
    with desk.reading() as session:
        assert len(session.exec(select(CaseParty)).all()) == 1
    yes = {**hidden(asked.text), "wall": "yes", "wall_taker": str(desk.staff_id("amparo"))}
    assert laila.post(path(case, "people"), data={**yes, "wall_service": "local_police"}).status_code == 303
    (wall,) = walls(desk, case)
    assert (wall.cause_code, wall.service_code) == ("people", "local_police")
    amparo = desk.signed_in("amparo")
    assert said(amparo.get(path(case, "people")).text).count("Policía Local") >= 2  # both names are kept
    assert laila.get(path(case)).status_code == 404


def test_where_nobody_may_hold_it_nothing_is_changed_and_nothing_typed_is_lost(desk: Desk) -> None:
    case, laila = desk.a_case("laila"), desk.signed_in("laila")
    for name in ("amparo", "vicent"):
        assert declare(desk, name, "sports").status_code == 303
    refused = wall_off(desk, laila, case, wall_service="sports")
    assert refused.status_code == 409
    assert "to give a supervisor the key Stories against the city" in said(refused.text)
    assert 'value="city_council" selected' in refused.text
    now = desk.case(case)
    assert (now.routing_code, now.respondent_code, now.key_version) == ("normal", "estate_agency", 1)
    assert walls(desk, case) == [] and laila.get(path(case)).status_code == 200
    assert wall_off(desk, laila, case, wall_service="housing").status_code == 303


def test_who_holds_the_key_of_such_cases_keeps_theirs_and_goes_on(desk: Desk) -> None:
    amparo = desk.signed_in("amparo")
    grant = {"do": "grant", "key": "story-apart"}
    assert amparo.post(f"/en/staff/{desk.staff_id('laila')}/keys", data=grant).status_code == 303
    case, laila = desk.a_case("laila"), desk.signed_in("laila")
    asked = said(code_the_city(desk, laila, case).text)
    assert "This walls the case off. Are you sure?" in asked and "out of your hands" not in asked
    done = wall_off(desk, laila, case)
    assert done.headers["location"] == f"{path(case)}?done=wall_risen"
    assert desk.case(case).assigned_to == desk.staff_id("laila")
    assert holders(desk, case) == {"laila", "amparo", "vicent"} and desk.case(case).key_version == 2
    # a service of their own is another matter: also in a case that is walled off already
    assert declare(desk, "laila", "culture", "works").status_code == 303
    asked = laila.post(path(case, "wall/service"), data={"wall_service": "culture"})
    assert "This takes the case out of your hands. Are you sure?" in said(asked.text)
    yes = {"wall_service": "culture", "wall": "yes", "wall_taker": str(desk.staff_id("vicent"))}
    assert laila.post(path(case, "wall/service"), data=yes).status_code == 303
    assert laila.get(path(case)).status_code == 404 and holders(desk, case) == {"amparo", "vicent"}


def test_cases_that_are_read_together_are_walled_off_together(desk: Desk) -> None:
    one, other = many(desk, 2)
    laila = desk.signed_in("laila")
    assert together(desk, laila, one, other).status_code == 303
    assert ask_for(desk, laila, one, doer="laila", due=date(2026, 11, 25)).status_code == 303
    assert wall_off(desk, laila, other).status_code == 303
    for case in (one, other):
        assert holders(desk, case) == {"amparo", "vicent"} and len(walls(desk, case)) == 1
        assert desk.case(case).assigned_to == desk.staff_id("amparo")
        assert laila.get(path(case)).status_code == 404
    assert {task.staff_id for task in tasks(desk, one)} == {desk.staff_id("amparo")}


def test_a_wall_or_an_interest_takes_the_open_tasks_of_whoever_loses_the_case(desk: Desk) -> None:
    case, laila, vicent = desk.a_case("laila"), desk.signed_in("laila"), desk.signed_in("vicent")
    assert ask_for(desk, laila, case, doer="vicent").status_code == 303
    assert declare_interest(vicent, case).status_code == 303
    assert {task.staff_id for task in tasks(desk, case)} == {desk.staff_id("laila")}
    assert vicent.get(path(case)).status_code == 404


def test_a_report_against_the_city_has_its_wall_from_the_door(desk: Desk) -> None:
    case = desk.a_case("amparo", city=True)
    (wall,) = walls(desk, case)
    assert (wall.cause_code, wall.down_on) == ("door", None)
    with desk.reading() as session:
        assert session.exec(select(CaseFile.routing_code)).all() == ["city"]


def test_what_its_adviser_had_asked_for_falls_away_and_whoever_has_it_now_is_told(desk: Desk) -> None:
    case, laila, amparo = desk.a_case("laila"), desk.signed_in("laila"), desk.signed_in("amparo")
    form = {"version": "1", "return_reason": "load", "return_words": "No llego."}
    assert laila.post(path(case, "returning"), data=form).status_code == 303
    assert desk.ask_to_close(case).status_code == 303
    assert wall_off(desk, laila, case).status_code == 303
    assert case.case_number in amparo.get("/en/cases?whose=all&state=assigned").text
    assert [one.settled_code for one in requests(desk, case)] == ["taken_back"]
    assert desk.decide_closing(case, by="vicent").status_code == 409
    assert "took the request to close the case back" in said(amparo.get(path(case)).text)


def test_a_closing_is_asked_for_anew_of_a_walled_case_also_by_the_same_adviser(desk: Desk) -> None:
    amparo = desk.signed_in("amparo")
    grant = {"do": "grant", "key": "story-apart"}
    assert amparo.post(f"/en/staff/{desk.staff_id('laila')}/keys", data=grant).status_code == 303
    case = desk.a_case("laila")
    form = {"version": "1", "return_reason": "load", "return_words": "No llego."}
    assert desk.signed_in("laila").post(path(case, "returning"), data=form).status_code == 303
    assert desk.ask_to_close(case).status_code == 303
    assert wall_off(desk, amparo, case).status_code == 303
    assert desk.case(case).assigned_to == desk.staff_id("laila")
    assert [one.settled_code for one in requests(desk, case)] == ["taken_back"]
    assert case.case_number in amparo.get("/en/cases?whose=all&state=new").text  # given back it stays

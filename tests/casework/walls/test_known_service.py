"""Whoever belongs to the service keeps out as soon as it is said which: by a name, a code or a report."""

import pytest
from starlette.responses import Response
from starlette.testclient import TestClient

from casework.walls.tables import StaffService
from tests.casework.desk import NOW, Desk, Reporter, codes, mistakes, said
from tests.casework.walls.rising import declare, hidden, holders, path, walls

POLICE = "local_police"


def name_them(desk: Desk, client: TestClient, case: Reporter) -> tuple[str, Response]:
    named = {"party_name": "Patrulla Imaginaria", "role": "respondent", "kind": "person", "service": POLICE}
    return "people", client.post(path(case, "people"), data=named)


def code_them(desk: Desk, client: TestClient, case: Reporter) -> tuple[str, Response]:
    data = codes(version=str(desk.case(case).version), respondent=POLICE)
    return "codes", client.post(path(case, "codes"), data=data)


@pytest.mark.parametrize("say", [name_them, code_them])
def test_in_a_case_that_stands_apart_already(desk: Desk, say) -> None:  # type: ignore[no-untyped-def]  # one of two
    assert declare(desk, "vicent", POLICE).status_code == 303
    beside, own = (desk.a_case(name, city=True) for name in ("amparo", "vicent"))
    amparo, vicent = desk.signed_in("amparo"), desk.signed_in("vicent")
    assert vicent.get(path(beside)).status_code == 200
    _, done = say(desk, amparo, beside)  # who loses nothing is asked nothing
    assert done.status_code == 303
    assert walls(desk, beside)[0].service_code == POLICE
    assert vicent.get(path(beside)).status_code == 404 and holders(desk, beside) == {"amparo"}
    before = desk.case(own).key_version
    below, asked = say(desk, vicent, own)
    assert asked.status_code == 200 and f'value="{POLICE}" selected' in asked.text
    assert "This takes the case out of your hands. Are you sure?" in said(asked.text)
    assert walls(desk, own)[0].service_code == "" and desk.case(own).key_version == before
    yes = {**hidden(asked.text), "wall": "yes", "wall_service": POLICE}
    gone = vicent.post(path(own, below), data={**yes, "wall_taker": str(desk.staff_id("amparo"))})
    assert gone.headers["location"] == "/en/cases?done=wall_risen_away"
    assert vicent.get(path(own)).status_code == 404 and holders(desk, own) == {"amparo"}


def test_in_a_report_at_the_door(desk: Desk) -> None:
    assert declare(desk, "amparo", POLICE).status_code == 303
    report = desk.report(city=True, respondent_code=POLICE)
    amparo, there = desk.signed_in("amparo"), f"/en/inbox/{report.case_number}"
    offered = amparo.get(there).text.partition('name="adviser"')[2]
    assert "Vicent Ficticio" in offered and "Amparo Inventada" not in offered
    refused = amparo.post(f"{there}/taking-up", data={"adviser": str(desk.staff_id("amparo"))})
    assert refused.status_code == 422
    assert mistakes(refused.text) == ["This case cannot be given to that person. Choose another adviser."]
    given = amparo.post(f"{there}/taking-up", data={"adviser": str(desk.staff_id("vicent"))})
    assert given.status_code == 303
    (wall,) = walls(desk, report)
    assert (wall.cause_code, wall.service_code) == ("door", POLICE)
    assert holders(desk, report) == {"vicent"} and amparo.get(path(report)).status_code == 404
    assert desk.events(report).count("kept_out") == 1
    said_wrongly = {"wall_service": "sports"}
    vicent = desk.signed_in("vicent")
    assert vicent.post(path(report, "wall/service"), data=said_wrongly).status_code == 303
    assert holders(desk, report) == {"amparo", "vicent"}
    assert desk.events(report).count("kept_out_ended") == 1


def test_a_kind_of_respondent_that_says_no_service_keeps_nobody_out(desk: Desk) -> None:
    assert declare(desk, "amparo", POLICE).status_code == 303
    report = desk.a_case("vicent", city=True)
    assert walls(desk, report)[0].service_code == ""
    assert holders(desk, report) == {"amparo", "vicent"}


def test_whoever_was_declared_while_the_wall_rose_loses_the_case_at_the_next_look(desk: Desk) -> None:
    beside, own = desk.a_case("amparo", city=True), desk.a_case("vicent", city=True)
    amparo, vicent = desk.signed_in("amparo"), desk.signed_in("vicent")
    for case in (beside, own):
        data = {"wall_service": "housing"}
        assert amparo.post(path(case, "wall/service"), data=data).status_code == 303
    head = desk.staff_id("joana")
    with desk.writing() as session:  # as two transactions leave it that did not see each other
        session.add(
            StaffService(
                staff_id=desk.staff_id("vicent"),
                service_code="housing",
                relation_code="works",
                declared_on=NOW.date(),
                declared_by=head,
            )
        )
    for case in (beside, own):
        assert vicent.get(path(case)).status_code == 404
        assert amparo.get(path(case)).status_code == 200
        assert holders(desk, case) == {"amparo"} and desk.case(case).key_due_on is None
        assert desk.case(case).assigned_to == desk.staff_id("amparo")
        assert desk.events(case).count("kept_out") == 1


def test_in_a_report_of_which_whoever_takes_it_up_says_the_service(desk: Desk) -> None:
    assert declare(desk, "vicent", "housing").status_code == 303
    report = desk.report(city=True)
    amparo, there = desk.signed_in("amparo"), f"/en/inbox/{report.case_number}"
    to = {
        name: {"adviser": str(desk.staff_id(name)), "wall_service": "housing"}
        for name in ("amparo", "vicent")
    }
    for wrong in (to["vicent"], {**to["amparo"], "wall_service": "no_such_service"}):
        assert amparo.post(f"{there}/taking-up", data=wrong).status_code == 422
    assert amparo.post(f"{there}/taking-up", data=to["amparo"]).status_code == 303
    (wall,) = walls(desk, report)
    assert (wall.cause_code, wall.service_code) == ("door", "housing")
    assert holders(desk, report) == {"amparo"} and desk.events(report).count("kept_out") == 1


def test_of_a_report_that_is_not_against_the_city_no_service_is_asked_or_taken(desk: Desk) -> None:
    report, against = desk.report(), desk.report(city=True, respondent_code=POLICE)
    amparo = desk.signed_in("amparo")
    for one in (report, against):  # of the police the report says it itself
        assert 'name="wall_service"' not in amparo.get(f"/en/inbox/{one.case_number}").text
    told = {"adviser": str(desk.staff_id("amparo")), "wall_service": "housing"}
    assert amparo.post(f"/en/inbox/{report.case_number}/taking-up", data=told).status_code == 303
    assert walls(desk, report) == []
    assert amparo.post(f"/en/inbox/{against.case_number}/taking-up", data=told).status_code == 303
    assert walls(desk, against)[0].service_code == POLICE

"""While a wall stands: the way outside is told, people of the service keep out, and two take it down."""

from datetime import date

from sqlmodel import select

from casework.cases.tables import CaseFile
from casework.walls.outside import sentence_for
from office.languages import language
from office.languages.registry import tags_of
from tests.casework.conflicts.people import add
from tests.casework.conflicts.people import declare as declare_interest
from tests.casework.deadlines.clocks import at
from tests.casework.desk import CITY, Desk, codes, said
from tests.casework.drafts.writing import drafts, keep, place
from tests.casework.merges.pairs import together
from tests.casework.states.test_closing import requests
from tests.casework.tasks.todo import ask as ask_for
from tests.casework.tasks.todo import tasks
from tests.casework.walls.rising import declare, holders, path, wall_off, walls

DOWN = {"do": "ask", "wall_reason": "Era una inmobiliaria con nombre parecido."}


def corrected(desk: Desk, client, case, **more: str):  # type: ignore[no-untyped-def]  # as in rising
    data = codes(version=str(desk.case(case).version), **more)
    return client.post(path(case, "codes"), data=data)


def test_two_people_take_down_a_wall_that_rose_by_mistake(desk: Desk) -> None:
    case, laila = desk.a_case("laila"), desk.signed_in("laila")
    amparo, vicent = desk.signed_in("amparo"), desk.signed_in("vicent")
    assert wall_off(desk, laila, case).status_code == 303
    still = amparo.post(path(case, "wall/down"), data=DOWN)
    assert still.status_code == 409 and "Correct its codes and its people first" in said(still.text)
    assert corrected(desk, amparo, case).status_code == 303
    assert desk.case(case).routing_code == "city"  # other codes alone take no wall down
    empty = amparo.post(path(case, "wall/down"), data={"do": "ask"})
    assert empty.status_code == 422
    numbered = amparo.post(path(case, "wall/down"), data={"do": "ask", "wall_reason": "Su NIE: X1234567L"})
    assert numbered.status_code == 422 and '<bdi dir="ltr">X1234567L</bdi>' in numbered.text
    assert amparo.post(path(case, "wall/down"), data=DOWN).status_code == 303
    for do in ("agree", "ask"):
        own = amparo.post(path(case, "wall/down"), data={**DOWN, "do": do})
        assert own.status_code == 409 and desk.case(case).routing_code == "city"
    assert vicent.post(path(case, "wall/down"), data={"do": "stay"}).status_code == 303
    assert vicent.post(path(case, "wall/down"), data={"do": "agree"}).status_code == 409  # nobody asks now
    assert amparo.post(path(case, "wall/down"), data=DOWN).status_code == 303
    assert DOWN["wall_reason"] in said(vicent.get(path(case, "wall")).text)
    assert vicent.post(path(case, "wall/down"), data={"do": "agree"}).status_code == 303
    now = desk.case(case)
    assert (now.routing_code, now.key_version) == ("normal", 3)
    (wall,) = walls(desk, case)
    assert {wall.asked_by, wall.down_by} == {desk.staff_id("amparo"), desk.staff_id("vicent")}
    assert "No wall stands around this case." in said(vicent.get(path(case, "wall")).text)
    given = {"version": str(now.version), "adviser": str(desk.staff_id("laila")), "reason": "workload"}
    page = amparo.get(path(case, "adviser")).text
    assert "Laila Imaginaria" in page
    given["reason"] = page.partition('name="reason"')[2].partition('value="')[2].partition('"')[0]
    assert amparo.post(path(case, "adviser"), data=given).status_code == 303
    assert laila.get(path(case)).status_code == 200
    kinds = desk.events(case)
    assert [kinds.count(kind) for kind in ("wall_risen", "wall_down_asked", "wall_kept", "wall_down")] == [
        1, 2, 1, 1,
    ]  # fmt: skip


def test_a_service_that_is_still_named_keeps_the_wall_up(desk: Desk) -> None:
    case, amparo = desk.a_case("amparo", city=True), desk.signed_in("amparo")
    data = {"party_name": "La de arriba", "role": "respondent", "kind": "person", "service": "other"}
    assert amparo.post(path(case, "people"), data=data).status_code == 303
    add(amparo, case, "Alguien", "witness", "person")
    assert corrected(desk, amparo, case).status_code == 303
    assert amparo.post(path(case, "wall/down"), data=DOWN).status_code == 409
    party = amparo.get(path(case, "people")).text.partition('name="party" value="')[2].partition('"')[0]
    assert amparo.post(path(case, "people/removal"), data={"party": party}).status_code == 303
    assert amparo.post(path(case, "wall/down"), data=DOWN).status_code == 303


def test_the_person_is_told_in_their_language_of_the_way_outside_by_one_click(desk: Desk) -> None:
    case = desk.a_case("amparo", city=True)
    with desk.writing() as session:
        session.exec(select(CaseFile)).one().language = "uk"
    amparo, laila = desk.signed_in("amparo"), desk.signed_in("laila")
    page = amparo.get(path(case))
    assert "Síndic de Greuges" in page.text and "900 101 025" in page.text
    assert said(page.text).count("never checked by the office") == len(CITY.outside_routes) >= 3
    assert "The person was not told of it yet" in said(page.text)
    assert laila.post(path(case, "wall/outside")).status_code == 404
    assert amparo.post(path(case, "wall/outside")).status_code == 303
    page = said(amparo.get(path(case)).text)
    assert "The person was told on 23 November 2026 by Amparo Inventada." in page
    text = sentence_for(CITY, language("uk", "office"))
    assert " ".join(text.split()) in page and desk.events(case).count("message_written") == 1
    assert desk.case(case).first_answered_on is None  # it is no answer to what they wrote
    normal = desk.a_case("amparo")
    assert amparo.post(path(normal, "wall/outside")).status_code == 404


def test_the_way_outside_is_told_whole_in_every_language() -> None:
    for tag in tags_of("office"):
        told = sentence_for(CITY, language(tag, "office"))
        assert all(one.phone in told and one.url in told for one in CITY.outside_routes), tag
        assert len(told.split("\n\n")) == 5, tag
        assert tag == "en" or "outside the city" not in told, tag


def test_whoever_is_said_to_belong_to_the_service_loses_such_cases_at_once(desk: Desk) -> None:
    beside, own, elsewhere, mine = (
        desk.a_case(name, city=True) for name in ("amparo", "vicent", "vicent", "vicent")
    )
    amparo, vicent = desk.signed_in("amparo"), desk.signed_in("vicent")
    for case, service in ((beside, "housing"), (own, "housing"), (elsewhere, "sports")):
        person = amparo if case is beside else vicent
        assert person.post(path(case, "wall/service"), data={"wall_service": service}).status_code == 303
    assert ask_for(desk, vicent, own, doer="vicent").status_code == 303
    keep(vicent, place(own), note="A medias.")
    back = {"version": str(desk.case(own).version), "return_reason": "load", "return_words": "No llego."}
    assert vicent.post(path(own, "returning"), data=back).status_code == 303
    assert desk.ask_to_close(own, by="vicent", despite_deadlines="Nada más.").status_code == 303
    assert declare(desk, "vicent").status_code == 303
    assert [one.settled_code for one in requests(desk, own)] == ["taken_back"]  # he asked to close it
    for case in (beside, own):
        assert vicent.get(path(case)).status_code == 404
        assert desk.case(case).assigned_to == desk.staff_id("amparo")
        assert desk.case(case).key_due_on is not None
    assert {task.staff_id for task in tasks(desk, own)} == {desk.staff_id("amparo")} and drafts(desk) == []
    for case in (elsewhere, mine):
        assert vicent.get(path(case)).status_code == 200
    assert own.case_number in amparo.get("/en/cases?state=assigned").text  # though he had given it back
    assert holders(desk, own) == {"amparo"} and desk.case(own).key_due_on is None
    possible = amparo.get(path(own, "adviser")).text
    assert "Vicent Ficticio" not in possible.partition("<form")[2]
    # who is not kept by the head cannot take it back, and nobody takes back what is about themselves
    joana = desk.signed_in("joana")
    row = joana.get("/en/services").text.partition('name="row" value="')[2].partition('"')[0]
    assert vicent.post("/en/services", data={"do": "end", "row": row}).status_code == 404
    assert joana.post("/en/services", data={"do": "end", "row": row}).status_code == 303
    assert "ended on 23 November 2026" in said(joana.get("/en/services").text)
    later = desk.a_case("amparo", city=True)
    assert amparo.post(path(later, "wall/service"), data={"wall_service": "housing"}).status_code == 303
    assert holders(desk, later) == {"amparo"}  # for two years more


def test_the_last_who_holds_a_case_keeps_it_until_it_is_handed_over_and_it_does_not_go_on(desk: Desk) -> None:
    assert declare(desk, "amparo").status_code == 303
    case, vicent = desk.a_case("vicent", city=True), desk.signed_in("vicent")
    assert vicent.post(path(case, "wall/service"), data={"wall_service": "housing"}).status_code == 303
    assert holders(desk, case) == {"vicent"}
    assert declare(desk, "vicent").status_code == 303
    assert vicent.get(path(case)).status_code == 200
    message = vicent.post(path(case, "messages"), data={"message": "Hola."})
    assert message.status_code == 409
    assert isinstance(desk.case(case), CaseFile) and desk.case(case).key_due_on is None


def test_the_head_of_the_service_itself_does_not_see_its_walls(desk: Desk) -> None:
    case, amparo = desk.a_case("amparo", city=True), desk.signed_in("amparo")
    assert amparo.post(path(case, "wall/service"), data={"wall_service": "housing"}).status_code == 303
    joana = desk.signed_in("joana")
    assert "1 wall stands today." in said(joana.get("/en/walls").text)
    assert declare(desk, "joana").status_code == 303
    assert "0 walls stand today." in said(joana.get("/en/walls").text)
    row = joana.get("/en/services").text
    assert "It has ended" not in row


def test_a_service_that_was_said_wrongly_keeps_its_people_out_no_longer(desk: Desk) -> None:
    assert declare(desk, "vicent").status_code == 303
    case, other = (desk.a_case("amparo", city=True) for _ in range(2))
    amparo = desk.signed_in("amparo")
    assert together(desk, amparo, case, other).status_code == 303
    for service, able in (("housing", {"amparo"}), ("sports", {"amparo", "vicent"})):
        about = {"wall_service": service}
        assert amparo.post(path(case, "wall/service"), data=about).status_code == 303
        assert [holders(desk, one) for one in (case, other)] == [able, able]
    vicent = desk.signed_in("vicent")
    assert [vicent.get(path(one)).status_code for one in (case, other)] == [200, 200]
    assert "keeps somebody out of the case no more" in said(amparo.get(path(case)).text)
    for one in (case, other):
        assert desk.events(one).count("kept_out") == desk.events(one).count("kept_out_ended") == 1
    # who keeps out for a reason of their own goes on doing so
    assert declare_interest(vicent, case).status_code == 303
    for service in ("housing", "sports"):
        assert amparo.post(path(case, "wall/service"), data={"wall_service": service}).status_code == 303
        assert holders(desk, case) == {"amparo"}


def test_who_kept_out_for_a_service_can_have_the_case_again_when_the_wall_was_a_mistake(desk: Desk) -> None:
    assert declare(desk, "laila", relation="works").status_code == 303
    case, amparo, vicent = desk.a_case("laila"), desk.signed_in("amparo"), desk.signed_in("vicent")
    assert wall_off(desk, desk.signed_in("laila"), case, wall_service="housing").status_code == 303
    assert corrected(desk, amparo, case).status_code == 303
    assert amparo.post(path(case, "wall/down"), data=DOWN).status_code == 303
    assert vicent.post(path(case, "wall/down"), data={"do": "agree"}).status_code == 303
    assert desk.events(case).count("kept_out_ended") == 1
    assert "Laila Imaginaria" in amparo.get(path(case, "adviser")).text.partition("<form")[2]


def test_two_years_after_they_left_the_service_a_look_ends_what_kept_them_out(desk: Desk) -> None:
    assert declare(desk, "vicent").status_code == 303
    case, amparo, joana = desk.a_case("amparo", city=True), desk.signed_in("amparo"), desk.signed_in("joana")
    assert amparo.post(path(case, "wall/service"), data={"wall_service": "housing"}).status_code == 303
    row = joana.get("/en/services").text.partition('name="row" value="')[2].partition('"')[0]
    assert joana.post("/en/services", data={"do": "end", "row": row}).status_code == 303
    for day, able in ((date(2028, 11, 23), {"amparo"}), (date(2028, 11, 24), {"amparo", "vicent"})):
        at(desk, day)
        desk.signed_in("amparo").get("/en/cases")
        assert holders(desk, case) == able, day

"""Nobody closes a case alone: one asks, a second person closes it, and only then it is told."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select
from starlette.responses import Response
from starlette.testclient import TestClient

from casework.states.tables import ClosingRequest
from office.keys.holdings import leave
from office.stores.keyroom import Staff
from tests.casework.appointments.meeting import agree, hours, slots
from tests.casework.conflicts.people import declare as declare_interest
from tests.casework.deadlines.clocks import version
from tests.casework.desk import NOW, Desk, Reporter, codes, said, typed
from tests.casework.referrals.handing import consent, drafted, now, send
from tests.casework.tasks.todo import ask as ask_for
from tests.casework.tasks.todo import settle, tasks
from tests.casework.walls.rising import declare, wall_off, walls


def own(reporter: Reporter, rest: str = "") -> str:
    return f"/es/cases/{reporter.case_number}{rest}"


def requests(desk: Desk, reporter: Reporter) -> list[ClosingRequest]:
    with desk.reading() as session:
        found = select(ClosingRequest).where(ClosingRequest.case_id == desk.case(reporter).id)
        return sorted(session.exec(found), key=lambda one: one.seq)


def head_agrees(head: TestClient, row: ClosingRequest) -> Response:
    """Agree to what the head's page lists, as its form does."""
    form = head.get("/es/closings").text.partition(f"/es/closings/{row.id}")[2]
    listed = form.partition('name="listed" value="')[2].partition('"')[0]
    return head.post(f"/es/closings/{row.id}", data={"do": "agree", "listed": listed})


def alone_with(desk: Desk, reporter: Reporter) -> None:
    """Leave a case with its adviser: no supervisor has it beside."""
    for name in ("amparo", "vicent"):
        assert declare_interest(desk.signed_in(name), reporter).status_code == 303


def test_a_case_is_closed_by_a_second_person_and_the_person_is_told_only_then(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    before = len(desk.replies(reporter))
    assert desk.ask_to_close(reporter, text="Lo han arreglado.").status_code == 303
    assert len(desk.replies(reporter)) == before and not desk.case(reporter).is_closed
    assert b"Lo han arreglado" not in (desk.folder / "casework.db").read_bytes()
    laila, amparo = desk.signed_in("laila"), desk.signed_in("amparo")
    assert reporter.case_number in amparo.get("/es/cases?whose=all&which=closings").text
    assert reporter.case_number in laila.get("/es/cases?state=closure_requested").text
    assert "Lo han arreglado." in said(amparo.get(own(reporter, "/closing")).text)
    assert desk.decide_closing(reporter, by="laila").status_code == 409  # she asked, and is no supervisor
    moved = {"version": version(desk, reporter), "stage": "triage", "state": "in_progress"}
    assert laila.post(own(reporter, "/stage"), data=moved).status_code == 409
    assert desk.ask_to_close(reporter).status_code == 409
    assert hours(laila).status_code == 303
    assert agree(laila, reporter, slots(desk)[:2]).status_code == 409
    assert desk.decide_closing(reporter).status_code == 303
    assert "Lo han arreglado." in [reply.text for reply in desk.replies(reporter)]
    assert desk.events(reporter).count("case_closed") == 1
    assert "como había pedido Laila Imaginaria" in said(laila.get(own(reporter)).text)
    assert reporter.case_number not in amparo.get("/es/cases?whose=all&which=closings").text


def test_a_supervisor_who_asked_does_not_close_it_but_another_does(desk: Desk) -> None:
    reporter = desk.a_case("amparo")
    assert desk.ask_to_close(reporter, by="amparo").status_code == 303
    assert reporter.case_number not in desk.signed_in("amparo").get("/es/cases?which=closings").text
    assert desk.decide_closing(reporter, by="amparo").status_code == 409
    assert not desk.case(reporter).is_closed
    assert desk.decide_closing(reporter, by="vicent").status_code == 303
    (row,) = requests(desk, reporter)
    with pytest.raises(IntegrityError), desk.writing() as session:  # the store itself refuses it
        session.get_one(ClosingRequest, row.id).settled_by = row.asked_by


def test_it_is_sent_back_with_words_and_the_form_comes_back_filled_in(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    assert desk.ask_to_close(reporter, text="Adiós.").status_code == 303
    form = {"version": version(desk, reporter), "back_words": "Falta llamar al Síndic."}
    assert laila.post(own(reporter, "/closing/sending-back"), data=form).status_code == 409
    amparo = desk.signed_in("amparo")
    assert amparo.post(own(reporter, "/closing/sending-back"), data={"version": "2"}).status_code == 422
    assert amparo.post(own(reporter, "/closing/sending-back"), data=form).status_code == 303
    assert "Falta llamar al Síndic." in said(laila.get(own(reporter)).text)
    assert desk.replies(reporter)[-1].text != "Adiós."
    page = laila.get(own(reporter, "/closing")).text
    assert typed(page, "text")["text"] == "Adiós." and 'value="support_given" selected' in page
    assert desk.ask_to_close(reporter).status_code == 303
    taken = {"version": version(desk, reporter)}
    assert laila.post(own(reporter, "/closing/taking-back"), data=taken).status_code == 303
    assert [one.settled_code for one in requests(desk, reporter)] == ["sent_back", "taken_back"]


def test_a_case_that_changes_hands_is_asked_for_anew(desk: Desk) -> None:
    reporter, amparo = desk.a_case("laila"), desk.signed_in("amparo")
    assert desk.ask_to_close(reporter).status_code == 303
    given = {"version": version(desk, reporter), "adviser": str(desk.staff_id("pau")), "reason": "load"}
    assert amparo.post(own(reporter, "/adviser"), data=given).status_code == 303
    assert desk.decide_closing(reporter).status_code == 409
    assert [one.settled_code for one in requests(desk, reporter)] == ["taken_back"]
    assert desk.ask_to_close(reporter, by="pau").status_code == 303
    assert desk.decide_closing(reporter).status_code == 303


def test_a_referral_that_waits_is_listed_to_both_and_closed_over_only_with_a_reason(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    drafted(desk, laila, reporter)
    consent(desk, laila, reporter)
    send(desk, laila, reporter)
    assert now(desk, reporter).state == "sent"
    refused = desk.ask_to_close(reporter)
    assert refused.status_code == 409 and "Derivaciones que aún esperan" in said(refused.text)
    assert desk.ask_to_close(reporter, despite_deadlines="La llevan ellos.").status_code == 303
    page = said(desk.signed_in("amparo").get(own(reporter, "/closing")).text)
    assert "Derivaciones que aún esperan" in page and "La llevan ellos." in page
    assert desk.decide_closing(reporter).status_code == 409
    assert desk.decide_closing(reporter, why="De acuerdo.").status_code == 303
    assert "aunque estas derivaciones aún esperaban" in said(laila.get(own(reporter)).text)


def test_without_a_second_supervisor_the_head_agrees_and_sees_nothing_that_was_told(desk: Desk) -> None:
    reporter = desk.a_case("amparo", text="Me insultaron en el mercado.")
    with desk.writing() as session:
        leave(session, desk.staff_id("vicent"), by=None, at=NOW)
    amparo, joana = desk.signed_in("amparo"), desk.signed_in("joana")
    assert desk.ask_to_close(reporter, by="amparo", text="Hasta pronto.").status_code == 303
    assert desk.decide_closing(reporter, by="amparo").status_code == 409
    (row,) = requests(desk, reporter)
    page = joana.get("/es/closings").text
    assert str(row.id) in page and "mercado" not in page and "Hasta pronto" not in page
    assert joana.get(own(reporter)).status_code == 404
    for name in ("amparo", "laila", "remei"):
        assert desk.signed_in(name).get("/es/closings").status_code == 404, name
    empty = joana.post(f"/es/closings/{row.id}", data={"do": "back", "back_words": ""})
    assert empty.status_code == 422
    assert head_agrees(joana, row).status_code == 303
    assert joana.post(f"/es/closings/{row.id}", data={"do": "agree"}).status_code == 409
    assert reporter.case_number in amparo.get("/es/cases?which=closings").text
    assert desk.decide_closing(reporter, by="amparo").status_code == 303
    assert desk.events(reporter).count("closing_agreed") == desk.events(reporter).count("case_closed") == 1


def test_where_a_second_supervisor_has_the_case_the_head_has_no_say(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    assert desk.ask_to_close(reporter).status_code == 303
    (row,) = requests(desk, reporter)
    joana = desk.signed_in("joana")
    assert str(row.id) not in joana.get("/es/closings").text
    for do in ("agree", "back"):
        told = {"do": do, "back_words": "Falta algo."}
        assert joana.post(f"/es/closings/{row.id}", data=told).status_code == 404, do
    assert desk.decide_closing(reporter).status_code == 303


def test_the_head_has_no_say_about_a_case_they_keep_out_of_and_learns_nothing_of_it(desk: Desk) -> None:
    reporter, amparo = desk.a_case("amparo", city=True), desk.signed_in("amparo")
    with desk.writing() as session:
        leave(session, desk.staff_id("vicent"), by=None, at=NOW)
    assert amparo.post(own(reporter, "/wall/service"), data={"wall_service": "housing"}).status_code == 303
    assert desk.ask_to_close(reporter, by="amparo").status_code == 303
    (row,) = requests(desk, reporter)
    joana = desk.signed_in("joana")
    assert '/es/closings"' in joana.get("/es/services").text
    assert declare(desk, "joana").status_code == 303  # the service is her own
    assert str(row.id) not in joana.get("/es/closings").text
    assert '/es/closings"' not in joana.get("/es/services").text  # nor is it counted anywhere
    before = len(desk.events(None))
    for do in ("agree", "back"):
        told = {"do": do, "back_words": "Falta algo."}
        assert joana.post(f"/es/closings/{row.id}", data=told).status_code == 404
    assert desk.events(None)[before:].count("door_refused") == 2
    (row,) = requests(desk, reporter)
    assert (row.agreed_on, row.settled_on) == (None, None)


def test_an_adviser_closes_it_once_the_head_agreed_also_over_what_is_open(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    assert ask_for(desk, laila, reporter).status_code == 303
    for name in ("amparo", "vicent"):
        assert declare_interest(desk.signed_in(name), reporter).status_code == 303
    assert desk.ask_to_close(reporter, despite_deadlines="Lo hace su abogada.").status_code == 303
    (row,) = requests(desk, reporter)
    assert 'name="despite_deadlines"' not in laila.get(own(reporter, "/closing")).text
    assert desk.decide_closing(reporter, by="laila", why="Ya está.").status_code == 409
    joana = desk.signed_in("joana")
    assert head_agrees(joana, row).status_code == 303
    page = laila.get(own(reporter, "/closing")).text
    assert own(reporter, "/closing/decision") in page and 'name="despite_deadlines"' in page
    assert desk.decide_closing(reporter, by="laila").status_code == 409  # a reason is needed all the same
    assert desk.decide_closing(reporter, by="laila", why="Lo hace ella.").status_code == 303
    assert desk.case(reporter).is_closed


def test_what_opens_after_the_head_agreed_is_agreed_to_anew(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    alone_with(desk, reporter)
    assert ask_for(desk, laila, reporter).status_code == 303
    assert desk.ask_to_close(reporter, despite_deadlines="Lo hace su abogada.").status_code == 303
    (row,) = requests(desk, reporter)
    joana = desk.signed_in("joana")
    seen = joana.get("/es/closings").text
    listed = seen.partition('name="listed" value="')[2].partition('"')[0]
    assert ask_for(desk, laila, reporter, "file", with_code="other").status_code == 303
    late = joana.post(f"/es/closings/{row.id}", data={"do": "agree", "listed": listed})
    assert late.status_code == 409 and "ha cambiado desde que lo viste" in said(late.text)
    assert head_agrees(joana, row).status_code == 303
    assert str(row.id) not in joana.get("/es/closings").text

    assert ask_for(desk, laila, reporter, "visit", with_code="other").status_code == 303
    refused = desk.decide_closing(reporter, by="laila", why="Ya está.")
    assert refused.status_code == 409 and "ya no vale: se ha abierto algo" in said(refused.text)
    assert own(reporter, "/closing/decision") not in laila.get(own(reporter, "/closing")).text
    page = joana.get("/es/closings").text
    assert str(row.id) in page and "se te vuelve a preguntar" in said(page)
    assert head_agrees(joana, row).status_code == 303
    first, *_ = tasks(desk, reporter)
    assert settle(laila, reporter, first.id).status_code == 303  # less is open: the agreement covers it
    assert desk.decide_closing(reporter, by="laila", why="Ya está.").status_code == 303


def test_what_a_head_agreed_to_who_keeps_out_since_holds_no_longer(desk: Desk) -> None:
    reporter, amparo = desk.a_case("amparo", city=True), desk.signed_in("amparo")
    with desk.writing() as session:
        leave(session, desk.staff_id("vicent"), by=None, at=NOW)
    assert amparo.post(own(reporter, "/wall/service"), data={"wall_service": "housing"}).status_code == 303
    assert desk.ask_to_close(reporter, by="amparo").status_code == 303
    (row,) = requests(desk, reporter)
    assert head_agrees(desk.signed_in("joana"), row).status_code == 303
    assert declare(desk, "joana").status_code == 303  # the service is her own
    refused = desk.decide_closing(reporter, by="amparo")
    assert refused.status_code == 409 and "quien lo dio se aparta" in said(refused.text)
    assert not desk.case(reporter).is_closed


def test_where_the_only_head_keeps_out_the_page_says_that_nobody_decides_and_what_to_do(desk: Desk) -> None:
    reporter, amparo = desk.a_case("amparo", city=True), desk.signed_in("amparo")
    with desk.writing() as session:
        leave(session, desk.staff_id("vicent"), by=None, at=NOW)
    assert amparo.post(own(reporter, "/wall/service"), data={"wall_service": "housing"}).status_code == 303
    assert desk.ask_to_close(reporter, by="amparo").status_code == 303
    assert "Joana" in said(amparo.get(own(reporter, "/closing")).text)
    with desk.writing() as session:  # invited anew, and not come yet
        joana = session.get_one(Staff, desk.staff_id("joana"))
        halves = joana.public_key, joana.wrapped_private_key
        joana.public_key = joana.wrapped_private_key = None
    assert "Joana" not in said(amparo.get(own(reporter, "/closing")).text)
    with desk.writing() as session:
        joana = session.get_one(Staff, desk.staff_id("joana"))
        joana.public_key, joana.wrapped_private_key = halves
    assert declare(desk, "joana").status_code == 303
    page = said(amparo.get(own(reporter, "/closing")).text)
    assert "Nadie puede cerrar este expediente" in page and "Joana" not in page
    assert "pasa el expediente a una persona asesora" in page


def test_what_somebody_asked_for_who_is_put_out_of_the_case_is_withdrawn(desk: Desk) -> None:
    one, other = desk.a_case("laila"), desk.a_case("laila")
    for reporter in (one, other):
        assert desk.ask_to_close(reporter, by="amparo").status_code == 303
    assert declare_interest(desk.signed_in("amparo"), one).status_code == 303
    (row,) = requests(desk, one)
    assert (row.settled_code, row.settled_by) == ("taken_back", desk.staff_id("amparo"))
    assert desk.decide_closing(one, by="vicent").status_code == 409  # nobody asks any more
    assert desk.ask_to_close(one).status_code == 303

    joana = desk.signed_in("joana")
    gone = joana.post(f"/es/staff/{desk.staff_id('amparo')}/leaving", data={"confirmed": "yes"})
    assert gone.status_code == 303, said(gone.text)
    (row,) = requests(desk, other)
    assert (row.settled_code, row.settled_by) == ("taken_back", desk.staff_id("joana"))
    assert requests(desk, one)[-1].settled_on is None


def test_to_take_a_wall_down_is_asked_anew_once_whoever_asked_keeps_out(desk: Desk) -> None:
    case, amparo = desk.a_case("amparo"), desk.signed_in("amparo")
    assert wall_off(desk, amparo, case).status_code == 303
    right = codes(version=str(desk.case(case).version))
    assert amparo.post(own(case, "/codes"), data=right).status_code == 303
    asked = {"do": "ask", "wall_reason": "Era otra."}
    vicent = desk.signed_in("vicent")
    assert vicent.post(own(case, "/wall/down"), data=asked).status_code == 303
    assert walls(desk, case)[0].asked_by == desk.staff_id("vicent")
    assert declare_interest(vicent, case).status_code == 303
    assert walls(desk, case)[0].asked_by is None
    assert amparo.post(own(case, "/wall/down"), data={"do": "agree"}).status_code == 409
    assert desk.case(case).routing_code == "city"
    assert amparo.post(own(case, "/wall/down"), data=asked).status_code == 303
    assert walls(desk, case)[0].asked_by == desk.staff_id("amparo")

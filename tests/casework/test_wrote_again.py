"""Whoever writes after the end is heard: to a closed case, and about a report settled without one."""

from datetime import date

from sqlalchemy import event
from sqlmodel import select
from starlette.testclient import TestClient

from casework.messages.tables import CaseMessage
from casework.month_end.counting import count_month
from tests.casework.desk import CITY, Desk, said
from tests.casework.feedback.test_feedback import codes, say
from tests.casework.queues.lists import counted

PLEA = "Ahora me amenazan en el portal."


def settled(desk: Desk, client: TestClient, number: str, **other: str) -> int:
    form = {"reason": "out_of_scope", "text": "No es de esta oficina.", **other}
    return client.post(f"/es/inbox/{number}/settling", data=form).status_code


def test_a_message_to_a_closed_case_stands_in_the_queue_of_unread_messages_and_is_counted(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    desk.close_case(reporter, "laila")
    assert reporter.case_number not in laila.get("/es/cases?which=unread").text
    desk.write_back(reporter, PLEA)
    queue = laila.get("/es/cases?which=unread").text
    assert reporter.case_number in queue and "Cerrado" in said(queue)
    assert counted(laila)["Unread messages"] == 1, "the tab counts what its list shows"
    page = laila.get(f"/es/cases/{reporter.case_number}").text
    assert PLEA in page
    assert reporter.case_number not in laila.get("/es/cases?which=unread").text
    assert counted(laila)["Unread messages"] == 0


def test_a_report_settled_without_a_case_comes_back_when_its_person_writes_and_goes_when_they_are_answered(
    desk: Desk,
) -> None:
    reporter, amparo = desk.report(), desk.signed_in("amparo")
    number, own = reporter.case_number, f"/es/inbox/{reporter.case_number}"
    assert settled(desk, amparo, number) == 303
    assert own not in amparo.get("/es/inbox").text
    assert settled(desk, amparo, number) == 422, "nothing came since"

    desk.write_back(reporter, PLEA)
    inbox = amparo.get("/es/inbox").text
    assert own in inbox and "1 comunicación en espera" in said(inbox)
    assert "Ha vuelto a escribir" in said(inbox)
    page = amparo.get(own).text
    assert PLEA in page and "Responder y dejarla resuelta" in said(page)
    assert own in amparo.get("/es/inbox").text, "to look is not to answer"

    assert settled(desk, amparo, number, text="") == 422, "who wrote again is answered in words"
    assert settled(desk, amparo, number, text="Llama al 112.") == 303
    assert own not in amparo.get("/es/inbox").text
    assert [one.text for one in desk.replies(reporter) if one.text] == [
        "No es de esta oficina.",
        "Llama al 112.",
    ]
    assert PLEA in amparo.get(own).text, "what was written stays to be read"


def test_who_wanted_no_advice_and_writes_again_is_answered_and_no_case_is_offered(desk: Desk) -> None:
    reporter, amparo = desk.report(advise=False), desk.signed_in("amparo")
    assert settled(desk, amparo, reporter.case_number) == 303
    desk.write_back(reporter, PLEA)
    page = amparo.get(f"/es/inbox/{reporter.case_number}").text
    assert PLEA in page and "La persona ha vuelto a escribir desde entonces. Responder" in said(page)
    assert "taking-up" not in page
    assert settled(desk, amparo, reporter.case_number, text="Llama al 112.") == 303


def test_a_settled_report_is_taken_up_after_all_with_everything_that_was_written(desk: Desk) -> None:
    reporter, amparo = desk.report(), desk.signed_in("amparo")
    number, own = reporter.case_number, f"/es/inbox/{reporter.case_number}"
    settled(desk, amparo, number)
    desk.write_back(reporter, PLEA)
    settled(desk, amparo, number, text="Te leemos.")
    say(desk, reporter, "no", "No me ayudó.")
    assert "No me ayudó." in amparo.get(own).text
    desk.write_back(reporter, "Tengo un vídeo.")
    taken = amparo.post(f"{own}/taking-up", data={"adviser": str(desk.staff_id("laila"))})
    assert taken.status_code == 303
    assert amparo.get(own).status_code == 404

    laila = desk.signed_in("laila")
    page = laila.get(f"/es/cases/{number}").text
    assert [page.count(words) for words in (PLEA, "No me ayudó.", "Tengo un vídeo.")] == [1, 1, 1]
    assert codes(desk) == ["no"], "counted once, when it was opened"
    with desk.reading() as session:
        directions = session.exec(select(CaseMessage.direction)).all()
    assert directions.count("in") == 3
    assert [record.stage_code for record in desk.counted()] == ["triage"]


def test_what_is_counted_of_a_month_stays_in_step_with_the_timeline(desk: Desk) -> None:
    reporter, amparo = desk.report(), desk.signed_in("amparo")
    settled(desk, amparo, reporter.case_number)
    desk.write_back(reporter, PLEA)
    settled(desk, amparo, reporter.case_number)
    amparo.post(f"/es/inbox/{reporter.case_number}/taking-up", data={"adviser": str(desk.staff_id("laila"))})
    desk.signed_in("laila").get(f"/es/cases/{reporter.case_number}")
    with desk.writing() as session:
        lines = count_month(session, "2026-11", CITY.zone, date(2026, 12, 2))
    contacts = next(line for line in lines if line.count == "contacts")
    assert contacts.events["messages_read"] == 1, "read once, when it was answered"
    assert {line.difference for line in lines} == {0}


def test_the_queue_asks_only_what_waits_however_many_were_settled_and_wrote_again(desk: Desk) -> None:
    reporter, amparo = desk.report(), desk.signed_in("amparo")
    assert settled(desk, amparo, reporter.case_number) == 303
    desk.write_back(reporter, PLEA)
    asked: list[tuple[str, object]] = []
    engine = desk.app.state.desk.sessions.kw["bind"]

    def keep(_connection: object, _cursor: object, statement: str, values: object, *_rest: object) -> None:
        if "count(*)" in statement and "FROM inbox_report" in statement:
            asked.append((statement, values))

    event.listen(engine, "before_cursor_execute", keep)
    assert reporter.case_number in amparo.get("/es/inbox").text
    event.remove(engine, "before_cursor_execute", keep)
    statement, values = asked[0]
    assert reporter.case_number not in repr(values)
    with engine.connect() as connection:
        told = repr(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all())
    assert "inbox_report_queue" in told and "incoming_message_waiting" in told

"""What people answer about their appointment: no word of it is lost, and somebody is told that it came."""

import re
from datetime import date
from typing import Any

from sqlmodel import select

from casework.tasks.tables import NextAction
from tests.casework.appointments.meeting import a_place, agree, answer, do, hours, look, newest, slots, told
from tests.casework.desk import Desk, Reporter, said
from tests.casework.queues.lists import counted, listed
from tests.casework.tasks.todo import note_way, set_next, tasks


def by_phone(desk: Desk) -> tuple[Reporter, Any]:
    """A case of Laila's whose person may be telephoned, and Laila with a morning of hours."""
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    hours(laila)
    note_way(desk, laila, reporter, "phone", "allowed")
    return reporter, laila


def numbered(page: str) -> dict[str, int]:
    """The numbers beside the agenda and the cases in the way around."""
    found = {}
    for way in ("agenda", "cases"):
        link = page.partition(f'<a href="/es/{way}"')[2].partition("</a>")[0]
        count = re.search(r">(\d+)</span>", link)
        found[way] = int(count.group(1)) if count else 0
    return found


def test_what_a_person_wrote_with_any_answer_stands_in_the_thread_once(desk: Desk) -> None:
    reporter, laila = by_phone(desk)
    agree(laila, reporter, slots(desk)[:2])
    answer(desk, reporter, text="Hablo darija.", needs_interpreter=True)
    desk.clock.move(minutes=1)
    answer(desk, reporter, place=1)  # the later one says nothing, and asks for nobody
    page = look(laila, reporter)
    assert page.count("Hablo darija.") == 1
    assert (told(desk, reporter).times[0].minute, told(desk, reporter).interpreter) == (570, "needed")
    answer(
        desk, reporter, place=0, text="¿Puede venir mi hija?", needs_step_free=True
    )  # it is booked already
    assert "¿Puede venir mi hija?" in look(laila, reporter)
    answer(desk, reporter, "cancel", text="Me han echado del piso.")
    assert "Me han echado del piso." in look(laila, reporter)
    assert "Me han echado del piso." in laila.get(f"/es/cases/{reporter.case_number}/appointments").text
    agree(laila, reporter, slots(desk)[:2])
    answer(desk, reporter, text="Mejor de mañana.")
    assert do(desk, laila, reporter, "cancelling").status_code == 303  # nobody had looked
    page = look(laila, reporter)
    for once in ("Hablo darija.", "¿Puede venir mi hija?", "Me han echado del piso.", "Mejor de mañana."):
        assert page.count(once) == 1, once


def test_a_need_that_comes_when_the_hour_is_booked_is_kept_and_said_to_be_missing(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    steps = a_place(desk, step_free=False, name="Centro con escalera")
    hours(laila, "place", where=f"site_{steps}")
    agree(laila, reporter, slots(desk)[:2], "offer")
    answer(desk, reporter)
    look(laila, reporter)
    answer(desk, reporter, needs_step_free=True, needs_interpreter=True)
    look(laila, reporter)
    page = said(laila.get(f"/en/cases/{reporter.case_number}/appointments").text)
    assert newest(desk, reporter).state_code == "booked"
    assert "nobody interprets yet" in page and "the place has steps" in page


def test_an_answer_is_announced_until_somebody_has_looked(desk: Desk) -> None:
    reporter, laila = by_phone(desk)
    agree(laila, reporter, slots(desk)[:1], "book")
    assert counted(laila)["Unread messages"] == 0
    answer(desk, reporter, "cancel")
    assert numbered(laila.get("/es/tasks").text) == {"agenda": 1, "cases": 1}
    assert listed(laila, "which=unread&sort=unread") == [reporter.case_number]
    assert counted(laila)["Unread messages"] == 1 and "1 new message" in said(laila.get("/en/cases").text)
    assert numbered(desk.signed_in("pau").get("/es/tasks").text) == {"agenda": 0, "cases": 0}
    assert laila.get("/es/agenda").status_code == 200  # opens it
    assert numbered(laila.get("/es/tasks").text) == {"agenda": 0, "cases": 0}
    assert listed(laila, "which=unread") == []


def test_a_cancellation_of_an_hour_the_office_moved_by_telephone_does_not_cancel_the_new_one(
    desk: Desk,
) -> None:
    reporter, laila = by_phone(desk)
    agree(laila, reporter, slots(desk)[:1], "book")
    monday = told(desk, reporter)
    agree(laila, reporter, slots(desk)[2:3], "book")  # moved, on the telephone
    answer(desk, reporter, "cancel", last=monday, text="El lunes no puedo.")
    page = look(laila, reporter)
    assert newest(desk, reporter).state_code == "booked" and "El lunes no puedo." in page
    assert [one.minute for one in slots(desk, state="taken")] == [600]
    assert next_action(desk) == ("adviser", date(2026, 11, 23))
    assert "answer_of_another_hour" in desk.events(reporter)
    answer(desk, reporter, "cancel")  # and of the new one it does
    look(laila, reporter)
    assert newest(desk, reporter).state_code == "cancelled_person"
    agree(laila, reporter, slots(desk)[:2])
    offered = told(desk, reporter)
    answer(desk, reporter)
    look(laila, reporter)
    answer(desk, reporter, "cancel", last=offered)  # they have not read yet that the hour is theirs
    look(laila, reporter)
    assert slots(desk, state="taken") == []


def next_action(desk: Desk) -> tuple[str, date]:
    """Who acts next in the one case there is, and by which day."""
    with desk.reading() as session:
        row = session.exec(select(NextAction)).one()
        return row.who_code, row.by_on


def test_what_an_adviser_wrote_as_next_action_is_not_overwritten_by_an_appointment(desk: Desk) -> None:
    reporter, laila = by_phone(desk)
    assert set_next(desk, laila, reporter, "adviser", date(2026, 11, 24)).status_code == 303
    agree(laila, reporter, slots(desk)[:2])
    assert next_action(desk) == ("adviser", date(2026, 11, 24))
    assert [(one.state_code, one.due_on) for one in tasks(desk, reporter)] == [("open", date(2026, 11, 27))]
    answer(desk, reporter)
    look(laila, reporter)  # a look takes it over, and overwrites nothing
    assert next_action(desk) == ("adviser", date(2026, 11, 24))
    found = sorted((one.due_on, one.state_code) for one in tasks(desk, reporter))
    assert found == [(date(2026, 11, 27), "dropped"), (date(2026, 12, 1), "open")]
    desk.clock.move(days=2)
    laila = desk.signed_in("laila")
    agree(laila, reporter, slots(desk)[2:3], "book")  # the adviser's day is past
    assert next_action(desk) == ("person", date(2026, 12, 1))
    assert desk.events(reporter).count("next_action_set") == 2
    assert all(one.state_code == "dropped" for one in tasks(desk, reporter))
    assert do(desk, laila, reporter, "cancelling").status_code == 303  # an appointment's gives way
    assert next_action(desk) == ("adviser", date(2026, 12, 2))

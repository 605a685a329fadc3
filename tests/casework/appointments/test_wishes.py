"""What a person asks for with their receipt before anything was offered, as the desk takes it over."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from casework.appointments.tables import CaseAppointment, IncomingBooking
from casework.cases.tables import CaseFile
from office.handover.booking import AppointmentWish, Wish
from office.sealing.boxes import seal
from tests.casework.appointments.meeting import agree, answer, do, hours, newest, opened, slots, told
from tests.casework.desk import Desk, Reporter, said

WORDS = "Hablo árabe. Voy con mi hija."
IN_THREAD = (
    "La persona pide una cita: En uno de nuestros lugares y Por teléfono · lunes · por la mañana"
    " · Hace falta que alguien interprete · La persona solo acude donde no hay escalones"
)


def wish(desk: Desk, reporter: Reporter, **more: Any) -> None:
    """Ask for an appointment with the receipt, as the page does."""
    asked = AppointmentWish(
        **{
            "case_number": reporter.case_number,
            "told_at": desk.clock.now(),
            "wish": Wish(ways=("place", "phone"), days=("monday",), halves=("morning",)),
            "needs_interpreter": True,
            "needs_step_free": True,
            "text": WORDS,
            **more,
        }
    )
    name, public = desk.key_for(reporter)
    desk.post(
        "booking",
        reporter.case_number,
        name,
        seal(asked.as_bytes(), public, about=f"booking/{reporter.case_number}"),
    )
    desk.collect()


def test_a_wish_waits_in_the_list_and_the_case_shows_it_and_the_person_is_told(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    wish(desk, reporter)
    assert "1 new message" in said(laila.get("/en/cases").text)
    page = said(opened(laila, reporter).text)
    assert "La persona espera que se le ofrezcan horas" in page
    assert "En uno de nuestros lugares y Por teléfono · lunes · por la mañana" in page
    assert WORDS in page and "Ofrece horas: la persona pide una cita" in page
    row = newest(desk, reporter)
    assert (row.state_code, row.interpreter_code) == ("asked", "needed")
    assert b"monday" not in row.sealed
    of_case = said(laila.get(f"/es/cases/{reporter.case_number}/appointments").text)
    assert "La persona pide:" in of_case and "solo acude donde no hay escalones" in of_case
    assert told(desk, reporter).state_code == "asked"
    assert {"booking_read", "appointment_wished"} <= set(desk.events(reporter))
    with desk.reading() as session:
        assert [one.sealed for one in session.exec(select(IncomingBooking))] == [None]


def test_times_are_offered_and_chosen_as_ever(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    wish(desk, reporter)
    hours(laila, "video")
    opened(laila, reporter)
    assert agree(laila, reporter, slots(desk)[:2], join_by="Sala.").status_code == 303
    answer(desk, reporter, place=1)
    opened(laila, reporter)
    row = newest(desk, reporter)
    assert row.state_code == "booked" and told(desk, reporter).state_code == "booked"


def test_beside_a_booked_hour_a_wish_changes_nothing_that_is_agreed(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    hours(laila, "video")
    assert agree(laila, reporter, slots(desk)[:1], "book", join_by="Sala.").status_code == 303
    wish(desk, reporter, needs_interpreter=False)
    page = said(opened(laila, reporter).text)
    row = newest(desk, reporter)
    assert row.state_code == "booked" and WORDS in page
    assert told(desk, reporter).times[0].minute == slots(desk)[0].minute


def test_in_a_closed_case_only_the_words_are_read_and_of_another_case_nothing(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    wish(desk, reporter)
    with desk.writing() as session:
        row = session.exec(select(CaseFile)).one()
        row.closed_on, row.outcome_code = desk.clock.now().date(), "unknown_outcome"
        row.stage_code = "closed"
    pau = desk.signed_in("pau")
    assert opened(pau, reporter).status_code == 404
    assert desk.events(reporter).count("appointment_wished") == 0
    page = said(opened(laila, reporter).text)
    assert page.count(IN_THREAD) == 1 and WORDS in page
    assert page.count(WORDS) == 1 == said(opened(laila, reporter).text).count(IN_THREAD)
    with desk.reading() as session:
        assert session.exec(select(CaseAppointment)).all() == []


def test_a_wish_of_no_further_word_stands_in_the_thread_too(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    wish(desk, reporter, text="", needs_interpreter=False, needs_step_free=False)
    line = "La persona pide una cita: En uno de nuestros lugares y Por teléfono · lunes · por la mañana"
    assert line in said(opened(laila, reporter).text)
    with desk.reading() as session:
        (row,) = session.exec(select(IncomingBooking)).all()
    assert (row.sealed, row.has_words, row.opened_on is None) == (None, True, False)


def test_nobody_closes_a_case_over_a_wish_that_came_while_closing_was_asked(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    assert desk.ask_to_close(reporter).status_code == 303
    wish(desk, reporter)
    page = said(opened(desk.signed_in("amparo"), reporter).text)
    assert IN_THREAD in page and "Ofrece horas: la persona pide una cita" in page
    assert told(desk, reporter).state_code == "asked" == newest(desk, reporter).state_code
    assert desk.decide_closing(reporter).status_code == 409 and not desk.case(reporter).is_closed
    assert do(desk, laila, reporter, "cancelling").status_code == 303  # once the person was asked
    assert desk.decide_closing(reporter).status_code == 303


@pytest.mark.parametrize("came", ["yes", "no"])
@pytest.mark.parametrize("interprets", [True, False])
def test_a_wish_of_the_day_after_waits_until_attendance_is_noted_and_then_is_one_of_its_own(
    desk: Desk, came: str, interprets: bool
) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    hours(laila, "video")
    assert agree(laila, reporter, slots(desk)[:1], "book", join_by="Sala.").status_code == 303
    before = newest(desk, reporter)
    desk.clock.move(days=9)
    laila = desk.signed_in("laila")
    wish(desk, reporter, needs_interpreter=interprets)
    assert WORDS in said(opened(laila, reporter).text)
    page = said(opened(laila, reporter).text)
    assert page.count("La persona pide una cita:") == 1 and page.count(WORDS) == 1
    row = newest(desk, reporter)
    assert (row.id, row.state_code, row.interpreter_code) == (before.id, "booked", "none")
    assert row.on_day is not None and row.on_day == desk.clock.now().date() - timedelta(days=1)
    assert do(desk, laila, reporter, "coming", came=came).status_code == 303
    page = said(opened(laila, reporter).text)
    assert page.count("La persona pide una cita:") == 1
    row = newest(desk, reporter)
    assert row.id != before.id
    assert (row.state_code, row.interpreter_code) == ("asked", "needed" if interprets else "none")
    assert told(desk, reporter).state_code == "asked"
    assert "La persona pide:" in said(laila.get(f"/es/cases/{reporter.case_number}/appointments").text)
    with desk.reading() as session:
        found = session.exec(select(CaseAppointment).where(CaseAppointment.id == before.id)).one()
        assert found.state_code == ("attended" if came == "yes" else "no_show")
        assert [one.sealed for one in session.exec(select(IncomingBooking))] == [None]

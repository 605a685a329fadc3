"""One case that cannot be opened shuts the agenda for nobody."""

from sqlmodel import select

from casework.appointments.tables import CaseAppointment
from office.ids import shown
from tests.casework.appointments.meeting import agree, answer, hours, slots
from tests.casework.desk import Desk, said
from tests.casework.tasks.todo import note_way

WEEK = "/en/agenda?from=2026-11-30"


def test_a_damaged_appointment_is_marked_and_the_others_are_shown(desk: Desk) -> None:
    damaged, whole = desk.a_case("laila"), desk.a_case("laila")
    laila = desk.signed_in("laila")
    hours(laila)
    for case, slot in zip((damaged, whole), slots(desk), strict=False):
        note_way(desk, laila, case, "phone", "allowed")
        assert agree(laila, case, [slot], "book").status_code == 303
        answer(desk, case, "cancel")
    number = desk.case(damaged).id
    with desk.writing() as session:
        row = session.exec(select(CaseAppointment).where(CaseAppointment.case_id == number)).one()
        row.sealed = bytes(len(row.sealed))
        session.add(row)
    page = laila.get(WEEK)
    assert page.status_code == 200
    words = said(page.text)
    assert f"{shown(damaged.case_number)} Damaged" in words
    assert {"booking_read", "appointment_cancelled_by_person"} <= set(desk.events(whole))
    assert "booking_read" not in desk.events(damaged)

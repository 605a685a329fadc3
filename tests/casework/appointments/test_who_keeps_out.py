"""A time that was offered is not theirs any more when whoever was to meet them lost the case meanwhile."""

from sqlmodel import col, select

from casework.appointments.tables import Clinic, MeetingSlot
from casework.conflicts.tables import CaseWall
from tests.casework.appointments.meeting import TUESDAY, a_place, agree, answer, hours, look, slots, told
from tests.casework.conflicts.people import declare as declare_interest
from tests.casework.desk import Desk
from tests.casework.tasks.todo import note_way


def test_nobody_is_booked_with_a_colleague_who_keeps_out_of_their_case(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila, vicent = desk.signed_in("laila"), desk.signed_in("vicent")
    note_way(desk, laila, reporter, "phone", "allowed")
    assert hours(vicent).status_code == 303
    offered = slots(desk)[:2]
    assert hours(laila, first="12:00", until="13:00").status_code == 303
    assert agree(laila, reporter, offered).status_code == 303
    assert declare_interest(vicent, reporter).status_code == 303
    answer(desk, reporter)
    look(laila, reporter)
    last = told(desk, reporter)
    assert (last.state_code, last.is_taken) == ("offered", True)
    assert [one.minute for one in last.times] == [720, 750]  # only those of who holds it
    assert slots(desk, state="taken") == []


def test_nor_at_a_clinic_that_such_a_colleague_runs(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    place, vicent = a_place(desk), desk.staff_id("vicent")
    with desk.writing() as session:
        clinic = Clinic(site_id=place, on_day=TUESDAY, desks=1, walk_ins=0, run_by=vicent, made_by=vicent)
        session.add(clinic)
        session.flush()
        for minute in (600, 630):
            session.add(
                MeetingSlot(
                    clinic_id=clinic.id,
                    site_id=place,
                    way_code="clinic",
                    on_day=TUESDAY,
                    minute=minute,
                    minutes=30,
                )
            )
    assert agree(laila, reporter, slots(desk)).status_code == 303
    assert declare_interest(desk.signed_in("vicent"), reporter).status_code == 303
    with desk.reading() as session:
        assert session.exec(select(col(CaseWall.staff_id))).all() == [vicent]
    answer(desk, reporter)
    look(laila, reporter)
    assert (told(desk, reporter).state_code, slots(desk, state="taken")) == ("asked", [])

"""Appointments and who may have a case: what changes hands is seen to, and walls stand at clinics too."""

from datetime import date
from uuid import UUID

from sqlmodel import select

from casework.appointments.tables import CaseAppointment
from casework.conflicts.tables import CaseWall
from office.ids import new_case_number, shown
from tests.casework.appointments.meeting import a_place, agree, slots
from tests.casework.appointments.test_answers import by_phone
from tests.casework.desk import Desk, said
from tests.casework.tasks.todo import tasks
from tests.casework.walls.rising import code_the_city, wall_off


def test_who_is_given_a_case_with_a_booked_hour_has_it_as_a_task(desk: Desk) -> None:
    reporter, laila = by_phone(desk)
    agree(laila, reporter, slots(desk)[:1], "book")
    asked = said(code_the_city(desk, laila, reporter).text)
    assert "Your appointment with the person on" in asked and "1 December 2026" in asked
    assert tasks(desk, reporter) == []
    assert wall_off(desk, laila, reporter).status_code == 303
    (task,) = tasks(desk, reporter)
    assert (task.staff_id, task.due_on) == (desk.staff_id("amparo"), date(2026, 11, 23))
    given = {
        "adviser": str(desk.staff_id("vicent")),
        "reason": "load",
        "version": str(desk.case(reporter).version),
    }
    answered = desk.signed_in("amparo").post(f"/en/cases/{reporter.case_number}/adviser", data=given)
    assert answered.status_code == 303, said(answered.text)
    assert [one.staff_id for one in tasks(desk, reporter)] == [desk.staff_id("vicent")] * 2


def a_clinic(desk: Desk, place: UUID, run_by: str) -> dict[str, str]:
    """The form with which a supervisor opens a clinic."""
    return {
        "clinic_site": str(place),
        "run_by": str(desk.staff_id(run_by)),
        "hours_on-day": "1", "hours_on-month": "12", "hours_on-year": "2026",
        "first": "17:00", "until": "18:00", "length": "30", "desks": "1", "walk_ins": "0",
    }  # fmt: skip


def test_no_hour_is_offered_of_a_clinic_whose_head_keeps_out_of_the_case(desk: Desk) -> None:
    reporter, place = desk.a_case("laila"), a_place(desk)
    assert desk.signed_in("amparo").post("/es/clinics", data=a_clinic(desk, place, "pau")).status_code == 303
    laila = desk.signed_in("laila")
    page = f"/en/cases/{reporter.case_number}/appointments"
    first, second = slots(desk)
    assert str(first.id) in laila.get(page).text
    assert agree(laila, reporter, [first], "book").status_code == 303
    own, pau = desk.case(reporter).id, desk.staff_id("pau")
    with desk.writing() as session:
        wall = {"case_id": own, "staff_id": pau, "made_by": pau, "made_on": date(2026, 11, 23)}
        session.add(CaseWall(**wall, relation_code="decision"))
    seen = laila.get(page).text
    assert str(second.id) not in seen and "whoever runs the clinic keeps out of the case" in said(seen)
    assert agree(laila, reporter, [second], "book").status_code == 422


def test_an_outreach_worker_runs_a_clinic_and_sees_its_hours_without_a_case(desk: Desk) -> None:
    reporter, place = desk.a_case("laila"), a_place(desk)
    made = desk.signed_in("amparo").post("/es/clinics", data=a_clinic(desk, place, "ferran"))
    assert made.status_code == 303
    assert agree(desk.signed_in("laila"), reporter, slots(desk)[:1], "book").status_code == 303
    ferran, day = desk.signed_in("ferran"), made.headers["location"].partition("?")[0]
    assert 'href="/es/clinics"' in ferran.get("/es/assisting").text
    assert day in ferran.get("/es/clinics").text
    page = ferran.get(day).text
    assert "17:00" in page and "17:30" in page
    assert reporter.case_number[:4] not in page and "walk_in" not in page
    assert ferran.post(f"{day}/walk-ins", data={"walk_in": reporter.case_number}).status_code == 404


def test_an_outreach_worker_keeps_an_hour_by_the_number_of_the_receipt_and_learns_nothing_of_it(
    desk: Desk,
) -> None:
    place = a_place(desk)
    form = {**a_clinic(desk, place, "ferran"), "walk_ins": "2"}
    made = desk.signed_in("amparo").post("/es/clinics", data=form)
    day, ferran = made.headers["location"].partition("?")[0], desk.signed_in("ferran")
    assert 'href="/es/assisting"' in ferran.get(day).text
    first, second = slots(desk)
    there, nobody = desk.report(), new_case_number()
    answers = [
        ferran.post(f"{day}/filed", data={"filed_number": number, "filed_hour": str(hour.id)})
        for number, hour in ((there.case_number, first), (nobody, second))
    ]
    assert [one.status_code for one in answers] == [303, 303]
    assert answers[0].headers["location"] == answers[1].headers["location"]
    page = ferran.get(day).text
    assert there.case_number not in page and shown(there.case_number) not in page
    wrong = ferran.post(f"{day}/filed", data={"filed_number": "hola", "filed_hour": str(first.id)})
    assert wrong.status_code == 422

    given = {"adviser": str(desk.staff_id("laila"))}
    taken = desk.signed_in("amparo").post(f"/es/inbox/{there.case_number}/taking-up", data=given)
    assert taken.status_code == 303
    laila = desk.signed_in("laila")
    assert "17:00" in said(laila.get(f"/es/cases/{there.case_number}").text)
    with desk.reading() as session:
        (row,) = session.exec(select(CaseAppointment)).all()
        assert (row.state_code, row.is_walk_in, row.on_day) == ("booked", True, date(2026, 12, 1))
    assert there.case_number in laila.get(day).text
    assert there.case_number not in ferran.get(day).text
    assert laila.post(f"{day}/filed", data={"filed_number": nobody}).status_code == 404

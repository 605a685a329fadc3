"""Hours of a clinic kept by the number of a receipt: given, let go, taken back, and nobody is told more."""

from typing import Any

from sqlmodel import col, select
from starlette.testclient import TestClient

from casework.appointments.tables import IncomingBooking
from casework.cases.tables import CaseFile
from casework.states.void_guards import no_error
from office.ids import new_case_number, shown
from office.stores.keyroom import KeyGrant
from tests.casework.appointments.meeting import a_place, hours, newest, slots
from tests.casework.appointments.test_changing_hands import a_clinic
from tests.casework.desk import Desk, Reporter, said
from tests.casework.states.test_void import asked, decided
from tests.casework.tasks.todo import note_way


def a_day(desk: Desk, walk_ins: int = 2) -> str:
    """The address of a clinic that an outreach worker runs, with two hours kept free."""
    form = {**a_clinic(desk, a_place(desk), "ferran"), "walk_ins": str(walk_ins)}
    made = desk.signed_in("amparo").post("/es/clinics", data=form)
    return str(made.headers["location"].partition("?")[0])


def keep(client: TestClient, day: str, number: str, hour: Any) -> None:
    kept = client.post(f"{day}/filed", data={"filed_number": number, "filed_hour": str(hour.id)})
    assert kept.status_code == 303


def taken_up(desk: Desk, reporter: Reporter) -> None:
    given = {"adviser": str(desk.staff_id("laila"))}
    taken = desk.signed_in("amparo").post(f"/es/inbox/{reporter.case_number}/taking-up", data=given)
    assert taken.status_code == 303


def test_a_kept_hour_is_given_by_who_holds_the_case_and_no_stories(desk: Desk) -> None:
    day, ferran = a_day(desk), desk.signed_in("ferran")
    reporter = desk.report()
    keep(ferran, day, reporter.case_number, slots(desk)[0])
    taken_up(desk, reporter)
    second = desk.a_case("laila")
    keep(ferran, day, second.case_number, slots(desk)[1])
    laila = desk.signed_in("laila")
    with desk.writing() as session:
        mine = select(KeyGrant).where(
            KeyGrant.holder_id == desk.staff_id("laila"), col(KeyGrant.key_name).startswith("story.")
        )
        for grant in session.exec(mine).all():
            grant.revoked_on = grant.granted_on
    assert "17:00" in said(laila.get(f"/es/cases/{reporter.case_number}").text)
    assert "17:30" in said(laila.get(f"/es/cases/{second.case_number}").text)
    with desk.reading() as session:
        assert session.exec(select(IncomingBooking.opened_on)).all().count(None) == 0


def test_whoever_opens_the_appointments_first_finds_the_kept_hour_there(desk: Desk) -> None:
    reporter, day = desk.a_case("laila"), a_day(desk)
    laila, ferran = desk.signed_in("laila"), desk.signed_in("ferran")
    hours(laila)
    note_way(desk, laila, reporter, "phone", "allowed")
    laila.get(f"/es/cases/{reporter.case_number}")
    kept = next(one for one in slots(desk) if one.for_walk_ins)
    keep(ferran, day, reporter.case_number, kept)
    other = next(one for one in slots(desk, state="free") if not one.for_walk_ins)
    older = {"slot": [str(other.id)], "do": "book", "version": "0"}  # the page was open before it was kept
    late = laila.post(f"/es/cases/{reporter.case_number}/appointments", data=older)
    assert late.status_code in (409, 422)
    assert "17:00" in said(laila.get(f"/es/cases/{reporter.case_number}/appointments").text)
    assert newest(desk, reporter).is_walk_in

    second = desk.a_case("laila")
    keep(ferran, day, second.case_number, next(one for one in slots(desk, state="free") if one.for_walk_ins))
    assert second.case_number in laila.get("/es/agenda?from=2026-12-01").text
    assert newest(desk, second).is_walk_in


def test_an_hour_kept_while_a_case_is_to_be_void_is_free_again_and_holds_nothing_up(desk: Desk) -> None:
    reporter, day = desk.a_case("laila"), a_day(desk)
    assert asked(desk, reporter).status_code == 303
    keep(desk.signed_in("ferran"), day, reporter.case_number, slots(desk)[0])
    desk.signed_in("laila").get(f"/es/cases/{reporter.case_number}")
    assert slots(desk, state="kept") == [] and slots(desk, state="taken") == []
    with desk.reading() as session:
        assert no_error(session, session.get_one(CaseFile, desk.case(reporter).id)) == ()
    assert "walk_in_let_go" in desk.events(reporter)
    assert decided(desk, reporter).status_code == 303


def test_a_kept_hour_is_taken_back_alike_whether_or_not_anything_has_its_number(desk: Desk) -> None:
    reporter, day, ferran = desk.a_case("laila"), a_day(desk), desk.signed_in("ferran")
    first, second = slots(desk)
    keep(ferran, day, reporter.case_number, first)
    keep(ferran, day, new_case_number(), second)
    page = ferran.get(day).text
    assert page.count("/release") == 2 and "/release" not in desk.signed_in("laila").get(day).text
    given = [ferran.post(f"{day}/filed/{one.id}/release") for one in (first, second)]
    assert [one.status_code for one in given] == [303, 303]
    assert given[0].headers["location"] == given[1].headers["location"]
    assert ferran.post(f"{day}/filed/{first.id}/release").status_code == 409  # once
    assert ferran.get(day).text.count("17:00") == page.count("17:00")  # one desk as before
    again = slots(desk, state="free")
    assert [one.minute for one in again] == [1020, 1050]
    other = desk.a_case("laila")
    keep(ferran, day, other.case_number, again[0])  # it is another's by now
    laila = desk.signed_in("laila")
    assert laila.get(f"/es/cases/{reporter.case_number}").status_code == 200
    assert [one.minute for one in slots(desk, state="kept")] == [1020]
    laila.get(f"/es/cases/{other.case_number}")
    booked = newest(desk, other)
    assert booked.is_walk_in and ferran.post(f"{day}/filed/{again[0].id}/release").status_code == 409
    assert shown(other.case_number) not in ferran.get(day).text

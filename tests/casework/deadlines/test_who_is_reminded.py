"""Who is reminded by mail and where, and what the process that does it can read."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlmodel import select

from casework.conflicts.tables import CaseWall
from casework.deadlines.tables import DeadlineReminder, ReminderAddress
from tests.casework.deadlines.clocks import binding, path, with_clocks
from tests.casework.deadlines.reminding import WORK, letters, remind, wants
from tests.casework.desk import Desk, said
from tests.casework.notices.post_office import mail_server
from tests.casework.queues.test_cover import absences, away


def test_who_lost_the_case_or_left_is_not_reminded_and_who_took_it_over_is(desk: Desk) -> None:
    reporter = with_clocks(desk, "laila")
    wants(desk)
    wants(desk, "pau", "pau@office.example")
    given = {
        "version": str(desk.case(reporter).version),
        "adviser": str(desk.staff_id("pau")),
        "reason": "load",
    }
    with mail_server() as server:
        remind(desk, server, date(2026, 11, 27))
        assert desk.signed_in("laila").post(f"{path(reporter)}/adviser", data=given).status_code == 303
        remind(desk, server, date(2026, 11, 27))
        assert [to for _, to, _ in server.letters] == [[WORK], ["pau@office.example"]]
        left = {f"adviser-{desk.staff_id('pau')}": str(desk.staff_id("laila"))}
        gone = desk.signed_in("joana").post(f"/en/staff/{desk.staff_id('pau')}/leaving", data=left)
        assert gone.status_code == 303, said(gone.text)
        remind(desk, server, date(2026, 12, 4))
        with desk.reading() as session:
            assert [one.address for one in session.exec(select(ReminderAddress))] == [WORK]
            left_of = {one.staff_id for one in session.exec(select(DeadlineReminder))}
            assert left_of == {desk.staff_id("laila")}
        assert server.letters[2:] == [], "the key of the case waits for somebody who has it"


def test_whoever_covers_is_reminded_of_what_stands_on_their_list_and_only_while_they_cover(
    desk: Desk,
) -> None:
    """Ten days end on 4 December in each case. Pau keeps out of one, and has no key for those of the city."""
    ours, apart, _ = with_clocks(desk, "laila"), with_clocks(desk, "laila"), with_clocks(desk, "laila")
    city = with_clocks(desk, "vicent", city=True)
    wants(desk, "pau", "pau@office.example")
    with desk.writing() as session:
        session.add(
            CaseWall(
                case_id=desk.case(apart).id,
                staff_id=desk.staff_id("pau"),
                relation_code="friendship_enmity",
                made_on=date(2026, 11, 23),
                made_by=desk.staff_id("laila"),
            )
        )
    with mail_server() as server:
        remind(desk, server, date(2026, 11, 27))
        assert server.letters == [], "nobody is away yet"
        for name in ("laila", "vicent"):
            away(desk, desk.signed_in(name), "pau", date(2026, 11, 28), date(2026, 11, 30), name)
        assert len(absences(desk)) == 2
        remind(desk, server, date(2026, 11, 28))
        assert letters(server) == [
            ["Últimos días que se acercan: 2", "De ellos, en expedientes de personas a las que cubres: 2"]
        ]
        assert {str(ours.case_number), str(city.case_number)}.isdisjoint(server.raw[0].decode().split())
        remind(desk, server, date(2026, 12, 2))
        assert len(server.letters) == 1, "the absence is over: two days before the end it is Laila's again"


def test_what_goes_wrong_for_one_person_stops_nobody_elses_turn(desk: Desk) -> None:
    """The first of them has a clock by the days off of a place that is in no list any more."""
    whose = {desk.staff_id(name): (name, with_clocks(desk, name)) for name in ("laila", "pau")}
    for name, _ in whose.values():
        wants(desk, name, f"{name}@office.example")
    (first, reporter), (second, _) = (whose[one] for one in sorted(whose))
    page = said(desk.signed_in(second).get("/en/calendar").text)
    assert "Nothing has looked at your days for this yet." in page
    with desk.writing() as session:
        row = session.merge(binding(desk, reporter)[0])
        row.seat_code = "atlantis"
        session.add(row)
    with mail_server() as server:
        told = remind(desk, server, date(2026, 11, 27))
        assert [to for _, to, _ in server.letters] == [[f"{second}@office.example"]]
    assert told == (
        "reminders: 1 sent, 0 not taken and tried again, 1 people whose days could not be counted"
    )
    page = said(desk.signed_in(second).get("/en/calendar").text)
    assert "Your days were last looked at for this on 27 November 2026." in page
    with desk.reading() as session:
        looked = {one.staff_id: one.looked_on for one in session.exec(select(ReminderAddress))}
    assert looked == {desk.staff_id(first): None, desk.staff_id(second): date(2026, 11, 27)}


def test_an_address_is_asked_of_those_who_have_cases_and_must_be_one(desk: Desk) -> None:
    laila = desk.signed_in("laila")
    wrong = laila.post("/en/calendar/reminders", data={"do": "keep", "remind_at": "laila at work"})
    assert wrong.status_code == 422 and 'value="laila at work"' in wrong.text
    assert "Write an e-mail address" in said(wrong.text)
    sent = {"do": "keep", "remind_at": WORK}
    assert desk.signed_in("joana").post("/en/calendar/reminders", data=sent).status_code == 404
    with desk.reading() as session:
        assert session.exec(select(ReminderAddress)).all() == []


def test_who_reminds_reads_no_case_number_and_nothing_sealed(desk: Desk) -> None:
    desk.a_case("laila")
    with desk._as("casework", "reminder")() as session:
        assert session.execute(text("SELECT count(*) FROM case_file WHERE closed_on IS NULL")).scalar() == 1
        for forbidden in (
            "SELECT reference FROM case_file",
            "SELECT display_name FROM staff",
            "SELECT sealed FROM deadline_words",
            "SELECT detail FROM event",
        ):
            with pytest.raises(Exception, match=r"(?i)not|prohibited"):
                session.execute(text(forbidden))

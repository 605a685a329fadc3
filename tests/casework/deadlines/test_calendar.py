"""The private calendar: only what somebody holds, and scenario 22."""

from datetime import date, datetime

import pytest
from sqlmodel import select

from casework.deadlines.tables import CalendarFeed
from office.ids import shown
from tests.casework.deadlines.clocks import (
    ROUTES,
    act,
    binding,
    name_lawyer,
    path,
    route_name,
    version,
    with_clocks,
)
from tests.casework.deadlines.feeds import calendar, made
from tests.casework.desk import Desk, said


def test_scenario_22_the_calendar_feed(desk: Desk) -> None:
    reporter = with_clocks(desk, "laila")
    with_clocks(desk, "pau")
    address = made(desk)
    parsed = calendar(desk, address)
    events = parsed.walk("VEVENT")
    assert [str(one["SUMMARY"]) for one in events] == [
        f"Case {shown(reporter.case_number)}: deadline, not confirmed"
    ] * 2
    assert [one.decoded("DTSTART") for one in events] == [date(2026, 12, 4), date(2027, 11, 20)]
    assert {str(one["STATUS"]) for one in events} == {"TENTATIVE"}
    allowed = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS", "TRANSP"}
    assert {key for one in events for key in one} == allowed
    assert all(isinstance(one.decoded("DTSTAMP"), datetime) for one in events)
    told = parsed.to_ical().decode()
    assert not any(word in told for word in ("Laila", "Inventada", "race", route_name(ROUTES[0])))

    name_lawyer(desk)
    row = binding(desk, reporter)[0]
    assert act(desk, desk.signed_in("laila"), reporter, row, "confirming").status_code == 303
    first, second = calendar(desk, address).walk("VEVENT")
    assert (str(first["STATUS"]), str(second["STATUS"])) == ("CONFIRMED", "TENTATIVE")
    assert str(first["SUMMARY"]) == f"Case {shown(reporter.case_number)}: deadline"

    newer = made(desk)
    assert newer != address
    assert desk.stranger().get(address).status_code == 404
    assert len(calendar(desk, newer).walk("VEVENT")) == 2
    assert desk.stranger().get("/calendar/" + "A" * 43).status_code == 404
    with desk.reading() as session:
        (kept,) = session.exec(select(CalendarFeed)).all()
    assert newer.rpartition("/")[2].encode() not in kept.token_hash and len(kept.token_hash) == 32

    left = {f"adviser-{desk.staff_id('laila')}": str(desk.staff_id("pau"))}
    ended = desk.signed_in("joana").post(f"/en/staff/{desk.staff_id('laila')}/leaving", data=left)
    assert ended.status_code == 303, said(ended.text)
    assert desk.stranger().get(newer).status_code == 404


def test_the_address_is_shown_once_can_be_ended_and_reading_it_is_on_record_once_a_day(
    desk: Desk,
) -> None:
    address = made(desk)
    laila = desk.signed_in("laila")
    assert address not in laila.get("/en/calendar").text
    assert "No calendar has read it yet." in laila.get("/en/calendar").text
    for _ in range(3):
        calendar(desk, address)
    assert desk.events().count("calendar_read") == 1
    assert "last read it on 23 November 2026" in said(laila.get("/en/calendar").text)
    desk.clock.move(days=1)
    calendar(desk, address)
    assert desk.events().count("calendar_read") == 2
    assert desk.signed_in("laila").post("/en/calendar", data={"do": "end"}).status_code == 303
    assert desk.stranger().get(address).status_code == 404
    assert [one for one in desk.events() if one in ("calendar_made", "calendar_ended")] == [
        "calendar_made",
        "calendar_ended",
    ]


def test_an_unknown_address_says_nothing_of_itself_and_nothing_is_logged(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    token = "Q" * 43
    with caplog.at_level(0):
        answer = desk.stranger().get(f"/calendar/{token}")
    assert answer.status_code == 404 and token not in answer.text
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("httpx")]
    assert not any(token in line for line in ours)


def test_a_case_that_changed_hands_leaves_the_calendar_with_it(desk: Desk) -> None:
    reporter = with_clocks(desk, "laila")
    lailas, paus = made(desk), made(desk, "pau")
    given = desk.signed_in("laila").post(
        f"{path(reporter)}/adviser",
        data={"version": version(desk, reporter), "adviser": str(desk.staff_id("pau")), "reason": "load"},
    )
    assert given.status_code == 303
    assert calendar(desk, lailas).walk("VEVENT") == []
    assert len(calendar(desk, paus).walk("VEVENT")) == 2

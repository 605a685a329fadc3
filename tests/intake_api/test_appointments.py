"""The appointment on the page of whoever comes back: what can be answered, and what goes to the office."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from icalendar import Calendar

from office.clock import SetClock
from office.handover.booking import Booking
from office.handover.reply import AppointmentState, AppointmentTold, MeetingTime, Reply
from office.ids import checked_case_number, new_id
from office.sealing.boxes import unseal
from tests.intake_api.conftest import TAGS, Browser, Entrance, plain

OWN, FIRST, SECOND = new_id(), new_id(), new_id()
TUESDAY = date(2026, 12, 1)


def a_time(own: UUID, minute: int, on: date = TUESDAY) -> MeetingTime:
    return MeetingTime(
        id=own, on=on, minute=minute, minutes=45, way_code="place", place="Biblioteca del Mar",
        address="carrer de la Reina 1", at_the_door="Tengo una cita con Laila.", step_free=False,
    )  # fmt: skip


def tell(
    entrance: Entrance, number: int, state: AppointmentState, *times: MeetingTime, taken: bool = False
) -> None:
    told = AppointmentTold(
        appointment_id=OWN, number=number, state_code=state, times=times, is_taken=taken,
        answer_by=date(2026, 11, 27), interpreter="needed",
    )  # fmt: skip
    entrance.reply(Reply(kind="appointment", said_on=date(2026, 11, 23), appointment=told))


def come_back(browser: Browser, receipt: dict[str, str]) -> None:
    assert browser.post("/en/return", receipt).status_code == 303


def send(browser: Browser, answer: str, number: int = 1, **more: Any) -> int:
    fields = {"answer": answer, "number": str(number), "id": str(new_id()), **more}
    return browser.post("/en/return/appointment", fields).status_code


def bookings(entrance: Entrance) -> list[Booking]:
    return [
        Booking.model_validate_json(
            unseal(one.sealed_story, entrance.private["story"], about=f"booking/{one.case_number}")
        )
        for one in entrance.envelopes
        if one.kind == "booking"
    ]


def test_a_time_is_chosen_in_every_language_and_goes_sealed_to_the_office(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    come_back(browser, receipt)
    assert "Your appointment" not in browser.get("/en/return/case").text
    assert send(browser, str(FIRST)) == 422  # nothing was offered
    tell(entrance, 1, "offered", a_time(FIRST, 570), a_time(SECOND, 1020))
    for tag in TAGS:
        for page in ("case", "appointment"):
            assert browser.get(f"/{tag}/return/{page}").status_code == 200, (tag, page)
        assert "Biblioteca del Mar" in browser.get(f"/{tag}/return/appointment").text
    assert "martes, 1 de diciembre de 2026, 9:30" in plain(browser.get("/es/return/appointment"))
    assert "الثلاثاء، 1 ديسمبر 2026، 9:30 ص" in plain(browser.get("/ar/return/appointment"))
    said: dict[str, Any] = {"needs": "step_free", "booking_text": "Hablo árabe."}
    assert send(browser, str(SECOND), **said) == 303
    (one,) = bookings(entrance)
    assert (one.appointment_id, one.number, one.answer, one.time_id) == (OWN, 1, "choose", SECOND)
    assert (one.needs_step_free, one.needs_interpreter, one.text) == (True, False, "Hablo árabe.")
    assert one.case_number == checked_case_number(receipt["case_number"])
    page = plain(browser.get("/es/return/case"))
    assert "Has elegido: martes, 1 de diciembre de 2026, 17:00." in page and "aún no lo ha confirmado" in page
    assert not any(
        word in repr(entrance.all(type(entrance.envelopes[0]))) for word in ("árabe", "Biblioteca")
    )


def test_only_what_was_told_last_can_be_answered_and_twice_is_once(
    browser: Browser, entrance: Entrance, clock: SetClock, receipt: dict[str, str]
) -> None:
    come_back(browser, receipt)
    tell(entrance, 2, "offered", a_time(FIRST, 570), a_time(SECOND, 600, date(2026, 11, 20)))
    tell(entrance, 1, "booked", a_time(SECOND, 600))  # brought later, told before
    for wrong in ("", "nonsense", str(new_id()), str(SECOND)):  # the last one is past
        assert send(browser, wrong, 2) == 422, wrong
    assert send(browser, str(FIRST), 1) == 422  # answered from an older page
    assert send(browser, str(FIRST), 2, needs="a lift") == 422
    assert send(browser, str(FIRST), 2, booking_text="Mi NIE es X1234567L") == 422
    assert bookings(entrance) == []
    clock.move(days=9)  # every time is past: others can still be asked for, and the page leads there
    assert "/en/return/appointment" in browser.get("/en/return/case").text
    assert send(browser, str(FIRST), 2) == 422
    clock.move(days=-9)
    same = {"answer": str(FIRST), "number": "2", "id": str(new_id()), "numbers": "remove"}
    for _ in range(2):
        done = browser.post("/en/return/appointment", {**same, "booking_text": "Mi NIE es X1234567L"})
        assert done.status_code == 303
    (one,) = bookings(entrance)
    assert one.text == "Mi NIE es […]"


def test_a_booked_time_is_taken_along_without_a_word_of_the_office(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    come_back(browser, receipt)
    assert browser.get("/en/return/appointment/calendar").status_code == 303  # none yet
    tell(entrance, 1, "booked", a_time(FIRST, 570))
    page = plain(browser.get("/es/return/appointment"))
    for told in ("Tengo una cita con Laila.", "Hay escalones.", "Buscamos a alguien que haga de intérprete."):
        assert told in page
    file = browser.get("/ca-valencia/return/appointment/calendar")
    assert file.headers["content-disposition"] == 'attachment; filename="calendar.ics"'
    assert file.headers["cache-control"] == "no-store"
    (hour,) = Calendar.from_ical(file.content).events
    assert (hour.start, hour.end) == (
        datetime(2026, 12, 1, 8, 30, tzinfo=UTC),
        datetime(2026, 12, 1, 9, 15, tzinfo=UTC),
    )
    assert set(hour) == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "CLASS"}
    assert hour["SUMMARY"] == "Cita"
    assert "Biblioteca" not in file.text and "onvivencia" not in file.text
    assert send(browser, str(FIRST)) == 422  # it is theirs: others, or cancel
    assert send(browser, "other_times") == 303
    tell(entrance, 2, "asked", taken=True)
    assert "Lo sentimos" in plain(browser.get("/es/return/appointment"))
    assert send(browser, "other_times", 2) == 422
    assert send(browser, "cancel", 2) == 303
    tell(entrance, 3, "cancelled", a_time(FIRST, 570))
    assert "Esta cita está anulada." in plain(browser.get("/es/return/case"))
    assert [one.answer for one in bookings(entrance)] in (
        ["other_times", "cancel"], ["cancel", "other_times"],
    )  # fmt: skip


def test_a_stranger_sees_nothing_of_it(browser: Browser, entrance: Entrance, receipt: dict[str, str]) -> None:
    tell(entrance, 1, "booked", a_time(FIRST, 570))
    for path in ("", "/card", "/calendar"):
        answer = browser.get(f"/en/return/appointment{path}")
        assert (answer.status_code, answer.headers["location"]) == (303, "/en/return")
    assert browser.post("/en/return/appointment", {"answer": "cancel", "number": "1"}).status_code == 303
    assert bookings(entrance) == []

"""Asking for an appointment with the receipt before the office offered one."""

from datetime import date
from typing import Any

from office.handover.booking import AppointmentWish
from office.handover.reply import Reply
from office.ids import checked_case_number, new_id
from office.sealing.boxes import unseal
from office.stores.mailbox import Envelope
from tests.intake_api.conftest import TAGS, Browser, Entrance, plain
from tests.intake_api.test_appointments import FIRST, a_time, come_back, tell

PAGE = "return/appointment/asking"


def ask(browser: Browser, **more: Any) -> Any:
    """Ask, as the form does."""
    fields = {"ways": ["video", "place"], "id": str(new_id()), **more}
    return browser.post(f"/en/{PAGE}", fields)


def wishes(entrance: Entrance) -> list[AppointmentWish]:
    """What the office was asked for."""
    return [
        AppointmentWish.model_validate_json(
            unseal(one.sealed_story, entrance.private["story"], about=f"booking/{one.case_number}")
        )
        for one in entrance.envelopes
        if one.kind == "booking"
    ]


def test_an_appointment_is_asked_for_in_every_language_and_goes_sealed_to_the_office(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    come_back(browser, receipt)
    assert f"/en/{PAGE}" in browser.get("/en/return/case").text
    for tag in TAGS:
        assert browser.get(f"/{tag}/{PAGE}").status_code == 200, tag
    answer = ask(
        browser,
        days=["tuesday", "monday"],
        halves="afternoon",
        needs=["interpreter"],
        booking_text="Hablo árabe. Voy con mi hija.",
    )
    assert answer.status_code == 303
    (one,) = wishes(entrance)
    assert one.case_number == checked_case_number(receipt["case_number"])
    assert (one.wish.ways, one.wish.days, one.wish.halves) == (
        ("place", "video"),
        ("monday", "tuesday"),
        ("afternoon",),
    )
    assert (one.needs_interpreter, one.needs_step_free) == (True, False)
    assert one.text == "Hablo árabe. Voy con mi hija."
    assert "árabe" not in repr(entrance.all(Envelope))
    page = plain(browser.get("/es/return/case"))
    assert "Pediste una cita el" in page
    assert "Hablo" not in page


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    come_back(browser, receipt)
    for wrong in (
        {"ways": []},
        {"ways": "boat"},
        {"days": "sunday"},
        {"halves": "night"},
        {"needs": "a lift"},
        {"booking_text": "a" * 2001},
        {"booking_text": "Mi NIE es X1234567L"},
    ):
        given = {"booking_text": "Voy con mi hija.", **wrong}
        answer = ask(browser, **given)
        assert answer.status_code == 422, wrong
        assert str(given["booking_text"]) in answer.text, wrong
    assert wishes(entrance) == []
    empty = browser.post(f"/es/{PAGE}", {"booking_text": "Voy con mi hija."})
    assert "Elige al menos una forma de hablar con nosotros" in plain(empty)


def test_pressed_twice_it_is_asked_once(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    come_back(browser, receipt)
    same = str(new_id())
    for _ in range(2):
        assert ask(browser, id=same).status_code == 303
    assert len(wishes(entrance)) == 1


def test_beside_an_appointment_there_is_nothing_to_ask_for(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    come_back(browser, receipt)
    assert ask(browser).status_code == 303
    tell(entrance, 1, "asked")
    page = browser.get("/es/return/case")
    assert PAGE not in page.text and "Buscamos horas para ti." in plain(page)
    assert "Pediste" not in plain(page)
    tell(entrance, 2, "offered", a_time(FIRST, 570))
    assert browser.get(f"/es/{PAGE}").status_code == 303
    assert ask(browser).headers["location"] == "/en/return/appointment"
    assert len(wishes(entrance)) == 1
    tell(entrance, 3, "cancelled")
    assert f"/es/{PAGE}" in browser.get("/es/return/case").text


def test_who_has_no_receipt_is_led_to_the_page_that_asks_for_it(browser: Browser, entrance: Entrance) -> None:
    assert browser.get(f"/en/{PAGE}").headers["location"] == "/en/return"
    assert ask(browser).headers["location"] == "/en/return"


def test_a_state_told_on_a_later_day_ends_that_it_is_on_its_way(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    come_back(browser, receipt)
    assert ask(browser).status_code == 303
    for day, is_waiting in ((23, True), (24, False)):
        entrance.reply(Reply(kind="status", state_code="read", said_on=date(2026, 11, day)))
        page = browser.get("/es/return/case")
        assert ("Pediste una cita el" in plain(page)) is is_waiting, day
        assert (f"/es/{PAGE}" in page.text) is not is_waiting, day

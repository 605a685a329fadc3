"""From the offer through the courier to the choice of the person, and back: in a browser, without script."""

import pytest
from playwright.sync_api import Browser, Page, expect

from intake_api.app import create_app as create_intake
from intake_api.settings import IntakeSettings
from tests.casework.appointments.meeting import TUESDAY, a_place, hours
from tests.casework.conflicts.test_in_the_browser import looks_right, page_of
from tests.casework.desk import Desk
from tests.support.browser import Serve, browser, served
from tests.support.reports import post_json, report

__all__ = ["browser", "served"]  # fixtures


def with_receipt(browser: Browser, door: str, told: dict[str, str], tag: str, width: int) -> Page:
    """A telephone of somebody who comes back with their receipt."""
    page = browser.new_context(viewport={"width": width, "height": 780}, java_script_enabled=False).new_page()
    page.goto(f"{door}/{tag}/return")
    page.fill("input[name=case_number]", told["case_number"])
    page.fill("input[name=key]", told["key"])
    page.locator("form[action$='/return'] button").last.click()
    expect(page.locator("h1")).to_be_visible()
    return page


@pytest.mark.parametrize("width", [360, 1280])
def test_an_appointment_is_offered_chosen_confirmed_and_cancelled(
    desk: Desk, browser: Browser, served: Serve, width: int
) -> None:
    intake = create_intake(
        IntakeSettings(
            home=desk.folder, mailbox_url=desk.mailbox_url, public_keys=desk.settings.public_keys, demo=True
        ),
        desk.clock,
    )
    door, address = served(intake), served(desk.app)
    story = report("No me alquilan.", languages={"spoken": "ar", "interpreter": "spoken"})
    receipt = post_json(f"{door}/api/v1/reports", story).body
    number = receipt["case_number"].replace("-", "")
    desk.collect()
    taken = {"adviser": str(desk.staff_id("laila"))}
    assert desk.signed_in("amparo").post(f"/es/inbox/{number}/taking-up", data=taken).status_code == 303
    place = a_place(desk)
    hours(desk.signed_in("laila"), "place", where=f"site_{place}")

    laila = page_of(browser, desk, address, "laila", width)
    laila.goto(f"{address}/es/agenda")
    looks_right(laila, width, "agenda")
    laila.goto(f"{address}/es/cases/{number}/appointments")
    looks_right(laila, width, "nothing yet")
    laila.get_by_role("button", name="Guardar").last.click()
    expect(laila.get_by_role("alert")).to_be_visible()
    looks_right(laila, width, "corrections")
    for time in ("9:00", "9:30"):
        laila.get_by_label(f"martes, 1 de diciembre de 2026, {time}").check()
    laila.get_by_role("button", name="Guardar").last.click()
    expect(laila.get_by_role("heading", name="Horas ofrecidas")).to_be_visible()
    looks_right(laila, width, "offered")
    desk.collect()

    person = with_receipt(browser, door, receipt, "ar", width)
    person.locator("a[href$='/return/appointment']").click()
    expect(person.get_by_text("الثلاثاء، 1 ديسمبر 2026").first).to_be_visible()
    assert person.locator("html").get_attribute("dir") == "rtl"
    looks_right(person, width, "choose, right to left")
    person.locator("main form button").last.click()
    expect(person.get_by_role("alert")).to_be_visible()
    looks_right(person, width, "choose, corrections")
    person.get_by_role("radio").nth(1).check()
    person.locator("main form button").last.click()
    expect(person.get_by_text("لم يؤكده المكتب بعد")).to_be_visible()
    looks_right(person, width, "on its way")
    desk.collect()

    laila.goto(f"{address}/es/cases/{number}")
    expect(laila.get_by_text("aún no interpreta nadie")).to_be_visible()
    looks_right(laila, width, "case, chosen")
    laila.goto(f"{address}/es/cases/{number}/appointments")
    laila.get_by_label("Hay intérprete").check()
    laila.get_by_label("O qué otra persona interpreta y cómo se la localiza").fill("Samira")
    laila.get_by_label("Ha firmado el compromiso de confidencialidad, y la oficina lo guarda").check()
    laila.get_by_role("button", name="Guardar").first.click()
    expect(laila.get_by_role("status")).to_be_visible()
    looks_right(laila, width, "arranged")
    desk.collect()

    person.goto(f"{door}/es/return/appointment")
    expect(person.get_by_text("martes, 1 de diciembre de 2026, 9:30")).to_be_visible()
    expect(person.get_by_text("Te entenderán en tu idioma.")).to_be_visible()
    looks_right(person, width, "booked")
    person.get_by_role("link", name="Una tarjeta para imprimir").click()
    expect(person.get_by_role("heading", name="Cita", exact=True)).to_be_visible()
    looks_right(person, width, "card")
    person.emulate_media(media="print")
    printed = " ".join(person.locator("body").inner_text().split())
    assert "Biblioteca del Mar" in printed and "Discriminación" not in printed and "Odio" not in printed
    person.emulate_media(media="screen")
    calendar = person.context.request.get(f"{door}/es/return/appointment/calendar").text()
    assert "SUMMARY:Cita\r\n" in calendar and "DTSTART:20261201T083000Z" in calendar
    assert not any(word in calendar for word in ("Biblioteca", number, "onvivencia", "LOCATION", "URL"))
    person.goto(f"{door}/es/return/appointment")
    person.get_by_label("Anulo la cita").check()
    person.locator("main form button").last.click()
    expect(person.get_by_text("Has anulado la cita.")).to_be_visible()
    desk.collect()
    laila.goto(f"{address}/es/agenda?from={TUESDAY.isoformat()}")
    expect(laila.get_by_text("Libre").nth(3)).to_be_visible()
    looks_right(laila, width, "agenda, free again")
    for context in (laila.context, person.context):
        context.close()
    for where in ("sites", "sites/new", "clinics"):
        amparo = page_of(browser, desk, address, "amparo", width)
        amparo.goto(f"{address}/es/{where}")
        looks_right(amparo, width, where)
        amparo.context.close()

"""The print view of a case, and the keys that lead around its page."""

import re

from playwright.sync_api import Browser, expect

from tests.casework.desk import Desk, said
from tests.casework.test_in_the_browser import page_of
from tests.support.browser import Serve, axe, browser, served

__all__ = ["browser", "served"]  # fixtures


def test_a_print_of_a_case_is_in_its_timeline_and_names_who_printed_it(desk: Desk) -> None:
    reporter = desk.a_case("laila", contact=True)
    laila, own = desk.signed_in("laila"), f"/en/cases/{reporter.case_number}"
    for number in range(16):
        laila.post(f"{own}/notes", data={"note": f"Note number {number}."})
    assert f'href="{own}/print"' in laila.get(own).text
    assert "case_printed" not in desk.events(reporter)
    page = laila.get(f"{own}/print")
    assert page.status_code == 200
    assert desk.events(reporter).count("case_printed") == 1
    told = said(page.text)
    assert "Printed by Laila Imaginaria on 23 November 2026." in told
    assert "opened the case to print it" in told
    assert told.count("wrote a note") == 16
    assert "Note number 0." in told and "No me quisieron alquilar" in told
    assert "600 123 123" not in page.text
    assert "<form" not in page.text.partition("<main")[2]
    assert desk.signed_in("pau").get(f"{own}/print").status_code == 404


def test_keys_lead_around_the_page_of_a_case_and_can_be_switched_off(
    desk: Desk, browser: Browser, served: Serve
) -> None:
    reporter = desk.a_case("laila")
    address = served(desk.app)
    page = page_of(browser, desk, address, 390, script=True)
    own = f"{address}/es/cases/{reporter.case_number}"
    page.goto(own)
    note, message = page.get_by_label("Nota", exact=True), page.get_by_label("Escribir a la persona")
    expect(note).not_to_be_visible()
    page.keyboard.press("n")
    expect(note).to_be_focused()
    page.keyboard.type("mn?")
    expect(note).to_have_value("mn?")
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("summary", has_text="Atajos de teclado")).to_be_focused()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.keyboard.press("Control+m")
    expect(message).not_to_be_focused()
    use = page.get_by_label("Usar las teclas en este equipo")
    use.uncheck()
    page.keyboard.press("m")
    expect(use).to_be_focused()
    page.reload()
    page.keyboard.press("m")
    expect(message).not_to_be_focused()
    page.get_by_role("link", name="Atajos de teclado").click()
    use.check()
    page.keyboard.press("i")
    page.wait_for_url("**/print")
    expect(page.get_by_role("button", name="Imprimir")).to_be_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Imprimir")).not_to_be_visible()
    expect(page.get_by_role("navigation", name="Secciones")).not_to_be_visible()
    expect(page.get_by_text("Lo que contó la persona")).to_be_visible()
    page.context.close()

    without = page_of(browser, desk, address, 1280, script=False)
    without.goto(own)
    assert re.findall("Usar las teclas", without.get_by_role("main").inner_text()) == []
    without.get_by_role("link", name="Atajos de teclado").click()
    expect(without.get_by_role("link", name="Vista para imprimir")).to_have_count(2)
    without.get_by_role("link", name="Vista para imprimir").first.click()
    expect(without.get_by_role("button", name="Imprimir")).not_to_be_visible()
    without.context.close()

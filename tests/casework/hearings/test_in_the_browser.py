"""The pages of hearings in a real browser: telephone and laptop, without script."""

from datetime import date

import pytest
from playwright.sync_api import Browser, expect

from tests.casework.conflicts.test_in_the_browser import looks_right, page_of
from tests.casework.desk import Desk
from tests.casework.hearings.hearings import a_hearing, filed, put_off, rows
from tests.casework.hearings.hearings import page as hearing_page
from tests.support.browser import Serve, browser, served

__all__ = ["browser", "served"]  # fixtures


@pytest.mark.parametrize("width", [390, 1280])
def test_a_hearing_is_noted_put_off_and_seen_by_everybody(
    desk: Desk, browser: Browser, served: Serve, width: int
) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    track = filed(desk, laila, reporter)
    a_hearing(desk, hearing_at="9:30")
    address = served(desk.app)
    page = page_of(browser, desk, address, "laila", width)
    page.goto(f"{address}/es/cases/{reporter.case_number}/tracks/{track.track.id}")
    looks_right(page, width, "track")
    page.get_by_role("link", name="Anotar un señalamiento").click()
    page.get_by_role("button", name="Anotar el señalamiento").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_right(page, width, "corrections")
    page.get_by_label("Juicio").check()
    for name, value in (("Día", "3"), ("Mes", "12"), ("Año", "2026")):
        page.get_by_role("textbox", name=name, exact=True).fill(value)
    page.get_by_role("textbox", name="Hora").fill("9:40")
    page.get_by_label("Dónde, y en qué sala").fill("Juzgado de lo Social 5, sala 4")
    page.get_by_role("button", name="Anotar el señalamiento").click()
    expect(page.get_by_role("status")).to_contain_text("queda anotado")
    expect(page.get_by_text("La misma persona asesora")).to_be_visible()
    looks_right(page, width, "hearing")
    page.get_by_label("Aplazado a otro día").check()
    page.get_by_label("Con tus palabras").fill("El juzgado lo movió.")
    for name, value in (("Día", "6"), ("Mes", "12"), ("Año", "2026")):
        page.get_by_role("textbox", name=name, exact=True).fill(value)
    page.get_by_role("textbox", name="Hora").fill("11:05")
    page.get_by_role("button", name="Anotar cómo acabó").click()
    expect(page.get_by_text("allí no hay actuaciones")).to_be_visible()
    looks_right(page, width, "put off")
    for where in (f"cases/{reporter.case_number}", "deadlines", "agenda?from=2026-12-01"):
        page.goto(f"{address}/es/{where}")
        looks_right(page, width, where)
        expect(page.get_by_text("6 dic 2026, 11:05")).to_be_visible()
    assert len(rows(desk)) == 3


@pytest.mark.parametrize("width", [390, 1280])
def test_an_end_is_taken_back_by_everybody_and_the_card_keeps_its_distance(
    desk: Desk, browser: Browser, served: Serve, width: int
) -> None:
    reporter, row = a_hearing(desk)
    a_hearing(desk, hearing_at="12:30")
    assert put_off(desk.signed_in("laila"), reporter, row, date(2026, 12, 9)).status_code == 303
    address = served(desk.app)
    page = page_of(browser, desk, address, "laila", width)
    page.goto(f"{address}{hearing_page(reporter, row)}")
    looks_right(page, width, "put off")
    page.get_by_role("link", name="Se anotó por error").click()
    expect(page.get_by_text("queda cancelado con ello")).to_be_visible()
    page.get_by_role("button", name="Deshacer lo anotado").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_right(page, width, "no reason")
    page.get_by_label("¿Qué estaba mal?").fill("El juzgado movió otro señalamiento.")
    page.get_by_role("button", name="Deshacer lo anotado").click()
    expect(page.get_by_role("status")).to_contain_text("vuelve a estar pendiente")
    expect(page.get_by_text("Anotado por error: Aplazado a otro día")).to_be_visible()
    looks_right(page, width, "to come again")
    page.goto(f"{address}/es/deadlines")
    for direction in ("ltr", "rtl"):  # the desk speaks no language that is written from the right yet
        page.evaluate(f"document.documentElement.dir = '{direction}'")
        looks_right(page, width, f"deadlines, {direction}")
        card = page.locator(".desk-deadlines").bounding_box()
        tabs = page.locator(".desk-deadlines + .desk-tabs").bounding_box()
        assert card and tabs and tabs["y"] - (card["y"] + card["height"]) >= 16

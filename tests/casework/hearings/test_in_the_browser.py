"""The pages of hearings in a real browser: telephone and laptop, without script."""

import pytest
from playwright.sync_api import Browser, expect

from tests.casework.conflicts.test_in_the_browser import looks_right, page_of
from tests.casework.desk import Desk
from tests.casework.hearings.hearings import a_hearing, filed, rows
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

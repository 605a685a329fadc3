"""The pages of what somebody is in a real browser: telephone and laptop, without script."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.casework.conflicts.test_in_the_browser import looks_right, page_of
from tests.casework.desk import Desk
from tests.casework.profile.noting import WORD, entries
from tests.support.browser import Serve, browser, served

__all__ = ["browser", "served"]  # fixtures


def fill_day(page: Page, legend: str, day: str, month: str, year: str) -> None:
    group = page.get_by_role("group", name=legend)
    for label, value in (("Día", day), ("Mes", month), ("Año", year)):
        group.get_by_label(label).fill(value)


@pytest.mark.parametrize("width", [390, 1280])
def test_what_somebody_is_can_be_noted_opened_with_a_reason_and_destroyed_by_everybody(
    desk: Desk, browser: Browser, served: Serve, width: int
) -> None:
    reporter = desk.a_case("laila")
    address = served(desk.app)
    own = f"{address}/es/cases/{reporter.case_number}"
    page = page_of(browser, desk, address, "laila", width)
    page.goto(own)
    page.get_by_role("link", name="Lo que la persona es").click()
    looks_right(page, width, "empty")
    page.get_by_role("button", name="Anotar lo que es").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_right(page, width, "corrections")
    page.get_by_label("Le he dicho para qué es").check()
    fill_day(page, "¿Qué día dijo que sí?", "20", "11", "2026")
    page.get_by_label("¿De qué se trata?").select_option("disability")
    page.get_by_label("Con sus propias palabras").fill(f"Voy en silla de ruedas, {WORD}.")
    page.get_by_label("Ajustes razonables").check()
    page.get_by_role("button", name="Anotar lo que es").click()
    expect(page.get_by_role("status")).to_be_visible()
    page.get_by_text("Destruir lo anotado").first.click()
    looks_right(page, width, "noted")
    supervisor = page_of(browser, desk, address, "amparo", width)
    supervisor.goto(f"{own}/profile")
    looks_right(supervisor, width, "reason")
    supervisor.get_by_label("¿Por qué necesitas leerlo?").fill("no")
    supervisor.get_by_role("button", name="Abrir lo que es").click()
    expect(supervisor.get_by_role("alert")).to_be_visible()
    looks_right(supervisor, width, "reason refused")
    supervisor.get_by_label("¿Por qué necesitas leerlo?").fill("Lo pregunta la abogada.")
    supervisor.get_by_role("button", name="Abrir lo que es").click()
    expect(supervisor.get_by_text(WORD)).to_be_visible()
    looks_right(supervisor, width, "opened")
    page.goto(f"{own}/profile")
    expect(page.get_by_text("Lo pregunta la abogada.")).to_be_visible()
    page.get_by_text("Destruir lo anotado").first.click()
    fill_day(page, "¿Qué día lo dijo?", "23", "11", "2026")
    page.get_by_label("Destruirlo", exact=True).check()
    page.get_by_role("button", name="Destruir lo anotado").click()
    expect(page.get_by_role("status")).to_contain_text("destruido")
    looks_right(page, width, "destroyed")
    assert entries(desk) == []

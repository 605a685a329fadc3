"""The register in a real browser, on a telephone and on a desk, without script."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.casework.authority_requests.entries import REGISTER, entered, signed
from tests.casework.desk import Desk
from tests.support.browser import Serve, axe, browser, served

__all__ = ["browser", "served"]  # fixtures


def page_of(browser: Browser, desk: Desk, address: str, name: str, width: int) -> Page:
    """A page on which one of the invented staff is signed in."""
    token = desk.signed_in(name).cookies.get("desk")
    assert token
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False)
    context.add_cookies([{"name": "desk", "value": token, "url": address}])
    return context.new_page()


def looks_right(page: Page, width: int) -> None:
    assert axe(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


@pytest.mark.parametrize("width", [360, 1280])
def test_a_request_is_entered_signed_and_counted_by_everybody(
    desk: Desk, browser: Browser, served: Serve, width: int
) -> None:
    signed(desk, entered(desk, "laila", authority="court"))
    address = served(desk.app)
    page = page_of(browser, desk, address, "iris", width)
    page.goto(address + REGISTER)
    looks_right(page, width)
    page.get_by_role("button", name="Registrar una petición").click()
    page.get_by_role("textbox", name="¿Qué ley u orden").fill("Ley de Extranjería")
    page.get_by_role("button", name="Registrar la petición").click()
    looks_right(page, width)
    page.get_by_role("link", name="Falta el día en que llegó.").click()
    assert page.evaluate("document.activeElement.name") == "received-day"
    for field, value in (("Día", "20"), ("Mes", "11"), ("Año", "2026")):
        page.get_by_role("textbox", name=field).fill(value)
    for choice in ("Control de extranjería", "Carta u oficio", "Cómo localizar a alguien"):
        page.get_by_label(choice).check()
    page.get_by_role("button", name="Registrar la petición").click()
    expect(page.get_by_role("status")).to_be_visible()
    expect(page.get_by_text("Ley de Extranjería")).to_be_visible()
    looks_right(page, width)
    page.context.close()

    page = page_of(browser, desk, address, "remei", width)
    page.goto(address + REGISTER)
    looks_right(page, width)
    page.get_by_role("link", name="R-2026-2").click()
    looks_right(page, width)
    page.get_by_label("Denegado").check()
    page.get_by_role("textbox", name="Motivos").fill("Ninguna ley obliga.")
    page.get_by_label("No, o no afecta a nadie").check()
    page.get_by_role("button", name="Firmar la respuesta").click()
    expect(page.get_by_role("heading", name="La respuesta firmada")).to_be_visible()
    looks_right(page, width)
    page.goto(f"{address}{REGISTER}/2026")
    looks_right(page, width)
    page.context.close()

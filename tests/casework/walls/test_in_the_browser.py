"""Walls in a real browser, without a script: asked before, told of the way outside, overseen."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.casework.desk import Desk
from tests.casework.walls.rising import declare, path
from tests.support.browser import Serve, axe, browser, served

__all__ = ["browser", "served"]  # fixtures

ES, VA = "es", "ca-valencia"


def page_of(browser: Browser, desk: Desk, address: str, width: int, name: str) -> Page:
    """A page on which somebody is signed in, without script."""
    token = desk.signed_in(name).cookies.get("desk")
    assert token
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False)
    context.add_cookies([{"name": "desk", "value": token, "url": address}])
    return context.new_page()


def fits(page: Page, width: int) -> None:
    assert axe(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


@pytest.mark.parametrize("width", [390, 1280])
def test_a_wall_rises_is_told_of_and_overseen_by_everybody(
    desk: Desk, browser: Browser, served: Serve, width: int
) -> None:
    case = desk.a_case("laila", language="uk")
    address = served(desk.app)
    page = page_of(browser, desk, address, width, "laila")
    page.goto(f"{address}{path(case, 'codes', ES)}")
    fits(page, width)
    page.get_by_label("Discriminación directa").first.check()
    page.get_by_label("Parte señalada").select_option("city_council")
    page.get_by_role("button", name="Guardar los códigos").click()
    expect(page.get_by_text("el expediente deja de estar en tus manos")).to_be_visible()
    fits(page, width)
    page.get_by_role("button", name="No, volver a lo que escribí").click()
    expect(page.get_by_label("Parte señalada")).to_have_value("city_council")
    expect(page.get_by_label("Discriminación directa").first).to_be_checked()
    page.get_by_role("button", name="Guardar los códigos").click()
    page.get_by_label("¿De qué servicio del Ayuntamiento se trata?").select_option("housing")
    page.get_by_label("Vicent Ficticio").check()
    page.get_by_role("button", name="Sí, separar el expediente").click()
    expect(page.get_by_text("ya no está en tus manos")).to_be_visible()
    page.context.close()

    page = page_of(browser, desk, address, width, "vicent")
    page.goto(f"{address}{path(case, '', VA)}")
    fits(page, width)
    page.get_by_role("link", name="Informar la persona en la seua llengua").click()
    expect(page.get_by_role("button", name="Enviar a la persona")).to_be_visible()
    fits(page, width)
    page.get_by_role("button", name="Enviar a la persona").click()
    expect(page.get_by_text("Vicent Ficticio va informar la persona")).to_be_visible()
    page.goto(f"{address}{path(case, 'people', ES)}")
    fits(page, width)
    page.context.close()

    declare(desk, "vicent")
    page = page_of(browser, desk, address, width, "joana")
    for below in ("walls", "services"):
        page.goto(f"{address}/es/{below}")
        fits(page, width)
    page.context.close()

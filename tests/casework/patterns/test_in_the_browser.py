"""Patterns in a real browser: telephone and laptop, without script."""

import re

import pytest
from playwright.sync_api import Browser, expect

from office.ids import shown
from tests.casework.conflicts.people import add
from tests.casework.conflicts.test_in_the_browser import looks_right, page_of
from tests.casework.desk import Desk
from tests.support.browser import Serve, browser, served

__all__ = ["browser", "served"]  # fixtures


@pytest.mark.parametrize("width", [390, 1280])
def test_a_pattern_is_asked_about_agreed_to_and_proposed_by_everybody(
    desk: Desk, browser: Browser, served: Serve, width: int
) -> None:
    found, laila = [desk.a_case("laila") for _ in range(3)], desk.signed_in("laila")
    for one in found:
        add(laila, one, "Inmobiliaria Sol S.L.")
    address = served(desk.app)
    page = page_of(browser, desk, address, "amparo", width)
    page.goto(f"{address}/es/patterns")
    looks_right(page, width, "found")
    page.get_by_role("button", name="Preguntar a quien lleva cada uno").click()
    looks_right(page, width, "asked")
    page.context.close()
    page = page_of(browser, desk, address, "laila", width)
    page.goto(f"{address}/es/cases/{found[0].case_number}")
    looks_right(page, width, "card")
    page.get_by_role("link", name="Si este expediente puede mostrarse").click()
    looks_right(page, width, "questions")
    for _ in found:
        page.get_by_role("button", name=re.compile("^Estoy de acuerdo")).first.click()
    looks_right(page, width, "answered")
    page.get_by_role("link", name="Los expedientes del patrón").first.click()
    for one in found:
        expect(page.get_by_text(shown(one.case_number))).to_be_visible()
    looks_right(page, width, "group")
    page.get_by_role("button", name="Proponer un litigio estratégico").click()
    looks_right(page, width, "refused")
    for label in ("La pregunta", "Qué se quiere conseguir", "Qué puede costar a las personas afectadas"):
        page.get_by_label(label, exact=True).fill("Lo que pedimos.")
    page.get_by_role("button", name="Proponer un litigio estratégico").click()
    looks_right(page, width, "proposed")
    page.context.close()
    for name in ("amparo", "vicent"):
        page = page_of(browser, desk, address, name, width)
        page.goto(f"{address}/es/patterns")
        page.get_by_role("link", name="Los expedientes del patrón").first.click()
        page.get_by_label("A favor", exact=True).check()
        page.get_by_label("Por qué", exact=True).fill("Hay prueba.")
        looks_right(page, width, "speaking")
        page.get_by_role("button", name="Guardar lo que digo").click()
        looks_right(page, width, "spoken")
        page.context.close()

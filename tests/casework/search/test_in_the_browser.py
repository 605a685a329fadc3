"""The search in a real browser: telephone and laptop, without script."""

import pytest
from playwright.sync_api import Browser, expect

from office.ids import shown
from tests.casework.conflicts.people import add
from tests.casework.conflicts.test_in_the_browser import looks_right, page_of
from tests.casework.desk import Desk
from tests.support.browser import Serve, browser, served

__all__ = ["browser", "served"]  # fixtures


@pytest.mark.parametrize("width", [390, 1280])
def test_every_way_to_search_can_be_used_by_everybody(
    desk: Desk, browser: Browser, served: Serve, width: int
) -> None:
    own = desk.a_case("laila", text="Me gritó en la escalera.")
    add(desk.signed_in("laila"), own, "Hostelería Pérez Hermanos S.L.", aliases="Bar Pépé")
    address = served(desk.app)
    page = page_of(browser, desk, address, "laila", width)
    page.goto(f"{address}/es/search")
    looks_right(page, width, "empty")
    page.get_by_role("button", name="Buscar").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_right(page, width, "corrections")
    for way, label, typed in (
        ("Número", "Número de caso", own.case_number[:4]),
        ("Nombre de alguien", "Nombre de una persona o una entidad", "bar pepe"),
        ("Palabras en lo contado o escrito", "Palabras", "escalera grito"),
    ):
        page.get_by_role("link", name=way, exact=True).click()
        page.get_by_label(label, exact=True).fill(typed)
        page.get_by_role("button", name="Buscar").click()
        expect(page.get_by_role("link", name=shown(own.case_number))).to_be_visible()
        assert page.url == f"{address}/es/search"
        looks_right(page, width, way)
    page.get_by_role("link", name="Códigos y días").click()
    looks_right(page, width, "codes")
    page.get_by_label("Fase").select_option("triage")
    page.get_by_role("button", name="Buscar").click()
    page.get_by_role("link", name=shown(own.case_number)).click()
    assert page.url.endswith(f"/cases/{own.case_number}")
    page.context.close()

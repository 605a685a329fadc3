"""The way around the desk: short for whoever has much to do, folded away without script, and never lost."""

import pytest
from playwright.sync_api import Browser, expect

from tests.casework.desk import Desk
from tests.support.browser import Serve, axe, browser, served

__all__ = ["browser", "served"]  # fixtures


@pytest.mark.browser
@pytest.mark.parametrize(("width", "rows"), [(390, 3), (1280, 1)])
def test_the_supervisors_way_around_is_short_and_the_rest_unfolds_by_keyboard(
    desk: Desk, browser: Browser, served: Serve, width: int, rows: int
) -> None:
    desk.a_case("laila")
    address = served(desk.app)
    token = desk.signed_in("amparo").cookies.get("desk")
    assert token
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False)
    context.add_cookies([{"name": "desk", "value": token, "url": address}])
    page = context.new_page()
    page.goto(f"{address}/es/cases")
    around = page.locator(".desk-navigation")
    box = around.bounding_box()
    assert box is not None and box["height"] <= rows * 55
    for name in ("Expedientes", "Buscar", "Plazos", "Mis tareas"):
        expect(around.get_by_role("link", name=name)).to_be_visible()
    expect(around.get_by_role("link", name="Ausencias")).not_to_be_visible()
    assert axe(page) == []
    around.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(around.get_by_role("link", name="Supervisión")).to_be_visible()
    assert axe(page) == [] and page.evaluate("document.documentElement.scrollWidth") <= width
    around.get_by_role("link", name="Ausencias").click()
    expect(page).to_have_url(f"{address}/es/absences")
    expect(around.get_by_role("link", name="Ausencias")).to_have_attribute("aria-current", "page")
    context.close()


def test_whoever_has_few_ways_has_none_folded_away(desk: Desk) -> None:
    for name, folded in (("amparo", True), ("joana", True), ("remei", False), ("ferran", False)):
        page = desk.signed_in(name).get("/es/my-sign-ins").text
        assert ('class="desk-more"' in page) is folded, name
        above = page.partition("<nav")[2].partition("<details")[0]
        assert above.count("<li>") >= 3, name  # something stands in the row for everybody

"""The pages of who works here in a real browser: telephone and laptop, without script."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.casework.desk import Desk
from tests.casework.staff.test_devices import EDGE, FIREFOX, knock
from tests.support.browser import Serve, axe, browser, served

__all__ = ["browser", "served"]  # fixtures


def signed_in(browser: Browser, desk: Desk, address: str, name: str, width: int) -> Page:
    """A page on which somebody is signed in, without script."""
    token = desk.signed_in(name).cookies["desk"]
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False)
    context.add_cookies([{"name": "desk", "value": token, "url": address}])
    return context.new_page()


def look(page: Page, width: int) -> None:
    assert axe(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


@pytest.mark.parametrize("width", [390, 1280])
def test_who_works_here_can_be_seen_and_helped_by_everybody(
    desk: Desk, browser: Browser, served: Serve, width: int
) -> None:
    running = desk.app.state.desk
    running.settings = running.settings.model_copy(update={"desk_at": "http://localhost:8002"})
    address = served(desk.app)
    laila, other = desk.signed_in("laila"), desk.stranger()
    assert knock(desk, other, **EDGE) == 303
    laila.post("/es/sign-out")

    amparo = signed_in(browser, desk, address, "amparo", width)
    amparo.goto(f"{address}/es/staff")
    look(amparo, width)
    amparo.locator(f"a[href$='{desk.staff_id('laila')}/recovery']").click()
    look(amparo, width)
    amparo.get_by_label("El teléfono o la llave de acceso").check()
    amparo.get_by_role("button", name="Pedirlo").click()
    expect(amparo.get_by_role("status")).to_contain_text("Otra persona tiene que confirmarlo")
    joana = signed_in(browser, desk, address, "joana", width)
    joana.goto(f"{address}/es/staff/{desk.staff_id('laila')}/recovery")
    joana.get_by_role("button", name="Confirmarlo").click()
    expect(joana.get_by_role("status")).to_contain_text("Para Laila Imaginaria")
    look(joana, width)

    own = signed_in(browser, desk, address, "laila", width)
    own.goto(f"{address}/es/my-passkeys")
    expect(own.get_by_role("alert")).to_have_count(2)  # of the device and of the telephone
    look(own, width)
    desk.signed_in("laila")
    own.goto(f"{address}/ca-valencia/my-sign-ins")
    expect(own.get_by_text("Dispositiu no vist abans")).to_have_count(2)
    look(own, width)
    own.get_by_role("button", name="Acabar totes les altres").click()
    expect(own.get_by_role("status")).to_be_visible()
    assert knock(desk, desk.stranger(), **FIREFOX) == 303

    teresa = signed_in(browser, desk, address, "teresa", width)
    for here in ("staff", "health"):
        teresa.goto(f"{address}/es/{here}")
        look(teresa, width)
    ferran = signed_in(browser, desk, address, "ferran", width)
    ferran.goto(f"{address}/es/assisting")
    ferran.locator("[name=relay_name]").fill("Mercado de Orriols")
    ferran.locator("[name=channel]").select_option("outreach")
    for part, value in (("day", "30"), ("month", "11"), ("year", "2026")):
        ferran.locator(f"[name=until-{part}]").fill(value)
    ferran.get_by_role("button", name="Crear el acceso").click()
    expect(ferran.locator("#token")).to_be_visible()
    look(ferran, width)
    door = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False).new_page()
    for here in ("sign-in", "new-telephone"):
        door.goto(f"{address}/es/{here}")
        expect(door.get_by_role("button", name="Entrar con una llave")).to_have_count(0)  # needs a script
        look(door, width)

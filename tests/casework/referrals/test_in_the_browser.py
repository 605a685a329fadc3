"""Referrals in a real browser, staff's pages and the body's: telephone and laptop, without script."""

import pytest
from playwright.sync_api import Browser, expect

from tests.casework.conflicts.test_in_the_browser import looks_right, page_of
from tests.casework.desk import Desk
from tests.casework.referrals.handing import PARTNER, act, handed_over, now, path, send
from tests.support.browser import Serve, browser, served

__all__ = ["browser", "served"]  # fixtures


@pytest.mark.parametrize("width", [390, 1280])
def test_a_referral_is_drafted_consented_to_and_handed_over_in_the_browser(
    desk: Desk, browser: Browser, served: Serve, width: int
) -> None:
    reporter = desk.a_case("laila", files=(desk.a_file(b"hola", "carta.txt", "text/plain"),))
    address = served(desk.app)
    page = page_of(browser, desk, address, "laila", width)
    page.goto(f"{address}/es/cases/{reporter.case_number}")
    page.locator("#referrals + p a").click()
    looks_right(page, width, "empty")
    page.get_by_role("button", name="Guardar el borrador").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_right(page, width, "corrections")
    page.get_by_label("¿A qué entidad?").select_option("021")
    page.get_by_label("Nombre", exact=True).fill("Amina B.")
    page.get_by_label("Teléfono", exact=True).fill("600 123 123")
    page.get_by_label("Qué pasó").fill("Le negaron el alquiler al oír su nombre.")
    page.get_by_label("carta.txt").check()
    page.get_by_role("button", name="Guardar el borrador").click()
    looks_right(page, width, "draft")
    page.get_by_label("Nombre", exact=True).last.check()
    page.locator('input[name="items"][value="phone"]').check()
    page.get_by_label("Firmado en papel").check()
    page.get_by_role("button", name="Guardar el consentimiento").click()
    looks_right(page, width, "consented")
    page.get_by_label("Una dirección web que caduca").check()
    page.get_by_role("button", name="Entregar exactamente esto").click()
    expect(page.locator("code.desk-secret")).to_be_visible()
    looks_right(page, width, "address")
    page.goto(f"{address}/es/referrals")
    looks_right(page, width, "list")
    assert send(desk, desk.signed_in("laila"), reporter, "printed").status_code == 303
    page.goto(f"{address}{path(reporter, now(desk, reporter))}/pack")
    looks_right(page, width, "printed")
    page.context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_body_answers_at_its_address_in_the_browser_and_the_referral_comes_back(
    desk: Desk, browser: Browser, served: Serve, width: int
) -> None:
    reporter = desk.a_case("laila")
    own = handed_over(desk, desk.signed_in("laila"), reporter, "name", "phone", "summary", "language")
    address = served(desk.app)
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{PARTNER}")
    looks_right(page, width, "door")
    page.get_by_label("Código").fill(own)
    page.get_by_role("button", name="Abrir la derivación").click()
    assert own not in page.url
    looks_right(page, width, "pack")
    page.get_by_label("No podemos asumirlo").check()
    page.get_by_role("button", name="Enviar la respuesta").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_right(page, width, "reason missing")
    page.get_by_label("Un texto breve para la oficina").fill("No tenemos plazas.")
    page.get_by_role("button", name="Enviar la respuesta").click()
    looks_right(page, width, "thanks")
    page.goto(f"{address}{PARTNER}")
    page.get_by_label("Código").fill(own)
    page.get_by_role("button", name="Abrir la derivación").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_right(page, width, "gone")
    context.close()

    page = page_of(browser, desk, address, "amparo", width)
    page.goto(f"{address}{path(reporter, now(desk, reporter))}")
    expect(page.get_by_text("No tenemos plazas.")).to_be_visible()
    looks_right(page, width, "came back")
    page.goto(f"{address}/es/referrals?whose=all&which=returned")
    looks_right(page, width, "list")
    page.get_by_role("link", name="Entidades y asociaciones").click()
    looks_right(page, width, "directory")
    page.get_by_role("link", name="Añadir una entidad").click()
    looks_right(page, width, "new body")
    assert act(desk, desk.signed_in("laila"), reporter, "withdrawal").status_code == 303
    page.goto(f"{address}{path(reporter, now(desk, reporter))}")
    looks_right(page, width, "taken back")
    page.context.close()

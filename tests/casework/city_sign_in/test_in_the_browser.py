"""The whole way in a real browser, without script: the provider stands on another site than the desk."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.casework.city_sign_in.going import set_up
from tests.casework.desk import STAFF, Desk
from tests.support.browser import Serve, axe, browser, served
from tests.support.city_provider import CityProvider

__all__ = ["browser", "served"]  # fixtures
LAILA = STAFF["laila"]


def look(page: Page, width: int) -> None:
    assert axe(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


@pytest.mark.parametrize("width", [390, 1280])
def test_an_account_is_linked_and_lets_its_person_in(
    desk: Desk, provider: CityProvider, browser: Browser, served: Serve, width: int
) -> None:
    address = f"http://localhost:{urlsplit(served(desk.app)).port}"
    set_up(desk, provider.issuer, address)
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False)
    page = context.new_page()

    page.goto(f"{address}/es/sign-in")
    look(page, width)
    page.get_by_label("Nombre de acceso").fill(LAILA.sign_in_name)
    page.get_by_label("Frase de contraseña").fill(LAILA.passphrase)
    page.get_by_label("Código de seis cifras").fill(LAILA.code(desk.clock.now()))
    page.get_by_role("button", name="Entrar", exact=True).click()
    page.goto(f"{address}/es/my-sign-ins")
    page.get_by_role("link", name="El acceso municipal: la cuenta municipal").click()
    look(page, width)
    page.get_by_role("link", name="Ir al acceso municipal").click()
    expect(page.get_by_role("heading", level=2, name="Vincular la cuenta")).to_be_visible()
    page.get_by_role("button", name="Vincular la cuenta").click()
    expect(page.get_by_role("alert")).to_be_visible()  # nothing was filled in
    look(page, width)
    page.get_by_label("Frase de contraseña").fill(LAILA.passphrase)
    page.get_by_label("Código de seis cifras").fill(LAILA.code(desk.clock.now()))
    page.get_by_role("button", name="Vincular la cuenta").click()
    expect(page.get_by_role("status")).to_contain_text("La cuenta está vinculada")
    look(page, width)
    page.get_by_role("button", name="Salir").click()

    page.goto(f"{address}/ca-valencia/sign-in?next=/ca-valencia/my-sign-ins")
    page.get_by_role("link", name="Continuar amb la cuenta municipal").click()
    expect(page.get_by_role("heading", level=1, name="La teua frase de contrasenya")).to_be_visible()
    assert urlsplit(page.url).query == ""  # neither code nor state stay in the address
    look(page, width)
    page.get_by_label("Nom d'accés").fill(LAILA.sign_in_name)
    page.get_by_label("Frase de contrasenya").fill("wrong")
    page.get_by_role("button", name="Entra").click()
    expect(page.get_by_role("alert")).to_contain_text("No hem pogut donar-te accés")
    look(page, width)
    page.get_by_label("Frase de contrasenya").fill(LAILA.passphrase)
    page.get_by_role("button", name="Entra").click()
    expect(page.get_by_role("heading", level=1, name="Els meus accessos")).to_be_visible()
    expect(page.get_by_text("amb l'accés municipal")).to_have_count(2)  # open now, and among the sign-ins
    look(page, width)
    page.get_by_role("button", name="Ix").click()

    provider.problem = "access_denied"
    page.goto(f"{address}/es/sign-in")
    page.get_by_role("link", name="Continuar con la cuenta municipal").click()
    expect(page.get_by_role("alert")).to_contain_text("no nos ha dicho quién eres")
    look(page, width)
    context.close()

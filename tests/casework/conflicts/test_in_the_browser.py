"""The pages of people and conflicts in a real browser: telephone and laptop, without script."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.casework.conflicts.people import add, checks, decide, declare
from tests.casework.desk import Desk
from tests.support.browser import Serve, axe, browser, served

__all__ = ["browser", "served"]  # fixtures


def page_of(browser: Browser, desk: Desk, address: str, name: str, width: int) -> Page:
    """A page on which a member of staff is signed in."""
    token = desk.signed_in(name).cookies.get("desk")
    assert token
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False)
    context.add_cookies([{"name": "desk", "value": token, "url": address}])
    return context.new_page()


def looks_right(page: Page, width: int, name: str) -> None:
    assert axe(page) == [], name
    assert page.evaluate("document.documentElement.scrollWidth") <= width, name


@pytest.mark.parametrize("width", [390, 1280])
def test_people_conflicts_and_recusals_can_be_used_by_everybody(
    desk: Desk, browser: Browser, served: Serve, width: int
) -> None:
    earlier, new = desk.a_case("pau"), desk.a_case("laila")
    add(desk.signed_in("pau"), earlier, "Hostelería Pérez Hermanos S.L.", "represented", aliases="Bar Pépé")
    address = served(desk.app)
    own = f"{address}/es/cases/{new.case_number}"

    page = page_of(browser, desk, address, "laila", width)
    page.goto(f"{own}/people")
    looks_right(page, width, "empty")
    page.get_by_role("button", name="Añadir y comparar").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_right(page, width, "corrections")
    page.get_by_label("Nombre", exact=True).fill("Bar Pepe, S.L.")
    page.get_by_label("Otros nombres").fill("Casa Pepe")
    page.get_by_label("Parte señalada", exact=True).check()
    page.get_by_label("Entidad", exact=True).check()
    page.get_by_role("button", name="Añadir y comparar").click()
    expect(page.get_by_text("tiene que mirar otra persona")).to_be_visible()
    looks_right(page, width, "waiting")
    page.goto(own)
    looks_right(page, width, "case")
    page.get_by_label("Escribir a la persona").fill("Hola.")
    page.get_by_role("button", name="Enviar").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.get_by_label("Escribir a la persona").input_value() == "Hola."
    looks_right(page, width, "refused")
    page.context.close()

    page = page_of(browser, desk, address, "amparo", width)
    page.goto(f"{address}/es/conflicts")
    looks_right(page, width, "supervisor")
    page.get_by_role("link", name=new.case_number[:4]).click()
    looks_right(page, width, "deciding")
    (check,) = checks(desk)
    assert decide(desk.signed_in("vicent"), new, check.id).status_code == 303
    assert declare(desk.signed_in("laila"), new).status_code == 303
    page.goto(f"{own}/people")
    page.get_by_text("actos suyos en este expediente").click()
    looks_right(page, width, "recusal")
    page.context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_what_is_known_of_somebody_who_is_competent_and_an_end_can_be_noted_by_everybody(
    desk: Desk, browser: Browser, served: Serve, width: int
) -> None:
    reporter = desk.a_case("laila")
    address = served(desk.app)
    own = f"{address}/es/cases/{reporter.case_number}"
    page = page_of(browser, desk, address, "laila", width)
    page.goto(f"{own}/people")
    page.get_by_text("No se conoce a la parte señalada").click()
    page.get_by_label("¿Por qué no se conoce?").fill("Llevaba casco.")
    page.get_by_role("button", name="Guardar que no se conoce").click()
    expect(page.get_by_text("Llevaba casco.")).to_be_visible()
    looks_right(page, width, "nobody known")
    add(desk.signed_in("laila"), reporter, "Rut Inventada", "affected", "person")
    page.goto(f"{own}/people")
    page.get_by_role("link", name="Completar o corregir").click()
    looks_right(page, width, "somebody")
    page.get_by_text("Cómo se le puede contactar").click()
    phone = page.get_by_role("group", name="Teléfono")
    phone.get_by_label("Número o dirección").fill("600 000 000")
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_right(page, width, "not said if safe")
    phone.get_by_label("¿Es segura?").select_option("never")
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.get_by_text("600 000 000")).to_be_visible()
    looks_right(page, width, "known")
    page.goto(f"{own}/competence")
    page.get_by_label("Esta oficina", exact=True).check()
    page.get_by_role("button", name="Guardar la decisión").click()
    page.goto(f"{own}/competence")
    expect(page.get_by_text("Vale ahora")).to_be_visible()
    looks_right(page, width, "competent")
    declare(desk.signed_in("laila"), reporter)
    page.context.close()
    page = page_of(browser, desk, address, "amparo", width)
    page.goto(f"{own}/people")
    page.get_by_text("Alguien deja de abstenerse").click()
    page.get_by_label("Por qué, o qué ha dicho").fill("Dice que era otra persona.")
    looks_right(page, width, "ending")
    page.get_by_role("button", name="Deja de abstenerse").click()
    page.get_by_text("Se abstuvo antes").click()
    expect(page.get_by_text("Dice que era otra persona.")).to_be_visible()
    looks_right(page, width, "ended")
    page.context.close()

"""The page that says where a case stands and closing by two, for everybody and without script."""

import pytest
from playwright.sync_api import Browser, expect

from tests.casework.desk import Desk
from tests.casework.test_in_the_browser import page_of
from tests.support.browser import Serve, axe, browser, served

__all__ = ["browser", "served"]  # fixtures


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_where_a_case_stands_and_how_two_close_it(
    desk: Desk, browser: Browser, served: Serve, width: int
) -> None:
    reporter = desk.a_case("laila")
    address = served(desk.app)
    page = page_of(browser, desk, address, width, script=False)

    def is_fine() -> None:
        assert axe(page) == [] and page.evaluate("document.documentElement.scrollWidth") <= width

    page.goto(f"{address}/es/cases/{reporter.case_number}")
    page.get_by_role("link", name="En valoración").click()
    expect(page.get_by_role("heading", name="Antes de asesorar a la persona")).to_be_visible()
    is_fine()
    page.get_by_label("Fase en la oficina").select_option("advice")
    page.get_by_role("button", name="Guardar y avisar").click()
    expect(page.get_by_role("alert")).to_contain_text("Nadie ha mirado qué plazos corren")
    is_fine()
    page.get_by_role("alert").get_by_role("link", name="Nadie ha mirado").click()
    expect(page).to_have_url(f"{address}/es/cases/{reporter.case_number}/limits")
    assert desk.ask_to_close(reporter, text="Lo han arreglado.").status_code == 303
    page.goto(f"{address}/es/cases/{reporter.case_number}/closing")
    expect(page.get_by_role("button", name="Retirar la petición")).to_be_visible()
    is_fine()
    page.context.close()
    token = desk.signed_in("amparo").cookies.get("desk")
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False)
    context.add_cookies([{"name": "desk", "value": str(token), "url": address}])
    page = context.new_page()
    page.goto(f"{address}/es/cases?whose=all&which=closings")
    is_fine()
    page.goto(f"{address}/es/cases/{reporter.case_number}/closing")
    page.get_by_text("Devolver la petición").first.click()
    is_fine()
    page.get_by_role("button", name="Cerrar el expediente y avisar a la persona").click()
    expect(page.get_by_role("status")).to_contain_text("El expediente está cerrado")
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_a_case_opened_in_error_is_voided_by_two_and_found_again(
    desk: Desk, browser: Browser, served: Serve, width: int
) -> None:
    reporter = desk.a_case("laila")
    address = served(desk.app)
    page = page_of(browser, desk, address, width, script=False)

    def is_fine() -> None:
        assert axe(page) == [] and page.evaluate("document.documentElement.scrollWidth") <= width

    page.goto(f"{address}/es/cases/{reporter.case_number}")
    page.get_by_role("link", name="Se abrió por error").click()
    expect(page.get_by_role("button", name="Pedir que se anule")).to_be_visible()
    is_fine()
    page.get_by_label("Una prueba").check()
    page.get_by_label("Qué pasó").fill("La abrí para enseñar el formulario.")
    page.get_by_role("button", name="Pedir que se anule").click()
    expect(page.get_by_role("alert")).to_be_visible()  # what the person is told is missing
    is_fine()
    page.get_by_label("Lo que se dice a la persona").fill("Era una prueba de la oficina.")
    page.get_by_role("button", name="Pedir que se anule").click()
    expect(page.get_by_role("status")).to_contain_text("Se ha pedido anular")
    page.context.close()
    token = desk.signed_in("amparo").cookies.get("desk")
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False)
    context.add_cookies([{"name": "desk", "value": str(token), "url": address}])
    page = context.new_page()
    page.goto(f"{address}/es/cases/{reporter.case_number}/voiding")
    is_fine()
    page.get_by_role("button", name="Anular el expediente").click()
    expect(page.get_by_role("status")).to_contain_text("El expediente está anulado")
    is_fine()
    page.goto(f"{address}/es/cases?whose=all&which=void")
    expect(page.get_by_role("link", name=reporter.case_number[:4])).to_be_visible()
    is_fine()
    page.goto(f"{address}/es/cases/{reporter.case_number}/voiding")
    expect(page.get_by_role("button", name="Pedir que se deje sin efecto la anulación")).to_be_visible()
    is_fine()
    context.close()

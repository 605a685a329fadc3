"""Letters, papers and dossiers in a real browser, on a laptop and on a telephone, without script."""

import pytest
from playwright.sync_api import Browser, expect

from office.paper.printing import make_ready
from tests.casework.attachments.test_files import photo
from tests.casework.desk import Desk
from tests.casework.test_in_the_browser import page_of
from tests.support.browser import Serve, axe, browser, served

__all__ = ["browser", "served"]  # fixtures


@pytest.mark.parametrize("width", [390, 1280])
def test_letters_papers_and_dossiers_can_be_used_by_everybody(
    desk: Desk, browser: Browser, served: Serve, width: int
) -> None:
    file = desk.a_file(photo(), "una foto con un nombre muy largo que no cabe en la pantalla.jpg")
    reporter = desk.a_case("laila", files=(file,))
    make_ready()  # what draws is loaded before a browser waits for it
    address = served(desk.app)
    page = page_of(browser, desk, address, width, script=False)
    own = f"{address}/es/cases/{reporter.case_number}"

    def fits() -> None:
        assert axe(page) == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url

    page.goto(f"{own}/letters")
    fits()
    page.get_by_label("Petición de copia y conservación").check()
    page.get_by_role("button", name="Empezar la carta").click()
    expect(page.get_by_text("Aún falta")).to_be_visible()
    fits()
    page.get_by_role("button", name="Hacer la carta").click()
    expect(page.get_by_role("alert")).to_contain_text("rellena lo que falta")
    for label, text in (
        ("A quién", "Policía Local de València"),
        ("Qué se pide", "La grabación de la cámara de la puerta, de 18 a 19 h."),
        ("Respuesta hasta", "1 de diciembre de 2026"),
    ):
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name="Guardar el texto").click()
    expect(page.get_by_role("status")).to_contain_text("está guardado")
    page.get_by_role("button", name="Hacer la carta").click()
    expect(page.get_by_role("heading", name="Anotar cómo salió")).to_be_visible()
    fits()
    page.get_by_label("Por registro", exact=True).check()
    page.get_by_role("button", name="Anotar que se envió").click()
    expect(page.get_by_role("status")).to_contain_text("la carta se envió")
    fits()

    page.goto(f"{own}/papers")
    fits()
    page.get_by_role("button", name="Hacer el papel").click()
    expect(page.get_by_role("alert")).to_be_visible()
    fits()

    page.goto(f"{own}/dossiers")
    page.get_by_label("Fiscalía").check()
    page.get_by_role("button", name="Empezar el dosier").click()
    expect(page.get_by_role("heading", name="Qué lleva")).to_be_visible()
    fits()
    page.get_by_label("Cuál, por su nombre").fill("Fiscalía de València")
    page.get_by_role("button", name="Guardar lo que lleva").click()
    expect(page.get_by_role("alert")).to_be_visible()  # nobody has decided on the file
    fits()
    page.get_by_label("Archivo: una foto").select_option("in")
    page.get_by_role("button", name="Guardar lo que lleva").click()
    expect(page.get_by_role("status")).to_contain_text("está guardado")
    page.get_by_text("Anotar el consentimiento").click()
    page.get_by_label("Firmado en papel").check()
    for label, text in (("Día", "1"), ("Mes", "2"), ("Año", "2027")):
        page.get_by_role("group", name="Termina el").get_by_label(label).fill(text)
    page.get_by_role("button", name="Guardar el consentimiento").click()
    expect(page.get_by_role("button", name="Hacer el dosier (PDF)")).to_be_visible()
    fits()
    page.context.close()

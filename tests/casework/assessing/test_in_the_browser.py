"""The pages of the three sheets in a real browser: telephone and laptop, without script."""

import pytest
from playwright.sync_api import Browser, expect

from tests.casework.assessing.sheets import indicate
from tests.casework.conflicts.test_in_the_browser import looks_right, page_of
from tests.casework.desk import Desk
from tests.casework.tracks.steps import opened
from tests.support.browser import Serve, browser, served

__all__ = ["browser", "served"]  # fixtures


@pytest.mark.parametrize("width", [390, 1280])
def test_the_sheets_of_a_case_can_be_used_by_everybody(
    desk: Desk, browser: Browser, served: Serve, width: int
) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    opened(desk, laila, reporter, "civil", route="civil_tort")
    opened(desk, laila, reporter, "criminal", route="crime_512")
    address = served(desk.app)
    own = f"{address}/es/cases/{reporter.case_number}"
    page = page_of(browser, desk, address, "laila", width)

    page.goto(f"{own}/proof")
    page.get_by_role("button", name="Empezar la hoja").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("¿De qué daño se trata?").fill("La inmobiliaria le niega un piso que sigue anunciado.")
    page.get_by_role("button", name="Empezar la hoja").click()
    expect(page.get_by_role("status")).to_be_visible()
    page.get_by_role("button", name="Añadir un indicio").click()
    expect(page.get_by_role("heading", name="Añadir un indicio")).to_be_visible()
    page.get_by_role("button", name="Guardar el indicio").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_right(page, width, "indication, corrections")
    page.get_by_label("Una prueba: otra persona pide lo mismo").check()
    page.get_by_label("¿Qué muestra?").fill("Una amiga llamó una hora después y le ofrecieron visita.")
    page.get_by_label("Un testigo").check()
    page.get_by_label("¿Dónde se guarda?").select_option("Fuera del expediente")
    page.get_by_label("Dónde exactamente").fill("Registro de llamadas de su amiga.")
    page.get_by_label("Sí: una grabación").check()
    page.get_by_label("¿Qué habla en contra?").fill("Dirán que mientras tanto quedó libre otro piso.")
    page.get_by_role("button", name="Guardar el indicio").click()
    expect(page.get_by_role("heading", name="Antes de que desaparezca")).to_be_visible()
    assert indicate(laila, reporter, 2, kept_in="report").status_code == 303
    page.goto(f"{own}/proof/1")
    looks_right(page, width, "sheet")

    page.goto(f"{own}/bias")
    page.get_by_role("button", name="Rellenar la lista").click()
    insults = page.get_by_role("checkbox", name="Insultos, comentarios o gestos")
    expect(page.locator("#words_insults")).to_be_hidden()
    insults.check()
    expect(page.locator("#words_insults")).to_be_visible()
    page.get_by_role("button", name="Guardar la lista").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_right(page, width, "checklist, corrections")
    page.locator("#words_insults").fill("Le gritó «fuera de aquí» y un insulto racista delante de la cola.")
    page.get_by_label("Origen racial o étnico").check()
    page.get_by_role("button", name="Guardar la lista").click()
    expect(page.get_by_role("status")).to_be_visible()
    looks_right(page, width, "checklist")

    page.goto(f"{own}/needs")
    page.get_by_role("button", name="Valorar las necesidades").click()
    expect(page.get_by_role("button", name="Guardar la valoración")).to_be_visible()
    page.get_by_role("button", name="Guardar la valoración").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_right(page, width, "needs, corrections")
    for factor in ("personal", "nature", "repetition", "fear", "retaliation", "secondary"):
        page.locator(f"input[name=factor_{factor}][value={'yes' if factor == 'fear' else 'unknown'}]").check()
    page.locator("#words_fear").fill("Pasa cada día por delante del local.")
    page.get_by_label("Lo cuenta una vez").check()
    for part, value in (("Día", "21"), ("Mes", "12"), ("Año", "2026")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_role("button", name="Guardar la valoración").click()
    expect(page.get_by_role("status")).to_be_visible()
    looks_right(page, width, "needs")
    page.goto(own)
    expect(page.get_by_role("heading", name="Necesidades e indicios")).to_be_visible()
    looks_right(page, width, "case")
    page.context.close()

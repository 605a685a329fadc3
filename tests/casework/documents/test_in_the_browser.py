"""The pages of documents in a real browser: telephone and laptop; a file goes in and comes out."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.casework.attachments.test_files import photo
from tests.casework.conflicts.test_in_the_browser import looks_right, page_of
from tests.casework.desk import Desk
from tests.casework.documents.adding import documents
from tests.support.browser import Serve, browser, served

__all__ = ["browser", "served"]  # fixtures


@pytest.mark.parametrize("width", [390, 1280])
def test_a_document_can_be_added_opened_and_noted_as_void_by_everybody(
    desk: Desk, browser: Browser, served: Serve, tmp_path: Path, width: int
) -> None:
    reporter = desk.a_case("laila")
    address = served(desk.app)
    own = f"{address}/es/cases/{reporter.case_number}"
    scan = tmp_path / "despido, página 1.jpg"
    scan.write_bytes(photo())
    page = page_of(browser, desk, address, "laila", width)
    page.goto(own)
    page.get_by_role("link", name="Ver los documentos o añadir uno").click()
    looks_right(page, width, "empty")
    page.get_by_label("Título").fill("Carta de despido")
    page.get_by_label("Archivo", exact=True).set_input_files(scan)
    page.get_by_role("button", name="Añadir el documento").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Título")).to_have_value("Carta de despido")
    looks_right(page, width, "corrections")
    for choice in ("Contrato o carta", "La parte señalada", "Se puede mostrar a otros"):
        page.get_by_label(choice).check()
    page.get_by_role("combobox", name="Idioma").select_option("es")
    page.get_by_label("Archivo", exact=True).set_input_files(scan)
    page.get_by_role("button", name="Añadir el documento").click()
    expect(page.get_by_role("status")).to_contain_text("guardado")
    looks_right(page, width, "document")
    page.get_by_role("link", name="Abrir el archivo").click()
    looks_right(page, width, "file")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Descargar el original").click()
    assert taken.value.path().read_bytes() == photo()
    page.goto(f"{own}/documents/1")
    page.get_by_text("Anotar que queda anulado").first.click()
    page.get_by_label("¿Qué estaba mal?").fill("Es de otra persona.")
    looks_right(page, width, "voiding")
    page.get_by_role("button", name="Anotar que queda anulado").click()
    expect(page.get_by_role("status")).to_contain_text("anulado")
    page.goto(f"{own}/documents")
    looks_right(page, width, "list")
    page.goto(own)
    looks_right(page, width, "case")
    assert documents(desk, reporter)[0].voided_on is not None

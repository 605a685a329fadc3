"""The forms that correct a case in a real browser: laptop and telephone, without script."""

import pytest
from playwright.sync_api import Browser

from tests.casework.corrections.correcting import note_consent, note_contact, set_language, set_urgency
from tests.casework.desk import Desk
from tests.casework.notices.post_office import leave_address
from tests.casework.tasks.todo import note_way
from tests.casework.test_in_the_browser import page_of
from tests.support.browser import Serve, axe, browser, served

__all__ = ["browser", "served"]  # fixtures


@pytest.mark.parametrize("width", [360, 1280])
def test_a_case_can_be_corrected_by_everybody(
    desk: Desk, browser: Browser, served: Serve, width: int
) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    note_contact(desk, laila, reporter)
    leave_address(desk, reporter, "email", "persona@correo.example")  # so that the form asks of it
    note_way(desk, laila, reporter, "email", "never")
    set_urgency(desk, laila, reporter, "soon")
    set_language(desk, laila, reporter, "fr", interpreter_need="spoken")
    note_consent(desk, laila, reporter, "count", "no")
    address = served(desk.app)
    page = page_of(browser, desk, address, width, script=False)
    own = f"{address}/es/cases/{reporter.case_number}"
    for rest, button in (
        ("contact/changing", "Guardar el contacto"),
        ("urgency", "Fijar la urgencia"),
        ("language", "Guardar el idioma"),
        ("consents", "Anotar a qué da su consentimiento"),
    ):
        page.goto(f"{own}/{rest}")
        for _ in ("as it comes", "with what must be corrected"):
            assert axe(page) == [], rest
            assert page.evaluate("document.documentElement.scrollWidth") <= width, rest
            page.get_by_role("button", name=button).click()
        page.get_by_role("alert").first.wait_for()
    page.goto(f"{own}/contact")
    page.get_by_label("Para contestar o devolver una llamada").check()
    page.get_by_role("button", name="Abrir el contacto").click()
    page.get_by_role("heading", name="Lo que valía antes").wait_for()
    assert axe(page) == [] and page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()

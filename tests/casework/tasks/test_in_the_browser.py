"""The pages of tasks and of safe contact in a real browser: telephone and laptop, without script."""

import pytest
from playwright.sync_api import Browser, expect

from office.handover.report import Languages
from tests.casework.conflicts.test_in_the_browser import looks_right, page_of
from tests.casework.desk import Desk
from tests.support.browser import Serve, browser, served

__all__ = ["browser", "served"]  # fixtures


@pytest.mark.parametrize("width", [390, 1280])
def test_tasks_and_safe_contact_can_be_used_by_everybody(
    desk: Desk, browser: Browser, served: Serve, width: int
) -> None:
    reporter = desk.a_case("laila", languages=Languages(interpreter_code="spoken"))
    address = served(desk.app)
    own = f"{address}/es/cases/{reporter.case_number}"
    page = page_of(browser, desk, address, "laila", width)

    page.goto(f"{own}/safe-contact")
    looks_right(page, width, "safe contact")
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_right(page, width, "safe contact, corrections")
    page.get_by_label("Vía", exact=True).select_option("Teléfono")
    page.get_by_label("Nunca", exact=True).check()
    page.get_by_label("Motivo").fill("Lo dijo hoy.")
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.get_by_role("status")).to_be_visible()

    page.goto(f"{own}/tasks")
    looks_right(page, width, "no tasks")
    page.context.close()

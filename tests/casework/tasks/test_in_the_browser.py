"""The pages of tasks and of safe contact in a real browser: telephone and laptop, without script."""

from datetime import date

import pytest
from playwright.sync_api import Browser

from office.handover.report import Languages
from tests.casework.conflicts.test_in_the_browser import looks_right, page_of
from tests.casework.desk import Desk
from tests.casework.tasks.todo import ask, note_way, set_next
from tests.support.browser import Serve, browser, served

__all__ = ["browser", "served"]  # fixtures


@pytest.mark.parametrize("width", [390, 1280])
def test_tasks_and_safe_contact_can_be_used_by_everybody(
    desk: Desk, browser: Browser, served: Serve, width: int
) -> None:
    reporter = desk.a_case("laila", languages=Languages(interpreter_code="spoken"))
    laila = desk.signed_in("laila")
    address = served(desk.app)
    own = f"{address}/es/cases/{reporter.case_number}"
    page = page_of(browser, desk, address, "laila", width)

    page.goto(f"{own}/safe-contact")
    looks_right(page, width, "safe contact")
    page.get_by_role("button", name="Guardar").click()
    assert page.get_by_role("alert").is_visible()
    looks_right(page, width, "safe contact, corrections")
    page.get_by_label("Vía", exact=True).select_option("Teléfono")
    page.get_by_label("Nunca", exact=True).check()
    page.get_by_label("Motivo").fill("Lo dijo hoy.")
    page.get_by_role("button", name="Guardar").click()
    assert page.get_by_role("status").is_visible()

    page.goto(f"{own}/tasks")
    looks_right(page, width, "no tasks")
    page.get_by_label("¿Qué hay que hacer?").select_option("Llamar")
    page.get_by_label("De qué se trata, en una línea").fill("Avisar de la cita.")
    page.locator("#due-day").fill("23")
    page.locator("#due-month").fill("11")
    page.locator("#due-year").fill("2026")
    page.get_by_role("button", name="Guardar la tarea").click()
    assert page.get_by_role("link", name="Teléfono: nunca").is_visible()
    looks_right(page, width, "refused")
    page.get_by_label("¿Qué hay que hacer?").select_option("Leer")
    page.get_by_role("button", name="Guardar la tarea").click()
    assert page.get_by_role("status").is_visible()

    assert set_next(desk, laila, reporter).status_code == 303
    assert ask(desk, laila, reporter, "file", due=date(2026, 12, 1)).status_code == 303
    assert note_way(desk, laila, reporter, "email", "window", "De 9 a 13 h.").status_code == 303
    page.goto(f"{own}/tasks")
    looks_right(page, width, "tasks")
    page.goto(own)
    looks_right(page, width, "case")
    page.goto(f"{own}/closing")
    looks_right(page, width, "closing")
    page.goto(f"{address}/es/tasks")
    looks_right(page, width, "my tasks")
    page.get_by_role("button", name="Hecha").first.click()
    assert page.get_by_role("status").is_visible()
    assert page.url.endswith("/es/tasks?done=task_done")
    page.context.close()

"""Taking back a slip, and asking to be reminded, in a real browser: telephone and laptop, without script."""

from datetime import date

import pytest
from playwright.sync_api import Browser, expect

from tests.casework.conflicts.test_in_the_browser import looks_right, page_of
from tests.casework.deadlines.clocks import act, binding, scan, told_on
from tests.casework.desk import Desk
from tests.casework.taking_back.test_taking_back import ENDS
from tests.casework.tasks.todo import ask, settle, tasks
from tests.support.browser import Serve, browser, served

__all__ = ["browser", "served"]  # fixtures


@pytest.mark.parametrize("width", [390, 1280])
def test_a_slip_is_taken_back_and_reminders_are_asked_for_by_everybody(
    desk: Desk, browser: Browser, served: Serve, width: int
) -> None:
    reporter, laila = desk.a_case("laila", **told_on(date(2026, 11, 20))), desk.signed_in("laila")
    (row,) = scan(desk, laila, reporter, date(2026, 11, 20), "court_admin_fundamental")
    assert act(desk, laila, reporter, row, "missing", **ENDS["missing"]).status_code == 303
    assert ask(desk, laila, reporter, text="Leer el contrato.").status_code == 303
    assert settle(laila, reporter, tasks(desk, reporter)[0].id).status_code == 303
    address = served(desk.app)
    own = f"{address}/es/cases/{reporter.case_number}"
    page = page_of(browser, desk, address, "laila", width)

    page.goto(f"{own}/deadlines/{row.id}")
    looks_right(page, width, "a deadline that ended")
    page.get_by_role("link", name="Se anotó por error").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Deshacer que este plazo terminó")
    looks_right(page, width, "taking back a deadline")
    page.get_by_label("¿Qué estaba mal?").fill("Era otro expediente.")
    page.get_by_role("button", name="Deshacer lo anotado").click()
    expect(page.get_by_role("status")).to_be_visible()
    expect(page.get_by_text("Anotado por error: Venció sin cumplirse")).to_be_visible()
    looks_right(page, width, "a deadline that binds again")
    assert binding(desk, reporter)

    page.goto(f"{own}/tasks")
    page.get_by_text("1 tarea terminada").click()
    looks_right(page, width, "tasks that ended")
    page.get_by_role("link", name="Se anotó por error").click()
    looks_right(page, width, "taking back a task")
    page.get_by_role("button", name="Deshacer lo anotado").click()
    expect(page.get_by_role("status")).to_be_visible()
    looks_right(page, width, "a task that is open again")

    page.goto(f"{address}/es/calendar")
    page.get_by_label("Tu correo del trabajo").fill("laila en la oficina")
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_right(page, width, "no address")
    page.get_by_label("Tu correo del trabajo").fill("laila@office.example")
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.get_by_role("status")).to_be_visible()
    looks_right(page, width, "reminded")
    page.context.close()

"""Putting two cases together and parting them in a real browser: telephone and laptop, without script."""

import pytest
from playwright.sync_api import Browser, expect

from office.ids import shown
from tests.casework.conflicts.test_in_the_browser import looks_right, page_of
from tests.casework.desk import Desk
from tests.casework.queues.lists import many
from tests.casework.tasks.todo import ask
from tests.support.browser import Serve, browser, served

__all__ = ["browser", "served"]  # fixtures


@pytest.mark.parametrize("width", [390, 1280])
def test_two_cases_are_put_together_and_parted_by_everybody(
    desk: Desk, browser: Browser, served: Serve, width: int
) -> None:
    lead, other = many(desk, 2)
    laila, address = desk.signed_in("laila"), served(desk.app)
    page = page_of(browser, desk, address, "laila", width)
    page.goto(f"{address}/es/cases/{lead.case_number}/together")
    page.get_by_role("button", name="Ver los dos").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_right(page, width, "choosing")
    page.get_by_label("Número del otro expediente").fill(shown(other.case_number))
    page.get_by_role("button", name="Ver los dos").click()
    expect(page.get_by_role("heading", name="Qué sigue igual")).to_be_visible()
    page.get_by_role("button", name="Leerlos juntos").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_right(page, width, "both")
    page.get_by_label("¿Por qué se leen juntos?").fill("El mismo autobús.")
    page.get_by_role("button", name="Leerlos juntos").click()
    expect(
        page.get_by_role("heading", name=f"Se lee junto: expediente {shown(other.case_number)}")
    ).to_be_visible()
    looks_right(page, width, "case")
    ask(desk, laila, lead, "read", with_code="other", text="Pedir las cámaras.")
    page.get_by_role("link", name="Los dos, y cómo deshacerlo").click()
    page.get_by_role("radio", name=shown(other.case_number)).check()
    page.get_by_label("¿Por qué se separan?").fill("Eran dos autobuses.")
    looks_right(page, width, "parting")
    page.get_by_role("button", name="Separarlos de nuevo").click()
    expect(page.get_by_text("vuelven a ir por separado")).to_be_visible()
    page.goto(f"{address}/es/cases/{other.case_number}/tasks")
    expect(page.get_by_text("Pedir las cámaras.", exact=True)).to_be_visible()
    page.context.close()

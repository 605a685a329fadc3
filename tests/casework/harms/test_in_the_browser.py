"""The pages of harms in a real browser: telephone and laptop, without script."""

import pytest
from playwright.sync_api import Browser, expect

from tests.casework.conflicts.people import add
from tests.casework.conflicts.test_in_the_browser import looks_right, page_of
from tests.casework.desk import Desk
from tests.casework.harms.harming import harms
from tests.support.browser import Serve, browser, served

__all__ = ["browser", "served"]  # fixtures


@pytest.mark.parametrize("width", [390, 1280])
def test_harms_and_who_had_a_part_in_them_can_be_noted_by_everybody(
    desk: Desk, browser: Browser, served: Serve, width: int
) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    add(laila, reporter, "Bar Pepe, S.L.")
    add(laila, reporter, "Amina Benali", role="affected", kind="person")
    address = served(desk.app)
    own = f"{address}/es/cases/{reporter.case_number}"
    page = page_of(browser, desk, address, "laila", width)
    page.goto(f"{own}/codes")
    looks_right(page, width, "codes")
    page.get_by_role("link", name="Anotar otro daño").click()
    looks_right(page, width, "list")
    page.get_by_role("button", name="Anotar el daño").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_right(page, width, "corrections")
    page.get_by_label("Acoso discriminatorio").check()
    page.get_by_label("Lengua o acento", exact=True).check()
    page.get_by_label("Ámbito", exact=True).select_option("education")
    page.get_by_label("Amina Benali").check()
    page.get_by_role("textbox", name="Año").fill("2026")
    page.get_by_role("textbox", name="Mes").fill("10")
    page.get_by_label("Qué se ha hecho").fill("La insultaron en clase.")
    page.get_by_role("button", name="Anotar el daño").click()
    expect(page.get_by_role("status")).to_be_visible()
    page.get_by_label("Quién", exact=True).select_option(label="Bar Pepe, S.L.")
    for choice in ("Lo ordenó o incitó a ello", "La parte principal", "Hay indicios"):
        page.get_by_label(choice).check()
    page.get_by_role("button", name="Anotar su participación").click()
    expect(page.get_by_role("status")).to_contain_text("anotada")
    page.get_by_text("Sacarlo del expediente").click()
    looks_right(page, width, "harm")
    page.goto(own)
    looks_right(page, width, "case")
    page.goto(f"{own}/harms/2")
    page.get_by_text("Sacarlo del expediente").click()
    page.get_by_label("Por qué", exact=True).fill("Era de otro expediente.")
    page.get_by_role("button", name="Sacar el daño").click()
    expect(page.get_by_role("status")).to_be_visible()
    assert [one.removed_on is None for one in harms(desk, reporter)] == [True, False]

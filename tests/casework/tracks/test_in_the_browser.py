"""The pages of tracks in a real browser: telephone and laptop, without script."""

import pytest
from playwright.sync_api import Browser, expect

from tests.casework.conflicts.test_in_the_browser import looks_right, page_of
from tests.casework.desk import Desk
from tests.casework.tracks.steps import opened, remedies, remedy, walk
from tests.support.browser import Serve, browser, served

__all__ = ["browser", "served"]  # fixtures


@pytest.mark.parametrize("width", [390, 1280])
def test_tracks_and_remedies_can_be_used_by_everybody(
    desk: Desk, browser: Browser, served: Serve, width: int
) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    ended = opened(desk, laila, reporter, "administrative", route="sanction_l4_2023")
    walk(desk, laila, reporter, ended, "mandate_signed", "filed", "resolved", "final")
    assert remedy(desk, laila, reporter, ended, "apology").status_code == 303
    assert remedies(desk)
    address = served(desk.app)
    own = f"{address}/es/cases/{reporter.case_number}"
    page = page_of(browser, desk, address, "laila", width)
    page.goto(f"{own}/tracks")
    looks_right(page, width, "list")
    page.get_by_role("button", name="Abrir la vía").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_right(page, width, "corrections")
    page.get_by_label("Juzgado civil").check()
    page.get_by_role("button", name="Abrir la vía").click()
    expect(page.get_by_role("status")).to_be_visible()
    looks_right(page, width, "new track")
    page.get_by_label("Mandato firmado").check()
    for part, value in (("Día", "23"), ("Mes", "11"), ("Año", "2026")):
        page.get_by_label(part).first.fill(value)
    page.get_by_role("button", name="Anotar el paso").click()
    expect(page.get_by_label("Ante qué autoridad")).to_be_visible()
    page.get_by_text("Anular el último paso").click()
    page.get_by_text("Anotar una reparación").click()
    looks_right(page, width, "mandate")
    page.get_by_label("Por qué", exact=True).fill("Sin firma.")
    page.get_by_role("button", name="Anularlo").click()
    expect(page.get_by_text("anulado después")).to_be_visible()
    looks_right(page, width, "taken back")
    page.goto(f"{own}/tracks/{ended.track.id}")
    page.get_by_text("Mirar si una se cumplió").click()
    looks_right(page, width, "ended")
    for here in (own, f"{own}/closing"):
        page.goto(here)
        looks_right(page, width, here)
    page.context.close()

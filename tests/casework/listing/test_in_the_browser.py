"""The lists of the desk filtered and sorted in a real browser, without script, at two widths."""

import os
from datetime import date

from playwright.sync_api import Browser, expect

from tests.casework.deadlines.clocks import scan, told_on
from tests.casework.desk import Desk
from tests.casework.referrals.handing import handed_over
from tests.casework.tasks.todo import ask
from tests.casework.test_in_the_browser import page_of
from tests.support.browser import Serve, axe, browser, served

__all__ = ["browser", "served"]  # fixtures


def test_lists_are_filtered_and_sorted_by_everybody(desk: Desk, browser: Browser, served: Serve) -> None:
    reporter = desk.a_case("laila", **told_on(date(2026, 11, 20)))
    desk.report(urgency="danger")
    desk.report()
    laila = desk.signed_in("laila")
    scan(desk, laila, reporter, date(2026, 11, 20), "court_admin_fundamental", "civil_tort")
    for kind, due in (("read", date(2026, 11, 24)), ("file", date(2026, 12, 20))):
        assert ask(desk, laila, reporter, kind, with_code="other", due=due).status_code == 303
    handed_over(desk, laila, reporter)
    address = served(desk.app)
    for width, language in ((390, "es"), (1280, "es"), (1280, "ca-valencia")):
        page = page_of(browser, desk, address, width, script=False)
        for own in ("deadlines", "tasks", "inbox", "referrals", "cases"):
            page.goto(f"{address}/{language}/{own}")
            assert axe(page) == [], own
            assert page.evaluate("document.documentElement.scrollWidth") <= width, own
            if shots := os.environ.get("SHOTS"):
                page.screenshot(path=f"{shots}/lists-{own}-{width}-{language}.png", full_page=True)
        page.context.close()
    for width in (390, 1280):
        page = page_of(browser, desk, address, width, script=False)
        page.goto(f"{address}/es/deadlines")
        rows = page.locator("tbody tr")
        expect(rows.first).to_contain_text("4 de diciembre de 2026")
        page.get_by_role("link", name="Último día", exact=True).click()
        expect(rows.first).to_contain_text("20 de noviembre de 2027")
        expect(page.locator("th[aria-sort=descending]")).to_have_text("Último día")
        page.get_by_text("Filtrar", exact=True).click()
        page.get_by_label("Último día hasta").fill("2026-12-31")
        page.get_by_role("button", name="Mostrar").click()
        expect(rows).to_have_count(1)
        expect(page.get_by_role("link", name="Sin filtros")).to_be_visible()
        expect(page.locator("th[aria-sort=descending]")).to_have_text("Último día")
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if shots := os.environ.get("SHOTS"):
            page.screenshot(path=f"{shots}/lists-filtered-{width}.png", full_page=True)
        with page.expect_download() as downloaded:
            page.get_by_role("link", name="Exportar esta lista (CSV)").click()
        assert downloaded.value.suggested_filename == "deadlines-2026-11-23.csv"
        page.goto(f"{address}/es/deadlines?since=mañana")
        expect(page.get_by_text("Ese día no existe").first).to_be_visible()
        assert axe(page) == []
        page.context.close()

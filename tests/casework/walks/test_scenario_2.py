"""Scenario 2 in a browser: a café refuses a trans woman entry."""

from datetime import date

import pytest
from playwright.sync_api import Browser

from tests.casework.deadlines.clocks import told_on
from tests.casework.desk import Desk
from tests.support.browser import Serve, browser, served
from tests.support.walking import at_the_desk

__all__ = ["browser", "served"]  # fixtures

pytestmark = pytest.mark.browser
DAY = date(2026, 11, 20)


def test_scenario_2_in_a_browser(desk: Desk, browser: Browser, served: Serve) -> None:
    told = told_on(
        DAY, act_codes=("entry_refused",), area_code="premises_leisure", ground_codes=("gender_identity",)
    )
    reporter = desk.report(**told)
    address, own = served(desk.app), f"cases/{reporter.case_number}"
    with at_the_desk(browser, desk, address, "laila") as laila:
        laila.follow("inbox")
        laila.follow(f"inbox/{reporter.case_number}")
        laila.send("/taking-up")
        laila.follow(f"{own}/limits")
        laila.decisive("s2-limits")
        print(laila.main.inner_text())
        print(laila.page.locator("main form").evaluate_all("e => e.map(x => x.outerHTML.slice(0,200))"))

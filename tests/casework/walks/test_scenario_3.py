"""Scenario 3 in a browser, script off: a municipal benefit is refused. Days by hand, with the article.

Notified on Tuesday 28 July 2026. LJCA art. 115: ten working days, and August counts (art. 128.2): 29 to 31
July, 3 to 7, 10 and 11 August. LJCA art. 46.1: two months, without August: 28 October.
"""

import re
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Browser, expect

from tests.casework.deadlines.clocks import told_on
from tests.casework.desk import Desk
from tests.support.browser import Serve, browser, served
from tests.support.walking import at_the_desk

__all__ = ["browser", "served"]  # fixtures

pytestmark = pytest.mark.browser
COLOUR = "one => getComputedStyle(one).color"
NOTIFIED = date(2026, 7, 28)


def is_red(colour: str) -> bool:
    """Tell whether a colour as the browser paints it is red to the eye."""
    red, green, blue = (int(part) for part in re.findall(r"\d+", colour)[:3])
    return red > 2 * max(green, blue)


def test_scenario_3_ten_days_in_red_and_two_months_in_a_browser_without_script(
    desk: Desk, browser: Browser, served: Serve
) -> None:
    desk.clock.at = datetime(2026, 7, 29, 9, 30, tzinfo=UTC)
    told = told_on(NOTIFIED, act_codes=("service_refused",), area_code="social_protection")
    reporter = desk.report(city=True, **told)
    own = f"cases/{reporter.case_number}"
    with at_the_desk(browser, desk, served(desk.app), "amparo", script=False) as amparo:
        amparo.follow("inbox")
        amparo.follow(f"inbox/{reporter.case_number}")
        form = amparo.unfold("/taking-up")
        form.locator("[name=adviser]").select_option(label="Amparo Inventada")
        assert amparo.send(form) == 200
        amparo.follow(f"{own}/limits")
        proposed = amparo.page.get_by_role("group", name="Propuestos por lo que se contó y se codificó")
        for words in ("10 días hábiles · hasta el 11 de agosto de 2026", "LJCA arts. 115.1, 128.2"):
            expect(proposed).to_contain_text(words)
        for words in ("2 meses o 6 meses · hasta el 28 de octubre de 2026", "LJCA arts. 46.1, 128.2"):
            expect(proposed).to_contain_text(words)
        amparo.tick("route", "court_admin_fundamental", "court_admin")
        amparo.decisive("s3-limits")
        assert amparo.send(f"{own}/limits") == 200

        clocks = amparo.page.locator(".desk-deadlines ol.govuk-list > li")
        expect(clocks).to_have_count(2)
        first, second = clocks.nth(0), clocks.nth(1)
        for words in (
            "11 de agosto de 2026",
            "quedan 9 días hábiles",
            "derechos fundamentales",
            "agosto cuenta",
        ):
            expect(first).to_contain_text(words)
        for words in ("28 de octubre de 2026", "Recurso contencioso-administrativo", "agosto no cuenta"):
            expect(second).to_contain_text(words)
        red = [one.locator("> strong > span").evaluate(COLOUR) for one in (first, second)]
        assert (is_red(red[0]), is_red(red[1])) == (True, False), red
        amparo.decisive("s3-case")
        amparo.follow("deadlines")
        rows = amparo.page.locator("tbody tr")
        expect(rows.nth(0)).to_contain_text("11 de agosto de 2026")
        expect(rows.nth(1)).to_contain_text("28 de octubre de 2026")
        amparo.decisive("s3-deadlines")

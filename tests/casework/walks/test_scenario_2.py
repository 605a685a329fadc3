"""Scenario 2 in a browser: a café refuses a trans woman entry. Days are counted by hand, with the article.

20 November 2026. Ley 4/2023 art. 81: nine months for a minor infringement, from the day it was committed:
that day is the first, 19 August 2027 the last. A serious one two years: 19 November 2028. Ley 15/2022
art. 51: one year: 19 November 2027.
"""

from datetime import date

import pytest
from playwright.sync_api import Browser, expect

from tests.casework.deadlines.clocks import told_on
from tests.casework.desk import Desk
from tests.support.browser import Serve, browser, served
from tests.support.walking import at_the_desk

__all__ = ["browser", "served"]  # fixtures

pytestmark = pytest.mark.browser
DAY = date(2026, 11, 20)
LGTBI, EQUALITY = "Sanción por la Ley 4/2023 (LGTBI, ámbito estatal)", "Sanción por la Ley 15/2022"
WHY = "El personal de la puerta es de la empresa: aquí es una infracción grave."


def test_scenario_2_the_earliest_clock_on_top_and_another_classification_in_a_browser(
    desk: Desk, browser: Browser, served: Serve
) -> None:
    reporter = desk.report(
        **told_on(
            DAY, act_codes=("entry_refused",), area_code="premises_leisure", ground_codes=("gender_identity",)
        )
    )
    own = f"cases/{reporter.case_number}"
    with at_the_desk(browser, desk, served(desk.app), "laila") as laila:
        laila.follow("inbox")
        laila.follow(f"inbox/{reporter.case_number}")
        assert laila.send("/taking-up") == 200
        laila.follow(f"{own}/limits")
        proposed = laila.page.get_by_role("group", name="Propuestos por lo que se contó y se codificó")
        for words in ("9 meses, 2 años o 3 años", "Ley 4/2023 arts. 76-82", "según lo que se contó"):
            expect(proposed).to_contain_text(words)
        expect(proposed.locator("[name=route]:checked")).to_have_count(0)  # it proposes, a person decides
        laila.decisive("s2-limits")
        laila.tick("route", "sanction_l4_2023", "venue_admission", "crime_512")
        laila.page.get_by_text("Pueden correr en cualquier asunto", exact=True).first.click()
        laila.page.locator('input[value="sanction_l15"]').check()
        assert laila.send(f"{own}/limits") == 200

        clocks = laila.page.locator(".desk-deadlines ol.govuk-list > li")
        expect(clocks).to_have_count(4)
        top, second = clocks.nth(0), clocks.nth(1)
        for words in (LGTBI, "19 de agosto de 2027", "Ley 4/2023", "ninguna persona abogada"):
            expect(top).to_contain_text(words)
        for words in (
            "leve: 19 de agosto de 2027",
            "grave: 19 de noviembre de 2028",
            "muy grave: 19 de noviembre de 2029",
        ):
            expect(top).to_contain_text(words)
        for words in (EQUALITY, "19 de noviembre de 2027", "Ley 15/2022"):
            expect(second).to_contain_text(words)
        laila.decisive("s2-case")

        top.get_by_role("link").click()
        laila.reads("Con otra calificación", "grave: 19 de noviembre de 2028")
        form = laila.unfold("/counting")
        form.locator("[name=label]").select_option("serious")
        assert laila.send(form) == 422
        laila.refused("Escribe por qué se cuenta de nuevo")
        expect(laila.form("/counting").locator("[name=label]")).to_have_value("serious")
        laila.decisive("s2-refused")
        form = laila.unfold("/counting")
        form.locator("[name=count_reason]").fill(WHY)
        assert laila.send(form) == 200
        laila.reads("19 de noviembre de 2028", "Otros cómputos de este plazo", "19 de agosto de 2027")
        old = laila.page.locator("section:has(#history) .desk-card")
        for words in ("19 de agosto de 2027", "leve", "otro cómputo ocupó su lugar: Laila Imaginaria"):
            expect(old).to_contain_text(words)
        laila.reads(WHY)
        laila.decisive("s2-anew")

        laila.follow(own)
        expect(clocks).to_have_count(4)
        for words in (EQUALITY, "19 de noviembre de 2027"):  # now this ends first
            expect(clocks.nth(0)).to_contain_text(words)
        laila.follow("cases", within="nav")
        laila.reads("19 nov 2027", "sin confirmar")

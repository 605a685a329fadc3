"""Scenario 8 in a browser: an adviser declares that she is a cousin of somebody in her case."""

import pytest
from playwright.sync_api import Browser, expect

from office.ids import new_case_number, shown
from tests.casework.desk import Desk
from tests.casework.walks.steps import calendar, sought, take_up
from tests.support.browser import Serve, browser, served
from tests.support.walking import at_the_desk

__all__ = ["browser", "served"]  # fixtures

pytestmark = pytest.mark.browser


def test_scenario_8_a_cousin_a_case_handed_over_and_then_nothing_in_a_browser(
    desk: Desk, browser: Browser, served: Serve
) -> None:
    reporter = desk.report()
    own, number, nobodys = f"cases/{reporter.case_number}", shown(reporter.case_number), new_case_number()
    address = served(desk.app)
    with (
        at_the_desk(browser, desk, address, "laila") as laila,
        at_the_desk(browser, desk, address, "amparo") as amparo,
    ):
        take_up(laila, reporter.case_number)
        laila.follow(f"{own}/limits")
        laila.tick("route", laila.page.locator("[name=route]").first.get_attribute("value") or "")
        assert laila.send(f"{own}/limits") == 200
        assert laila.go(own) == 200
        laila.follow(f"{own}/people")
        form = laila.unfold("/interest")
        expect(form).to_contain_text("hasta el 4.º grado")
        expect(form).to_contain_text("Ley 40/2015, artículo 23.2")
        laila.tick("relation", "family", within=form)
        laila.decisive("s8-declaring")
        assert laila.send(form) == 200
        laila.reads("Laila Imaginaria")
        laila.go(own)
        laila.page.fill("[name=message]", "Una última cosa.")
        assert laila.send(f"{own}/messages") == 409
        laila.reads("cuando una persona supervisora se lo haya dado a otra")
        laila.decisive("s8-refused")
        laila.go(f"{own}/adviser")
        laila.pick("adviser", str(desk.staff_id("pau")))
        laila.tick("reason", "conflict")
        assert laila.send(f"{own}/adviser") == 409  # she does not choose who has it next

        amparo.go("conflicts")
        amparo.reads(number, "Otra persona asesora")
        amparo.follow(f"{own}/people")
        amparo.follow(f"{own}/adviser")
        amparo.pick("adviser", str(desk.staff_id("pau")))
        amparo.tick("reason", "conflict")
        assert amparo.send(f"{own}/adviser") == 200
        amparo.go(f"{own}/people")
        amparo.page.locator("section:has(#out) summary").first.click()
        out = amparo.page.locator("section:has(#out)")
        for words in ("Laila Imaginaria", "leyó el expediente", "revisó los plazos que pueden correr"):
            expect(out).to_contain_text(words)
        amparo.decisive("s8-reads")
        amparo.go("conflicts")
        amparo.reads_not(number)

        for below in (own, f"{own}/people", f"{own}/limits", f"{own}/print", f"{own}/notes"):
            gone = laila.go(below)
            assert gone in (404, 405) and number not in laila.page.content(), below
        laila.go(own)
        nothing = laila.main.inner_text()
        assert laila.go(f"cases/{nobodys}") == 404 and laila.main.inner_text() == nothing
        for below in ("cases?whose=all", "cases", "inbox", "tasks", "deadlines", "promises", "incidents"):
            laila.go(below)
            laila.reads_not(number, reporter.case_number)
        assert sought(laila, reporter.case_number) == sought(laila, nobodys)
        assert number not in calendar(laila)
        laila.go("cases")
        laila.decisive("s8-nothing")
    with at_the_desk(browser, desk, address, "pau") as pau:
        pau.go("cases")
        pau.reads(number)
        pau.go(own)
        pau.page.fill("[name=message]", "Ahora te atiendo yo.")
        assert pau.send(f"{own}/messages") == 200
        pau.reads("Ahora te atiendo yo.")

"""Scenario 17 in a browser: five reports against one organisation, counted for a supervisor behind walls.

She asks, and sees no number and no name until both advisers have agreed for each case; then one of them
proposes strategic litigation, and the proposal carries them.
"""

import re

import pytest
from playwright.sync_api import Browser, expect

from office.ids import shown
from tests.casework.conflicts.people import declare
from tests.casework.desk import Desk
from tests.casework.patterns.litigating import PROPOSAL
from tests.casework.patterns.test_patterns import ADVISERS, five
from tests.support.browser import Serve, browser, served
from tests.support.walking import Walker, at_the_desk

__all__ = ["browser", "served"]  # fixtures

pytestmark = pytest.mark.browser


def agree(at: Walker, cases: int) -> None:
    """Agree for each of one's own cases that is asked about."""
    at.go("patterns")
    buttons = at.page.get_by_role("button", name=re.compile("^Estoy de acuerdo"))
    assert buttons.count() == cases
    for _ in range(cases):
        with at.page.expect_navigation():
            buttons.first.click()


def test_scenario_17_in_a_browser_a_pattern_behind_walls_is_counted_asked_about_and_proposed(
    desk: Desk, browser: Browser, served: Serve
) -> None:
    found = five(desk)
    for one in found[:2]:  # walls: two of them she may not open
        assert declare(desk.signed_in("amparo"), one).status_code == 303
    address = served(desk.app)
    numbers = [shown(one.case_number) for one in found]
    hidden = [*numbers, *(one.case_number for one in found), "Inmobiliaria", "INMOBILIARIA"]
    with (
        at_the_desk(browser, desk, address, "amparo") as amparo,
        at_the_desk(browser, desk, address, "laila") as laila,
        at_the_desk(browser, desk, address, "pau") as pau,
        at_the_desk(browser, desk, address, "vicent") as vicent,
    ):
        # A count and the way to ask, no names.
        amparo.go("patterns")
        amparo.reads("5 expedientes en 90 días")
        amparo.reads_not(*hidden)
        with amparo.page.expect_navigation():
            amparo.page.get_by_role("button", name="Preguntar a quien lleva cada uno").click()
        amparo.reads("Sigue cerrado hasta que todos estén de acuerdo.")
        amparo.decisive("s17-asked")

        # One adviser agrees for her three: still shut. The other declines, thinks again, and it opens.
        laila.go(f"cases/{found[0].case_number}")
        laila.follow("patterns")
        laila.decisive("s17-question")
        agree(laila, ADVISERS.count("laila"))
        amparo.go("patterns")
        amparo.reads("3 de acuerdo")
        amparo.reads_not(*hidden)
        agree(pau, ADVISERS.count("pau"))
        with pau.page.expect_navigation():
            pau.page.get_by_role("button", name=re.compile("^No estoy de acuerdo")).first.click()
        amparo.go("patterns")
        amparo.reads("4 de acuerdo", "1 en contra")
        amparo.reads_not(*hidden)
        agree(pau, 1)

        # Now the group is there, of the walled ones only how many; nobody was given a key.
        laila.go("patterns")
        laila.page.get_by_role("link", name="Los expedientes del patrón").first.click()
        laila.reads(*numbers, "Pau Supuesto", "Laila Imaginaria")
        assert laila.go(f"cases/{found[1].case_number}") == 404
        amparo.go("patterns")
        amparo.page.get_by_role("link", name="Los expedientes del patrón").first.click()
        amparo.reads(*numbers[2:], "No se te muestran 2 más")
        amparo.reads_not(*numbers[:2])
        amparo.decisive("s17-group")
        group = amparo.page.url.partition("/es/")[2]

        # The proposal carries them, and two decide who did not make it and keep out of none of them.
        laila.go(group)
        for name, words in PROPOSAL.items():
            laila.page.fill(f"[name={name}]", words)
        send(laila, "litigation_question")
        laila.reads(*PROPOSAL.values(), *numbers)
        expect(laila.page.locator("[name=voice]")).to_have_count(0)
        amparo.go("patterns")
        amparo.reads("Litigio estratégico")
        amparo.go(group)
        expect(amparo.page.locator("[name=voice]")).to_have_count(0)  # she keeps out of two
        for one in (pau, vicent):
            one.go(group)
            one.page.locator("[name=voice][value=for]").check()
            one.page.fill("[name=voice_words]", "Hay prueba en los cinco.")
            send(one, "voice_words")
        laila.go(group)
        laila.reads("Aceptada", "Vicent", *numbers)
        laila.decisive("s17-accepted")


def send(one: Walker, field: str) -> None:
    """Send the form in which a field stands."""
    with one.page.expect_navigation():
        one.page.locator(f"form:has([name={field}]) button.govuk-button").first.click()

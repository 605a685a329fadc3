"""Scenario 6 in a browser: a company that was helped is now accused, under another of its names."""

import pytest
from playwright.sync_api import Browser, expect

from office.ids import shown
from tests.casework.desk import Desk
from tests.casework.walks.steps import take_up
from tests.support.browser import Serve, browser, served
from tests.support.walking import Walker, at_the_desk

__all__ = ["browser", "served"]  # fixtures

pytestmark = pytest.mark.browser
WAITS = "cuando una persona supervisora haya decidido"
LETTER = "Buenos días: ya tenemos tu comunicación."


def name(person: Walker, number: str, called: str, role: str, kind: str, *aliases: str) -> None:
    """Add somebody to a case, from its page."""
    person.go(f"cases/{number}")
    person.follow(f"cases/{number}/people")
    form = person.unfold("/people")
    form.locator("[name=party_name]").fill(called)
    form.locator("[name=other_names]").fill("\n".join(aliases))
    person.tick("role", role, within=form)
    person.tick("kind", kind, within=form)
    assert person.send(form) == 200


def test_scenario_6_an_alias_and_accents_and_a_case_that_waits_in_a_browser(
    desk: Desk, browser: Browser, served: Serve
) -> None:
    earlier, new, third = desk.report(), desk.report(), desk.report()
    own = f"cases/{new.case_number}"
    address = served(desk.app)
    with (
        at_the_desk(browser, desk, address, "pau") as pau,
        at_the_desk(browser, desk, address, "laila") as laila,
        at_the_desk(browser, desk, address, "amparo") as amparo,
    ):
        take_up(pau, earlier.case_number)
        client = ("Hostelería Pérez S.L.", "represented", "organisation", "Bar Pépé", "Casa Pepe")
        name(pau, earlier.case_number, *client)
        name(pau, earlier.case_number, "Rosa Ferrer i Martí", "affected", "person")
        take_up(laila, new.case_number)
        name(laila, new.case_number, "Bar Pepe SL", "respondent", "organisation")
        laila.reads("Hay una coincidencia que tiene que mirar otra persona", "Espera una decisión")
        there = shown(earlier.case_number)
        laila.reads_not(there, earlier.case_number, "Pérez", "Supuesto")
        laila.decisive("s6-hidden")

        laila.go(own)
        laila.unfold(f"{own}/messages").locator("[name=message]").fill(LETTER)
        assert laila.send(f"{own}/messages") == 409
        laila.reads(WAITS)
        expect(laila.page.locator("[name=message]")).to_have_value(LETTER)
        laila.decisive("s6-waits")
        assert desk.replies(new) == [] or all(LETTER not in str(one) for one in desk.replies(new))

        amparo.go("conflicts")
        amparo.reads(shown(new.case_number), "Una decisión sobre una coincidencia")
        amparo.follow(f"{own}/people")
        amparo.reads(there, "Bar Pepe SL", "Persona para la que trabaja la oficina", "Pau Supuesto")
        amparo.decisive("s6-match")
        form = amparo.unfold("/decision")
        amparo.tick("decision", "none", within=form)
        assert amparo.send(form) == 422  # a decision is kept with its reason
        amparo.decisive("s6-no-reason")
        form = amparo.unfold("/decision")
        form.locator("[name=decision_reason]").fill("Otra empresa: tiene otro dueño y está en otra calle.")
        assert amparo.send(form) == 200

        laila.go(own)
        laila.page.fill("[name=message]", LETTER)
        assert laila.send(f"{own}/messages") == 200
        laila.reads(LETTER)

        take_up(laila, third.case_number)
        name(laila, third.case_number, "FERRER MARTÍ, Rosa", "respondent", "person")
        laila.reads("Hay una coincidencia que tiene que mirar otra persona")
        amparo.go("conflicts")
        amparo.follow(f"cases/{third.case_number}/people")
        amparo.reads(there, "Persona afectada")

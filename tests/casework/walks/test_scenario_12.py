"""Scenario 12 in a browser: mediation is barred with its article, refused without a trace, held by another.

A supervisor names who mediates; the adviser screens and offers; the mediator, at a browser of their own,
invites the other side, who is handed the printed sheet and nothing else.
"""

from datetime import date

import pytest
from playwright.sync_api import Browser

from casework.mediation.bars import ASKED
from office.ids import shown
from tests.casework.desk import Desk
from tests.support.browser import Serve, browser, served
from tests.support.walking import Walker, at_the_desk

__all__ = ["browser", "served"]  # fixtures

pytestmark = pytest.mark.browser
TODAY = date(2026, 11, 23)
TOLD, NOTE = "Me dijo que me fuera a mi país.", "Teme volver a verle."
CALLED, REACHED, WANTS = "Nadia", "Por las mañanas, en su móvil.", "Quiere una disculpa."


def screen(at: Walker, case: str, note: str = "") -> None:
    """Go through the questions before an offer, all of them with no."""
    at.go(case)
    at.follow(f"{case}/mediation")
    form = at.form("/mediation")
    for bar in ASKED:
        at.tick(f"said_{bar.code}", "no", within=form)
    form.locator("[name=screening_note]").fill(note)
    at.send(form)


def offer(at: Walker, mediator: str) -> int:
    form = at.form("/offer")
    form.locator("[name=mediator]").select_option(label=mediator)
    at.day("offered_on", TODAY, within=form)
    return at.send(form)


def step(at: Walker, code: str, **more: str) -> int:
    """Note a step that was made today."""
    form = at.form("/steps")
    at.tick("step", code, within=form)
    at.day("step_on", TODAY, within=form)
    for name, value in more.items():
        form.locator(f"[name={name}]").select_option(value)
    return at.send(form)


def test_scenario_12_in_a_browser_mediation_is_barred_refused_without_a_trace_and_held_by_another(
    desk: Desk, browser: Browser, served: Serve
) -> None:
    criminal = desk.a_case("laila", act_codes=("assault",))
    ordinary = desk.a_case("laila", text=TOLD)
    own, address = f"cases/{ordinary.case_number}", served(desk.app)
    of_the_case = (TOLD, NOTE, "Laila", ordinary.case_number, shown(ordinary.case_number))
    with at_the_desk(browser, desk, address, "amparo") as amparo:
        amparo.go("staff")
        for who in ("Pau Supuesto", "Laila Imaginaria"):
            with amparo.page.expect_navigation():
                may = amparo.main.locator("button").filter(has_text="Puede mediar").filter(has_text=who)
                may.click()
    with (
        at_the_desk(browser, desk, address, "laila") as laila,
        at_the_desk(browser, desk, address, "pau") as pau,
    ):
        # A file that looks like a crime: blocked, with the article, whatever is answered.
        screen(laila, f"cases/{criminal.case_number}")
        laila.reads("Este expediente no se puede mediar.", "Ley 15/2022 art. 40.b", "Lo que parece un delito")
        assert laila.form("/offer").count() == 0
        laila.decisive("s12-barred")

        # Another one is offered: with somebody who never had it, though she may mediate elsewhere herself.
        screen(laila, own, NOTE)
        people = laila.form("/offer").locator("[name=mediator] option").all_inner_texts()
        assert "Pau Supuesto" in people and "Laila Imaginaria" not in people
        offer(laila, "Pau Supuesto")
        step(laila, "person_consented", evidence="signed")
        form = laila.unfold("/handing-over")
        form.locator("[name=told_name]").fill(CALLED)
        form.locator("[name=told_language]").select_option("ar")
        form.locator("[name=told_reach]").fill(REACHED)
        form.locator("[name=told_handed]").fill(WANTS)
        laila.decisive("s12-handing-over")
        laila.send(form)

        # The mediator knows what was handed over; the other side is given a sheet with nothing of the person.
        pau.go("mediations")
        pau.page.get_by_role("link", name="Mediación ").first.click()
        pau.reads(CALLED, REACHED, WANTS)
        pau.reads_not(*of_the_case)
        mediation = pau.page.url.partition("/es/")[2].partition("?")[0]
        step(pau, "invited", sheet_language="es")
        pau.follow(f"{mediation}/sheet")
        pau.reads("Invitación a una mediación", "Pau Supuesto")
        pau.reads_not(*of_the_case, CALLED, REACHED, WANTS)
        pau.decisive("s12-sheet")

        # It refuses: of the person nothing is left, neither on its sheet nor with the mediator.
        pau.go(mediation)
        step(pau, "respondent_refused")
        pau.reads("Lo que se te entregó se borró al terminar la mediación.")
        pau.reads_not(*of_the_case, CALLED, REACHED, WANTS)
        pau.decisive("s12-refused")
        pau.go(f"{mediation}/sheet")
        number = pau.page.get_by_role("heading", level=1).inner_text()
        assert pau.main.locator("p").all_inner_texts()[-1] == "La otra parte no quiere · 23 nov 2026"
        pau.reads_not(*of_the_case, CALLED, REACHED, WANTS, "Invitación")
        assert number.removeprefix("Mediación ") not in ordinary.case_number

        # The adviser reads the step and its day, and does not get in where the mediator keeps notes.
        laila.go(f"{own}/mediation")
        laila.reads("La otra parte no quiere · 23 nov 2026", NOTE)
        assert laila.go(mediation) == 404

"""Scenario 10 in a browser: somebody who speaks Wolof, from the inbox to advice said back in their own words.

A supervisor gives the case to the adviser who noted that he can advise in Wolof; the advice is written,
reviewed by her, translated by a machine, stopped, compared by the interpreter, and delivered with both texts
kept.
"""

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.casework.advice.pieces import FACTS, QUESTION, SPEAKS_WOLOF
from tests.casework.desk import NOW, Desk
from tests.casework.interpreters import tongues
from tests.casework.residents import Reporter
from tests.support.browser import Serve, browser, served
from tests.support.walking import Walker, at_the_desk

__all__ = ["browser", "served"]  # fixtures

pytestmark = pytest.mark.browser
MACHINE, RIGHT = "Mën nga kalaame.", "Mën nga kalaame yoon."
NOBODY_CHECKED = "nadie la ha comprobado"
MODOU = "Modou Inventado"


def write(at: Walker, case: str) -> str:
    """Write the advice, and return where it is."""
    at.go(case)
    at.follow(f"{case}/advice")
    at.follow(f"{case}/advice/new")
    form = at.form("/advice/new")
    for name, words in (
        ("the_question", QUESTION),
        ("the_facts", FACTS),
        ("law1", "Ley 15/2022, art. 20"),
        ("option1_what", "Denunciar ante la policía"),
        ("option1_for", "Queda constancia."),
        ("option1_against", "Puede tardar."),
    ):
        form.locator(f"[name={name}]").fill(words)
    at.day("law1_on", NOW.date().replace(year=2022, month=7, day=13), within=form)
    at.send(form, "button.govuk-button")
    return at.page.url.partition("/es/")[2].partition("?")[0]


def translate_by_machine(at: Walker) -> None:
    form = at.unfold("/translations")
    form.locator("[name=translation_language]").select_option("wo")
    form.locator("[name=translation_text]").fill(MACHINE)
    at.tick("is_machine", "yes", within=form)
    form.locator("[name=made_by]").fill("Traductor automático")
    at.send(form)


def deliver(at: Walker) -> int:
    """Note that it was delivered in Wolof with the interpreter of the directory, and said back."""
    form = at.form("/delivery")
    form.get_by_role("radio", name="Wólof").check()
    form.locator("[name=delivery_language]").select_option("wo")
    at.tick("understood", "interpreter", within=form)
    form.locator("[name=chosen_interpreter]").select_option(label=chosen(form, MODOU))
    form.locator("[name=way]").select_option("in_person")
    at.tick("read_back", "yes", within=form)
    return at.send(form)


def chosen(form: Locator, name: str) -> str:
    """The whole line of a list that begins with a name."""
    lines = form.locator("option").all_inner_texts()
    return next(one for one in lines if one.startswith(name))


def given_to_who_speaks_it(desk: Desk, amparo: Walker, pau: Walker) -> Reporter:
    """A report in Wolof that the supervisor gives to the first of the list: who can advise in it."""
    pau.go("my-languages")
    pau.tick("advises", "wo")
    pau.send("/my-languages")
    reporter = desk.report(languages=SPEAKS_WOLOF)
    amparo.go("inbox")
    amparo.follow(f"inbox/{reporter.case_number}")
    form = amparo.form("/taking-up")
    offered = form.locator("[name=adviser] option").all_inner_texts()
    assert offered[1] == "Pau Supuesto · asesora en: Wólof", "who speaks it stands first"
    form.locator("[name=adviser]").select_option(label=offered[1])
    amparo.decisive("s10-inbox")
    amparo.send(form)
    return reporter


def test_scenario_10_in_a_browser_advice_reaches_somebody_in_wolof_and_no_unchecked_machine_does(
    desk: Desk, browser: Browser, served: Serve
) -> None:
    tongues.add(desk)
    address = served(desk.app)
    with (
        at_the_desk(browser, desk, address, "amparo") as amparo,
        at_the_desk(browser, desk, address, "pau") as pau,
    ):
        reporter = given_to_who_speaks_it(desk, amparo, pau)
        own = f"cases/{reporter.case_number}"
        pau.go(own)
        pau.reads("Pau Supuesto asesora en: Wólof", MODOU)
        pau.decisive("s10-case")

        # The advice is reviewed by another; a machine's translation nobody compared goes nowhere.
        here = write(pau, own)
        amparo.go(here)
        amparo.tick("verdict", "reviewed")
        amparo.send("/review")
        pau.go(here)
        translate_by_machine(pau)
        pau.reads("Sin comprobar")
        assert deliver(pau) == 409
        pau.refused(NOBODY_CHECKED)
        pau.decisive("s10-stopped")
        pau.go(own)
        form = pau.form("/messages")
        form.locator("[name=message]").fill(f"Hola. {MACHINE}")
        assert pau.send(form) == 422
        pau.refused(NOBODY_CHECKED)
        assert not any(one.text for one in desk.replies(reporter))

        # Not compared by whoever brought it in: by the interpreter, who puts a word right.
        pau.go(here)
        form = pau.unfold("/translations/check")
        form.locator("[name=checker]").select_option(label=chosen(form, MODOU))
        form.locator("[name=checked_text]").fill(RIGHT)
        pau.send(form)
        pau.reads(MODOU, RIGHT)

        # Delivered in Wolof, with the interpreter's name and what was said back; both texts are kept.
        assert deliver(pau) == 200
        pau.reads(QUESTION, FACTS, RIGHT, f"con intérprete: {MODOU}")
        pau.reads("Lo ha repetido con sus palabras: sí")
        pau.page.get_by_text("Como estaba antes").click()
        expect(pau.main.get_by_text(MACHINE, exact=True)).to_be_visible()
        pau.decisive("s10-delivered")

"""Scenario 11 in a browser: a referral goes out with the person's consent, to what they said yes to, or not.

Four people at browsers of their own: the adviser, two supervisors, and the body that is asked for help, which
only has the address and the code it was given.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from playwright.sync_api import Browser, expect

from office.ids import shown
from tests.casework.desk import Desk
from tests.casework.referrals.handing import BODY, TOLD
from tests.support.browser import Serve, browser, served
from tests.support.walking import WIDE, Walker, at_the_desk

__all__ = ["browser", "served"]  # fixtures

pytestmark = pytest.mark.browser
TODAY, UNTIL, ANSWER_BY = date(2026, 11, 23), date(2027, 2, 1), date(2026, 12, 9)
NOBODY_CONSENTED = "No hay consentimiento de la persona"
HOW = "pregunta a la persona y anota a qué dice que sí"
NONE_YET = "Todavía ninguno: no se puede entregar nada, lo pida quien lo pida."
EMPTY = "Con este código no hay nada"
NO_PLACE = "No tenemos plazas hasta marzo."


def draft(at: Walker, own: str) -> str:
    """Write down what could be told, and return where the referral is."""
    at.go(own)
    at.follow(f"{own}/referrals")
    form = at.form("/referrals")
    form.locator("[name=body]").select_option(BODY)
    for name, value in TOLD.items():
        field = form.locator(f"[name={name}]")
        if name == "told_language":
            field.select_option(value)
        else:
            field.fill(value)
    at.send(form)
    return at.page.url.partition("/es/")[2].partition("?")[0]


def consent(at: Walker, *items: str) -> None:
    """Note what the person said yes to."""
    form = at.form("/consent")
    for item in items:
        form.locator(f'[name=items][value="{item}"]').check()
    form.locator("[name=asked_in]").select_option("ar")
    at.tick("evidence", "spoken", within=form)
    at.day("consented_on", TODAY, within=form)
    at.day("consent_until", UNTIL, within=form)
    at.send(form)


def handed_over(at: Walker) -> str:
    """Hand it over, and return the code for the body, which is shown once."""
    assert hand_over(at) == 200
    return at.page.locator("code.desk-secret").inner_text()


def hand_over(at: Walker, way: str = "link") -> int:
    form = at.form("/sending")
    at.tick("way", way, within=form)
    at.day("answer_by", ANSWER_BY, within=form)
    return at.send(form)


@contextmanager
def outside(browser: Browser, desk: Desk, address: str, *, script: bool = True) -> Iterator[Walker]:
    """Somebody of the body, who signs in nowhere."""
    context = browser.new_context(viewport=WIDE, java_script_enabled=script)
    yield Walker(context.new_page(), desk, address, "", "es")
    context.close()


def open_pack(body: Walker, code: str) -> None:
    """Open the referral as the body does, with the code it was given."""
    body.go("partner")
    body.page.get_by_label("Código").fill(code)
    with body.page.expect_navigation():
        body.page.get_by_role("button", name="Abrir la derivación").click()


def told(body: Walker) -> dict[str, str]:
    """What the body reads of the person: names of items and what they say."""
    rows = body.main.locator("dl > div").all()
    return {one.locator("dt").inner_text(): one.locator("dd").inner_text() for one in rows}


@pytest.mark.parametrize("script", [True, False])
def test_scenario_11_in_a_browser_without_consent_nothing_goes_out_with_it_exactly_what_was_said_yes_to(
    desk: Desk, browser: Browser, served: Serve, script: bool
) -> None:
    reporter = desk.a_case("laila")
    address, own = served(desk.app), f"cases/{reporter.case_number}"
    with at_the_desk(browser, desk, address, "laila", script=script) as laila:
        here = draft(laila, own)

        # Nobody consented: no role finds a way to hand it over, and who may not open the case finds nothing.
        laila.reads(NONE_YET)
        assert laila.form("/sending").count() == 0
        for name, status in (("amparo", 200), ("pau", 404)):
            with at_the_desk(browser, desk, address, name, script=script) as one:
                assert one.go(here) == status
                assert one.form("/sending").count() == 0
                assert (NONE_YET in one.main.inner_text()) == (name == "amparo")

        # A consent is noted; in another window the draft changes, so that the consent is for something else.
        consent(laila, "name", "phone")
        older = Walker(laila.page.context.new_page(), desk, address, "laila", "es")
        older.go(here)
        form = laila.unfold("/draft")
        form.locator("[name=told_phone]").fill("600 999 999")
        laila.send(form)
        assert hand_over(older) == 403
        older.refused(NOBODY_CONSENTED, HOW)
        older.decisive("s11-refused")
        older.page.close()

        # Asked again: the body's page holds exactly the name and the telephone.
        laila.go(here)
        consent(laila, "name", "phone")
        code = handed_over(laila)
        laila.decisive("s11-address")
        with outside(browser, desk, address, script=script) as body:
            open_pack(body, code)
            assert told(body) == {"Nombre": "Amina B.", "Teléfono": "600 999 999"}
            body.reads_not(TOLD["told_email"], TOLD["told_summary"], "árabe", "Laila", reporter.case_number)
            body.decisive("s11-pack")


def test_scenario_11_in_a_browser_a_body_declines_and_another_loses_what_it_was_told(
    desk: Desk, browser: Browser, served: Serve
) -> None:
    reporter = desk.a_case("laila")
    address, own = served(desk.app), f"cases/{reporter.case_number}"
    with (
        at_the_desk(browser, desk, address, "laila") as laila,
        outside(browser, desk, address) as body,
    ):
        here = draft(laila, own)
        consent(laila, "name", "phone")
        code = handed_over(laila)

        # It cannot take the person on, and must say why: it comes back, with a day to be reminded.
        open_pack(body, code)
        body.tick("answer", "declined")
        assert body.send("/partner/answer") == 422
        expect(body.page.get_by_role("alert")).to_be_visible()
        body.page.locator("[name=answer_words]").fill(NO_PLACE)
        assert body.send("/partner/answer") == 200
        laila.go(f"{own}/referrals")
        laila.follow(here)
        laila.reads(NO_PLACE, "La entidad no lo asumió", "30 de noviembre de 2026")
        laila.decisive("s11-returned")
        open_pack(body, code)
        body.refused(EMPTY)

        # It is tried again; this time the person takes their consent back, and the code opens nothing.
        again = draft(laila, own)
        consent(laila, "name")
        code = handed_over(laila)
        open_pack(body, code)
        assert told(body) == {"Nombre": "Amina B."}
        laila.go(again)
        laila.send("/withdrawal")
        desk.clock.move(seconds=59)
        with body.page.expect_navigation() as answer:
            body.page.reload()
        assert answer.value.status == 404
        open_pack(body, code)
        body.refused(EMPTY)
        body.reads_not("Amina")
        body.decisive("s11-nothing-there")
        laila.go(again)
        assert laila.form("/sending").count() == 0
        laila.decisive("s11-taken-back")

        # A week later the one that came back is the one she is reminded of.
        desk.clock.move(days=7)
        laila.sign_in()
        laila.page.get_by_role("navigation").locator("summary").click()
        laila.page.get_by_role("navigation").get_by_role("link", name="Derivaciones").click()
        laila.page.get_by_role("link", name="Devueltas (1)").click()
        laila.reads(shown(reporter.case_number), "30 nov 2026")
        laila.decisive("s11-reminded")

"""Scenario 4 in a browser: a case whose limits nobody has looked at, three working days later.

Taken up on Monday 23 November 2026: Tuesday, Wednesday and Thursday are the three; on Friday it is said.
"""

from datetime import date

import pytest
from playwright.sync_api import Browser, expect

from office.ids import shown
from tests.casework.deadlines.clocks import told_on
from tests.casework.deadlines.test_weekly_mail import weekly
from tests.casework.desk import Desk
from tests.casework.notices.post_office import mail_server
from tests.casework.notices.test_mailer import words
from tests.support.browser import Serve, browser, served
from tests.support.walking import at_the_desk

__all__ = ["browser", "served"]  # fixtures

pytestmark = pytest.mark.browser
BADGE, NOBODY = "sin revisión de plazos", "En 1 expediente nadie ha mirado qué plazos corren"
FACTORS = ("personal", "nature", "repetition", "fear", "retaliation", "secondary")


def test_scenario_4_badge_list_and_mail_and_it_stays_in_assessment_in_a_browser(
    desk: Desk, browser: Browser, served: Serve
) -> None:
    reporter = desk.report(**told_on(date(2026, 11, 20)))
    own, number = f"cases/{reporter.case_number}", shown(reporter.case_number)
    address = served(desk.app)
    with (
        at_the_desk(browser, desk, address, "laila") as laila,
        at_the_desk(browser, desk, address, "amparo") as amparo,
    ):
        laila.follow("inbox")
        laila.follow(f"inbox/{reporter.case_number}")
        assert laila.send("/taking-up") == 200
        desk.clock.move(days=3)
        for person, where in ((laila, "cases"), (amparo, "cases?whose=all")):
            person.sign_in()
            person.go(where)
            person.reads(number)
            person.reads_not(BADGE, NOBODY)
        desk.clock.move(days=1)
        for person, where in ((laila, "cases"), (amparo, "cases?whose=all")):
            person.sign_in()
            person.go(where)
            person.reads(BADGE, NOBODY)
            person.page.get_by_role("link", name=NOBODY).click()
            person.reads(number)
            person.decisive(f"s4-{person.name}")
        with mail_server() as server:
            assert weekly(desk, server).returncode == 0
        assert "Sin revisar qué plazos corren, pasados tres días hábiles: 1" in words(server.letters[0][2])

        laila.go(f"{own}/stage")
        for answered in (409, 200):
            laila.pick("stage", "advice")
            laila.tick("state", "in_progress")
            got = laila.send(f"{own}/stage")
            assert got == answered, laila.main.inner_text()
            if answered == 200:
                break
            laila.reads("Nadie ha mirado qué plazos corren. Guarda una revisión, también si no corre")
            laila.decisive("s4-refused")
            laila.go(own)
            expect(laila.page.locator(".desk-flag--stage")).to_have_text("En valoración")

            laila.follow(f"{own}/limits")
            laila.page.fill("[name=scan_reason]", "Nada de lo ocurrido prescribe todavía.")
            assert laila.send(f"{own}/limits") == 200
            laila.follow(f"{own}/needs")
            laila.follow(f"{own}/needs/text")
            for factor in FACTORS:
                laila.tick(f"factor_{factor}", "no")
            laila.tick("measure", "accompanied")
            laila.day("review_on", date(2027, 1, 21))
            assert laila.send(f"{own}/needs/text") == 200
            desk.say_who_decides(reporter, desk.signed_in("laila"))
            laila.go(f"{own}/stage")
            laila.page.get_by_role("button", name="Eliminar el borrador").click()
            laila.go(f"{own}/stage")
        laila.go(own)
        expect(laila.page.locator(".desk-flag--stage")).to_have_text("En asesoramiento")
        for person, where in ((laila, "cases"), (amparo, "cases?whose=all")):
            person.go(where)
            person.reads(number)
            person.reads_not(BADGE, NOBODY)

"""Scenario 15 in a browser: an adviser is away, the cover sees her deadlines, and forty files change hands.

The adviser notes her leave, her cover looks at the span, a supervisor gives all her files to another in one
act, with a reason and the notice that was chosen; people read it with their receipt.
"""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, expect
from sqlmodel import delete, select

from casework.notices.tables import NoticeDue
from office.handover.notice import ANOTHER_ADVISER
from office.ids import shown
from office.languages import language
from tests.casework.deadlines.clocks import binding, scan
from tests.casework.desk import Desk
from tests.casework.notices.post_office import leave_address
from tests.casework.queues.lists import many
from tests.casework.queues.test_lists import change
from tests.support.browser import Serve, browser, served
from tests.support.walking import at_the_desk

__all__ = ["browser", "served"]  # fixtures

pytestmark = pytest.mark.browser
TODAY = date(2026, 11, 23)


def notices_due(desk: Desk) -> list[str]:
    """The cases of which somebody is told outside that there is news."""
    with desk.reading() as session:
        return [due.case_number for due in session.exec(select(NoticeDue))]


def test_scenario_15_in_a_browser_the_cover_sees_the_deadlines_and_forty_files_change_hands_in_one_act(
    desk: Desk, browser: Browser, served: Serve
) -> None:
    reporters = many(desk, 40)
    due, arabic, safe = reporters[:3]
    scan(desk, desk.signed_in("laila"), due, date(2026, 11, 20), "labour_dismissal")
    change(desk, arabic, language="ar")
    leave_address(desk, safe, "email", "ana@example.org")
    with desk.writing() as session:
        session.execute(delete(NoticeDue))  # of the reports themselves
    (clock,) = binding(desk, due)
    address = served(desk.app)
    with at_the_desk(browser, desk, address, "laila") as laila:
        laila.go("cases")
        laila.follow("absences")
        form = laila.form("/absences")
        form.locator("[name=cover]").select_option(label="Pau Supuesto")
        laila.day("first", TODAY, within=form)
        laila.day("last", TODAY - timedelta(days=1), within=form)
        assert laila.send(form) == 422
        laila.refused("El último día es anterior al primero.")
        laila.day("last", clock.last_on, within=form)
        laila.send(form)
        laila.reads("Laila Imaginaria", "Pau Supuesto")

    # The cover reads numbers and days of the span, and opens none.
    with at_the_desk(browser, desk, address, "pau") as pau:
        pau.go("cases")
        pau.follow("covered")
        row = pau.main.locator("tr", has_text=shown(due.case_number))
        expect(row).to_contain_text("sin confirmar")
        expect(row).to_contain_text("21 dic 2026")
        assert pau.main.locator("tbody tr").count() == 40
        assert pau.main.locator('a[href*="/cases/"]').count() == 0
        pau.decisive("s15-covered")
        assert pau.go(f"cases/{due.case_number}") == 404

    # One act gives all forty away; without a reason none goes.
    with at_the_desk(browser, desk, address, "amparo") as amparo:
        amparo.go("absences")
        amparo.page.get_by_role("link", name="Entregar expedientes").click()
        amparo.main.locator("[name=all]").check()
        amparo.send("/giving")
        form = amparo.form("/giving")
        assert form.locator("[name=case]:checked").count() == 40
        form.locator("[name=adviser]").select_option(str(desk.staff_id("pau")))
        assert amparo.send(form, "[name=do]") == 422
        amparo.refused("Hay que elegir una de estas opciones.")
        assert form.locator("[name=case]:checked").count() == 40
        amparo.tick("reason", "absence", within=form)
        amparo.tick("notice", "tell", within=form)
        amparo.decisive("s15-giving")
        assert amparo.send(form, "[name=do]") == 200
        amparo.reads("Los expedientes han cambiado de manos y se ha avisado a quienes pueden leerlo.")

    # The new adviser has them all, the one who is away opens none any more.
    with at_the_desk(browser, desk, address, "pau") as pau:
        pau.go("cases")
        pau.reads("Expedientes abiertos (40)")
        assert pau.go(f"cases/{due.case_number}") == 200
        pau.reads("Ausencia")
    with at_the_desk(browser, desk, address, "laila") as laila:
        assert laila.go(f"cases/{due.case_number}") == 404
        laila.go("cases")
        laila.reads("Aquí no hay expedientes.")
    for one, tag in ((due, "es"), (arabic, "ar"), (safe, "es")):
        wanted = language(tag, "office").gettext(ANOTHER_ADVISER)
        assert [reply.text for reply in desk.replies(one)].count(wanted) == 1
    assert notices_due(desk) == [safe.case_number]  # nobody else left a safe address

"""Scenario 7 in a browser: a report against a service that somebody with broad rights here manages."""

from datetime import date

import pytest
from playwright.sync_api import Browser, expect

from casework.staff.rules import Permission, may
from office.ids import new_case_number, shown
from tests.casework.deadlines.clocks import scan, told_on
from tests.casework.desk import STAFF, Desk
from tests.casework.traces.test_scenario_19 import OFFICER
from tests.casework.walks.steps import calendar, exported, open_cases, sought
from tests.support.browser import Serve, browser, served
from tests.support.walking import at_the_desk

__all__ = ["browser", "served"]  # fixtures

pytestmark = pytest.mark.browser


def test_scenario_7_the_wall_stands_at_intake_and_its_manager_meets_nothing_in_a_browser(
    desk: Desk, browser: Browser, served: Serve
) -> None:
    vicent = STAFF["vicent"]
    assert may(vicent.role_code, Permission.SUPERVISE) and "story-apart" in vicent.keys
    told = told_on(date(2026, 11, 20), area_code="housing")
    other = desk.a_case("laila", **told)
    assert scan(desk, desk.signed_in("laila"), other, date(2026, 11, 20), "civil_tort")
    walled = desk.report(city=True, **told)
    number, own, nobodys = shown(walled.case_number), f"cases/{walled.case_number}", new_case_number()
    address = served(desk.app)
    with at_the_desk(browser, desk, address, "joana") as joana:
        joana.go("services")
        joana.page.locator("[name=person]").select_option(label="Vicent Ficticio")
        joana.pick("service", "housing")
        joana.tick("relation", "manages")
        assert joana.send(f"/{joana.language}/services") == 200
        joana.reads("Vicent Ficticio", "Lo dirige, o responde políticamente de él")
    with (
        at_the_desk(browser, desk, address, "amparo") as amparo,
        at_the_desk(browser, desk, address, "vicent") as manager,
    ):
        amparo.follow("inbox")
        amparo.follow(f"inbox/{walled.case_number}")
        form = amparo.unfold("/taking-up")
        form.locator("[name=adviser]").select_option(label="Amparo Inventada")
        amparo.pick("wall_service", "housing", within=form)
        amparo.decisive("s7-report")
        assert amparo.send(form) == 200
        amparo.reads("Contra el propio Ayuntamiento", "Fuera del Ayuntamiento")
        amparo.decisive("s7-case")
        amparo.follow(f"{own}/limits")
        amparo.tick("route", "court_admin_fundamental")
        assert amparo.send(f"{own}/limits") == 200

        for below in (own, f"{own}/limits", f"{own}/people", f"{own}/print", f"inbox/{walled.case_number}"):
            assert manager.go(below) == 404, below
            manager.reads_not(number)
        gone = manager.main.inner_text()
        assert manager.go(f"cases/{nobodys}") == 404
        assert manager.main.inner_text() == gone
        manager.decisive("s7-gone")
        for below in ("cases?whose=all", "deadlines?whose=all", "inbox", "tasks", "conflicts", "supervision"):
            manager.go(below)
            manager.reads_not(number, walled.case_number)
        assert sought(manager, walled.case_number) == sought(manager, nobodys)
        sought(amparo, walled.case_number)
        expect(amparo.page.locator(f'main a[href="/es/{own}"]')).to_be_visible()
        for person, sees in ((manager, False), (amparo, True)):
            for below in ("cases?whose=all", "deadlines?whose=all"):
                assert (number in exported(person, below)) == sees, (person.name, below)
            person.go("cases?whose=all")
            person.reads(shown(other.case_number))
            assert (number in calendar(person)) == sees
        assert (open_cases(manager), open_cases(amparo)) == (1, 2)
    with at_the_desk(browser, desk, address, OFFICER) as officer:
        officer.go("traces")
        officer.page.fill("main [name=number]", walled.case_number)
        officer.page.locator("main [name=staff]").select_option(label="Vicent Ficticio")
        assert officer.send("/traces") == 200
        refused = officer.page.locator("tr", has_text="Acceso denegado")
        assert refused.count() >= 5  # one for each address of it that he tried
        expect(refused.first).to_contain_text(number)
        officer.reads_not("leyó el expediente")
        officer.decisive("s7-traces")

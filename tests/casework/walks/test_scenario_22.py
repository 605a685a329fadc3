"""Scenario 22 in a browser: the private calendar names nobody, its old address is gone, and a leaver's dies.

The adviser makes the address on her page and puts it into a calendar program, which reads it without signing
in; the head ends her access.
"""

import urllib.error
import urllib.request
from datetime import date

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser

from office.ids import shown
from tests.casework.deadlines.clocks import ROUTES, route_name, with_clocks
from tests.casework.desk import Desk
from tests.support.browser import Serve, browser, served
from tests.support.walking import Walker, at_the_desk

__all__ = ["browser", "served"]  # fixtures

pytestmark = pytest.mark.browser


def make(at: Walker) -> str:
    """Make an address, and return it as the page shows it once."""
    at.go("deadlines")
    at.follow("calendar")
    at.page.get_by_role("button", name="Crear una dirección nueva").click()
    return at.page.locator("code.desk-secret").inner_text()


def read(address: str) -> tuple[int, str]:
    """Read an address as a calendar program does: it signs in nowhere."""
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def test_scenario_22_in_a_browser_the_calendar_is_neutral_rotated_and_dies_with_the_account(
    desk: Desk, browser: Browser, served: Serve
) -> None:
    reporter = with_clocks(desk, "laila")
    with_clocks(desk, "pau")
    address = served(desk.app)
    with at_the_desk(browser, desk, address, "laila") as laila:
        first = make(laila)
        laila.reads("Se muestra solo ahora.")
        laila.decisive("s22-address")
        status, told = read(first)
        assert status == 200
        events = Calendar.from_ical(told).walk("VEVENT")
        assert [one.decoded("DTSTART") for one in events] == [date(2026, 12, 4), date(2027, 11, 20)]
        titles = {str(one["SUMMARY"]) for one in events}
        assert titles == {f"Expediente {shown(reporter.case_number)}: plazo, sin confirmar"}
        words = ("Laila", "Inventada", "acento", "alquil", "race", "Origen", route_name(ROUTES[0]))
        assert not any(word in told for word in words)

        # Rotated: the old address is gone at once, and the page shows the new one once.
        second = make(laila)
        assert second != first
        assert (read(first)[0], read(second)[0]) == (404, 200)
        laila.go("calendar")
        laila.reads_not(second, first)
        laila.reads("Un calendario la leyó por última vez el 23 de noviembre de 2026.")

    # She leaves: with her account her calendar dies.
    with at_the_desk(browser, desk, address, "joana") as joana:
        joana.go("staff")
        form = joana.unfold(f"/staff/{desk.staff_id('laila')}/leaving")
        form.locator("select").first.select_option(str(desk.staff_id("pau")))
        joana.decisive("s22-leaving")
        joana.send(form)
    status, told = read(second)
    assert status == 404 and "VEVENT" not in told

"""Scenario 18 in a browser: how the team is doing, without ranking anybody.

The supervisor reads ages, waits and load; the adviser's files on hold leave the ages; a closure is drawn, and
looked at by the supervisor who did not close it, and by nobody else.
"""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Locator, expect

from office.ids import shown
from tests.casework.deadlines.clocks import at as standing_on
from tests.casework.deadlines.clocks import scan
from tests.casework.desk import STAFF, Desk
from tests.casework.supervision.test_scenario_18 import change, close, taken
from tests.casework.tracks import steps as tracks
from tests.support.browser import Serve, browser, served
from tests.support.walking import Walker, at_the_desk

__all__ = ["browser", "served"]  # fixtures

pytestmark = pytest.mark.browser
TODAY = date(2026, 11, 23)
WAITS = "Cuánto esperan las personas"


def row(at: Walker, caption: str, first: str) -> list[str]:
    """The figures of one row of a table."""
    table: Locator = at.page.get_by_role("table", name=caption)
    cells = table.locator("tr").filter(has=at.page.get_by_role("rowheader", name=first, exact=True))
    return cells.locator("td").all_inner_texts()


def test_scenario_18_in_a_browser_the_team_is_seen_and_nobody_is_ranked(
    desk: Desk, browser: Browser, served: Serve
) -> None:
    by_hand = desk.signed_in("amparo")
    plain, held, in_court, closed = (taken(desk, by_hand, "laila") for _ in range(4))
    change(desk, plain, opened_on=TODAY - timedelta(days=31))
    scan(desk, by_hand, held, date(2026, 11, 20), "civil_tort")
    track = tracks.opened(desk, by_hand, in_court, "civil")
    tracks.walk(desk, by_hand, in_court, track, "mandate_signed", "filed")
    scan(desk, by_hand, closed, None, reason="No corre ninguno.")
    close(desk, "laila", closed, "vicent")
    desk.write_back(plain, "¿Y ahora?")
    address = served(desk.app)
    with at_the_desk(browser, desk, address, "laila") as laila:
        # Another body acts next: this case is on hold. Of the figures she sees none.
        laila.go(f"cases/{held.case_number}/tasks")
        form = laila.unfold("/next-action")
        laila.tick("actor", "body", within=form)
        laila.day("by", date(2026, 12, 9), within=form)
        form.locator("[name=next_text]").fill("Contesta la inmobiliaria.")
        laila.send(form)
        laila.go(f"cases/{plain.case_number}")
        assert laila.go("supervision") == 404

    with at_the_desk(browser, desk, address, "amparo") as amparo:
        amparo.go("supervision")
        ages = "Expedientes abiertos según su antigüedad"
        assert row(amparo, ages, "0 a 30") == ["1"]
        assert row(amparo, ages, "31 a 90") == ["1"]
        amparo.reads("1 más está en espera")
        figures = amparo.main.inner_text().partition("Cierres vistos de nuevo")[0]
        assert not any(name.display_name.split()[0] in figures for name in STAFF.values())
        assert row(amparo, WAITS, "Respuesta a un mensaje") == ["–", "0", "0", "1", "0"]
        assert amparo.page.get_by_role("button", name="Sortear").count() == 0  # the month is not over
        amparo.decisive("s18-team")
        amparo.follow("workload")
        load = row(amparo, "Carga de trabajo", "Laila Imaginaria")
        # Two cases off hold, the deadline of the one on hold, a track, and two more before a court.
        assert load == ["2", "0", "1", "0", "1", "0", "1", "6"]
        amparo.reads("por orden alfabético", "no dice nada del mérito de nadie")
        amparo.decisive("s18-load")

    # The next day she answers; the day after the month a tenth of its closures, one at least, is drawn.
    standing_on(desk, TODAY + timedelta(days=1))
    with at_the_desk(browser, desk, address, "laila") as laila:
        laila.go(f"cases/{plain.case_number}")
        laila.form("/messages").locator("[name=message]").fill("Te escuchamos.")
        laila.send("/messages")
    standing_on(desk, date(2026, 12, 1))
    with (
        at_the_desk(browser, desk, address, "amparo") as amparo,
        at_the_desk(browser, desk, address, "vicent") as vicent,
    ):
        amparo.go("supervision")
        assert row(amparo, WAITS, "Respuesta a un mensaje") == ["1", "1", "1", "0", "0"]
        amparo.page.get_by_role("button", name="Sortear los cierres de noviembre de 2026").click()
        amparo.reads("El sorteo está hecho", shown(closed.case_number))
        vicent.go("supervision")  # he closed it
        expect(vicent.page.get_by_role("link", name=shown(closed.case_number))).to_have_count(0)
        amparo.page.get_by_role("link", name=shown(closed.case_number)).first.click()
        sheet = amparo.page.url.partition("/es/")[2]
        amparo.tick("found", "mend")
        assert amparo.send(f"/{sheet}") == 422
        amparo.page.locator("[name=review_words]").fill("Nadie le habló del Síndic.")
        amparo.page.locator("[name=task_text]").fill("Explicarle la queja al Síndic.")
        amparo.day("due", date(2026, 12, 9))
        amparo.decisive("s18-sheet")
        assert amparo.send(f"/{sheet}") == 200
        assert vicent.go(sheet) == 404
    with at_the_desk(browser, desk, address, "laila") as laila:
        laila.go("tasks")
        laila.reads("Explicarle la queja al Síndic.")

"""Scenario 19 in a browser: who opened a case in a month and why, and the row that an administrator edited.

An adviser reads, opens the contact and searches for a name; another is refused; the data protection officer
asks and reads it at once. Then a row is edited in the database, and the nightly examination names it.
"""

import time

import pytest
from playwright.sync_api import Browser
from sqlalchemy import text

from casework.__main__ import main
from office.ids import shown
from tests.casework.conflicts.people import add
from tests.casework.desk import Desk
from tests.casework.traces.test_scenario_19 import OFFICER
from tests.support.browser import Serve, browser, served
from tests.support.walking import Walker, at_the_desk

__all__ = ["browser", "served"]  # fixtures

pytestmark = pytest.mark.browser


def ask(officer: Walker, number: str) -> None:
    """Ask who opened a case in this month."""
    officer.go("traces")
    officer.page.get_by_label("Número de caso").fill(number)
    officer.page.get_by_label("Mes").select_option("2026-11")
    with officer.page.expect_navigation():
        officer.page.get_by_role("button", name="Mostrar").click()


def test_scenario_19_in_a_browser_who_opened_a_case_and_why_and_an_edited_row_is_named(
    desk: Desk, browser: Browser, served: Serve, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    case = desk.a_case("laila")
    number, address = case.case_number, served(desk.app)
    add(desk.signed_in("laila"), case, "Bar Pepe S.L.")
    with at_the_desk(browser, desk, address, "laila") as laila:
        laila.go(f"cases/{number}")
        laila.follow(f"cases/{number}/contact")
        form = laila.form("/contact")
        laila.tick("reason", "appointment", within=form)
        laila.send(form)
        laila.reads("600 123 123")
        laila.go("search")
        laila.page.get_by_role("link", name="Nombre de alguien").click()
        laila.main.locator("[name=name]").fill("Bar Pepe")
        laila.send("/search")
        laila.reads(shown(number))
    with at_the_desk(browser, desk, address, "pau") as pau:
        assert pau.go(f"cases/{number}") == 404
        assert pau.go("traces") == 404

    with at_the_desk(browser, desk, address, OFFICER) as officer:
        officer.go("traces")
        began = time.monotonic()
        ask(officer, number)
        assert time.monotonic() - began < 60
        rows = officer.main.locator("tbody tr")
        for who, what in (
            ("Laila Imaginaria", "leyó el expediente"),
            ("Laila Imaginaria", "abrió el contacto"),
            ("Laila Imaginaria", "buscó un nombre"),
            ("Pau Supuesto", "pidió algo que no estaba"),
            ("Amparo Inventada", "abrió el expediente"),
        ):
            assert rows.filter(has_text=who).filter(has_text=what).count() >= 1, what
        assert rows.filter(has_text="abrió el contacto").filter(has_text="cita").count() == 1
        officer.reads_not("Bar Pepe", "acento", "600 123 123")
        officer.decisive("s19-asked")

        # An administrator hides in the database who opened the contact: the examination names the row.
        for name, value in {"CASEWORK_URL": desk.casework_url, "HOME": str(desk.folder), "DEMO": "1"}.items():
            monkeypatch.setenv(f"CONVIVENCIA_{name}", value)
        assert main(["verify-timeline"]) == 0
        ask(officer, number)
        officer.reads(": íntegro, ")
        with desk.writing() as session:
            session.execute(text("UPDATE event SET \"by\" = NULL WHERE kind = 'contact_read'"))
            row = session.execute(text("SELECT seq FROM event WHERE kind = 'contact_read'")).scalar_one()
        capsys.readouterr()
        assert main(["verify-timeline"]) == 1
        assert f"{desk.case(case).id} row {row}: edited" in capsys.readouterr().out
        ask(officer, number)
        officer.reads(f"La fila {row} del historial de {shown(number)} no está como se escribió.")
        officer.decisive("s19-edited")

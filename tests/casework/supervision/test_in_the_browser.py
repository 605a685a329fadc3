"""Supervision, a closure's sheet and the traces in a real browser: telephone and laptop, without script."""

from datetime import date

import pytest
from playwright.sync_api import Browser, expect

from tests.casework.conflicts.test_in_the_browser import looks_right, page_of
from tests.casework.deadlines.clocks import at, scan
from tests.casework.desk import Desk
from tests.casework.supervision.test_scenario_18 import close, taken
from tests.casework.traces.test_scenario_19 import OFFICER
from tests.support.browser import Serve, browser, served

__all__ = ["browser", "served"]  # fixtures


@pytest.mark.parametrize("width", [390, 1280])
def test_a_closure_is_drawn_and_mended_and_the_officer_sees_who_looked(
    desk: Desk, browser: Browser, served: Serve, width: int
) -> None:
    vicent = desk.signed_in("vicent")
    open_one, theirs = taken(desk, vicent, "laila"), taken(desk, vicent, "laila")
    scan(desk, vicent, open_one, date(2026, 11, 20), "civil_tort")
    scan(desk, vicent, theirs, None, reason="No corre ninguno.")
    close(desk, "laila", theirs, "vicent")
    at(desk, date(2026, 12, 1))
    address = served(desk.app)
    page = page_of(browser, desk, address, "amparo", width)
    page.goto(f"{address}/es/supervision")
    page.get_by_role("button", name="Sortear los cierres de noviembre de 2026").click()
    expect(page.get_by_text("El sorteo está hecho")).to_be_visible()
    looks_right(page, width, "drawn")
    page.locator("a[href*='/supervision/reviews/']").click()
    page.get_by_label("Hay que arreglar algo").check()
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_right(page, width, "sheet")
    page.get_by_label("Con tus palabras").fill("Nadie le habló del Síndic.")
    page.get_by_label("Qué hay que arreglar, en una línea").fill("Explicarle la queja al Síndic.")
    for part, value in (("Día", "9"), ("Mes", "12"), ("Año", "2026")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Queda guardado lo que has visto")).to_be_visible()
    page.locator("a[href*='/supervision/reviews/']").click()
    expect(page.get_by_text("Nadie le habló del Síndic.")).to_be_visible()
    looks_right(page, width, "read")
    page.context.close()
    page = page_of(browser, desk, address, OFFICER, width)
    page.goto(f"{address}/es/traces")
    page.get_by_label("Número de caso").fill(theirs.case_number)
    page.get_by_role("button", name="Mostrar").click()
    expect(page.get_by_text("vio de nuevo un cierre")).to_be_visible()
    looks_right(page, width, "traces")
    page.context.close()

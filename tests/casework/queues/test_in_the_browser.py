"""The list of cases, giving many away, absences and workload in a real browser: telephone and laptop."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from office.ids import shown
from tests.casework.conflicts.test_in_the_browser import looks_right, page_of
from tests.casework.deadlines.clocks import scan
from tests.casework.desk import Desk
from tests.casework.queues.lists import many
from tests.casework.queues.test_lists import change
from tests.support.browser import Serve, browser, served

__all__ = ["browser", "served"]  # fixtures

TODAY = date(2026, 11, 23)


def fill_day(page: Page, legend: str, day: date) -> None:
    group = page.get_by_role("group", name=legend)
    for label, value in (("Día", day.day), ("Mes", day.month), ("Año", day.year)):
        group.get_by_label(label).fill(str(value))


@pytest.mark.parametrize("width", [390, 1280])
def test_queues_bulk_acts_views_and_cover_can_be_used_by_everybody(
    desk: Desk, browser: Browser, served: Serve, width: int, tmp_path: Path
) -> None:
    first, second, third = many(desk, 3)
    scan(desk, desk.signed_in("laila"), first, date(2026, 11, 20), "labour_dismissal")
    change(desk, second, urgency_code="danger", next_on=TODAY - timedelta(days=2))
    desk.write_back(third, "Hola.")
    address = served(desk.app)

    page = page_of(browser, desk, address, "laila", width)
    page.goto(f"{address}/es/cases")
    looks_right(page, width, "list")
    page.screenshot(path=tmp_path / f"list-{width}.png", full_page=True)
    page.get_by_role("link", name="Vencidos (1)").click()
    expect(page.get_by_role("link", name=shown(second.case_number))).to_be_visible()
    page.get_by_text("Filtrar, ordenar y guardar").click()
    page.get_by_label("Guardar esta vista con un nombre").fill("Mis vencidos")
    page.get_by_role("button", name="Guardar").click()
    page.get_by_role("navigation", name="Mis vistas").get_by_role("link", name="Mis vencidos").click()
    page.get_by_text("Filtrar, ordenar y guardar").click()
    looks_right(page, width, "filters")
    page.screenshot(path=tmp_path / f"filters-{width}.png", full_page=True)
    page.get_by_label("Abierto desde").fill("2026-11-24")
    page.get_by_role("button", name="Mostrar").click()
    expect(page.get_by_text("Aquí no hay expedientes")).to_be_visible()
    looks_right(page, width, "nothing")
    page.goto(f"{address}/es/cases?since=never")
    looks_right(page, width, "corrections")
    page.goto(f"{address}/es/absences")
    page.get_by_role("button", name="Anotarla").click()
    looks_right(page, width, "absence with corrections")
    page.get_by_label("Quién cubre").select_option(label="Pau Supuesto")
    fill_day(page, "Primer día fuera", TODAY)
    fill_day(page, "Último día fuera", TODAY + timedelta(days=40))
    page.get_by_role("button", name="Anotarla").click()
    looks_right(page, width, "absence")
    page.context.close()

    page = page_of(browser, desk, address, "pau", width)
    page.goto(f"{address}/es/cases")
    page.get_by_role("link", name="Los que cubro (3)").click()
    looks_right(page, width, "covered")
    page.screenshot(path=tmp_path / f"covered-{width}.png", full_page=True)
    page.context.close()

    page = page_of(browser, desk, address, "amparo", width)
    page.goto(f"{address}/es/absences")
    looks_right(page, width, "absences of a supervisor")
    page.screenshot(path=tmp_path / f"absences-{width}.png", full_page=True)
    page.get_by_role("link", name="Entregar expedientes").click()
    page.get_by_role("button", name="Pasar a otra persona asesora").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_right(page, width, "nothing ticked")
    page.get_by_label("Los 3 de esta lista").check()
    page.get_by_role("button", name="Pasar a otra persona asesora").click()
    page.get_by_role("button", name="Entregarlos").click()
    looks_right(page, width, "giving with corrections")
    page.screenshot(path=tmp_path / f"giving-{width}.png", full_page=True)
    page.get_by_label("Persona asesora", exact=True).select_option(str(desk.staff_id("pau")))
    page.get_by_label("Ausencia", exact=True).check()
    page.get_by_role("radio", name="Decir a cada persona").check()
    change(desk, first, version=9)
    page.get_by_role("button", name="Entregarlos").click()
    expect(page.get_by_text("No se ha cambiado nada")).to_be_visible()
    looks_right(page, width, "refused")
    page.get_by_role("button", name="Entregarlos").click()
    expect(page.get_by_text("Los expedientes han cambiado de manos")).to_be_visible()
    page.goto(f"{address}/es/workload")
    looks_right(page, width, "workload")
    page.screenshot(path=tmp_path / f"workload-{width}.png", full_page=True)
    page.context.close()

"""The pages of deadlines in a real browser: laptop and telephone, without script."""

from datetime import date

import pytest
from playwright.sync_api import Browser, expect

from tests.casework.deadlines.clocks import act, binding, day_fields, name_lawyer, scan, told_on
from tests.casework.desk import Desk
from tests.casework.test_in_the_browser import page_of
from tests.support.browser import Serve, axe, browser, served

__all__ = ["browser", "served"]  # fixtures


@pytest.mark.parametrize("width", [390, 1280])
def test_the_pages_of_deadlines_can_be_used_by_everybody(
    desk: Desk, browser: Browser, served: Serve, width: int
) -> None:
    reporter = desk.a_case(
        "laila",
        **told_on(
            date(2026, 11, 4),
            act_codes=("dismissed",),
            area_code="employment_dismissal",
            ground_codes=("gender_identity",),
        ),
    )
    untouched = desk.a_case("laila", **told_on(date(2026, 11, 20)))
    name_lawyer(desk)
    laila = desk.signed_in("laila")
    event = date(2026, 11, 4)
    scan(desk, laila, reporter, event, "labour_dismissal", "sanction_l4_2023", "civil_tort")
    first, second, _ = binding(desk, reporter)
    conciliation = {
        "stop": "conciliation_requested",
        **day_fields("stop_first", date(2026, 11, 19)),
        **day_fields("stop_last", date(2026, 11, 23)),
        "stop_evidence": "Registro 1",
        "count_reason": "Se pidió la conciliación.",
        **day_fields("event", event),
    }
    assert act(desk, laila, reporter, first, "counting", **conciliation).status_code == 303
    assert act(desk, laila, reporter, second, "confirming").status_code == 303
    stopped = next(row for row in binding(desk, reporter) if row.replaces == first.id)
    desk.clock.move(days=4)
    address = served(desk.app)
    page = page_of(browser, desk, address, width, script=False)
    case = f"{address}/es/cases/{reporter.case_number}"
    for here in (
        case,
        f"{case}/deadlines/{stopped.id}",
        f"{case}/limits",
        f"{case}/period",
        f"{case}/closing",
        f"{address}/es/cases/{untouched.case_number}",
        f"{address}/es/cases",
        f"{address}/es/cases?which=unscanned",
        f"{address}/es/deadlines",
        f"{address}/es/calendar",
    ):
        page.goto(here)
        assert axe(page) == [], here
        assert page.evaluate("document.documentElement.scrollWidth") <= width, here

    page.goto(f"{case}/deadlines/{stopped.id}")
    missed = page.locator("details", has=page.locator("[name=missed_incident]"))
    missed.locator("summary").click()
    missed.locator("button.govuk-button--warning").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Qué pasó y qué se hace al respecto")).to_be_visible()
    assert axe(page) == []
    page.goto(f"{address}/es/cases/{untouched.case_number}/limits")
    page.get_by_text("Otros días desde los que corren plazos").click()
    page.get_by_label("Día", exact=True).nth(2).fill("40")
    page.get_by_role("checkbox").first.check(force=True)
    page.get_by_role("button", name="Guardar lo que corre").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert axe(page) == []
    page.goto(f"{case}/deadlines/{stopped.id}")
    page.get_by_role("button", name="Confirmo este día").click()
    expect(page.get_by_role("status")).to_be_visible()
    expect(page.get_by_text("confirmado por Laila Imaginaria").first).to_be_visible()
    page.goto(f"{address}/es/calendar")
    page.get_by_role("button", name="Crear una dirección nueva").click()
    assert "/calendar/" in page.locator("code").inner_text()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()

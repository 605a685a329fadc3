"""The day of an adviser with the keyboard alone: signing in, a report, its limits, and a closing refused.

Scenarios 1 and 5 of the acceptance list in a real browser. Days as in `deadlines/test_scenarios.py`.
"""

from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Browser, expect

from tests.casework.deadlines.clocks import binding, told_on
from tests.casework.desk import Desk
from tests.support.browser import Serve, axe, browser, served
from tests.support.keyboard import AT, press, reach, write
from tests.support.walking import choose, fill_day, sign_in_by_keyboard, unfold

__all__ = ["browser", "served"]  # fixtures

pytestmark = pytest.mark.browser
NOTE = "El despido fue el viernes. Hay que pedir la conciliación."


@pytest.mark.parametrize("script", [True, False])
def test_scenarios_1_and_5_from_the_report_to_a_closing_refused_by_keyboard(
    desk: Desk, browser: Browser, served: Serve, script: bool
) -> None:
    desk.clock.at = datetime(2025, 8, 4, 9, 30, tzinfo=UTC)
    told = told_on(date(2025, 8, 1), act_codes=("dismissed",), area_code="employment_dismissal")
    reporter = desk.report(**told)
    page = browser.new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=script).new_page()
    sign_in_by_keyboard(page, desk, served(desk.app), "laila")
    own = f"/en/cases/{reporter.case_number}"

    press(page, 'a[href="/en/inbox"]')
    press(page, f'a[href="/en/inbox/{reporter.case_number}"]')
    press(page, 'form[action$="/taking-up"] button[type=submit]')  # it is proposed to whoever reads it
    assert page.url.partition("?")[0].endswith(own)

    press(page, f'a[href="{own}/limits"]')
    fill_day(page, "event", date(2025, 8, 1))
    reach(page, "[name=route][value=labour_dismissal]")
    page.keyboard.press("Space")
    press(page, f'form[action="{own}/limits"] button[type=submit]')
    (row,) = binding(desk, reporter)
    assert row.last_on == date(2025, 9, 1)
    deadlines = page.get_by_role("region", name="Deadlines").or_(page.locator("#deadlines").locator(".."))
    expect(deadlines.first).to_contain_text("1 September 2025")
    expect(deadlines.first).to_contain_text("no lawyer has confirmed it")

    unfold(page, f'details:has(form[action="{own}/notes"]) > summary')
    write(page, "textarea[name=note]", NOTE)
    press(page, f'form[action="{own}/notes"] button[type=submit]')
    expect(page.get_by_text(NOTE)).to_be_visible()

    press(page, f'a[href="{own}/closing"]')
    reach(page, "[name=responses][value=information]")
    page.keyboard.press("Space")
    for name, code in (("outcome", "support_given"), ("reason", "completed")):
        choose(page, f"select[name={name}]", code)
    write(page, "textarea[name=text]", "We close it now.")
    press(page, f'form[action="{own}/closing"] button[type=submit]')
    assert page.evaluate(AT, ".govuk-error-summary"), "what is wrong has the focus at once"
    expect(page.locator(".govuk-error-summary")).to_contain_text("still open")
    expect(page.locator("main")).to_contain_text("1 September 2025")
    expect(page.locator("textarea[name=text]")).to_have_value("We close it now.")
    assert axe(page) == []
    assert not desk.case(reporter).is_closed

    press(page, 'a[href="/en/deadlines"]')
    press(page, f'main a[href^="{own}"]')
    page.context.close()

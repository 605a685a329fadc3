"""The whole way with the keyboard alone: from the first page to the receipt, out, and back with the receipt.

Tab, Space, Enter and typing, nothing else; a key pressed where no field is reached would do nothing here, so
whatever cannot be reached by Tab or does not show that it was reached fails.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.intake_api.conftest import Entrance
from tests.support.browser import Serve, browser, desktop, served  # noqa: F401  # fixtures are found by name
from tests.support.keyboard import AT, IS_SEEN, press, reach

pytestmark = pytest.mark.browser
STORY = "No me dejaron entrar."


@pytest.fixture
def address(served: Serve, entrance: Entrance) -> Iterator[str]:  # noqa: F811  # the fixture's name
    yield served(entrance.app)


def to(path: str) -> str:
    return f'form[action$="{path}"] button:not([name])'


@pytest.mark.parametrize("tag", ["es", "ar"])
def test_a_report_goes_from_the_first_page_to_the_receipt_and_back_by_keyboard(
    desktop: Page,  # noqa: F811  # the fixture's name
    address: str,
    entrance: Entrance,
    tag: str,
) -> None:
    page = desktop
    steps = [step.code for step in entrance.door.form.step]
    page.goto(f"{address}/{tag}/")
    press(page, f'a[href="/{tag}/report/{steps[0]}"]')
    press(page, to(f"/report/{steps[0]}"))
    summary = page.locator(".govuk-error-summary")
    assert summary.get_attribute("role") == "alert"
    assert page.evaluate(AT, ".govuk-error-summary"), "what is wrong has the focus at once"
    press_link = page.locator(".govuk-error-summary a").first.get_attribute("href") or ""
    reach(page, f'.govuk-error-summary a[href="{press_link}"]')
    page.keyboard.press("Enter")
    assert page.evaluate(AT, press_link), "the link in what is wrong leads into the field"
    page.keyboard.type(STORY)
    press(page, to(f"/report/{steps[0]}"))
    for step in steps[1:]:
        choice = page.locator("main input[type=radio], main input[type=checkbox]").first
        if choice.count() and choice.is_visible():
            reach(page, "main input[type=radio], main input[type=checkbox]")
            page.keyboard.press("Space")
            assert page.evaluate("document.activeElement.checked"), step
            page.keyboard.press("Space")
        if page.locator("main form").filter(has=page.locator(f"#{step}_day")).count():
            page.keyboard.press("ArrowUp")  # of the ways to tell a day, the one that asks for nothing more
        press(page, to(f"/report/{step}"))
        assert page.locator(".govuk-error-summary").count() == 0, (step, page.inner_text("main"))
    assert STORY in page.inner_text("main")
    press(page, to("/report/send"))
    number, key = (" ".join(page.inner_text(one).split()) for one in ("#case-number", "#key"))
    assert len(entrance.envelopes) == 1
    press(page, to("/report/finish"))

    page.goto(f"{address}/{tag}/return")
    reach(page, "#case_number")
    page.keyboard.type(number)
    page.keyboard.press("Tab")
    page.keyboard.type(key)
    press(page, to(f"/{tag}/return"))
    assert page.url.endswith("/return/case")
    reach(page, "textarea[name=message]")
    page.keyboard.type(STORY)
    press(page, to("/return/message"))
    assert page.url.endswith("done=message")


def test_the_first_thing_tab_reaches_skips_to_the_content(desktop: Page, address: str) -> None:  # noqa: F811
    desktop.goto(f"{address}/es/report/what")
    desktop.keyboard.press("Tab")
    assert desktop.evaluate(AT, ".govuk-skip-link")
    assert desktop.evaluate(IS_SEEN)
    desktop.keyboard.press("Enter")
    assert desktop.url.endswith("#main")
    assert desktop.evaluate(AT, "#main")
    desktop.keyboard.press("Tab")
    assert desktop.evaluate("document.activeElement.closest('main') !== null")


def test_saving_and_going_on_elsewhere_need_no_mouse(
    desktop: Page,  # noqa: F811  # the fixture's name
    address: str,
    entrance: Entrance,
) -> None:
    page = desktop
    first, second = (step.code for step in entrance.door.form.step[:2])
    page.goto(f"{address}/es/report/{first}")
    reach(page, "textarea")
    page.keyboard.type(STORY)
    press(page, "button[name=save]")
    code = " ".join(page.inner_text("#code").split())
    press(page, to("/report/close"))
    page.goto(f"{address}/es/report/continue")
    reach(page, "#code")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/report/{second}")
    page.goto(f"{address}/es/report/{first}")
    assert page.input_value("textarea") == STORY

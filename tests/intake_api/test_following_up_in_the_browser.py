"""Coming back in a real browser: promises, feedback and notices on a phone, with and without mistakes."""

from datetime import date

from playwright.sync_api import Page, expect

from office.handover.reply import Reply
from office.sealing.boxes import SealingKey
from tests.intake_api.conftest import KEYS, Browser, Entrance, a_report
from tests.support.browser import Serve, axe, browser, phone  # noqa: F401 - fixtures

CLOSED = Reply(kind="status", state_code="closed", said_on=date(2026, 12, 8), text="They said sorry.")


def test_every_state_of_the_page_is_readable_by_everybody(
    phone: Page,  # noqa: F811 - a fixture
    visitor: "type[Browser]",
    entrance: Entrance,
    served: Serve,
) -> None:
    entrance.private["notice"] = SealingKey.generate()
    entrance.publish_keys(*KEYS, "notice")
    receipt = a_report(visitor())
    entrance.reply(CLOSED)
    entrance.clock.move(days=20)
    address = served(entrance.app)
    for tag in ("es", "ar"):
        phone.goto(f"{address}/{tag}/return")
        phone.fill("#case_number", receipt["case_number"])
        phone.fill("#key", receipt["key"])
        phone.click("main form button")
        phone.wait_for_url("**/return/case")
        for part in phone.locator("details.govuk-details > summary").all():
            part.click()
        assert axe(phone) == []
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360
        for form, field in (("notice", "notice_kind"), ("feedback", "helped")):
            phone.goto(f"{address}/{tag}/return/{form}")
            phone.click(f"form[action$='return/{form}'] button")
            expect(phone.locator(f".govuk-error-summary a[href='#{field}']")).to_be_visible()
            assert axe(phone) == []
    phone.check("input[name=helped][value=no]")
    phone.click("form[action$='return/feedback'] button")
    phone.wait_for_url("**/return/case?done=feedback")
    expect(phone.locator(".govuk-notification-banner--success")).to_be_visible()

"""Receipts and new keys on a small phone: accessible in every state, nothing to push sideways, no script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from sqlalchemy import text

from tests.intake_api.conftest import Entrance, receipt_in
from tests.support.browser import (  # noqa: F401  # fixtures are found by name
    Serve,
    axe,
    browser,
    phone,
    served,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def address(served: Serve, entrance: Entrance) -> Iterator[str]:  # noqa: F811  # the fixture's name
    yield served(entrance.app)


def looks_right(page: Page, what: str) -> None:
    assert axe(page) == [], what
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360, what


@pytest.mark.parametrize("tag", ["es", "ar"])
def test_from_the_receipt_to_a_key_of_ones_own_without_a_script(
    phone: Page,  # noqa: F811  # the fixture's name
    address: str,
    entrance: Entrance,
    tag: str,
) -> None:
    phone.goto(f"{address}/{tag}/report/about")
    phone.fill("[name=about_number]", "K4T7")
    phone.click("main form button")
    looks_right(phone, "a mistyped number")
    phone.goto(f"{address}/{tag}/return/lost")
    looks_right(phone, "a lost key")
    phone.goto(f"{address}/{tag}/report/what")
    phone.fill("[name=what_happened]", "x")
    while "/check" not in phone.url:
        phone.click("main form button >> nth=0")
    phone.click("main form[action$=send] button")
    looks_right(phone, "the receipt")
    number, key = receipt_in(phone.content())
    with entrance.engine.begin() as connection:
        connection.execute(text("UPDATE receipt SET must_rekey = true"))
    phone.goto(f"{address}/{tag}/return")
    phone.fill("[name=case_number]", f"{number} {key}")
    phone.click("main form button >> nth=0")
    looks_right(phone, "why a new key")
    phone.click("main form[action$=new-key] button")
    new = receipt_in(phone.content())[1]
    phone.click("main form[action$=use] button")
    looks_right(phone, "the new key, not written down yet")
    assert receipt_in(phone.content()) == (number, new)
    phone.check("[name=kept]")
    phone.click("main form[action$=use] button")
    assert phone.url.endswith("/return/case?done=new_key")
    looks_right(phone, "the case under the new key")

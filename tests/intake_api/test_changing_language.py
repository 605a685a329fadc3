"""Whoever changes the language in the middle of a page loses nothing they typed there, without any script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.intake_api.conftest import Entrance
from tests.support.browser import (  # noqa: F401  # fixtures are found by name
    Serve,
    axe,
    browser,
    phone,
    served,
)

pytestmark = pytest.mark.browser
STORY = "Me echaron de la tienda."


@pytest.fixture
def address(served: Serve, entrance: Entrance) -> Iterator[str]:  # noqa: F811  # the fixture's name
    yield served(entrance.app)


def change_to(page: Page, autonym: str) -> None:
    page.click("summary:has(svg)")
    with page.expect_navigation():
        page.click(f".office-languages button:text-is('{autonym}')")


def go_on(page: Page) -> None:
    with page.expect_navigation():
        page.click("#step-form .door-buttons button >> nth=0")


def test_what_was_typed_and_ticked_comes_along_and_is_not_kept(
    phone: Page,  # noqa: F811  # the fixture's name
    address: str,
    entrance: Entrance,
) -> None:
    phone.goto(f"{address}/es/report/what")
    phone.fill("[name=what_happened]", STORY)
    phone.check("[name=act_codes][value=insult]")
    change_to(phone, "العربية")
    assert phone.get_attribute("html", "dir") == "rtl"
    assert phone.input_value("[name=what_happened]") == STORY
    assert phone.is_checked("[name=act_codes][value=insult]") and entrance.drafts == []
    assert axe(phone) == []

    phone.click(".door-easy")
    assert phone.get_attribute("html", "dir") == "ltr" and phone.input_value("[name=what_happened]") == STORY


def test_it_comes_along_from_a_page_that_points_something_out(
    phone: Page,  # noqa: F811  # the fixture's name
    address: str,
) -> None:
    phone.goto(f"{address}/es/report/what")
    phone.fill("[name=what_happened]", f"{STORY} Mi DNI es 12345678Z.")
    go_on(phone)
    assert phone.locator("[name=numbers]").count()
    change_to(phone, "English")
    assert "12345678Z" in phone.input_value("[name=what_happened]") and "/en/report/what" in phone.url


def test_enter_in_a_field_goes_on_and_changes_no_language(
    phone: Page,  # noqa: F811  # the fixture's name
    address: str,
) -> None:
    phone.goto(f"{address}/es/report/what")
    phone.check("[name=act_codes][value=insult]")
    go_on(phone)
    while not phone.locator("#step-form input[type=text]:visible").count():
        go_on(phone)
    left = phone.url
    with phone.expect_navigation():
        phone.press("#step-form input[type=text]:visible >> nth=0", "Enter")
    assert "/es/report/" in phone.url and phone.url != left

"""Filing for others in a real browser: a link keeps its token to itself, every page is fit for everybody."""

import pytest
from playwright.sync_api import Page

from tests.intake_api.conftest import Entrance
from tests.intake_api.test_relays import a_relay
from tests.support.browser import Serve, axe, browser, desktop, phone, scripted  # noqa: F401  # fixtures

pytestmark = pytest.mark.browser
PAGES = (
    "relay",
    "relay/person",
    "relay/entry",
    "relay/script?with=fr",
    "paper",
    "kiosk",
    "kiosk/still-there",
)


def test_a_link_fills_the_field_and_leaves_neither_address_nor_history(
    entrance: Entrance,
    served: Serve,
    scripted: Page,  # noqa: F811  # a fixture
) -> None:
    token = a_relay(entrance)
    asked: list[str] = []
    scripted.on("request", lambda request: asked.append(request.url))
    scripted.goto(f"{served(entrance.app)}/es/relay#{token}")
    scripted.wait_for_function("() => document.getElementById('token').value.length === 52")
    assert "#" not in scripted.url and scripted.evaluate("() => history.length") <= 2
    scripted.keyboard.press("Enter")
    scripted.get_by_role("heading", name="Asociación Inventada").wait_for()
    assert not any(token in address for address in asked)
    assert scripted.evaluate("() => document.cookie") == ""


@pytest.mark.parametrize("tag", ["es", "ar"])
def test_every_page_for_those_who_file_for_others_is_fit_for_everybody(
    entrance: Entrance,
    served: Serve,
    phone: Page,  # noqa: F811  # a fixture
    tag: str,
) -> None:
    address = served(entrance.app)
    phone.goto(f"{address}/{tag}/relay")
    phone.fill("#token", "wrong")
    phone.click("main button[type=submit]")
    assert axe(phone) == []
    phone.fill("#token", a_relay(entrance))
    phone.click("main button[type=submit]")
    for page in PAGES:
        phone.goto(f"{address}/{tag}/{page}")
        assert axe(phone) == [], page
        assert phone.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), page

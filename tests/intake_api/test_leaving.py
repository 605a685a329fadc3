"""The way out, in a real browser without a script: nothing of what was typed can be found by going back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Error, Page, sync_playwright

from office.clock import SetClock
from office.vocabulary import load_city
from tests.intake_api.conftest import Entrance
from tests.support.browser import ARGUMENTS, CHROMIUM, Serve, axe

pytestmark = pytest.mark.browser
VILABREU = Path(__file__).parents[1] / "support" / "cities" / "vilabreu"
NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
"""The neutral page is somebody else's; here its name leads nowhere, so that no test leaves this machine."""
WORDS = "palabras que nadie más debe leer"


@pytest.fixture
def phone() -> Iterator[Page]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=[*ARGUMENTS, NOWHERE])
        context = running.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
        yield context.new_page()
        running.close()


def leave(page: Page) -> str:
    """Press the red button and say where it led."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("link", name="Salir rápido de esta página").click()
    page.wait_for_url("chrome-error://**")
    return asked[-1]


def back(page: Page) -> str:
    """Go back and give everything the browser then has of the page, typed or shown."""
    page.go_back()
    held = page.locator("input, textarea").evaluate_all("all => all.map(one => one.value).join(' ')")
    return page.content() + str(held)


def test_each_city_says_where_the_way_out_leads(entrance: Entrance, tmp_path: Path, clock: SetClock) -> None:
    url = str(entrance.door.settings.mailbox_url)
    elsewhere = Entrance(tmp_path, url, url, clock, city=str(VILABREU))
    with TestClient(elsewhere.app, follow_redirects=False) as client:
        assert client.get("/en/exit").headers["location"] == "https://mareas.vilabreu.example/hoy"
    elsewhere.engine.dispose()


@pytest.mark.parametrize("path", ["/es/report/what", "/ar/"])
def test_shift_three_times_leaves_at_once_and_going_back_shows_nothing(
    entrance: Entrance, served: Serve, path: str
) -> None:
    address = served(entrance.app)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=[*ARGUMENTS, NOWHERE])
        page = running.new_page()
        page.goto(f"{address}{path}", wait_until="load")
        if path.endswith("what"):
            page.get_by_role("textbox").first.fill(WORDS)
        for key in ("Shift", "Shift", "a", "Shift", "Shift"):
            page.keyboard.press(key)
        assert page.url == f"{address}{path}", "somebody who writes capital letters stays"
        outside = load_city("valencia").way_out
        with page.expect_event("requestfailed", lambda request: request.url.startswith(outside)):
            page.keyboard.press("Shift")
        page.wait_for_timeout(500)
        assert WORDS not in back(page)
        running.close()


@pytest.mark.parametrize("is_sent", [False, True])
def test_going_back_after_leaving_shows_nothing_that_was_typed(
    phone: Page,
    entrance: Entrance,
    served: Serve,
    is_sent: bool,
) -> None:
    address = served(entrance.app)
    phone.goto(f"{address}/es/report/what")
    phone.locator("#what_happened").fill(WORDS)
    if is_sent:
        phone.get_by_role("button", name="Continuar").click()
        phone.goto(f"{address}/es/report/what")
        assert WORDS in phone.content()
        assert len(entrance.drafts) == 1

    assert leave(phone) == load_city("valencia").way_out

    assert entrance.drafts == []
    assert [one["name"] for one in phone.context.cookies()] in ([], ["own_site"])
    assert WORDS not in back(phone)
    assert WORDS not in back(phone)


def test_going_back_to_a_page_with_corrections_shows_a_question_of_the_browser_and_nothing_else(
    phone: Page, entrance: Entrance, served: Serve
) -> None:
    address = served(entrance.app)
    phone.goto(f"{address}/es/return")
    phone.locator("#case_number").fill("K4T7-2MPX-9")
    phone.locator("#key").fill("4821 0937 5566 1204 8830 719")
    phone.get_by_role("button", name="Abrir").click()
    assert phone.locator("#key").input_value() == "4821 0937 5566 1204 8830 719"
    assert phone.locator("mark").inner_text() == "719"
    assert axe(phone) == []
    leave(phone)
    with pytest.raises(
        Error, match="ERR_CACHE_MISS"
    ):  # the page was not kept: it would have to be sent again
        phone.go_back()

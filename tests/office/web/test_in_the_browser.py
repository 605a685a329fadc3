"""The layout and every part of a form, in a real browser, in both directions of writing."""

import gzip
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.office.web.tiny_app import tiny_app
from tests.support.browser import Serve, axe

pytestmark = pytest.mark.browser
TEXT = 'Dos líneas:\n\n  una con espacios, "comillas" y <b>signos</b> & más\nوسطر بالعربية'


@pytest.fixture
def address(served: Serve) -> Iterator[str]:
    yield served(tiny_app(demo=True))


@pytest.mark.parametrize("tag", ["es", "ar"])
@pytest.mark.parametrize("place", ["", "done", "languages", "not-there"])
def test_no_page_breaks_a_rule_of_accessibility(phone: Page, address: str, tag: str, place: str) -> None:
    phone.goto(f"{address}/{tag}/{place}")
    assert axe(phone) == []


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_a_page_with_corrections_breaks_no_rule_and_takes_the_focus(
    scripted: Page, address: str, tag: str
) -> None:
    scripted.goto(f"{address}/{tag}/")
    scripted.locator("button").first.click()
    expect(scripted.locator(".govuk-error-summary")).to_be_focused()
    assert axe(scripted) == []


def test_every_correction_leads_to_its_field(desktop: Page, address: str) -> None:
    desktop.goto(f"{address}/en/")
    desktop.locator("button").first.click()
    links = desktop.locator(".govuk-error-summary a")
    targets = [links.nth(place).get_attribute("href") or "" for place in range(links.count())]
    assert len(targets) == 7
    for target in targets:
        field = desktop.locator(target)
        assert field.count() == 1
        assert field.evaluate("(field) => field.matches('input, textarea, select')")
    assert desktop.title().startswith("Error: ")


def test_what_was_typed_comes_back_exactly_without_a_script(phone: Page, address: str) -> None:
    phone.goto(f"{address}/es/")
    phone.fill("#place", TEXT.splitlines()[2])
    phone.fill("#day", "31")
    phone.fill("#day-month", "٢")
    phone.check("#who-2")
    phone.check("#ground")
    phone.check("#ground-3")
    phone.select_option("#district", "2")
    phone.locator("button").first.click()
    assert phone.input_value("#place") == TEXT.splitlines()[2]
    assert phone.input_value("#day") == "31"
    assert phone.input_value("#day-month") == "٢"
    assert phone.is_checked("#who-2")
    assert not phone.is_checked("#who")
    assert [phone.is_checked(one) for one in ("#ground", "#ground-2", "#ground-3")] == [True, False, True]
    assert phone.input_value("#district") == "2"


def test_a_form_is_sent_by_keyboard_without_a_script(phone: Page, address: str) -> None:
    phone.goto(f"{address}/es/")
    phone.fill("#story", TEXT)
    phone.locator("button").first.press("Enter")
    assert urlsplit(phone.url).path == "/es/done"


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("tag", ["es", "ar"])
def test_nothing_runs_over_the_edge_even_at_400_per_cent(
    scripted: Page, address: str, tag: str, width: int
) -> None:
    scripted.set_viewport_size({"width": width, "height": 640})
    for place in ("", "done", "languages"):
        scripted.goto(f"{address}/{tag}/{place}")
        assert scripted.evaluate("() => document.documentElement.scrollWidth") <= width


def test_arabic_pages_run_from_right_to_left_and_keep_numbers_readable(phone: Page, address: str) -> None:
    phone.goto(f"{address}/ar/done")
    assert phone.locator("html").get_attribute("dir") == "rtl"
    assert phone.locator("html").get_attribute("lang") == "ar"
    assert phone.locator("td bdi").first.evaluate("(cell) => getComputedStyle(cell).direction") == "ltr"
    mark, name = phone.locator("header img").bounding_box(), phone.locator("header strong").bounding_box()
    assert mark and name and mark["x"] > name["x"]


def test_the_language_list_keeps_the_page(phone: Page, address: str) -> None:
    phone.goto(f"{address}/es/done?page=2")
    phone.locator(".office-languages summary").click()
    phone.get_by_role("link", name="English").click()
    assert phone.url == f"{address}/en/done?page=2"


def test_a_step_is_small_and_asks_for_few_files_all_ours(scripted: Page, address: str) -> None:
    asked: list[str] = []
    scripted.on("request", lambda request: asked.append(request.url))
    scripted.goto(f"{address}/es/")
    scripted.wait_for_load_state("networkidle")
    assert all(one.startswith(address) for one in asked)
    apart_from_fonts = {one for one in asked if not one.endswith(".woff2")}
    assert len(apart_from_fonts) <= 3
    assert len(gzip.compress(scripted.content().encode())) < 4_000
    style = next(one for one in asked if one.endswith(".css"))
    sizes = scripted.request.get(style).headers
    assert int(sizes["content-length"]) < 16_000


def test_latin_pages_do_not_fetch_the_arabic_font(scripted: Page, address: str) -> None:
    asked: list[str] = []
    scripted.on("request", lambda request: asked.append(request.url))
    scripted.goto(f"{address}/es/")
    scripted.wait_for_load_state("networkidle")
    assert not [one for one in asked if "arabic" in one]


def test_no_page_meets_its_own_content_policy(scripted: Page, address: str) -> None:
    said: list[str] = []
    scripted.on("console", lambda message: said.append(message.text))
    for place in ("", "done", "languages"):
        scripted.goto(f"{address}/ar/{place}")
    assert said == []


def test_a_printed_page_leaves_out_what_paper_cannot_use(desktop: Page, address: str) -> None:
    desktop.emulate_media(media="print")
    desktop.goto(f"{address}/es/done")
    expect(desktop.locator(".office-languages")).not_to_be_visible()
    expect(desktop.locator(".govuk-panel")).to_be_visible()


def test_a_form_from_another_site_is_refused_in_the_persons_language(
    desktop: Page, served: Serve, address: str
) -> None:
    form = f'<form method="post" action="{address}/es/"><input name="story"><button>go</button></form>'
    desktop.route(
        "http://elsewhere.example/**",
        lambda route: route.fulfill(content_type="text/html", body=form),
    )
    desktop.goto("http://elsewhere.example/")
    desktop.locator("button").click()
    assert desktop.locator("html").get_attribute("lang") == "es"
    expect(desktop.locator("h1")).to_be_visible()
    assert urlsplit(desktop.url).path == "/es/"
    assert "900 000 000" in desktop.inner_text("main")

"""The pages in a real browser: drawn, spoken, reachable by keyboard, whole on a small screen and on paper."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, ConsoleMessage, Page, expect
from pypdf import PdfReader

from dashboards.pages.all import PAGES
from tests.support.browser import Server, axe

pytestmark = pytest.mark.browser

NAMES = [page.path for page in PAGES]
DRAWN = {"overview": 2, "grounds": 1, "districts": 0, "areas": 3, "time": 1, "method": 0, "data": 0}


@pytest.fixture(scope="module")
def address(first_app: FastAPI) -> Iterator[str]:
    server = Server(first_app)
    yield server.start() + "/"
    server.stop()


def shown(page: Page, address: str) -> Page:
    page.goto(address)
    page.wait_for_selector(".drawn h2")
    name = address.partition("demonstration/")[2].partition("?")[0]
    if DRAWN[name]:
        page.wait_for_selector(".chart .main-svg")
    return page


@pytest.mark.parametrize("tag", ["es", "ar"])
@pytest.mark.parametrize("name", NAMES)
def test_every_page_is_drawn_without_a_complaint_accessibly_and_whole_at_four_hundred_per_cent(
    scripted: Page, address: str, name: str, tag: str
) -> None:
    complaints: list[str] = []
    asked: set[str] = set()

    def listen(said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            complaints.append(said.text)

    scripted.on("console", listen)
    scripted.on("pageerror", lambda error: complaints.append(str(error)))
    scripted.on("request", lambda request: asked.add(request.url))
    page = shown(scripted, f"{address}{tag}/demonstration/{name}")
    assert page.locator(".chart").count() == DRAWN[name]
    assert page.locator("main h1").count() == 1
    assert axe(page) == []
    assert complaints == []
    page.set_viewport_size({"width": 320, "height": 256})  # a desk's screen at 400 %
    page.wait_for_function(
        "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    assert {url for url in asked if not url.startswith((address, "data:", "blob:"))} == set()


@pytest.mark.parametrize("name", ["grounds", "districts", "data"])
def test_the_pages_of_tables_break_no_rule_of_accessibility(scripted: Page, address: str, name: str) -> None:
    scripted.goto(f"{address}ar/demonstration/{name}/table")
    assert axe(scripted) == []


def test_without_script_the_page_gives_its_tables_and_links_for_choosing(desktop: Page, address: str) -> None:
    desktop.goto(f"{address}es/demonstration/grounds")
    assert desktop.locator("table:visible").count() == 1
    desktop.locator(".chips a", has_text="2024").first.click()
    assert "period=2024" in desktop.url
    assert "2024" in desktop.locator("caption").first.inner_text()


def test_a_chart_is_heard_as_its_sentence(scripted: Page, address: str) -> None:
    page = shown(scripted, f"{address}es/demonstration/grounds")
    heard = page.locator(".chart").first
    assert heard.get_attribute("role") == "img"
    assert heard.get_attribute("aria-label") == page.locator(".said").first.inner_text()


def test_a_period_is_chosen_by_keyboard_keeps_the_place_and_can_be_gone_back_from(
    scripted: Page, address: str
) -> None:
    page = shown(scripted, f"{address}es/demonstration/districts")
    before = page.locator("table caption").first.text_content()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.textContent") == "2024":
            break
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.search.includes('period=2024')")
    page.wait_for_function("() => document.querySelector('.drawn caption').textContent.includes('2024')")
    assert page.evaluate("() => document.activeElement.textContent") == "2024"
    assert "release=" in page.url
    assert page.locator('button[aria-pressed="true"]', has_text="2024").count() == 1
    page.go_back()
    page.wait_for_function(
        "text => document.querySelector('.drawn caption').textContent === text", arg=before
    )


def test_the_table_beside_a_chart_opens_by_keyboard(scripted: Page, address: str) -> None:
    page = shown(scripted, f"{address}es/demonstration/grounds")
    summary = page.locator(".drawn .twin summary").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".drawn table").first).to_be_visible()


def test_one_ground_through_time_is_chosen_and_kept_in_the_address(scripted: Page, address: str) -> None:
    page = shown(scripted, f"{address}en/demonstration/time")
    page.locator(".drawn .long summary").click()
    page.locator(".drawn .long button").nth(2).click()
    page.wait_for_function("() => location.search.includes('row=')")
    page.wait_for_selector(".drawn th:has-text('Mentions')", state="attached")


def test_on_paper_tables_are_open_and_the_release_is_named(scripted: Page, address: str) -> None:
    page = shown(scripted, f"{address}en/demonstration/grounds")
    paper = "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf())).pages)
    assert "2024Q1-2025Q4.1" in paper
    assert "Mentions of each ground, 2025" in paper
    assert "No person and no situation is real" in paper


def test_forced_colours_leave_the_map_readable(browser: Browser, address: str) -> None:
    context = browser.new_context(forced_colors="active", reduced_motion="reduce")
    page = shown(context.new_page(), f"{address}en/demonstration/districts")
    expect(page.locator(".drawn .tile .count").first).to_be_visible()
    context.close()


def test_names_stand_at_the_edge_where_an_arabic_reader_starts(scripted: Page, address: str) -> None:
    page = shown(scripted, f"{address}ar/demonstration/grounds")
    page.wait_for_selector(".annotation-text")
    edges = page.evaluate(
        "() => [document.querySelector('.annotation-text').getBoundingClientRect().right,"
        " document.querySelector('.drawn .chart').getBoundingClientRect().right]"
    )
    assert 0 <= edges[1] - edges[0] < 20


def test_on_a_phone_the_chart_stays_near_the_list_of_grounds_and_no_name_is_broken(
    scripted: Page, address: str
) -> None:
    scripted.set_viewport_size({"width": 360, "height": 740})
    page = shown(scripted, f"{address}es/demonstration/time")
    page.locator(".drawn .long summary").click()
    page.locator(".drawn .long button").nth(2).click()
    page.wait_for_function("() => location.search.includes('row=')")
    apart = page.evaluate(
        "() => document.querySelector('.drawn .chart').getBoundingClientRect().top"
        " - document.querySelector('.drawn .long').getBoundingClientRect().top"
    )
    assert apart < 740 * 0.7
    page = shown(scripted, f"{address}es/demonstration/districts")
    broken = page.evaluate(
        """() => [...document.querySelectorAll('.drawn .tile .name')].flatMap(name => {
            const text = name.firstChild, range = document.createRange();
            return [...text.data.matchAll(/\\S+/g)].filter(word => {
                range.setStart(text, word.index);
                range.setEnd(text, word.index + word[0].length);
                return range.getClientRects().length > 1;
            }).map(word => word[0]);
        })"""
    )
    assert broken == []


def test_each_line_of_the_menu_starts_where_the_page_does(scripted: Page, address: str) -> None:
    scripted.set_viewport_size({"width": 360, "height": 740})
    page = shown(scripted, f"{address}es/demonstration/overview")
    starts = page.evaluate(
        "() => { const lines = new Map(); for (const link of document.querySelectorAll('.pages a')) {"
        " const box = link.getBoundingClientRect(); if (!lines.has(box.top)) lines.set(box.top, box.left); }"
        " return [...lines.values(), document.querySelector('h1').getBoundingClientRect().left]; }"
    )
    assert len(starts) > 2 and len(set(starts)) == 1

"""The rights guide in a real browser: accessible in every language, light, and on one side of paper."""

import gzip
from collections.abc import Iterator
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from intake_api.guide.reading import load_guide
from tests.intake_api.conftest import TAGS, Entrance
from tests.support.browser import (  # noqa: F401  # fixtures are found by name
    Serve,
    axe,
    browser,
    desktop,
    phone,
    scripted,
    served,
)

pytestmark = pytest.mark.browser
PLACES = ("rights", "rights/safety", "rights/online", "rights/online/sheet")
PAPER = {"width": 703, "height": 1032}
"""What is left of A4 inside the margins, in the browser's own units."""


@pytest.fixture
def address(served: Serve, entrance: Entrance) -> Iterator[str]:  # noqa: F811  # the fixture's name
    yield served(entrance.app)


@pytest.mark.parametrize("tag", TAGS)
def test_no_page_of_the_guide_breaks_a_rule_of_accessibility(
    scripted: Page,  # noqa: F811  # the fixture's name
    address: str,
    tag: str,
) -> None:
    scripted.set_viewport_size({"width": 360, "height": 740})
    for place in PLACES:
        scripted.goto(f"{address}/{tag}/{place}")
        assert axe(scripted) == [], place
        assert scripted.evaluate("() => document.documentElement.scrollWidth") <= 360, place


@pytest.mark.parametrize("tag", ["es", "ar"])
def test_a_page_of_the_guide_is_light_and_asks_for_few_files_all_ours(
    scripted: Page,  # noqa: F811  # the fixture's name
    address: str,
    tag: str,
) -> None:
    for place in PLACES:
        asked: list[str] = []
        said: list[str] = []
        scripted.on("request", lambda request, asked=asked: asked.append(request.url))
        scripted.on("console", lambda message, said=said: said.append(message.text))
        scripted.goto(f"{address}/{tag}/{place}")
        scripted.wait_for_load_state("networkidle")
        assert all(one.startswith(address) for one in asked)
        # The page, its style, the office's mark, the quick way out and the voice that reads aloud.
        assert len({one for one in asked if not one.endswith(".woff2")}) <= 5
        assert len(gzip.compress(scripted.content().encode())) < 20_000
        assert said == []
    assert scripted.context.cookies() == []


@pytest.mark.parametrize("tag", ["fr", "ar"])
def test_every_sheet_fits_one_side_of_paper(desktop: Page, address: str, tag: str) -> None:  # noqa: F811  # the fixture's name
    desktop.set_viewport_size(PAPER)
    desktop.emulate_media(media="print")
    for answer in load_guide().area:
        desktop.goto(f"{address}/{tag}/rights/{answer.code}/sheet")
        bottom = desktop.locator(".door-sheet").evaluate("(sheet) => sheet.getBoundingClientRect().bottom")
        assert bottom <= PAPER["height"], answer.code


@pytest.mark.parametrize("tag", TAGS)
def test_a_printed_sheet_is_one_page_with_its_numbers_and_without_what_paper_cannot_use(
    desktop: Page,  # noqa: F811  # the fixture's name
    address: str,
    tag: str,
) -> None:
    place = f"{address}/{tag}/rights/employment_conditions/sheet"
    desktop.goto(place)
    (page,) = PdfReader(BytesIO(desktop.pdf(prefer_css_page_size=True))).pages
    assert all(number in page.extract_text() for number in ("112", "021", "028"))
    desktop.emulate_media(media="print")
    for hidden in (".door-exit", ".office-languages", ".door-noprint", ".govuk-back-link"):
        expect(desktop.locator(hidden).first).not_to_be_visible()
    colours = desktop.locator(".door-sheet :is(h1, h2, p, li)").evaluate_all(
        "(all) => [...new Set(all.map((one) => getComputedStyle(one).color))]"
    )
    assert colours == ["rgb(0, 0, 0)"]

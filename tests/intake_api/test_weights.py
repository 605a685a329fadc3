"""What the door weighs on a cheap phone: measured by the browser itself, cold, as the server sends it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from tests.intake_api.conftest import Entrance
from tests.support.browser import Serve, browser, served  # noqa: F401  # fixtures are found by name

pytestmark = pytest.mark.browser
LANGUAGES = ("es", "ar", "ur", "zh-Hans", "ru", "ro")
"""One of each script, and the two whose letters need a file of their own beside the usual ones."""
DAILY = ("es", "ar")
FIRST_PAGE = 60_000
JOURNEY = 200_000
STEP = 20_000
STEP_REQUESTS = 3
WORDS = {"es": "No me alquilaron el piso.", "ar": "لم يؤجّروا لي الشقة.", "zh-Hans": "他们不租给我。"}


@dataclass
class Scale:
    """Weighs what a page's browser receives over the line, headers and all; what it kept weighs nothing."""

    page: Page
    bytes: int = 0
    requests: list[str] = field(default_factory=list)
    kept: set[str] = field(default_factory=set)
    total: int = 0

    def __post_init__(self) -> None:
        self.session = self.page.context.new_cdp_session(self.page)
        self.session.send("Network.enable")
        self.session.on("Network.loadingFinished", self._weigh)
        self.session.on("Network.requestServedFromCache", lambda told: self.kept.add(told["requestId"]))
        self.session.on("Network.responseReceived", self._note)

    def _note(self, told: dict[str, Any]) -> None:
        answer = told["response"]
        is_kept = (
            told["requestId"] in self.kept or answer.get("fromDiskCache") or answer.get("fromPrefetchCache")
        )
        if not is_kept and answer["url"].startswith("http") and answer.get("encodedDataLength"):
            self.requests.append(answer["url"])

    def _weigh(self, told: dict[str, Any]) -> None:
        self.bytes += int(told["encodedDataLength"])

    def weighed(self) -> tuple[int, list[str]]:
        """What came since this was last asked, once the page and its fonts are there."""
        self.page.wait_for_load_state("networkidle")
        self.page.evaluate("document.fonts.ready")
        told = self.bytes, self.requests
        self.total += self.bytes
        self.bytes, self.requests = 0, []
        return told


@pytest.fixture
def address(served: Serve, entrance: Entrance) -> Iterator[str]:  # noqa: F811  # the fixture's name
    yield served(entrance.app)


@pytest.fixture
def scale(browser: Chromium) -> Iterator[Scale]:  # noqa: F811  # the fixture's name
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield Scale(context.new_page())
    context.close()


def test_the_page_of_languages_is_light(scale: Scale, address: str) -> None:
    scale.page.goto(f"{address}/")
    weight, asked = scale.weighed()
    print(weight, len(asked))
    assert weight < FIRST_PAGE, (weight, asked)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_first_page_is_light_with_styles_typefaces_and_marks(
    scale: Scale, address: str, tag: str
) -> None:
    scale.page.goto(f"{address}/{tag}/")
    weight, asked = scale.weighed()
    assert weight < FIRST_PAGE, (weight, asked)


@pytest.mark.parametrize(
    "tag", [tag if tag in DAILY else pytest.param(tag, marks=pytest.mark.long) for tag in LANGUAGES]
)
def test_each_step_and_the_whole_journey_are_light(
    scale: Scale, address: str, entrance: Entrance, tag: str
) -> None:
    page = scale.page
    page.goto(f"{address}/{tag}/")
    scale.weighed()
    page.goto(f"{address}/{tag}/report/{entrance.door.form.step[0].code}")
    for step in entrance.door.form.step:
        weight, asked = scale.weighed()
        # What the browser kept is not sent again.
        assert weight < STEP, (step.code, weight, asked)
        assert len([one for one in asked if not one.endswith(".woff2")]) <= STEP_REQUESTS, (step.code, asked)
        for box in page.locator("main textarea:visible").all()[:1]:
            box.fill(WORDS.get(tag, WORDS["es"]) * 3)
        page.locator(f'form[action$="/report/{step.code}"] button:not([name])').click()
    scale.weighed()
    page.locator('form[action$="/report/send"] button').click()
    page.locator("#key").wait_for()
    scale.weighed()
    print(tag, "journey", scale.total)
    assert scale.total < JOURNEY

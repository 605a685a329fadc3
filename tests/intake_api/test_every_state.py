"""Every page of the door in every state, in a real browser: rules of accessibility, 400 %, forced colours.

The states come from `states.py`, which finds them by itself. Everyday runs look at a seeded sample in which
each state stands once, in Spanish, in Arabic or in a third language; `make long` looks at all in each.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, Route

from tests.intake_api.conftest import TAGS
from tests.intake_api.states import State, Visits
from tests.support.browser import axe, browser  # noqa: F401  # a fixture is found by name

pytestmark = pytest.mark.browser
SEED = 20221115
DOOR = "http://door.example"
"""Nobody's address: what the browser asks for is answered here, without a network."""
ZOOMED = {"width": 320, "height": 256}
"""A screen of 1280 by 1024 at 400 %."""
THIRD = Random(SEED).choice([tag for tag in TAGS if tag not in ("es", "ar")])
SAMPLED = ("es", "ar", THIRD)
OVER_THE_EDGE = """() => {
    const width = document.documentElement.clientWidth;
    const hidden = (one) => one.closest('.govuk-visually-hidden, .govuk-skip-link, [hidden]');
    return [...document.querySelectorAll('body *')]
        .filter((one) => one.checkVisibility() && !hidden(one) && !one.closest('svg'))
        .filter((one) => {
            const box = one.getBoundingClientRect();
            const style = getComputedStyle(one);
            const cut = style.overflowX === 'hidden' && one.scrollWidth > one.clientWidth + 1;
            return box.width > 0 && (box.right > width + 1 || box.left < -1 || cut);
        })
        .map((one) => one.outerHTML.slice(0, 120));
}"""
UNNAMED = """() => [...document.querySelectorAll('input:not([type=hidden]), select, textarea, button')]
    .filter((one) => one.checkVisibility() && one.ariaHidden !== 'true' &&
        !(one.labels && one.labels.length) && !one.getAttribute('aria-label') &&
        !one.getAttribute('aria-labelledby') && !one.textContent.trim())
    .map((one) => one.outerHTML.slice(0, 120))"""
UNSEEN = """() => [...document.querySelectorAll(
        'main button, main input:not([type=hidden]), main select, main textarea, main a.govuk-button')]
    .filter((one) => one.checkVisibility())
    .filter((one) => {
        const shown = ['radio', 'checkbox'].includes(one.type)
            ? getComputedStyle(one.nextElementSibling, '::before') : getComputedStyle(one);
        const native = ['radio', 'checkbox'].includes(one.type) && getComputedStyle(one).opacity !== '0';
        const width = parseFloat(shown.borderTopWidth) + parseFloat(shown.borderBottomWidth);
        const styles = [shown.borderTopStyle, shown.borderBottomStyle];
        return !native && (width < 1 || styles.every((one) => one === 'none'));
    })
    .map((one) => one.outerHTML.slice(0, 120))"""
FOCUS_SHOWN = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const rings = [one, one.nextElementSibling, one.parentElement].filter(Boolean).flatMap((part) =>
        [getComputedStyle(part), getComputedStyle(part, '::before')]);
    const seen = rings.some((style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1);
    return [one.outerHTML.slice(0, 120), seen];
}"""


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[Visits]:
    yield from Visits(tmp_path_factory.mktemp("states"), migrated).opened()


class Shown:
    """A page of the browser that shows states of the door, styles and all."""

    def __init__(self, page: Page, visits: Visits) -> None:
        self.page, self.visits = page, visits
        self.state: State | None = None
        self.refused: list[str] = []
        page.set_default_timeout(20_000)
        page.route(f"{DOOR}/**", self._answer)
        page.on("console", lambda said: self.refused.append(said.text) if "Refused" in said.text else None)

    def _answer(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        answer = self.visits.visitor().get(path)
        headers = {name: value for name, value in answer.headers.items() if name != "content-encoding"}
        if self.state is not None and path == self.state.path and "/static/" not in path:
            headers["content-type"] = "text/html; charset=utf-8"
            route.fulfill(status=200, headers=headers, body=self.state.html)
        else:
            route.fulfill(status=answer.status_code, headers=headers, body=answer.content)

    def show(self, state: State) -> Page:
        self.state = state
        self.page.goto(f"{DOOR}{state.path}")
        return self.page


@pytest.fixture
def shown(browser: Chromium, visits: Visits) -> Iterator[Callable[..., Shown]]:  # noqa: F811  # the fixture's name
    contexts = []

    def make(**more: object) -> Shown:
        contexts.append(browser.new_context(**more))  # type: ignore[arg-type]
        return Shown(contexts[-1].new_page(), visits)

    yield make
    for context in contexts:
        context.close()


def sample(visits: Visits, tag: str) -> list[State]:
    """What is looked at in one language every day: together, the sampled languages see every state."""
    states = visits.states(tag)
    random = Random(SEED)
    share = [random.choice(("es", "ar")) for _ in states]
    mine = [state for state, of in zip(states, share, strict=True) if of == tag]
    return mine if tag != THIRD else random.sample(states, 12)


def assert_no_rule_is_broken(shown: Shown, states: list[State]) -> None:
    found = {}
    for state in states:
        page = shown.show(state)
        if broken := axe(page):
            found[state.name] = broken
        if unnamed := page.evaluate(UNNAMED):
            found[f"{state.name}, without a name"] = unnamed
        if state.status == 422 and "sending" in state.name:
            assert page.locator("[role=alert][tabindex='-1'][autofocus]").count() == 1, state.name
    assert found == {}
    assert shown.refused == []


def assert_nothing_runs_over(shown: Shown, states: list[State]) -> None:
    found = {}
    for state in states:
        page = shown.show(state)
        page.evaluate("document.fonts.ready")
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        scrolls = page.evaluate("document.documentElement.scrollWidth") > ZOOMED["width"]
        if over := page.evaluate(OVER_THE_EDGE):
            found[state.name] = over[:4]
        elif scrolls:
            found[state.name] = ["scrolls sideways"]
    assert found == {}


def assert_seen_in_forced_colours(shown: Shown, states: list[State]) -> None:
    found = {}
    for state in states:
        page = shown.show(state)
        if unseen := page.evaluate(UNSEEN):
            found[state.name] = unseen[:4]
        for _ in range(40):
            page.keyboard.press("Tab")
            told = page.evaluate(FOCUS_SHOWN)
            if told is None:
                break
            if not told[1]:
                found[f"{state.name}, focus"] = told
    assert found == {}


@pytest.mark.parametrize("tag", SAMPLED)
def test_no_page_breaks_a_rule_of_accessibility_in_any_state(
    shown: Callable[..., Shown], visits: Visits, tag: str
) -> None:
    assert_no_rule_is_broken(shown(viewport={"width": 360, "height": 740}), sample(visits, tag))


@pytest.mark.parametrize("tag", SAMPLED)
def test_nothing_runs_over_the_edge_at_400_per_cent_in_any_state(
    shown: Callable[..., Shown], visits: Visits, tag: str
) -> None:
    assert_nothing_runs_over(shown(viewport=ZOOMED), sample(visits, tag))


@pytest.mark.parametrize("tag", ["es", "ar"])
def test_focus_and_edges_are_seen_in_forced_colours(
    shown: Callable[..., Shown], visits: Visits, tag: str
) -> None:
    states = [state for state in sample(visits, tag) if "sending" in state.name or "filled" in state.name]
    assert_seen_in_forced_colours(shown(forced_colors="active"), Random(SEED).sample(states, 6))


def test_the_states_looked_at_are_those_of_every_page_and_step(visits: Visits) -> None:
    names = " ".join(state.name for state in visits.states("es"))
    for step in visits.entrance.door.form.step:
        assert f"/…/report/{step.code} " in names
    for place in ("receipt", "saved", "continue", "check"):
        assert f"/…/report/{place} " in names
    for what in (
        "/…/return/case back",
        "/…/no-such-page",
        "/…/ closed",
        "/…/ stranger",
        "sending a number",
        "danger",
    ):
        assert what in names, what
    assert len(visits.states("es")) > 80


FAULTS = (
    '<p class="planted-wide">{}</p>'.format("wide" * 200),
    '<input type="text" name="nobody-named-me">',
    '<p lang="no-such-language"><img src="/static/none.svg"></p>',
)


def test_a_page_with_a_fault_is_found_by_each_of_these(shown: Callable[..., Shown], visits: Visits) -> None:
    good = next(state for state in visits.states("es") if "/report/what stranger" in state.name)
    wide, unnamed, unsaid = (
        replace(good, html=good.html.replace("</main>", one + "</main>")) for one in FAULTS
    )
    zoomed, usual = shown(viewport=ZOOMED), shown(viewport={"width": 360, "height": 740})
    with pytest.raises(AssertionError, match="planted-wide|sideways|main"):
        assert_nothing_runs_over(zoomed, [wide])
    with pytest.raises(AssertionError, match="nobody-named-me"):
        assert_no_rule_is_broken(usual, [unnamed])
    with pytest.raises(AssertionError, match="image-alt|valid-lang"):
        assert_no_rule_is_broken(usual, [unsaid])


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("tag", TAGS)
def test_every_state_in_every_language_keeps_every_rule(
    shown: Callable[..., Shown], visits: Visits, tag: str
) -> None:
    states = visits.states(tag)
    assert_no_rule_is_broken(shown(viewport={"width": 360, "height": 740}), states)
    assert_nothing_runs_over(shown(viewport=ZOOMED), states)
    assert_seen_in_forced_colours(shown(forced_colors="active"), states)

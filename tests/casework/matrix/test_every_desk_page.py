"""Every page of the desk in a real browser: wide and on a telephone, in Spanish, the office filled.

Which pages there are the application says, who may open them and what fills their addresses the matrix. The
suite looks at a sample drawn by SEED; `make long` at all of them. With DESK_PAGES naming a folder, a
picture of each page is kept there to be looked at.
"""

import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, Page

from casework.doors import COOKIE, PUBLIC
from tests.casework.matrix.asking import Ask, asks, client_of, expected, filling_of, path_of
from tests.casework.matrix.declared import declared, keys_of
from tests.casework.matrix.world import World
from tests.support.browser import Serve, axe, browser, served

__all__ = ["browser", "served"]  # fixtures

pytestmark = pytest.mark.timeout(2400)  # more than a hundred pages, each looked at twice

WIDTHS = (1280, 390)
SAMPLE = 10


@dataclass(frozen=True)
class Entry:
    """A page: who opens it there, and with which session."""

    ask: Ask
    path: str
    token: str


@pytest.fixture(scope="module")
def entries(one_world: World) -> dict[str, Entry]:
    """Who opens each page. All sign in before the browser starts: its loop would be in their way."""
    told, found = declared(), {}
    for who in ("stranger", *(name for name in told.people if name != "omar")):
        client = client_of(one_world, who)
        for one in asks(told, who, "GET"):
            own = filling_of(one_world, one.subject)
            route = one.route
            is_mine = (who == "stranger") == (route.path in PUBLIC)
            if str(route) in found or not is_mine or 200 not in route.answers:
                continue
            if expected(told, one, own):
                token = "" if who == "stranger" else client.jar[COOKIE]  # type: ignore[attr-defined]  # a Straight
                found[str(route)] = Entry(one, path_of(one_world, route, own, "es"), token)
    return found


def test_every_page_of_the_application_is_opened_by_somebody(
    one_world: World, entries: dict[str, Entry]
) -> None:
    told = declared()
    there = {key for key in keys_of(list(one_world.office.app.routes)) if key.startswith("GET ")}
    named = {key for key, route in told.routes.items() if route.lacks or 200 not in route.answers}
    unseen = there - set(entries) - named - set(told.elsewhere)
    assert not unseen, f"nobody in this office opens: {sorted(unseen)}"


def _seed() -> int:
    return int(os.environ.get("SEED", "20221115"))


def _mistakes(page: Page, address: str, entry: Entry) -> Iterator[str]:
    """Open a page at both widths and say what is wrong with it."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.append(f"not fetched: {request.url}"))
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.goto(f"{address}{entry.path}")
    if (count := page.locator("h1").count()) != 1:
        yield f"has {count} headings of the first order"
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            yield f"is {wide} wide on a screen of {width}"
        yield from (f"at {width}: {breach}" for breach in axe(page))
        if folder := os.environ.get("DESK_PAGES"):
            name = entry.ask.route.path.strip("/").replace("{language}/", "").replace("/", "-")
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    yield from said


@pytest.mark.parametrize("how_many", [SAMPLE, pytest.param(None, marks=pytest.mark.long)])
def test_every_page_can_be_used_by_everybody(
    entries: dict[str, Entry], browser: Browser, served: Serve, one_world: World, how_many: int | None
) -> None:
    address = served(one_world.office.app)
    keys = sorted(entries)
    if how_many is not None:
        keys = Random(_seed()).sample(keys, how_many)
    wrong, titles, looked_at = [], defaultdict(list), 0
    for key in keys:
        entry = entries[key]
        context = browser.new_context()
        if entry.token:
            context.add_cookies([{"name": COOKIE, "value": entry.token, "url": address}])
        answer = context.request.get(f"{address}{entry.path}")
        if answer.status != 200:
            wrong.append(f"{entry.ask}: is answered {answer.status}")
        elif answer.headers["content-type"].startswith("text/html"):
            page = context.new_page()
            wrong += [f"{entry.ask}: {why}" for why in _mistakes(page, address, entry)]
            titles[page.title()].append(key)
            looked_at += 1
        context.close()
    for title, those in titles.items():
        if not title or len(those) > 1:
            wrong.append(f"one title, “{title}”: {', '.join(those)}")
    assert not wrong, "\n".join(wrong)
    assert looked_at > (100 if how_many is None else 0)

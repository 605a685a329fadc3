"""A real browser for tests: Debian's Chromium through Playwright, and the axe rules for accessibility.

Fixtures: `browser` (one Chromium per test module), `phone` and `desktop` (pages with JavaScript off),
`scripted` (a page with JavaScript), `served` (serves an app on a port of its own). Import what a test
module needs: `from tests.support.browser import browser, served  # noqa: F401`, or name this module in
a conftest's `pytest_plugins`.
"""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, cast
from weakref import WeakKeyDictionary

import pytest
import uvicorn
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, Route, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
MISSING = (
    "These tests need Chromium at /usr/bin/chromium; on Debian: apt-get install chromium fonts-noto-core"
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}

Serve = Callable[[Any], str]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a running Chromium; a machine without one fails with one sentence, it never skips.

    One for each module and no longer: while Playwright runs, its event loop counts as running in this
    thread, and tests elsewhere that run a loop of their own would fail.
    """
    if not CHROMIUM.exists():
        pytest.fail(MISSING, pytrace=False)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield running
        running.close()


def _page(browser: Browser, width: int, height: int, *, script: bool) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=script)
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """Return a page of a small phone, JavaScript off."""
    yield from _page(browser, 360, 740, script=False)


@pytest.fixture
def desktop(browser: Browser) -> Iterator[Page]:
    """Return a page of a desk's screen, JavaScript off."""
    yield from _page(browser, 1280, 900, script=False)


@pytest.fixture
def scripted(browser: Browser) -> Iterator[Page]:
    """Return a page of a desk's screen with JavaScript."""
    yield from _page(browser, 1280, 900, script=True)


def axe(page: Page) -> list[str]:
    """Return every breach of the accessibility rules on a page, one line each; empty is good.

    The rules need timers, which stand still where JavaScript is off: such a page is looked at as it
    stands, in a second one of the same size that has it. A click returns as soon as the answer begins,
    when the page may still be empty: it is waited for.
    """
    page.wait_for_load_state()
    if page.evaluate("() => matchMedia('(scripting: none)').matches"):
        page = _with_script(page)
    page.evaluate(f"{AXE_SCRIPT}; 0")
    results = page.evaluate("rules => axe.run(document, rules)", RULES)
    return [
        f"{found['id']} ({found['impact']}): {found['nodes'][0]['html'][:160]} … {len(found['nodes'])} places"
        for found in results["violations"]
    ]


@dataclass
class Twin:
    """A page with script that shows what one without it shows."""

    page: Page
    content: str = ""


_twins: Final[WeakKeyDictionary[Page, Twin]] = WeakKeyDictionary()


def _with_script(page: Page) -> Page:
    """Show a page as it stands in another of the same size and cookies, kept for the next look."""
    twin = _twins.get(page)
    if twin is None:
        running = page.context.browser
        assert running is not None
        twin = _twins[page] = Twin(running.new_context().new_page())
        twin.page.route("**/*", partial(_answered, twin))
    twin.content = page.content()
    twin.page.set_viewport_size(page.viewport_size or {"width": 1280, "height": 900})
    twin.page.context.clear_cookies()
    twin.page.context.add_cookies(cast("Any", page.context.cookies()))
    twin.page.goto(page.url.partition("#")[0])
    return twin.page


def _answered(twin: Twin, route: Route) -> None:
    if route.request.is_navigation_request():
        route.fulfill(body=twin.content, content_type="text/html; charset=utf-8")
    elif route.request.resource_type == "script":
        route.abort()  # it stands as it is without script: one would keep drafts of refused forms
    else:
        route.continue_()


class Server:
    """An app served on a free port of this machine by uvicorn, in a thread of its own."""

    def __init__(self, app: Any) -> None:
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        settings = uvicorn.Config(app, access_log=False, server_header=False, log_config=None, lifespan="on")
        self.server = uvicorn.Server(settings)
        self.thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        asyncio.run(self.server.serve(sockets=[self.socket]))

    def start(self) -> str:
        """Serve, and return the address once it answers."""
        self.thread.start()
        deadline = time.monotonic() + 20
        while not self.server.started:
            if time.monotonic() > deadline or not self.thread.is_alive():
                pytest.fail("the app did not start", pytrace=False)
            time.sleep(0.02)
        return self.address

    def stop(self) -> None:
        """Stop serving."""
        self.server.should_exit = True
        self.thread.join(10)
        self.socket.close()


@pytest.fixture
def served() -> Iterator[Serve]:
    """Return a function that serves an app and returns its address, until the test ends."""
    servers: list[Server] = []

    def serve(app: Any) -> str:
        servers.append(Server(app))
        return servers[-1].start()

    yield serve
    for server in servers:
        server.stop()

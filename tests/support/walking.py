"""Somebody of the office at a browser of their own, who does what a page offers: for walks of the scenarios.

By keyboard: `sign_in_by_keyboard`, `fill_day`, `unfold`, `choose`. With the mouse: `Walker`.
With `WALK_PICTURES=folder` in the environment each decisive page is kept as a picture at both widths.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.casework.desk import PEOPLE, Desk
from tests.support.browser import axe
from tests.support.keyboard import reach, write

WIDE: Final[ViewportSize] = {"width": 1280, "height": 900}
PHONE: Final[ViewportSize] = {"width": 390, "height": 844}
OVERFLOW: Final = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def sign_in_by_keyboard(page: Page, desk: Desk, address: str, name: str) -> None:
    """Sign in as a person does: three fields and Enter."""
    person = PEOPLE[name]
    page.goto(f"{address}/en/sign-in")
    write(page, "[name=name]", person.sign_in_name)
    write(page, "[name=passphrase]", person.passphrase)
    write(page, "[name=code]", person.code(desk.clock.now()))
    with page.expect_navigation():
        page.keyboard.press("Enter")


def fill_day(page: Page, name: str, day: date) -> None:
    for part, number in (("day", day.day), ("month", day.month), ("year", day.year)):
        write(page, f"[name={name}-{part}]", str(number))


def unfold(page: Page, summary: str) -> None:
    reach(page, summary)
    page.keyboard.press("Enter")


def choose(page: Page, wanted: str, code: str) -> None:
    """Go through the choices of a list with the arrow until it is the one."""
    reach(page, wanted)
    for _ in range(40):
        if page.input_value(wanted) == code:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{code} cannot be chosen in {wanted}")


@dataclass
class Walker:
    """Somebody who is signed in. Addresses are below the language: `inbox`, not `/es/inbox`."""

    page: Page
    desk: Desk
    address: str
    name: str
    language: str

    @property
    def main(self) -> Locator:
        """What the page says, without its frame."""
        return self.page.locator("main")

    def url(self, below: str) -> str:
        """Return the whole address of a page."""
        return f"{self.address}/{self.language}/{below}"

    def go(self, below: str) -> int:
        """Open an address as one does who has it, and return the status."""
        answer = self.page.goto(self.url(below))
        assert answer is not None
        return answer.status

    def sign_in(self) -> None:
        """Sign in at the door, and be let in."""
        person = PEOPLE[self.name]
        self.go("sign-in")
        self.page.fill("[name=name]", person.sign_in_name)
        self.page.fill("[name=passphrase]", person.passphrase)
        self.page.fill("[name=code]", person.code(self.desk.clock.now()))
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        assert not self.page.url.endswith("/sign-in"), self.main.inner_text()

    def follow(self, below: str, *, within: str = "body") -> None:
        """Press the link that leads to an address below the language; it must be seen."""
        link = self.page.locator(f'{within} a[href="/{self.language}/{below}"]:visible').first
        with self.page.expect_navigation():
            link.click()

    def form(self, action: str) -> Locator:
        """Return the form that sends to an address that ends so."""
        return self.page.locator(f'form[action$="{action}"]').first

    def unfold(self, action: str) -> Locator:
        """Unfold whatever hides the form that sends to an address that ends so, and return the form."""
        form = self.form(action)
        for summary in form.locator("xpath=ancestor::details[not(@open)]/summary").all():
            summary.click()
        return form

    def day(self, name: str, day: date, *, within: Locator | None = None) -> None:
        """Fill in the three fields of a day."""
        inside = within or self.main
        for part, number in (("day", day.day), ("month", day.month), ("year", day.year)):
            inside.locator(f'[name="{name}-{part}"]').fill(str(number))

    def tick(self, name: str, *codes: str, within: Locator | None = None) -> None:
        """Tick boxes or choose radios, by the name and code they send."""
        for code in codes:
            (within or self.main).locator(f'[name="{name}"][value="{code}"]').check()

    def pick(self, name: str, code: str, *, within: Locator | None = None) -> None:
        """Choose in a list, by the code it sends."""
        (within or self.main).locator(f'select[name="{name}"]').select_option(code)

    def send(self, form: Locator | str, button: str = "button[type=submit], button:not([type])") -> int:
        """Press the button of a form, wait for the page it leads to, and return its status."""
        whole = self.unfold(form) if isinstance(form, str) else form
        with self.page.expect_navigation() as found:
            whole.locator(button).first.click()
        return found.value.status

    def reads(self, *words: str) -> None:
        """See these words on the page, in its main part."""
        for one in words:
            expect(self.main).to_contain_text(one)

    def reads_not(self, *words: str) -> None:
        """See these words nowhere on the page, its title and frame included."""
        content = self.page.content()
        for one in words:
            assert one not in content, f"{one} on {self.page.url}"

    def refused(self, *words: str) -> None:
        """See the box of mistakes with these words."""
        for one in words:
            expect(self.page.locator(".govuk-error-summary").first).to_contain_text(one)

    def decisive(self, name: str) -> None:
        """Look at a page on which all turns: no breach of axe, and no wider than a telephone."""
        assert axe(self.page) == []
        folder = os.environ.get("WALK_PICTURES")
        for size in (PHONE, WIDE):
            self.page.set_viewport_size(size)
            assert self.page.evaluate(OVERFLOW) <= 0, f"{self.page.url} is wider than {size['width']}"
            if folder:
                Path(folder).mkdir(parents=True, exist_ok=True)
                self.page.screenshot(path=f"{folder}/{name}-{size['width']}.png", full_page=True)


@contextmanager
def at_the_desk(
    browser: Browser, desk: Desk, address: str, name: str, *, language: str = "es", script: bool = True
) -> Iterator[Walker]:
    """Sign one of the invented staff in at a browser of their own, and close it afterwards."""
    context = browser.new_context(viewport=WIDE, java_script_enabled=script)
    page = context.new_page()
    page.set_default_timeout(10_000)
    walker = Walker(page, desk, address, name, language)
    walker.sign_in()
    yield walker
    context.close()

"""A page used with the keyboard alone: Tab, Space, Enter and typing.

A key pressed where nothing was reached would do nothing, so whatever cannot be reached by Tab, or does not
show that it was reached (WCAG 2.4.7, 2.4.11), fails.
"""

from typing import Final

from playwright.sync_api import Page

MOST_TABS: Final = 200
AT: Final = """(wanted) => {
    const one = document.activeElement;
    return Boolean(one && one.matches && one.matches(wanted));
}"""
IS_SEEN: Final = """() => {
    const one = document.activeElement;
    const parts = [one, one.nextElementSibling, one.parentElement].filter(Boolean);
    const styles = parts.flatMap((part) => [getComputedStyle(part), getComputedStyle(part, '::before')]);
    const box = one.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight && styles.some((style) =>
        (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none');
}"""


def reach(page: Page, wanted: str) -> None:
    """Press Tab until `wanted` has the focus, and see that it shows."""
    for _ in range(MOST_TABS):
        if page.evaluate(AT, wanted):
            break
        page.keyboard.press("Tab")
    else:
        raise AssertionError(f"{wanted} cannot be reached with Tab on {page.url}")
    assert page.evaluate(IS_SEEN), f"nobody sees that {wanted} has the focus on {page.url}"


def write(page: Page, wanted: str, text: str) -> None:
    """Reach a field and type."""
    reach(page, wanted)
    page.keyboard.type(text)


def press(page: Page, wanted: str, key: str = "Enter") -> None:
    """Reach something and press it, and wait for the page it leads to."""
    reach(page, wanted)
    with page.expect_navigation():
        page.keyboard.press(key)

"""What the length of a packed answer tells to who listens on the line and leads a browser here."""

from collections.abc import Callable

import pytest

from tests.intake_api.conftest import Browser

STORY = "Me lo dijo Zulaikha Inventada en el callejón de las Higueras. " * 20
RIGHT, WRONG = "callejondelasHiguerasZulaikha", "kvetronudofaPiguemosWidaiksa"
FROM_ELSEWHERE = {"Sec-Fetch-Site": "cross-site", "Accept-Encoding": "gzip"}
OLD_BROWSER = {"Accept-Encoding": "gzip"}


@pytest.fixture
def written(browser: Browser) -> Browser:
    """Somebody who wrote a story and has not sent it."""
    browser.answer("what", {"what_happened": STORY.replace(" ", "").replace("ó", "o"), "act_codes": "insult"})
    return browser


@pytest.mark.parametrize("headers", [FROM_ELSEWHERE, OLD_BROWSER])
def test_a_page_elsewhere_cannot_find_out_words_of_a_draft_by_guessing_them(
    written: Browser, headers: dict[str, str]
) -> None:
    """The same number of signs in the query: only packing could tell the right guess from the wrong one."""
    if "Sec-Fetch-Site" not in headers:
        del written.client.headers["Sec-Fetch-Site"]
    lengths = {
        guess: written.get(f"/es/report/check?{guess}", headers=headers).headers["content-length"]
        for guess in (RIGHT, WRONG.ljust(len(RIGHT), "x")[: len(RIGHT)])
    }
    assert len(set(lengths.values())) == 1, lengths


def test_pages_are_packed_for_everybody_who_comes_by_our_own_links(
    visitor: Callable[[], Browser], written: Browser
) -> None:
    packed = {"Accept-Encoding": "gzip"}
    assert written.get("/es/report/when?then=check", headers=packed).headers["content-encoding"] == "gzip"
    assert written.get("/es/report/check", headers=FROM_ELSEWHERE).headers["content-encoding"] == "gzip"
    first = visitor().get("/es/?from=poster", headers=FROM_ELSEWHERE)
    assert first.headers["content-encoding"] == "gzip", "nobody's words are on it"

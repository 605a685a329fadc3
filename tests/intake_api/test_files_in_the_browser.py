"""Files and voice notes in a real browser: accessible, on a bad line, with a microphone."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from intake_api.files import examiner
from office.stores.mailbox import UploadPiece
from tests.intake_api import files
from tests.intake_api.conftest import Entrance
from tests.intake_api.files import opened
from tests.intake_api.test_files_at_once import all_busy
from tests.support.browser import (  # noqa: F401  # fixtures are found by name
    ARGUMENTS,
    CHROMIUM,
    Serve,
    axe,
    browser,
    phone,
    scripted,
    served,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def address(served: Serve, entrance: Entrance) -> Iterator[str]:  # noqa: F811  # the fixture's name
    yield served(entrance.app)


@pytest.fixture
def bad(tmp_path: Path) -> list[str]:
    """A photo with a long name, an empty file and a locked PDF."""
    made = {"a-photo-with-a-very-long-name-indeed-so-that-it-must-wrap-somewhere.jpg": files.photo()}
    made |= {"empty.txt": b"", "locked.pdf": files.pdf("secret")}
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    return [str(tmp_path / name) for name in made]


@pytest.mark.parametrize("tag", ["es", "ar"])
def test_the_pages_for_files_break_no_rule_of_accessibility_also_when_something_is_wrong(
    scripted: Page,  # noqa: F811  # the fixture's name
    phone: Page,  # noqa: F811  # likewise
    address: str,
    bad: list[str],
    tag: str,
) -> None:
    scripted.set_viewport_size({"width": 360, "height": 740})
    for page, is_scripted in ((scripted, True), (phone, False)):
        for place in ("files", "voice"):
            page.goto(f"{address}/{tag}/report/{place}")
            assert not is_scripted or axe(page) == [], place
        page.goto(f"{address}/{tag}/report/files")
        page.locator("#file").set_input_files(bad)
        page.locator("button[value=add]").click()
        page.locator(".govuk-error-message").nth(1).wait_for()
        assert not is_scripted or axe(page) == []
        page.goto(f"{address}/{tag}/report/files")
        assert page.locator("#files-held li").count() == 1
        page.goto(f"{address}/{tag}/report/check")
        assert not is_scripted or axe(page) == []
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 360


def test_on_a_bad_line_each_piece_is_sent_until_it_arrives_and_none_twice(
    scripted: Page,  # noqa: F811  # the fixture's name
    address: str,
    entrance: Entrance,
    tmp_path: Path,
) -> None:
    picture = files.noisy_photo(1100)
    (tmp_path / "door.png").write_bytes(picture)
    asked: list[str] = []
    arrived: list[str] = []

    def bad_line(route: Route) -> None:
        path = urlsplit(route.request.url).path
        asked.append(path)
        if len(asked) % 2:  # every other request is lost on the way
            route.abort("connectionreset")
        else:
            arrived.append(path)
            route.continue_()

    scripted.route("**/report/files/*/**", bad_line)
    scripted.goto(f"{address}/es/report/files?then=what")
    scripted.locator("#file").set_input_files(str(tmp_path / "door.png"))
    scripted.locator("button[value=on]").click()
    scripted.wait_for_url("**/es/report/what")
    assert len(asked) > len(arrived) == len(set(arrived))
    scripted.locator("[name=act_codes]").first.check()
    scripted.locator("form[action$=what] .govuk-button").first.click()
    scripted.goto(f"{address}/es/report/check")
    scripted.locator("form[action$=send] button").click()
    (sent,) = entrance.story(entrance.envelopes[0]).files
    assert opened(sent, entrance.all(UploadPiece)) == picture


def test_what_else_is_on_the_page_is_kept_while_files_go_piece_by_piece(
    scripted: Page,  # noqa: F811  # the fixture's name
    address: str,
    tmp_path: Path,
) -> None:
    (tmp_path / "nie X1234567L.jpg").write_bytes(files.photo())
    scripted.goto(f"{address}/es/report/files?then=what")
    scripted.locator("#file").set_input_files(str(tmp_path / "nie X1234567L.jpg"))
    scripted.locator("#online_links").fill("example.org/12345678Z")
    scripted.locator("button[value=add]").click()
    scripted.locator("button[value=remove]").wait_for()
    assert scripted.locator("#files-held li").count() == 1
    assert "nie […].jpg" in scripted.content() and "X1234567L" not in scripted.content()
    scripted.locator("button[value=remove]").click()
    scripted.wait_for_url("**/es/report/what")
    scripted.goto(f"{address}/es/report/files")
    assert scripted.locator("#online_links").input_value() == "example.org/[…]"
    scripted.locator("#file").set_input_files(str(tmp_path / "nie X1234567L.jpg"))
    scripted.locator("button[value=add]").click()
    scripted.wait_for_url("**/es/report/files")
    assert scripted.locator(".govuk-error-summary").count() == 0


def test_where_too_many_wait_the_script_asks_again_and_loses_no_piece(
    scripted: Page,  # noqa: F811  # the fixture's name
    address: str,
    entrance: Entrance,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(examiner, "MOST_WAITING", 0)
    (tmp_path / "said.txt").write_bytes(b"hello")
    scripted.goto(f"{address}/es/report/files?then=what")
    scripted.locator("#file").set_input_files(str(tmp_path / "said.txt"))
    with all_busy(entrance), scripted.expect_response("**/files/end/*") as refused:
        scripted.locator("button[value=on]").click()
    assert refused.value.status == 503
    scripted.wait_for_url("**/es/report/what")
    assert len(entrance.all(UploadPiece)) == 1


def test_a_voice_is_recorded_altered_and_sent(
    browser: Browser,  # noqa: F811  # the fixture's name
    address: str,
    entrance: Entrance,
) -> None:
    said: list[str] = []
    microphone = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    with_ears = browser.browser_type.launch(executable_path=str(CHROMIUM), args=[*ARGUMENTS, *microphone])
    page = with_ears.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{address}/es/report/what")
    page.locator("button[value=voice]").click()
    page.locator("[data-voice-start]").click()
    page.wait_for_timeout(2500)
    page.locator("[data-voice-stop]").click()
    page.locator("button[value=on]").click()
    page.wait_for_url("**/es/report/what")
    page.locator("form[action$=what] .govuk-button").first.click()
    page.wait_for_url("**/es/report/when")
    page.goto(f"{address}/es/report/check")
    page.locator("form[action$=send] button").click()
    page.wait_for_url("**/es/report/receipt")
    with_ears.close()
    (sent,) = entrance.story(entrance.envelopes[0]).files
    assert (sent.purpose, sent.is_voice_altered, sent.media_type) == ("voice", True, "audio/wav")
    assert sent.size > 30_000
    assert said == []

"""A report half written is saved under digits that a person can write down, and gone on with elsewhere."""

import re
from collections.abc import Callable

import pytest
from httpx2 import Response

from office.sealing.boxes import CannotOpen
from office.sealing.drafts import open_draft
from office.sealing.receipts import checked
from tests.intake_api.conftest import TAGS, Browser, Entrance, plain
from tests.intake_api.files import add, voice
from tests.intake_api.test_report_pages import FULL

NewBrowser = Callable[[], Browser]
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def saved_under(browser: Browser, step: str = "what", tag: str = "en") -> str:
    """Answer one step, save, and return the digits that are shown."""
    answered = browser.answer(step, {**FULL[step], "save": "yes"}, tag)
    assert answered.status_code == 303, answered.text
    return digits_in(browser.get(answered.headers["location"]))


def digits_in(page: Response) -> str:
    """Return the code that a page shows."""
    shown = re.search(r'id="code">(.*?)</bdi>', page.text, re.DOTALL)
    assert shown, page.text
    return " ".join(re.findall(r"<span>(\d{4})</span>", shown.group(1)))


def go_on(browser: Browser, code: str, tag: str = "en") -> str:
    answered = browser.post(f"/{tag}/report/continue", {"code": code})
    assert answered.status_code == 303, answered.text
    return answered.headers["location"]


@pytest.mark.parametrize("entrance", ["sqlite", "postgres"], indirect=True)
def test_what_is_saved_goes_on_on_another_device_and_is_sent_from_there(
    browser: Browser, visitor: NewBrowser, entrance: Entrance
) -> None:
    code = saved_under(browser)
    browser.post("/en/report/close")
    assert browser.get("/en/report/saved").headers["location"] == "/en/report/continue"

    phone = visitor()
    assert go_on(phone, code.translate(ARABIC), "ar") == "/ar/report/when"
    for step in ("when", "where", "area", "why", "who", "may"):
        assert phone.answer(step, FULL[step], "ar").status_code == 303
    phone.send("ar")
    phone.receipt("ar")

    (envelope,) = entrance.envelopes
    assert entrance.story(envelope).what_happened == "They would not rent me the flat.\nThey laughed."


def test_the_code_on_paper_does_not_show_the_receipt_to_another_browser(
    browser: Browser, visitor: NewBrowser
) -> None:
    code = saved_under(browser)
    browser.send()
    number, _ = browser.receipt()

    finder = visitor()
    told = finder.post("/en/report/continue", {"code": code})

    assert told.status_code == 422
    assert number not in told.text
    assert "Perhaps it was sent" in plain(told)
    assert browser.receipt()[0] == number  # whoever sent still sees it


def test_sending_again_from_the_browser_that_sent_gives_the_same_receipt(
    browser: Browser, entrance: Entrance
) -> None:
    saved_under(browser)
    browser.send()
    first = browser.receipt()

    browser.send()

    assert browser.receipt() == first
    assert len(entrance.envelopes) == 1


def test_after_saving_the_earlier_cookie_opens_nothing_and_one_draft_is_kept(
    browser: Browser, visitor: NewBrowser, entrance: Entrance
) -> None:
    browser.answer("what", FULL["what"])
    before = browser.client.cookies["draft"]
    browser.post("/en/report/save")

    thief = visitor()
    thief.client.cookies.set("draft", before)

    assert thief.get("/en/report/check").headers["location"] == "/en/report/what"
    assert len(entrance.drafts) == 1


def test_saving_twice_shows_the_same_code(browser: Browser) -> None:
    code = saved_under(browser)

    assert saved_under(browser, "when") == code


def test_the_digits_are_not_in_the_store(browser: Browser, entrance: Entrance) -> None:
    digits = checked(saved_under(browser)).encode()

    (kept,) = entrance.drafts

    assert digits not in kept.lookup + kept.sealed


def test_what_is_left_after_sending_opens_with_no_code_alone_and_goes_the_same_day(
    browser: Browser, entrance: Entrance
) -> None:
    """Whoever steals the disk and finds the paper reads no receipt."""
    digits = checked(saved_under(browser))
    browser.send()

    (kept,) = entrance.drafts

    assert str(kept.expires_on) == "2026-11-23"
    with pytest.raises(CannotOpen):
        open_draft(digits, kept.sealed)


@pytest.mark.parametrize("is_saved", [True, False])
def test_a_cookie_somebody_noted_or_planted_shows_no_receipt(
    browser: Browser, visitor: NewBrowser, is_saved: bool
) -> None:
    browser.answer("what", FULL["what"])
    if is_saved:
        browser.post("/en/report/save")
    browser.client.cookies.set("sender", "w" * 43, domain="testserver.local")
    noted = dict(browser.client.cookies)
    browser.send()
    number, _ = browser.receipt()

    other = visitor()
    for name, value in noted.items():
        other.client.cookies.set(name, value)

    assert number not in other.get("/en/report/receipt").text
    other.post("/en/report/finish")
    other.get("/en/exit")
    assert browser.receipt()[0] == number  # nobody else can delete it either


def test_whoever_goes_on_under_a_code_is_told_and_can_begin_anew(browser: Browser) -> None:
    saved_under(browser)
    page = browser.get("/en/report/when")
    assert "Whoever has the code can read what you write here." in plain(page)

    anew = browser.post("/en/report/close", {"then": "new"})

    assert anew.headers["location"] == "/en/report/what"
    assert "They laughed" not in browser.get("/en/report/what").text


def test_the_wish_to_save_is_not_lost_when_a_document_number_is_pointed_out(browser: Browser) -> None:
    told = browser.answer("what", {"what_happened": "My NIE is X1234567L", "save": "yes"})
    assert told.status_code == 422
    assert 'name="save" value="yes"' in told.text


def test_a_program_that_sends_a_very_long_code_is_answered_at_once(browser: Browser) -> None:
    told = browser.post("/en/report/continue", {"code": "1+" * 100_000})
    assert told.status_code == 422


@pytest.mark.parametrize(
    "ahead", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "none", "Sec-Purpose": "prefetch"}]
)
def test_a_link_elsewhere_and_a_browser_that_fetches_ahead_delete_no_draft(
    browser: Browser, entrance: Entrance, ahead: dict[str, str]
) -> None:
    browser.answer("what", FULL["what"])

    browser.get("/en/exit", headers=ahead)

    assert len(entrance.drafts) == 1


def test_a_saved_report_goes_after_its_days(
    browser: Browser, visitor: NewBrowser, entrance: Entrance
) -> None:
    code = saved_under(browser)
    entrance.clock.move(days=7)
    assert go_on(visitor(), code) == "/en/report/when"

    entrance.clock.move(days=1)

    assert visitor().post("/en/report/continue", {"code": code}).status_code == 422


def test_leaving_quickly_closes_this_browser_and_keeps_what_was_saved(
    browser: Browser, visitor: NewBrowser
) -> None:
    code = saved_under(browser)

    browser.get("/en/exit")

    assert "draft" not in browser.client.cookies
    assert go_on(visitor(), code) == "/en/report/when"


def test_leaving_quickly_without_saving_deletes_the_draft(browser: Browser, entrance: Entrance) -> None:
    browser.answer("what", FULL["what"])

    browser.get("/en/exit")

    assert entrance.drafts == []


def test_a_report_begun_here_is_not_lost_by_opening_another(browser: Browser, visitor: NewBrowser) -> None:
    code = saved_under(visitor())
    browser.answer("what", {"what_happened": "Something else"})

    told = browser.post("/en/report/continue", {"code": code})

    assert told.status_code == 422
    assert "Save it first" in plain(told)
    assert "Something else" in browser.get("/en/report/what").text


def test_what_was_said_aloud_is_not_lost_by_opening_another(browser: Browser, visitor: NewBrowser) -> None:
    code = saved_under(visitor())
    assert add(browser, ("said.wav", voice()), page="voice").status_code == 303
    told = browser.post("/en/report/continue", {"code": code})
    assert told.status_code == 422
    assert "Save it first" in plain(told)


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("typed", ["", "1234", "abcd efgh", "1111 1111 1111 1111 1111 1111"])
def test_a_mistyped_code_is_told_in_the_persons_language_and_stays_on_the_page(
    browser: Browser, tag: str, typed: str
) -> None:
    told = browser.post(f"/{tag}/report/continue", {"code": typed})

    assert told.status_code == 422
    assert told.headers["content-language"] == tag
    assert f'value="{typed}"' in told.text
    assert ("This code is not right" in told.text) == (tag == "en")


def test_what_must_be_corrected_is_not_saved_over(browser: Browser) -> None:
    told = browser.answer("when", {"when": "day", "when_day": "31", "when_month": "2", "save": "yes"})

    assert told.status_code == 422
    assert 'value="31"' in told.text

"""Two windows of one browser, one of them older: what is sent from it goes to nobody, and nothing is lost."""

import re
from html import unescape
from typing import Any

import pytest
from sqlalchemy import text

from office.handover.report import Message
from office.ids import new_id
from office.sealing.boxes import unseal
from tests.intake_api.conftest import Browser, Entrance, a_report, plain
from tests.intake_api.test_appointments import a_time, tell

WORDS = "Me despidieron el martes, al volver del médico."
STALE: dict[str, dict[str, Any]] = {
    "message": {"message": WORDS},
    "consents": {"consent_advise": "no"},
    "feedback": {"helped": "no", "feedback": WORDS},
    "notice": {"notice_kind": "email", "notice_value": "persona@example.org"},
    "appointment": {"answer": "cancel", "booking_text": WORDS},
}


def forms(page: str) -> dict[str, str]:
    """The forms of a page that say something about a case, by the end of their address."""
    found = re.findall(r'<form method="post" action="/\w+/return/(\w+)"(.*?)</form>', page, re.DOTALL)
    return {where: inside for where, inside in found if where != "leave"}


def kept(page: str) -> str:
    """What stands in the field for a message."""
    found = re.search(r'<textarea[^>]*name="message"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    return unescape(found.group(1)).strip() if found else ""


@pytest.fixture
def two(browser: Browser, entrance: Entrance) -> tuple[dict[str, str], dict[str, str]]:
    """The receipts of two reports told in one browser, as on the computer of an association."""
    first = a_report(browser)
    browser.client.cookies.clear()
    return first, a_report(browser)


def of(receipt: dict[str, str]) -> str:
    return receipt["case_number"].replace("-", "")


def test_every_form_says_of_which_case_its_page_is(
    browser: Browser, entrance: Entrance, two: tuple[dict[str, str], dict[str, str]]
) -> None:
    first, _ = two
    tell(entrance, 1, "offered", a_time(new_id(), 600))
    browser.post("/en/return", first)
    seen: dict[str, str] = {}
    for page in ("case", "feedback", "notice", "appointment"):
        seen |= forms(browser.get(f"/en/return/{page}").text)
    seen["new-key"] = browser.get("/en/return/new-key").text
    assert set(seen) == {*STALE, "new-key"}
    for where, inside in seen.items():
        assert f'name="of" value="{of(first)}"' in inside, where


@pytest.mark.parametrize("where", STALE)
def test_what_an_older_window_sends_reaches_no_other_case_and_stays(
    browser: Browser, entrance: Entrance, two: tuple[dict[str, str], dict[str, str]], where: str
) -> None:
    first, second = two
    before = len(entrance.envelopes)
    browser.post("/en/return", first)
    browser.post("/en/return", second)  # in another window
    answer = browser.post(f"/en/return/{where}", {**STALE[where], "of": of(first)})
    assert answer.status_code == 409
    assert "Another case was opened in this browser. Nothing was sent" in plain(answer)
    assert f'value="{first["case_number"]}"' in answer.text and second["case_number"] not in answer.text
    written = WORDS if WORDS in STALE[where].values() else ""
    assert kept(answer.text) == written
    assert len(entrance.envelopes) == before

    wrong = browser.post("/en/return", {"case_number": first["case_number"], "key": "1", "message": written})
    assert wrong.status_code == 422 and kept(wrong.text) == written
    opened = browser.post("/en/return", {**first, "message": written})
    if not written:
        assert opened.status_code == 303
        return
    assert opened.status_code == 200 and kept(opened.text) == WORDS
    assert first["case_number"] in plain(opened) and "It has not been sent yet." in plain(opened)
    assert len(entrance.envelopes) == before
    sent = browser.post("/en/return/message", {"message": WORDS, "of": of(first)})
    assert sent.status_code == 303
    (envelope,) = [one for one in entrance.envelopes if one.kind == "message"]
    assert envelope.case_number == of(first)
    about = f"message/{envelope.case_number}"
    told = Message.model_validate_json(unseal(envelope.sealed_story, entrance.private["story"], about=about))
    assert told.text == WORDS


@pytest.mark.parametrize("where", STALE)
def test_who_left_in_one_window_finds_what_they_wrote_in_the_other(
    browser: Browser, entrance: Entrance, two: tuple[dict[str, str], dict[str, str]], where: str
) -> None:
    first, _ = two
    before = len(entrance.envelopes)
    browser.post("/es/return", first)
    browser.post("/es/return/leave")
    answer = browser.post(f"/es/return/{where}", {**STALE[where], "of": of(first)})
    assert answer.status_code == 409 and "Este caso se ha cerrado en este navegador" in plain(answer)
    assert kept(answer.text) == (WORDS if WORDS in STALE[where].values() else "")
    assert len(entrance.envelopes) == before
    assert answer.headers["cache-control"] == "no-store"


def test_a_number_that_is_none_leads_nowhere_and_is_not_shown(
    browser: Browser, two: tuple[dict[str, str], dict[str, str]]
) -> None:
    browser.post("/en/return", two[0])
    answer = browser.post("/en/return/message", {"message": WORDS, "of": "<script>alert(1)</script>"})
    assert answer.status_code == 409 and "<script>alert" not in answer.text and kept(answer.text) == WORDS


def test_a_new_key_is_made_for_the_case_of_the_page_only(
    browser: Browser, two: tuple[dict[str, str], dict[str, str]]
) -> None:
    first, second = two
    browser.post("/en/return", first)
    browser.post("/en/return", second)
    answer = browser.post("/en/return/new-key", {"of": of(first)})
    assert answer.status_code == 409 and "renewal" not in "".join(answer.headers.get_list("set-cookie"))
    assert browser.post("/en/return/new-key", {"of": of(second)}).status_code == 303


def test_whoever_needs_a_new_key_first_keeps_what_they_wrote(
    browser: Browser, entrance: Entrance, two: tuple[dict[str, str], dict[str, str]]
) -> None:
    first, _ = two
    with entrance.engine.begin() as connection:
        connection.execute(text("UPDATE receipt SET must_rekey = true"))
    answer = browser.post("/en/return", {**first, "message": WORDS})
    assert answer.status_code == 409 and kept(answer.text) == WORDS
    assert 'href="/en/return/new-key"' in answer.text
    assert "Make a new key" in plain(browser.get("/en/return/new-key"))
    assert browser.post("/en/return", first).headers["location"] == "/en/return/new-key"

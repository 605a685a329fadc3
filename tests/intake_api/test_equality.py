"""What somebody says of themselves after sending is sealed apart and tied to nothing."""

import re

import pytest

from office.handover.report import EqualityAnswers
from office.ids import checked_case_number
from office.sealing.boxes import unseal
from office.stores.mailbox import EqualityAnswer
from office.vocabulary import load
from tests.architecture.test_forbidden_meanings import FORBIDDEN
from tests.intake_api.conftest import Browser, Entrance

CHOSEN = {"age": "age_30_44", "belonging": ["belonging_black", "belonging_latin"], "gender": "unsaid"}


def opened(entrance: Entrance) -> list[EqualityAnswers]:
    key = entrance.private["story"]
    return [
        EqualityAnswers.model_validate_json(unseal(row.sealed, key, about="equality"))
        for row in entrance.all(EqualityAnswer)
    ]


@pytest.mark.parametrize("entrance", ["sqlite", "postgres"], indirect=True)
def test_answers_come_sealed_with_the_quarter_and_nothing_else(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    assert 'href="/en/about-you"' in browser.get("/en/report/receipt").text
    sent = browser.post("/en/about-you", CHOSEN)
    assert (sent.status_code, sent.headers["location"]) == (303, "/en/about-you/thanks")
    assert "set-cookie" not in sent.headers
    (told,) = opened(entrance)
    assert told.answer_codes == ("age_30_44", "belonging_black", "belonging_latin")
    (row,) = entrance.all(EqualityAnswer)
    assert (row.quarter, row.key_name) == ("2026-Q4", "story.1")
    assert set(EqualityAnswer.__table__.c.keys()) == {"id", "quarter", "key_name", "sealed"}  # type: ignore[attr-defined]  # of the table
    number = checked_case_number(receipt["case_number"])
    assert number.encode() not in row.sealed and row.id != entrance.envelopes[0].id
    assert 'href="/en/report/receipt"' in browser.get("/en/about-you/thanks").text
    assert browser.get("/en/report/receipt").status_code == 200


def test_who_says_nothing_sends_nothing(browser: Browser, entrance: Entrance) -> None:
    assert browser.post("/en/about-you", {"age": "unsaid"}).status_code == 303
    assert browser.post("/en/about-you", {}).status_code == 303
    assert entrance.all(EqualityAnswer) == []


def test_an_answer_that_is_not_offered_is_pointed_out(browser: Browser, entrance: Entrance) -> None:
    again = browser.post("/ar/about-you", {"age": "age_7", "gender": "gender_woman"})
    assert again.status_code == 422 and 'href="#age"' in again.text
    assert 'value="gender_woman" checked' in again.text
    assert entrance.all(EqualityAnswer) == []


def test_without_a_key_nothing_is_kept_and_the_page_says_so(browser: Browser, entrance: Entrance) -> None:
    entrance.publish_keys("contact")
    assert browser.post("/en/about-you", CHOSEN).status_code == 503
    assert entrance.all(EqualityAnswer) == []


def test_every_question_may_be_left_unsaid_and_none_asks_for_papers_or_nationality(browser: Browser) -> None:
    listed = load("equality")
    page = browser.get("/es/about-you").text
    assert page.count('value="unsaid"') == len(listed.groups) - 1
    assert not [code for code in listed.codes if FORBIDDEN.search(code)]
    words = " ".join(label for item in listed for label in item.label.values()).lower()
    assert not re.search(r"nacionalidad|nationality|papel|papers|permiso|residen|visa", words)

"""Coming back: promises and whether they were kept, what helped, and where to say "you have news"."""

import re
from datetime import date
from typing import Any

import pytest

from intake_api.returning.notice_address import id_in_order
from office.clock import SetClock
from office.handover.notice import NoticeAddress
from office.handover.reply import Reply
from office.handover.report import Feedback, NoticeChange
from office.sealing.boxes import SealingKey, unseal
from office.stores.mailbox import Envelope
from tests.intake_api.conftest import KEYS, TAGS, Browser, Entrance, plain

READ = Reply(kind="status", state_code="read", said_on=date(2026, 11, 25))
CLOSED = Reply(kind="status", state_code="closed", said_on=date(2026, 11, 27), text="They said sorry.")
ANSWER = Reply(kind="message", text="We wrote to them", said_on=date(2026, 11, 26), from_role="adviser")


def with_notices(entrance: Entrance, *, active: bool = True) -> None:
    entrance.private["notice"] = SealingKey.generate()
    entrance.publish_keys(*KEYS, *(("notice",) if active else ()))


def address_in(entrance: Entrance, envelope: Envelope) -> NoticeAddress:
    assert envelope.sealed_notice is not None and envelope.notice_key_name == "notice.1"
    about = f"notice/{envelope.case_number}"
    clear = unseal(envelope.sealed_notice, entrance.private["notice"], about=about)
    return NoticeAddress.model_validate_json(clear)


def letters(entrance: Entrance, kind: str) -> list[Envelope]:
    return sorted((one for one in entrance.envelopes if one.kind == kind), key=lambda one: one.id)


def come_back(browser: Browser, receipt: dict[str, str], tag: str = "en") -> str:
    browser.post(f"/{tag}/return", receipt)
    return plain(browser.get(f"/{tag}/return/case"))


# --- where to say "you have news" ---


@pytest.mark.parametrize("entrance", ["sqlite", "postgres"], indirect=True)
def test_an_address_for_notices_is_sealed_to_its_own_key_and_lies_nowhere_else(
    browser: Browser, entrance: Entrance
) -> None:
    with_notices(entrance)
    answers = {"notice_kind": "email", "notice_value": "somebody@example.org"}
    browser.fill_in({"what": {"act_codes": "insult"}, "may": answers}, "ar")
    assert "somebody@example.org" in browser.get("/ar/report/check").text
    browser.send("ar")
    (envelope,) = entrance.envelopes
    address = address_in(entrance, envelope)
    assert (address.kind, address.value, address.language) == ("email", "somebody@example.org", "ar")
    assert "somebody@example.org" not in repr(entrance.story(envelope))
    assert envelope.sealed_contact is None


@pytest.mark.parametrize("tag", TAGS)
def test_the_question_says_honestly_what_the_message_shows(
    browser: Browser, entrance: Entrance, tag: str
) -> None:
    with_notices(entrance)
    page = browser.get(f"/{tag}/report/may").text
    hint = re.search(r'id="notice_kind-hint" class="govuk-hint">([^<]+)<', page)
    news = entrance.door.pages.spoken(tag).gettext("You have news")
    assert hint and news in hint.group(1)


def test_without_its_key_nobody_is_asked_and_a_report_is_taken_all_the_same(
    browser: Browser, entrance: Entrance
) -> None:
    page = browser.get("/en/report/may").text
    assert "contact_value" in page and "notice_" not in page
    answers = {"notice_kind": "sms", "notice_value": "612 345 678"}  # from a page shown before
    browser.fill_in({"what": {"act_codes": "insult"}, "may": answers})
    assert browser.send().headers["location"] == "/en/report/receipt"
    (envelope,) = entrance.envelopes
    assert envelope.sealed_notice is None and envelope.notice_key_name is None


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ({"notice_kind": "email", "notice_value": "somebody"}, "e-mail address is not complete"),
        ({"notice_kind": "email", "notice_value": "a@b.org, c@d.org"}, "e-mail address is not complete"),
        ({"notice_kind": "sms", "notice_value": "12"}, "telephone number is not complete"),
        ({"notice_kind": "sms"}, "or choose to look yourself"),
        ({"notice_kind": "none", "notice_value": "a@b.org"}, "You chose to look yourself"),
        ({"notice_value": "nothing of the kind"}, "telephone number is not complete"),
    ],
)
def test_an_address_nobody_can_write_to_is_pointed_out_with_what_was_typed(
    browser: Browser, entrance: Entrance, answers: dict[str, str], wrong: str
) -> None:
    with_notices(entrance)
    page = browser.answer("may", answers)
    assert page.status_code == 422
    assert wrong in plain(page) and answers.get("notice_value", "") in page.text


def test_only_ways_the_mailer_can_go_are_offered(browser: Browser, entrance: Entrance) -> None:
    with_notices(entrance)
    entrance.door.settings = entrance.door.settings.model_copy(update={"notice_kinds": "email"})
    page = browser.get("/en/report/may").text
    choices = re.findall(r'name="notice_kind" type="radio" value="(\w+)"', page)
    assert choices == ["none", "email"]
    entrance.door.settings = entrance.door.settings.model_copy(update={"notice_kinds": ""})
    assert "notice_" not in browser.get("/en/report/may").text


def test_programs_leave_an_address_like_everybody_else(browser: Browser, entrance: Entrance) -> None:
    with_notices(entrance)
    body: dict[str, Any] = {"act_codes": ["insult"], "notice": {"kind": "sms", "value": "٦١٢ 345 678"}}
    assert browser.client.post("/api/v1/reports", json=body).status_code == 201
    address = address_in(entrance, entrance.envelopes[0])
    assert (address.kind, address.goes_to) == ("sms", "612345678")
    body["notice"]["value"] = "12"
    refused = browser.client.post("/api/v1/reports", json=body).json()
    assert [one["pointer"] for one in refused["errors"]] == ["/notice/value"]


@pytest.mark.parametrize("entrance", ["sqlite", "postgres"], indirect=True)
def test_with_the_receipt_the_address_is_changed_and_taken_back_in_that_order(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    with_notices(entrance)
    assert "Tell me when there is news" in come_back(browser, receipt)
    changed = browser.post("/en/return/notice", {"notice_kind": "email", "notice_value": "wrong@example.org"})
    assert changed.headers["location"] == "/en/return/case?done=notice"
    assert "We have received your change" in browser.get(changed.headers["location"]).text
    browser.post("/en/return/notice", {"notice_kind": "sms", "notice_value": "+34 612 345 678"})
    browser.post("/en/return/notice", {"notice_kind": "none"})
    first, second, third = letters(entrance, "notice")
    assert address_in(entrance, first).value == "wrong@example.org"
    assert address_in(entrance, second).goes_to == "+34612345678"
    assert third.sealed_notice is None
    told = NoticeChange.model_validate_json(
        unseal(third.sealed_story, entrance.private["story"], about=f"notice/{third.case_number}")
    )
    assert not told.is_wanted


def test_ids_of_changes_keep_their_order_and_come_after_those_of_reports() -> None:
    made = [id_in_order() for _ in range(2_000)]
    assert made == sorted(made) and len({one.hex for one in made}) == 2_000
    assert all(one.hex.startswith("ffffffff") for one in made)


def test_an_address_is_taken_back_also_when_nobody_is_told_any_more(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    assert "Tell me when there is news" not in come_back(browser, receipt)
    refused = browser.post("/en/return/notice", {"notice_kind": "sms", "notice_value": "612345678"})
    assert refused.status_code == 422 and letters(entrance, "notice") == []
    assert browser.post("/en/return/notice", {"notice_kind": "none"}).status_code == 303
    assert len(letters(entrance, "notice")) == 1


@pytest.mark.parametrize("path", ["notice", "feedback"])
def test_without_a_receipt_the_way_leads_to_the_door(browser: Browser, path: str) -> None:
    for answer in (browser.get(f"/en/return/{path}"), browser.post(f"/en/return/{path}", {})):
        assert (answer.status_code, answer.headers["location"]) == (303, "/en/return")


# --- did this help? ---


def test_it_is_asked_only_once_there_is_an_answer(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    entrance.reply(READ)
    assert "Did this help you?" not in come_back(browser, receipt)
    entrance.reply(ANSWER)
    assert "Did this help you?" in come_back(browser, receipt)
    entrance.reply(CLOSED)
    page = come_back(browser, receipt)
    assert page.count("Did this help you?") == 1
    places = [page.index(words) for words in ("They said sorry.", "Did this help you?", "Write to us")]
    assert places == sorted(places)  # read first, then asked


@pytest.mark.parametrize("entrance", ["sqlite", "postgres"], indirect=True)
def test_what_somebody_thinks_is_sealed_to_the_readers_of_their_case(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    entrance.reply(CLOSED)
    come_back(browser, receipt)
    given = {"helped": "no", "feedback": "It took too long", "id": "7b0cbd5c-4f6b-4b7e-9a0e-0d7b1c1f4a55"}
    for _ in range(2):
        sent = browser.post("/en/return/feedback", given)
        assert sent.headers["location"] == "/en/return/case?done=feedback"
    page = plain(browser.get(sent.headers["location"]))
    assert "Your answer counts, also if it is a no" in page and "It took too long" not in page
    (letter,) = letters(entrance, "feedback")
    told = Feedback.model_validate_json(
        unseal(letter.sealed_story, entrance.private["story"], about=f"feedback/{letter.case_number}")
    )
    assert (told.helped, told.text) == ("no", "It took too long")
    browser.post("/en/return/feedback", {**given, "helped": "partly"})
    assert len(letters(entrance, "feedback")) == 2


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"feedback": "words and no choice"}, 422),
        ({"helped": "very"}, 422),
        ({"helped": ["yes", "no"]}, 422),
        ({"helped": "yes", "feedback": "x" * 2_001}, 422),
        ({"helped": "yes", "feedback": "my NIE is X1234567L"}, 422),
    ],
)
def test_what_is_not_right_comes_back_with_what_was_typed(
    browser: Browser, entrance: Entrance, receipt: dict[str, str], given: dict[str, Any], status: int
) -> None:
    entrance.reply(CLOSED)
    come_back(browser, receipt)
    page = browser.post("/en/return/feedback", given)
    assert page.status_code == status and given.get("feedback", "") in page.text
    assert letters(entrance, "feedback") == []


def test_the_number_of_a_document_is_taken_out_before_it_is_sent(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    entrance.reply(CLOSED)
    come_back(browser, receipt)
    given = {"helped": "yes", "feedback": "my NIE is X1234567L", "numbers": "remove"}
    assert browser.post("/en/return/feedback", given).status_code == 303
    (letter,) = letters(entrance, "feedback")
    clear = unseal(letter.sealed_story, entrance.private["story"], about=f"feedback/{letter.case_number}")
    assert b"1234567" not in clear


# --- promises ---


@pytest.mark.parametrize("wants_advice", [True, False])
def test_the_receipt_names_no_later_day_for_reading_than_for_the_answer(
    browser: Browser, wants_advice: bool
) -> None:
    browser.answer("what", {"act_codes": "insult"})
    browser.answer("may", {"consent_advise": "yes", "contact_kind": "none"} if wants_advice else {})
    browser.send()
    page = plain(browser.get("/en/report/receipt"))
    assert ("reads it and answers you by 4 December 2026" in page) == wants_advice
    assert ("somebody has read it: by 6 December 2026" in page) != wants_advice
    assert ("by 28 February 2027" in page) == wants_advice


def test_the_page_says_what_was_promised_and_that_it_was_kept(
    browser: Browser, entrance: Entrance, receipt: dict[str, str], clock: SetClock
) -> None:
    page = come_back(browser, receipt)
    assert "somebody has read it by 6 December 2026" in page and "by 28 February 2027" in page
    entrance.reply(READ)
    page = come_back(browser, receipt)
    assert "done on 25 November 2026, as promised" in page
    clock.move(days=60)
    assert "late since" not in come_back(browser, receipt)


def test_a_promise_that_is_late_is_called_late_and_stays_told_when_it_is_kept_at_last(
    browser: Browser, entrance: Entrance, receipt: dict[str, str], clock: SetClock
) -> None:
    clock.move(days=13)  # 6 December, the day itself
    assert "late since" not in come_back(browser, receipt)
    clock.move(days=1)
    late = "late since 6 December 2026; the head of the office sees that"
    assert late in come_back(browser, receipt)
    entrance.reply(Reply(kind="status", state_code="read", said_on=date(2026, 12, 7)))
    page = come_back(browser, receipt)
    assert late not in page
    assert "done on 7 December 2026, later than we promised (6 December 2026)" in page


def test_the_matter_is_answered_when_it_is_closed_and_by_nothing_less(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    entrance.reply(ANSWER)
    assert "by 28 February 2027" in come_back(browser, receipt)
    entrance.reply(CLOSED)
    page = come_back(browser, receipt)
    assert "28 February" not in page and "done on 27 November 2026, as promised" in page


def test_who_did_not_ask_for_advice_is_promised_no_answer_on_the_receipt(
    browser: Browser, entrance: Entrance
) -> None:
    browser.fill_in({"what": {"act_codes": "insult"}})
    browser.send()
    page = plain(browser.get("/en/report/receipt"))
    assert "by 6 December 2026" in page and "28 February" not in page


def test_whoever_takes_back_being_counted_reads_when_it_takes_effect(
    browser: Browser, receipt: dict[str, str]
) -> None:
    page = come_back(browser, receipt)
    assert "the next figures leave you out" in page and "published before stay as they are" in page

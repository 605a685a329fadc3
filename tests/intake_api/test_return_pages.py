from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from intake_api.returning.asked import asked_at
from intake_api.returning.open_case import Visit
from office.clock import SetClock
from office.handover.reply import Reply
from office.handover.report import ConsentChange, ConsentCode, Message
from office.ids import checked_case_number
from office.sealing.boxes import SealingKey, unseal
from office.sealing.receipts import checked, new_key
from office.stores.mailbox import Draft
from tests.intake_api.conftest import Browser, Entrance, a_report, plain


@pytest.mark.parametrize("entrance", ["sqlite", "postgres"], indirect=True)
def test_on_another_device_the_message_is_read_and_answered(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    entrance.reply(
        Reply(
            kind="status",
            state_code="in_progress",
            said_on=date(2026, 11, 24),
            next_on=date(2026, 12, 1),
        )
    )
    entrance.reply(
        Reply(
            kind="message",
            text="Can you come\non Monday?",
            said_on=date(2026, 11, 25),
            from_role="adviser",
        )
    )
    browser.client.cookies.clear()

    opened = browser.post("/en/return", receipt)

    assert (opened.status_code, opened.headers["location"]) == (303, "/en/return/case")
    cookie = opened.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie and "max-age" not in cookie
    page = browser.get("/en/return/case")
    assert page.headers["cache-control"] == "no-store"
    assert "Can you come\non Monday?" in page.text
    assert "1 December 2026" in plain(page) and "In progress" in plain(page)

    answered = browser.post("/en/return/message", {"message": "Yes, I can"})
    assert answered.headers["location"] == "/en/return/case?done=message"
    assert "We have received your message." in browser.get(answered.headers["location"]).text
    message = next(one for one in entrance.envelopes if one.kind == "message")
    assert (message.key_name, message.case_number) == ("story.1", checked_case_number(receipt["case_number"]))
    about = f"message/{message.case_number}"
    told = Message.model_validate_json(unseal(message.sealed_story, entrance.private["story"], about=about))
    assert told.text == "Yes, I can"


def test_a_message_goes_to_the_case_once_it_has_a_key(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    case_key = SealingKey.generate()
    with entrance.engine.begin() as connection:
        statement = text("UPDATE receipt SET case_public_key = :key, case_key_version = 3")
        connection.execute(statement, {"key": case_key.public})
    browser.post("/en/return", receipt)
    browser.post("/en/return/message", {"message": "for the case"})
    message = next(one for one in entrance.envelopes if one.kind == "message")
    number = message.case_number
    assert message.key_name == f"case.{number}.3"
    opened = unseal(message.sealed_story, case_key, about=f"message/{number}")
    assert Message.model_validate_json(opened).text == "for the case"


def test_a_message_about_the_city_goes_to_the_same_readers_as_its_report(
    browser: Browser, entrance: Entrance
) -> None:
    receipt = a_report(browser, "city_council")
    browser.post("/en/return", receipt)
    browser.post("/en/return/message", {"message": "more"})
    message = next(one for one in entrance.envelopes if one.kind == "message")
    assert (message.key_name, message.routing_code) == ("story-apart.1", "city")


@pytest.mark.parametrize("entrance", ["sqlite", "postgres"], indirect=True)
def test_the_same_message_sent_twice_is_one(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    browser.post("/en/return", receipt)
    fields = {"message": "once", "id": "7b0cbd5c-4f6b-4b7e-9a0e-0d7b1c1f4a55"}
    for _ in range(2):
        assert browser.post("/en/return/message", fields).status_code == 303
    assert sum(one.kind == "message" for one in entrance.envelopes) == 1


def test_another_text_sent_from_an_old_page_is_another_message(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    browser.post("/en/return", receipt)
    for words in ("first", "second thoughts", "first"):
        fields = {"message": words, "id": "7b0cbd5c-4f6b-4b7e-9a0e-0d7b1c1f4a55"}
        assert browser.post("/en/return/message", fields).status_code == 303
    assert sum(one.kind == "message" for one in entrance.envelopes) == 2


def test_consents_are_changed_with_the_receipt(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    browser.post("/en/return", receipt)
    assert browser.post("/en/return/consents", {}).status_code == 422
    changed = browser.post("/en/return/consents", {"consent_count": "no", "consent_advise": "yes"})
    assert changed.status_code == 303
    envelope = next(one for one in entrance.envelopes if one.kind == "consent")
    about = f"consent/{envelope.case_number}"
    told = ConsentChange.model_validate_json(
        unseal(envelope.sealed_story, entrance.private["story"], about=about)
    )
    assert [(one.code, one.given) for one in told.consents] == [("count", False), ("advise", True)]


def agreed(browser: Browser, tag: str = "en") -> str:
    """What the page of the case says of consents, above the fold where they are changed."""
    page = plain(browser.get(f"/{tag}/return/case"))
    return page[page.index("What we may do") : page.index("Change what we may do")]


@pytest.mark.parametrize("entrance", ["sqlite", "postgres"], indirect=True)
def test_the_page_says_which_consents_hold_and_what_is_on_its_way(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    browser.post("/en/return", receipt)
    assert agreed(browser).count("What you chose. The office has not confirmed it yet.") == 3
    now: dict[ConsentCode, bool] = {"count": True, "advise": True, "refer": False}
    entrance.reply(Reply(kind="status", state_code="read", said_on=date(2026, 11, 24), consents=now))
    told = agreed(browser)
    assert told.count("Yes. The office confirmed this on 24 November 2026.") == 2
    assert told.count("No. The office confirmed this on 24 November 2026.") == 1
    assert "on its way" not in told

    assert browser.post("/en/return/consents", {"consent_count": "no"}).status_code == 303
    assert browser.post("/en/return/consents", {"consent_refer": "yes"}).status_code == 303
    browser.client.cookies.clear()  # it is no matter of this browser
    browser.post("/en/return", receipt)
    told = agreed(browser)
    assert told.count("You changed this to no. It is on its way") == 1
    assert told.count("You changed this to yes. It is on its way") == 1

    entrance.reply(Reply(kind="consents", said_on=date(2026, 11, 26), consents={"count": False}))
    told = agreed(browser)
    assert told.count("No. The office confirmed this on 26 November 2026.") == 1
    assert "You changed this to no" not in told and "You changed this to yes" in told
    assert "There is no message yet." in plain(browser.get("/en/return/case"))


def test_what_a_person_asked_for_can_be_read_with_their_receipt_only(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    browser.post("/en/return", receipt)
    before = {one.lookup for one in entrance.all(Draft)}
    browser.post("/en/return/consents", {"consent_count": "no"})
    browser.post("/en/return/consents", {"consent_advise": "no"})
    (note,) = [one for one in entrance.all(Draft) if one.lookup not in before]
    number = checked_case_number(receipt["case_number"])
    assert number.encode() not in note.sealed and b"count" not in note.sealed
    assert asked_at(Visit(number, checked(receipt["key"]))) == note.lookup
    assert asked_at(Visit(number, new_key())) != note.lookup


def test_an_answer_written_before_consents_were_told_still_reads() -> None:
    old = '{"format":1,"kind":"status","said_on":"2026-11-24","text":"","state_code":"read","next_on":null,'
    told = Reply.model_validate_json(old + '"from_role":"office"}')
    assert (told.format, told.consents) == (1, {})


def test_a_confirmed_consent_is_no_news_that_keeps_a_promise(
    browser: Browser, entrance: Entrance, clock: SetClock, receipt: dict[str, str]
) -> None:
    entrance.reply(in_progress(said_on=date(2026, 11, 24), next_on=date(2026, 11, 26)))
    entrance.reply(Reply(kind="consents", said_on=date(2026, 11, 25), consents={"count": False}))
    clock.at = datetime(2026, 11, 27, 12, tzinfo=UTC)
    browser.post("/en/return", receipt)
    assert "We have not kept our word" in plain(browser.get("/en/return/case"))


def test_digits_of_any_script_open_the_case(browser: Browser, receipt: dict[str, str]) -> None:
    arabic = receipt["key"].translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    given = {"case_number": receipt["case_number"].lower().replace("-", " "), "key": arabic}
    assert browser.post("/ar/return", given).status_code == 303


def test_leaving_forgets_the_receipt(browser: Browser, receipt: dict[str, str]) -> None:
    browser.post("/en/return", receipt)
    assert browser.post("/en/return/leave").status_code == 303
    assert "visit" not in browser.client.cookies
    away = browser.get("/en/return/case")
    assert (away.status_code, away.headers["location"]) == (303, "/en/return")


def test_an_empty_or_endless_message_is_pointed_out_and_comes_back(
    browser: Browser, receipt: dict[str, str]
) -> None:
    browser.post("/en/return", receipt)
    assert browser.post("/en/return/message", {"message": "  "}).status_code == 422
    endless = browser.post("/en/return/message", {"message": "x" * 20_001})
    assert endless.status_code == 422 and "x" * 20_001 in endless.text
    number = browser.post("/en/return/message", {"message": "NIE X1234567L"})
    assert number.status_code == 422 and 'value="remove"' in number.text


def test_a_mailbox_without_news_says_when_to_call(browser: Browser, receipt: dict[str, str]) -> None:
    browser.post("/en/return", receipt)
    assert "4 December 2026" in plain(browser.get("/en/return/case"))


def the_case(browser: Browser, receipt: dict[str, str]) -> str:
    browser.post("/en/return", receipt)
    return plain(browser.get("/en/return/case"))


def in_progress(said_on: date, next_on: date | None) -> Reply:
    return Reply(kind="status", state_code="in_progress", said_on=said_on, next_on=next_on)


def test_a_closed_case_promises_no_news(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    entrance.reply(in_progress(date(2026, 11, 20), date(2026, 12, 1)))
    assert "You will hear from us by 1 December 2026." in the_case(browser, receipt)
    entrance.reply(Reply(kind="status", state_code="closed", said_on=date(2026, 11, 23)))
    page = the_case(browser, receipt)
    assert "Closed" in page and "1 December" not in page


def test_a_case_that_is_open_again_does_not_repeat_the_day_promised_before_it_was_closed(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    entrance.reply(in_progress(date(2026, 11, 20), date(2026, 12, 1)))
    entrance.reply(Reply(kind="status", state_code="closed", said_on=date(2026, 11, 21)))
    entrance.reply(in_progress(date(2026, 11, 22), None))
    page = the_case(browser, receipt)
    assert "In progress" in page and "1 December" not in page


def test_a_promise_that_was_not_kept_is_admitted_with_the_telephone_from_the_next_day_on(
    browser: Browser, entrance: Entrance, receipt: dict[str, str], clock: SetClock
) -> None:
    entrance.reply(in_progress(date(2026, 11, 23), date(2026, 11, 25)))
    clock.move(days=2)
    assert "You will hear from us by 25 November 2026." in the_case(browser, receipt)
    late = "You should have heard from us by 25 November 2026. We have not kept our word. Please call us."
    for days in (1, 6):
        clock.move(days=days)
        page = the_case(browser, receipt)
        assert f"{late} {entrance.door.city.office.phone}" in page
        assert "You will hear from us" not in page


def test_a_promise_that_was_kept_is_not_called_broken(
    browser: Browser, entrance: Entrance, receipt: dict[str, str], clock: SetClock
) -> None:
    entrance.reply(in_progress(date(2026, 11, 23), date(2026, 11, 25)))
    entrance.reply(Reply(kind="message", text="Here we are", said_on=date(2026, 11, 24)))
    clock.move(days=4)
    page = the_case(browser, receipt)
    assert "Here we are" in page and "25 November" not in page


def test_a_case_that_is_closed_late_is_not_called_late_any_more(
    browser: Browser, entrance: Entrance, receipt: dict[str, str], clock: SetClock
) -> None:
    entrance.reply(in_progress(date(2026, 11, 23), date(2026, 11, 25)))
    entrance.reply(Reply(kind="status", state_code="closed", said_on=date(2026, 11, 27)))
    clock.move(days=5)
    assert "our word" not in the_case(browser, receipt)


def test_the_case_says_that_ones_own_messages_are_not_shown(
    browser: Browser, receipt: dict[str, str]
) -> None:
    browser.post("/en/return", receipt)
    browser.post("/en/return/message", {"message": "Only for the office"})
    page = the_case(browser, receipt)
    assert "Only for the office" not in page and "locked for the office and not shown here again" in page

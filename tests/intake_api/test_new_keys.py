"""A new key: whatever breaks in between, the person has one key that works."""

import re
import threading
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import text

from intake_api.door import RENEWAL_COOKIE
from office.clock import SetClock
from office.handover.reply import Reply
from office.handover.report import Rekey
from office.ids import checked_case_number
from office.sealing.boxes import SealingKey, unseal
from office.sealing.receipts import check_digits, derive
from office.sealing.successions import is_successor
from tests.intake_api.conftest import Browser, Entrance, a_report, plain, receipt_in

BOTH = pytest.mark.parametrize("entrance", ["sqlite", "postgres"], indirect=True)


def seen_by_others(entrance: Entrance) -> None:
    with entrance.engine.begin() as connection:
        connection.execute(text("UPDATE receipt SET must_rekey = true"))


def opens(browser: Browser, receipt: dict[str, str]) -> str:
    """Where a receipt leads: the case, the page for a new key, or nowhere."""
    came = browser.post("/en/return", receipt)
    return str(came.headers.get("location", "")).removeprefix("/en/return")


def new_key(browser: Browser) -> dict[str, str]:
    """The receipt with the new key, as the page shows it."""
    assert browser.post("/en/return/new-key").headers["location"] == "/en/return/new-key"
    number, key = receipt_in(browser.get("/en/return/new-key").text)
    return {"case_number": number, "key": key}


def use(browser: Browser, new: dict[str, str]) -> str:
    used = browser.post("/en/return/new-key/use", {"key": new["key"].replace(" ", ""), "kept": "yes"})
    return str(used.headers.get("location", used.status_code)).removeprefix("/en/return")


def said(text: str) -> Reply:
    return Reply(kind="message", text=text, said_on=date(2026, 11, 24), from_role="adviser")


def test_a_script_that_sends_files_is_told_in_a_sentence_that_a_new_key_is_needed(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    seen_by_others(entrance)
    opens(browser, receipt)
    begun = browser.post(
        "/en/return/files/begin", {"name": "a", "size": "9"}, headers={"accept": "application/json"}
    )
    assert (begun.status_code, begun.json()["type"]) == (409, "/problems/new_key_needed")


@BOTH
def test_a_key_that_others_have_seen_opens_only_the_page_for_a_new_one(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    entrance.reply(said("For your eyes only"))
    seen_by_others(entrance)
    assert opens(browser, receipt) == "/new-key"
    for path in ("case", "message", "consents"):
        answer = browser.get(f"/en/return/{path}")
        answer = browser.get(answer.headers["location"]) if path != "case" else answer
        assert answer.headers["location"] == "/en/return/new-key"
    for path in ("message", "consents"):
        sent = browser.post(f"/en/return/{path}", {"message": "hello", "consent_count": "no"})
        assert sent.headers["location"] == "/en/return/new-key"
    assert [one.kind for one in entrance.envelopes] == ["report"]
    assert "somebody else, who may have seen it" in plain(browser.get("/en/return/new-key"))

    new = new_key(browser)
    assert new["key"] != receipt["key"] and new["case_number"] == receipt["case_number"]
    assert use(browser, new) == "/case?done=new_key"
    page = plain(browser.get("/en/return/case"))
    assert "For your eyes only" not in page and "when one of our advisers next signs in" in page
    assert "There is no message yet" not in page and "cannot be opened" not in page

    browser.client.cookies.clear()
    assert opens(browser, receipt) == ""
    assert opens(browser, new) == "/case"


@BOTH
def test_the_desk_is_told_the_new_public_key_in_the_same_breath(browser: Browser, entrance: Entrance) -> None:
    receipt = a_report(browser, "city_council")
    (before,) = entrance.receipts
    opens(browser, receipt)
    new = new_key(browser)
    assert use(browser, new) == "/case?done=new_key"
    (envelope,) = (one for one in entrance.envelopes if one.kind == "rekey")
    (kept,) = entrance.receipts
    derived = derive(new["key"].replace(" ", ""), kept.salt)
    assert envelope.reporter_public_key == kept.reporter_public_key == derived.sealing_key.public
    assert (envelope.reporter_key_version, kept.reporter_key_version, kept.must_rekey) == (2, 2, False)
    assert (envelope.key_name, envelope.routing_code) == ("story-apart.1", "city")
    opened = unseal(
        envelope.sealed_story, entrance.private["story-apart"], about=f"rekey/{envelope.case_number}"
    )
    told = Rekey.model_validate_json(opened)
    assert told.key_version == 2
    assert is_successor(
        bytes.fromhex(told.by_old_key),
        entrance.private["story-apart"],
        old=before.reporter_public_key,
        about=f"{envelope.case_number}/2",
        new=derived.sealing_key.public,
    )
    browser.post("/en/return/message", {"message": "more"})
    message = next(one for one in entrance.envelopes if one.kind == "message")
    assert message.key_name == "story-apart.1", "the routing is carried over into the new salt"


def test_a_case_with_a_key_of_its_own_hears_of_it_under_that_key(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    case_key = SealingKey.generate()
    with entrance.engine.begin() as connection:
        statement = text("UPDATE receipt SET case_public_key = :key, case_key_version = 3")
        connection.execute(statement, {"key": case_key.public})
    opens(browser, receipt)
    use(browser, new_key(browser))
    envelope = next(one for one in entrance.envelopes if one.kind == "rekey")
    assert envelope.key_name == f"case.{envelope.case_number}.3"
    unseal(envelope.sealed_story, case_key, about=f"rekey/{envelope.case_number}")


@BOTH
def test_whoever_closes_the_browser_before_the_first_use_has_two_keys_that_work_until_one_is_used(
    browser: Browser, visitor: Callable[[], Browser], entrance: Entrance, receipt: dict[str, str]
) -> None:
    seen_by_others(entrance)
    opens(browser, receipt)
    new = new_key(browser)
    # killed here: nothing was pressed
    assert opens(visitor(), receipt) == "/new-key", "the old key still works"
    later = visitor()
    assert opens(later, new) == "/case?done=new_key", "and so does the new one that was written down"
    assert "Your new key holds" in plain(later.get("/en/return/case?done=new_key"))
    assert opens(visitor(), receipt) == ""
    assert sum(one.kind == "rekey" for one in entrance.envelopes) == 1


@BOTH
def test_pressing_again_after_a_lost_answer_is_one_new_key(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    opens(browser, receipt)
    new = new_key(browser)
    before = dict(browser.client.cookies)
    assert use(browser, new) == "/case?done=new_key"
    browser.client.cookies.clear()  # the answer never came: the browser still holds what it had
    for name, value in before.items():
        browser.client.cookies.set(name, value)
    assert use(browser, new) == "/case?done=new_key"
    assert sum(one.kind == "rekey" for one in entrance.envelopes) == 1
    assert entrance.receipts[0].reporter_key_version == 2


@BOTH
def test_of_two_windows_the_first_used_holds_and_the_other_changes_nothing(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    opens(browser, receipt)
    first, second = new_key(browser), new_key(browser)
    assert use(browser, first) == "/case?done=new_key"
    assert use(browser, second) == "/new-key"
    assert entrance.receipts[0].reporter_key_version == 2
    browser.client.cookies.clear()
    assert (opens(browser, second), opens(browser, receipt)) == ("", "")
    assert opens(browser, first) == "/case"


@BOTH
def test_two_people_with_the_old_key_who_press_at_once_leave_one_key_that_works(
    visitor: Callable[[], Browser], entrance: Entrance, receipt: dict[str, str]
) -> None:
    people = [visitor() for _ in range(4)]
    keys = []
    for person in people:
        assert opens(person, receipt) == "/case"
        keys.append(new_key(person))
    led = ["" for _ in people]

    def press(at: int) -> None:
        led[at] = use(people[at], keys[at])

    threads = [threading.Thread(target=press, args=(at,)) for at in range(len(people))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert led.count("/case?done=new_key") == 1
    holds = led.index("/case?done=new_key")
    assert [opens(visitor(), key) for key in keys] == ["/case" if at == holds else "" for at in range(4)]
    assert sum(one.kind == "rekey" for one in entrance.envelopes) == 1


def test_a_key_planted_in_the_browser_never_comes_to_hold(
    browser: Browser, visitor: Callable[[], Browser], receipt: dict[str, str]
) -> None:
    opens(browser, receipt)
    other = visitor()
    opens(other, receipt)
    planted = new_key(other)
    value = f"{checked_case_number(planted['case_number'])}.{planted['key'].replace(' ', '')}"
    browser.client.cookies.set(RENEWAL_COOKIE, value)
    assert new_key(browser) != planted


def test_without_a_key_of_the_office_nothing_changes_and_the_old_key_still_works(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    opens(browser, receipt)
    new = new_key(browser)
    entrance.publish_keys()
    given = {"key": new["key"].replace(" ", ""), "kept": "yes"}
    refused = browser.post("/en/return/new-key/use", given)
    assert refused.status_code == 503 and new["key"].split()[0] in refused.text
    assert opens(browser, receipt) == "/case"
    entrance.publish_keys("story", "story-apart", "contact", "statistics")
    assert use(browser, new) == "/case?done=new_key"


def test_nothing_holds_before_the_box_is_ticked_and_the_key_stays_on_the_page(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    opens(browser, receipt)
    new = new_key(browser)
    again = browser.post("/en/return/new-key/use", {"key": new["key"].replace(" ", "")})
    assert again.status_code == 422 and receipt_in(again.text)[1] == new["key"]
    assert entrance.receipts[0].reporter_key_version == 1
    assert again.headers["cache-control"] == "no-store"


def test_a_key_that_was_never_used_is_gone_after_its_days_and_the_old_one_works(
    browser: Browser, entrance: Entrance, receipt: dict[str, str], clock: SetClock
) -> None:
    opens(browser, receipt)
    new = new_key(browser)
    clock.move(days=8)
    assert opens(browser, new) == ""
    assert opens(browser, receipt) == "/case"


def test_what_waits_for_its_first_use_opens_nothing_on_a_stolen_disk_with_the_old_key(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    opens(browser, receipt)
    before = {bytes(one.lookup) for one in entrance.drafts}
    new = new_key(browser)
    (waiting,) = (one for one in entrance.drafts if bytes(one.lookup) not in before)
    for digits in (new["key"], receipt["key"]):
        assert digits.replace(" ", "").encode() not in waiting.sealed


def test_leaving_quickly_or_closing_forgets_the_new_key_too(
    browser: Browser, receipt: dict[str, str]
) -> None:
    for way in ("leave", "exit"):
        opens(browser, receipt)
        new_key(browser)
        left = browser.post("/en/return/leave") if way == "leave" else browser.get("/en/exit")
        assert left.status_code == 303
        assert RENEWAL_COOKIE not in browser.client.cookies


def test_a_well_written_key_nobody_has_is_counted_and_makes_nothing(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    digits = "1" * 22
    assert opens(browser, {**receipt, "key": digits + check_digits(digits)}) == ""
    assert entrance.receipts[0].wrong_tries == 1
    assert not re.search("rekey", str([one.kind for one in entrance.envelopes]))


def test_that_somebody_reads_easy_spanish_stands_on_no_letter_sent_with_a_receipt(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    easy, sealed_later = "/es-x-easy/return", ("message", "consents", "feedback", "notice")
    browser.post(easy, receipt)
    browser.post(f"{easy}/new-key")
    number, key = receipt_in(browser.get(f"{easy}/new-key").text)
    browser.post(f"{easy}/new-key/use", {"key": key.replace(" ", ""), "kept": "yes"})
    told = {"message": "Hola", "consent_count": "no", "helped": "no", "notice_kind": "none"}
    for page in sealed_later:
        assert browser.post(f"{easy}/{page}", told).status_code == 303, page
    letters = [one for one in entrance.envelopes if one.kind != "report"]
    assert {(one.kind, one.language) for one in letters} == {
        (kind, "es") for kind in ("rekey", "message", "consent", "feedback", "notice")
    }

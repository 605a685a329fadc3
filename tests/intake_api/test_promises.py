"""The day by which a person answers is the same on the receipt, for programs and on coming back."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from intake_api.promises import promise_for
from office.clock import SetClock, iso_week
from office.deadlines.promises import DANGER, FIRST_ANSWER, first_answer_on, promised_on
from office.vocabulary import load_city
from tests.intake_api.conftest import Browser, Entrance, plain

MADRID = ZoneInfo("Europe/Madrid")
VALENCIA = load_city("valencia")
WANTS_ADVICE = {"what": {"act_codes": "insult"}, "may": {"consent_advise": "yes"}}
DAY = re.compile(r"by (\d+ \w+ \d{4})")

SENT = [
    ("2026-11-23 00:00:00", date(2026, 12, 4)),  # the first moment of a week
    ("2026-11-29 23:59:59", date(2026, 12, 4)),  # its last
    ("2026-11-30 00:00:01", date(2026, 12, 14)),  # a month's last day; 8 December is off in the next week
    ("2026-10-25 02:30:00", date(2026, 10, 30)),  # the hour that the clocks show twice
    ("2026-10-31 23:59:00", date(2026, 11, 6)),  # a month's end inside a week
    ("2026-12-31 23:59:59", date(2027, 1, 11)),  # a year's last moment, in week 53; 6 January is off
    ("2027-01-01 00:00:01", date(2027, 1, 11)),
    ("2027-01-03 23:59:59", date(2027, 1, 11)),
    ("2027-01-04 00:00:01", date(2027, 1, 15)),
    ("2027-03-28 03:00:01", date(2027, 4, 6)),  # the hour that the clocks leave out; it is Easter
]


def in_madrid(instant: str) -> datetime:
    return datetime.fromisoformat(instant).replace(tzinfo=MADRID).astimezone(UTC)


@pytest.mark.parametrize(("sent", "by"), SENT)
def test_receipt_and_case_name_the_same_day(browser: Browser, clock: SetClock, sent: str, by: date) -> None:
    clock.at = in_madrid(sent)
    browser.fill_in(WANTS_ADVICE)
    browser.send()
    on_the_receipt = DAY.findall(plain(browser.get("/en/report/receipt")))
    assert on_the_receipt[0] == f"{by:%-d %B %Y}" and len(on_the_receipt) >= 2
    number, key = browser.receipt()
    told = browser.client.post(
        "/api/v1/reports", json={"act_codes": ["insult"], "consents": {"advise": True}}
    )
    assert told.json()["promised_on"] == by.isoformat()
    clock.move(days=3)
    browser.post("/en/return", {"case_number": number, "key": key})
    on_the_page = DAY.findall(plain(browser.get("/en/return/case")))
    assert on_the_page[0] == on_the_receipt[0]
    # Who asked for advice is not known there: that page names the day of reading also where it is the later.
    assert set(on_the_receipt) <= set(on_the_page) and len(on_the_page) == 3


def test_no_day_is_promised_that_is_earlier_or_later_on_the_second_page() -> None:
    day = date(2026, 1, 1)
    while day < date(2033, 1, 1):
        told = promise_for(VALENCIA, day, wants_advice=True, is_in_danger=True)
        assert told.answer_on == first_answer_on(VALENCIA, iso_week(day))
        soonest = promised_on(VALENCIA, FIRST_ANSWER, day)
        assert told.answer_on and soonest and soonest <= told.answer_on
        assert told.looked_at_on == promised_on(VALENCIA, DANGER, day)  # danger waits for no week's end
        day += timedelta(days=1)


def test_a_program_that_sends_again_in_the_next_week_is_told_the_first_day(
    browser: Browser, entrance: Entrance, clock: SetClock
) -> None:
    body = {"act_codes": ["insult"], "consents": {"advise": True}}
    told = []
    for instant in ("2026-11-29 23:59:59", "2026-11-30 00:00:05"):
        clock.at = in_madrid(instant)
        sent = browser.client.post("/api/v1/reports", json=body, headers={"idempotency-key": "k" * 32})
        assert sent.status_code == 201
        told.append(sent.json())
    assert told[0] == told[1] and told[0]["promised_on"] == "2026-12-04"
    assert len(entrance.envelopes) == 1


def test_the_mailbox_keeps_the_week_and_no_day(browser: Browser, entrance: Entrance) -> None:
    browser.fill_in(WANTS_ADVICE)
    browser.send()
    kept = {**entrance.receipts[0].model_dump(), **entrance.envelopes[0].model_dump()}
    assert kept["opened_week"] == kept["iso_week"] == "2026-W48"
    assert not any(isinstance(value, date) for value in kept.values())
    assert not any("2026-1" in value for value in kept.values() if isinstance(value, str))

"""Floods are slowed, people are not, and neither is remembered."""

import pytest

from intake_api.abuse import (
    AT_ONCE,
    BYTES_AT_ONCE,
    BYTES_PER_SECOND,
    SMALL,
    Allowance,
    heavy_allowance,
    neighbourhood_of,
)
from intake_api.form.questions import load_form
from intake_api.settings import IntakeSettings
from tests.intake_api.conftest import STEPS, Browser, Entrance

SENDS_A_REPORT = len(load_form().step) + 2
"""Every step, sending, and one correction."""
HERE = "192.0.2.7"
THIRTY_MEGABYTES = 30 * 1024 * 1024
FORM = {"content-type": "application/x-www-form-urlencoded"}


def test_five_hundred_reports_an_hour_from_one_address_are_never_slowed() -> None:
    allowance = Allowance(IntakeSettings().posts_per_second)
    sent = 500 * SENDS_A_REPORT
    assert all(allowance.take(HERE, number * 3600 / sent) for number in range(sent))


def test_five_hundred_an_hour_are_not_slowed_by_a_flood_of_large_bodies_from_the_same_address() -> None:
    settings = IntakeSettings()
    allowance, heavy = Allowance(settings.posts_per_second), heavy_allowance(settings.posts_per_second)
    every, let_in, of_people = 3600 / (500 * SENDS_A_REPORT), 0, 0
    for number in range(50 * 600):  # ten minutes
        now = number / 50
        while of_people * every <= now:
            assert allowance.take(HERE, of_people * every)
            of_people += 1
        if heavy.take(HERE, now, THIRTY_MEGABYTES):
            let_in += 1
            assert allowance.take(HERE, now)
    assert let_in * THIRTY_MEGABYTES <= BYTES_AT_ONCE + 600 * BYTES_PER_SECOND
    assert let_in < 50 * 600 / 200


def test_a_class_of_thirty_sending_at_once_is_not_slowed() -> None:
    allowance = Allowance(6)
    assert all(allowance.take(HERE, 0.0) for _ in range(30 * SENDS_A_REPORT))


def test_fifty_a_second_are_slowed_and_nobody_else_is() -> None:
    allowance = Allowance(6)
    let_in = sum(allowance.take(HERE, number / 50) for number in range(50 * 60))
    assert let_in < 50 * 60 / 2
    assert allowance.take("198.51.100.1", 60.0)


def test_what_is_refused_takes_nothing_from_the_allowance() -> None:
    allowance = Allowance(1, at_once=10)
    assert not any(allowance.take(HERE, 0.0, 11) for _ in range(100))
    assert allowance.take(HERE, 0.0, 10)


def test_no_address_is_kept() -> None:
    allowance = Allowance(6)
    allowance.take(HERE, 0.0)
    assert not any(b"192" in name for name in allowance._left)


def test_one_household_is_one_neighbourhood() -> None:
    assert neighbourhood_of("2001:db8:1:2:3::1") == neighbourhood_of("2001:db8:1:2:ffff::9")
    assert neighbourhood_of("192.0.2.7") != neighbourhood_of("192.0.2.8")


def test_whoever_is_slowed_gets_the_headers_of_every_other_page(browser: Browser) -> None:
    asked = browser.get("/en/return")
    sent = (browser.post("/en/return") for _ in range(3 * AT_ONCE))
    told = next(answer for answer in sent if answer.status_code == 429)
    for name in ("content-security-policy", "cache-control", "x-content-type-options", "referrer-policy"):
        assert told.headers[name] == asked.headers[name]


DECLARING = {**FORM, "content-length": str(THIRTY_MEGABYTES)}


@pytest.fixture
def used_up(browser: Browser) -> None:
    """Large bodies are declared until the first is refused."""
    sent = (browser.client.post("/en/nowhere", content=b"a=1", headers=DECLARING) for _ in range(30))
    assert any(answer.status_code == 429 for answer in sent)


@pytest.mark.usefixtures("used_up")
@pytest.mark.parametrize("path", ["/en/report/what", "/en/return", "/api/v1/reports", "/en/nowhere"])
def test_when_the_bytes_of_a_neighbourhood_are_used_up_a_large_body_is_refused_by_what_it_declares(
    browser: Browser, path: str
) -> None:
    refused = browser.client.post(path, content=b"a=1", headers=DECLARING)
    assert refused.status_code == 429
    assert refused.headers["connection"] == "close"
    assert refused.headers["retry-after"] == "60"


@pytest.mark.usefixtures("used_up")
def test_people_at_the_same_address_report_all_the_same(browser: Browser, entrance: Entrance) -> None:
    for _ in range(AT_ONCE + 1):
        browser.client.post("/en/report/what", content=b"a=1", headers=DECLARING)
    browser.fill_in({STEPS[0]: {"act_codes": "insult"}})
    assert browser.send().status_code == 303
    assert len(entrance.envelopes) == 1


@pytest.mark.usefixtures("used_up")
def test_a_large_body_that_declares_nothing_is_weighed_as_it_arrives(browser: Browser) -> None:
    large = (b"a" * SMALL for _ in range(THIRTY_MEGABYTES // SMALL))
    refused = browser.client.post("/en/report/what", content=large, headers=FORM)
    assert refused.status_code == 429
    assert refused.headers["connection"] == "close"


@pytest.mark.usefixtures("used_up")
def test_a_small_body_that_declares_nothing_is_taken(browser: Browser) -> None:
    sent = iter([b"what_happened=", b"They+laughed."])
    assert browser.client.post("/en/report/what", content=sent, headers=FORM).status_code == 303

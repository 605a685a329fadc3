from intake_api.abuse import AT_ONCE, Allowance, neighbourhood_of
from intake_api.settings import IntakeSettings
from tests.intake_api.conftest import Browser

SENDS_A_REPORT = 9


def test_five_hundred_reports_an_hour_from_one_address_are_never_slowed() -> None:
    allowance = Allowance(IntakeSettings().posts_per_second)
    sent = 500 * SENDS_A_REPORT
    assert all(allowance.take("192.0.2.7", number * 3600 / sent) for number in range(sent))


def test_a_class_of_thirty_sending_at_once_is_not_slowed() -> None:
    allowance = Allowance(6)
    assert all(allowance.take("192.0.2.7", 0.0) for _ in range(30 * SENDS_A_REPORT))


def test_fifty_a_second_are_slowed_and_nobody_else_is() -> None:
    allowance = Allowance(6)
    let_in = sum(allowance.take("192.0.2.7", number / 50) for number in range(50 * 60))
    assert let_in < 50 * 60 / 2
    assert allowance.take("198.51.100.1", 60.0)


def test_many_large_files_are_slowed_and_a_person_with_twelve_is_not() -> None:
    allowance = Allowance(6)
    assert all(allowance.take("192.0.2.7", 0.0, 41) for _ in range(12))
    let_in = sum(allowance.take("198.51.100.1", number / 50, 31) for number in range(50 * 60))
    assert let_in < 50 * 60 / 30


def test_no_address_is_kept() -> None:
    allowance = Allowance(6)
    allowance.take("192.0.2.7", 0.0)
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

"""Where the guide meets a report: before, during and after it, and while nothing can be received."""

from datetime import date
from pathlib import Path

import pytest

from office.clock import SetClock
from tests.intake_api.conftest import TAGS, Browser, Entrance, plain
from tests.intake_api.guides import GUIDE, PAGES, opened
from tests.intake_api.test_report_pages import FULL


@pytest.mark.parametrize("damage", [b"\xff\xfe", b"[meta", b"surprise = 1\n"])
def test_a_city_whose_guide_is_damaged_receives_reports_and_says_kindly_that_it_shows_none(
    city: Path,
    tmp_path: Path,
    migrated: Path,
    clock: SetClock,
    caplog: pytest.LogCaptureFixture,
    damage: bytes,
) -> None:
    (city / "guide" / "safety.toml").write_bytes(damage)
    with opened(tmp_path, migrated, clock, city) as browser:
        pages = [browser.get(f"/es/{place}") for place in (*PAGES, "rights/castle")]
        browser.fill_in(FULL)
        assert 'href="/en/rights"' in browser.get("/en/report/check").text
        browser.send()
        assert browser.receipt()

    assert {page.status_code for page in pages} == {503}
    assert all("Ahora no podemos mostrar nuestra guía de derechos." in plain(page) for page in pages)
    told = [one.getMessage() for one in caplog.records if one.levelname == "ERROR"]
    assert len(told) == 1 and "the rights guide is not shown: guide_broken" in told[0]


@pytest.mark.parametrize("tag", TAGS)
def test_the_first_page_leads_to_the_guide_and_to_the_word_on_safety(browser: Browser, tag: str) -> None:
    start = browser.get(f"/{tag}/").text
    assert f'href="/{tag}/rights"' in start
    assert f'href="/{tag}/rights/safety"' in start


def test_from_the_check_page_to_the_rights_of_that_area_and_back_without_losing_anything(
    browser: Browser,
) -> None:
    browser.fill_in(FULL)
    assert 'href="/en/rights/housing"' in browser.get("/en/report/check").text

    guide = browser.get("/en/rights/housing")

    assert 'href="/en/report/check"' in guide.text
    assert "my accent" in browser.get("/en/report/check").text


def test_who_did_not_say_where_is_led_to_the_first_page_of_the_guide(browser: Browser) -> None:
    browser.fill_in({**FULL, "area": {"area_code": "unknown"}})
    check = browser.get("/en/report/check").text
    assert 'href="/en/rights"' in check
    assert "/en/rights/unknown" not in check


@pytest.mark.parametrize("place", PAGES)
def test_whoever_ticked_danger_sees_the_emergency_numbers_before_the_heading(
    browser: Browser, place: str
) -> None:
    browser.answer("what", {"what_happened": "x", "in_danger": "yes"})
    page = browser.get(f"/en/{place}").text
    assert page.index("If you are in danger now, call first") < page.index("<h1")
    assert page.index('href="tel:112"') < page.index("<h1")


def test_nobody_else_is_told_to_be_in_danger(browser: Browser) -> None:
    assert "If you are in danger now" not in browser.get("/en/rights/housing").text


def test_after_sending_the_receipt_leads_to_the_guide_and_the_guide_back_to_it(
    browser: Browser, entrance: Entrance
) -> None:
    browser.fill_in(FULL)
    browser.send()
    number, key = browser.receipt()
    assert 'href="/en/rights"' in browser.get("/en/report/receipt").text
    assert 'href="/en/report/receipt"' in browser.get("/en/rights").text
    assert browser.receipt() == (number, key)

    browser.post("/en/return", {"case_number": number, "key": key})
    assert 'href="/en/rights"' in browser.get("/en/return/case").text


def test_the_guide_is_read_also_while_nothing_can_be_received(browser: Browser, entrance: Entrance) -> None:
    entrance.publish_keys()
    page = browser.get("/en/rights/housing")
    assert page.status_code == 200
    assert "/en/report/" not in page.text


def test_a_guide_past_its_review_says_so(browser: Browser, entrance: Entrance) -> None:
    said = "This guide should have been read again by now."
    assert said not in plain(browser.get("/en/rights"))
    meta = GUIDE.meta.model_copy(update={"next_review": date(2026, 1, 1)})
    entrance.door.guide = GUIDE.model_copy(update={"meta": meta})
    assert said in plain(browser.get("/en/rights"))

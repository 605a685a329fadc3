from datetime import date

import pytest

from intake_api.drafts.codes import secret_of
from office.clock import SetClock
from office.ids import checked_case_number
from office.sealing.drafts import open_draft
from office.sealing.receipts import checked
from tests.intake_api.conftest import STEPS, TAGS, Browser, Entrance, Filled, plain

FULL: Filled = {
    "what": {
        "what_happened": "They would not rent me the flat.\r\nThey laughed.",
        "act_codes": ["rent_refused", "insult"],
        "role_code": "victim",
    },
    "when": {
        "when": "day",
        "when_day": "٣",
        "when_month": "11",
        "when_year": "2026",
        "still_going_on": "yes",
    },
    "where": {"district_code": "11", "setting_code": "home_building", "place_text": "an agency"},
    "area": {"area_code": "housing"},
    "why": {"ground_codes": ["race_ethnicity", "admin_status"], "ground_text": "my accent"},
    "who": {"respondent_code": "estate_agency", "respondent_text": "the one with the green door"},
    "may": {
        "consent_count": "yes",
        "consent_advise": "yes",
        "contact_kind": "phone",
        "contact_value": "612 345 678",
        "contact_safe_note": "only mornings",
        "contact_name": "Ana",
    },
}


@pytest.mark.parametrize("entrance", ["sqlite", "postgres"], indirect=True)
def test_a_full_report_is_sealed_in_its_parts_and_its_receipt_is_shown(
    browser: Browser, entrance: Entrance
) -> None:
    browser.fill_in(FULL)
    check = browser.get("/en/report/check")
    assert check.status_code == 200
    assert "my accent" in check.text and "612 345 678" in check.text

    sent = browser.send()

    assert (sent.status_code, sent.headers["location"]) == (303, "/en/report/receipt")
    number, key = browser.receipt()
    (envelope,) = entrance.envelopes
    assert checked_case_number(number) == envelope.case_number
    assert checked(key)
    story = entrance.story(envelope)
    assert story.what_happened == "They would not rent me the flat.\nThey laughed."
    assert story.act_codes == ("rent_refused", "insult")
    assert (story.when.kind, story.when.day, story.when.still_going_on) == ("day", date(2026, 11, 3), True)
    assert (story.where.district_code, story.where.setting_code) == ("11", "home_building")
    assert set(story.ground_codes) == {"race_ethnicity", "admin_status"}
    assert [(one.code, one.given) for one in story.consents] == [
        ("count", True),
        ("advise", True),
        ("refer", False),
    ]
    assert {one.language for one in story.consents} == {"en"}
    assert all(one.text_version for one in story.consents)
    contact = entrance.contact(envelope)
    assert (contact.kind, contact.value, contact.name) == ("phone", "612 345 678", "Ana")
    coded = entrance.coded(envelope)
    assert coded.ground_codes == ("origin_or_other", "race_ethnicity")
    assert (coded.month, coded.occurred_year, coded.district_code) == ("2026-11", 2026, "11")
    assert (envelope.iso_week, envelope.language, envelope.urgency_code) == ("2026-W48", "en", "normal")
    assert (envelope.routing_code, envelope.key_name) == ("normal", "story.1")
    assert envelope.kind == "report" and envelope.channel_code == "web_form"


def test_the_shortest_report_is_one_tick_and_shares_nothing_by_default(
    browser: Browser, entrance: Entrance
) -> None:
    browser.fill_in({"what": {"act_codes": "insult"}})
    browser.send()
    (envelope,) = entrance.envelopes
    assert envelope.sealed_contact is None and envelope.sealed_statistics is None
    story = entrance.story(envelope)
    assert not any(one.given for one in story.consents)
    assert (story.ground_codes, story.respondent_code) == (("unknown",), "unknown")
    assert (story.when.kind, story.where.district_code) == ("unknown", "unknown")


def test_at_most_eight_pages_lead_to_a_valid_report() -> None:
    assert len(STEPS) + 1 <= 8  # the check page is the last


@pytest.mark.parametrize("tag", TAGS)
def test_nothing_but_what_happened_is_needed_and_the_page_says_so_in_each_language(
    browser: Browser, tag: str
) -> None:
    answered = browser.answer("what", {}, tag)
    assert answered.status_code == 422
    assert answered.headers["content-language"] == tag
    assert 'href="#what_happened"' in answered.text
    assert 'class="govuk-error-summary"' in answered.text
    for step in STEPS[1:]:
        assert browser.answer(step, {}, tag).status_code == 303


@pytest.mark.parametrize("entrance", ["sqlite", "postgres"], indirect=True)
def test_going_back_shows_what_was_answered(browser: Browser) -> None:
    browser.fill_in(FULL)
    page = browser.get("/ar/report/what").text
    assert "They would not rent me the flat.\nThey laughed." in page
    assert page.count(" checked") == 3 and 'value="victim" checked' in page
    when = browser.get("/en/report/when").text
    assert 'name="when_day" type="text" inputmode="numeric" autocomplete="off" value="3"' in when


def test_changing_one_answer_leads_back_to_the_check_page(browser: Browser) -> None:
    browser.fill_in(FULL)
    assert "/en/report/area?then=check#area_code" in browser.get("/en/report/check").text
    page = browser.get("/en/report/area?then=check").text
    assert 'name="then" value="check"' in page
    changed = browser.answer("area", {"area_code": "transport", "then": "check"})
    assert changed.headers["location"] == "/en/report/check"


def test_the_check_page_sends_back_whoever_told_nothing(browser: Browser, entrance: Entrance) -> None:
    browser.answer("when", {"when": "long"})
    assert browser.get("/en/report/check").status_code == 200
    refused = browser.send()
    assert refused.status_code == 422
    assert "/en/report/what?then=check#what_happened" in refused.text
    assert entrance.envelopes == []


def test_a_report_against_the_city_is_sealed_to_other_readers(browser: Browser, entrance: Entrance) -> None:
    browser.fill_in({**FULL, "who": {"respondent_code": "local_police"}})
    browser.send()
    (envelope,) = entrance.envelopes
    assert (envelope.routing_code, envelope.key_name) == ("city", "story-apart.1")
    assert entrance.story(envelope).respondent_code == "local_police"


def test_danger_shows_emergency_numbers_first_and_marks_the_envelope(
    browser: Browser, entrance: Entrance
) -> None:
    browser.fill_in({"what": {"act_codes": "threat", "in_danger": "yes"}})
    for page in ("when", "check"):
        shown = browser.get(f"/en/report/{page}").text
        places = [shown.index(f'href="tel:{number}"') for number in ("112", "021", "028", "016")]
        assert places[0] == min(places) and max(places) < shown.index("<h1")
    browser.send()
    assert 'href="tel:112"' in browser.get("/en/report/receipt").text
    assert entrance.envelopes[0].urgency_code == "danger"


def test_a_draft_is_sealed_and_expires_after_seven_days(
    browser: Browser, entrance: Entrance, clock: SetClock
) -> None:
    browser.answer("what", {"what_happened": "a phrase that nobody else uses"})
    (draft,) = entrance.drafts
    assert b"phrase" not in draft.sealed
    assert (draft.expires_on - date(2026, 11, 23)).days == 7
    cookie = browser.client.cookies["draft"]
    assert cookie.encode() not in draft.lookup + draft.sealed
    clock.move(days=8)
    assert "a phrase that nobody else uses" not in browser.get("/en/report/what").text


@pytest.mark.parametrize("entrance", ["sqlite", "postgres"], indirect=True)
def test_exit_forgets_the_draft_and_leaves(browser: Browser, entrance: Entrance) -> None:
    browser.answer("what", {"what_happened": "something"})
    gone = browser.get("/en/exit")
    assert gone.status_code == 303 and gone.headers["location"].startswith("https://")
    assert "cache" in gone.headers["clear-site-data"]
    assert "draft" not in browser.client.cookies
    assert entrance.drafts == []
    assert "something" not in browser.get("/en/report/what").text


@pytest.mark.parametrize("page", ["", "report/what", "report/check", "return", "privacy"])
def test_every_page_has_the_way_out(browser: Browser, page: str) -> None:
    browser.answer("what", {"act_codes": "insult"})
    assert 'href="/fr/exit"' in browser.get(f"/fr/{page}").text


def test_the_receipt_is_gone_once_it_is_left(browser: Browser, entrance: Entrance) -> None:
    browser.fill_in(FULL)
    browser.send()
    number, key = browser.receipt()
    assert browser.receipt("ar") == (number, key)
    finished = browser.post("/en/report/finish")
    assert finished.status_code == 303
    assert entrance.drafts == []
    after = browser.get("/en/report/receipt")
    assert key[:4] not in plain(after) and number not in after.text


def test_the_start_page_ends_a_sent_draft(browser: Browser, entrance: Entrance) -> None:
    browser.fill_in(FULL)
    browser.send()
    browser.get("/en/")
    assert entrance.drafts == []


def test_the_receipt_is_not_shown_after_an_hour(
    browser: Browser, entrance: Entrance, clock: SetClock
) -> None:
    browser.fill_in(FULL)
    browser.send()
    clock.move(minutes=61)
    assert 'id="key"' not in browser.get("/en/report/receipt").text
    assert entrance.drafts == []


def test_a_sent_draft_holds_no_answer_any_more(browser: Browser, entrance: Entrance) -> None:
    browser.fill_in(FULL)
    browser.send()
    (draft,) = entrance.drafts
    code, word = browser.client.cookies["draft"], browser.client.cookies["sender"]
    clear = open_draft(secret_of(code, word, is_sent=True), draft.sealed)
    assert b"rent me" not in clear and b"612 345" not in clear

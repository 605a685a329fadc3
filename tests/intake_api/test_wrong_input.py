"""Whatever is sent, the answer is a sentence in the person's language and what was typed comes back."""

import logging
import re
from html import escape
from urllib.parse import urlencode

import pytest

from tests.intake_api.conftest import STEPS, TAGS, Browser, Entrance

FORM = {"content-type": "application/x-www-form-urlencoded"}
CODED = {
    "act_codes": "what",
    "role_code": "what",
    "district_code": "where",
    "setting_code": "where",
    "area_code": "area",
    "ground_codes": "why",
    "respondent_code": "who",
    "when": "when",
    "contact_kind": "may",
    "in_danger": "what",
    "still_going_on": "when",
    "consent_count": "may",
}
TEXTS = {
    "what_happened": ("what", 20_000),
    "place_text": ("where", 300),
    "ground_text": ("why", 2_000),
    "respondent_text": ("who", 2_000),
    "contact_value": ("may", 300),
    "contact_safe_note": ("may", 300),
    "contact_name": ("may", 300),
}


@pytest.mark.parametrize(("field", "step"), CODED.items())
def test_a_code_nobody_offers_is_pointed_out(browser: Browser, field: str, step: str) -> None:
    refused = browser.answer(step, {field: "<script>no_such_code", "what_happened": "kept words"})
    assert refused.status_code == 422
    assert "Choose from the list" in refused.text
    assert f'href="#{field}"' in refused.text
    assert "no_such_code" not in refused.text
    if step == "what":
        assert "kept words" in refused.text


@pytest.mark.parametrize(("field", "place"), TEXTS.items())
@pytest.mark.parametrize("tag", ["en", "ar"])
def test_a_text_that_is_too_long_comes_back_whole(
    browser: Browser, entrance: Entrance, field: str, place: tuple[str, int], tag: str
) -> None:
    step, most = place
    text = "ñ" * (most + 1)
    refused = browser.answer(step, {field: text}, tag)
    assert refused.status_code == 422
    assert text in refused.text
    assert f'id="{field}-error"' in refused.text
    assert entrance.drafts == []


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize(
    ("parts", "wrong"),
    [
        (("31", "2", "2026"), "when_day"),
        (("24", "11", "2026"), "when_day"),
        (("1", "1", "26"), "when_year"),
        (("1", "", "2026"), "when_day"),
        (("x", "1", "2026"), "when_day"),
        (("99999999999", "1", "2026"), "when_day"),
    ],
)
def test_a_day_that_cannot_be_is_pointed_out_in_each_language(
    browser: Browser, tag: str, parts: tuple[str, str, str], wrong: str
) -> None:
    day, month, year = parts
    given = {"when": "day", "when_day": day, "when_month": month, "when_year": year}
    refused = browser.answer("when", given, tag)
    assert refused.status_code == 422
    assert f'href="#{wrong}"' in refused.text
    assert f'value="{month}"' in refused.text


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"affected_count": "3²"}, "affected_count"),
        ({"when": "day", "when_day": "²", "when_month": "3", "when_year": "2026"}, "when_day"),
        ({"when": "month", "when_month": "①", "when_year": "2026"}, "when_month"),
    ],
)
def test_a_sign_that_only_looks_like_a_digit_is_pointed_out(
    browser: Browser, fields: dict[str, str], name: str
) -> None:
    browser.answer("what", {"act_codes": "insult", "role_code": "group"})
    refused = browser.answer("when", fields)
    assert refused.status_code == 422 and f'href="#{name}"' in refused.text


def test_today_is_the_citys_day(browser: Browser) -> None:
    given = {"when": "day", "when_day": "23", "when_month": "11", "when_year": "2026"}
    assert browser.answer("when", given).status_code == 303


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"contact_kind": "phone"}, "contact_value"),
        ({"contact_kind": "phone", "contact_value": "12"}, "contact_value"),
        ({"contact_kind": "email", "contact_value": "nobody"}, "contact_value"),
        ({"contact_kind": "none", "contact_value": "612345678"}, "contact_value"),
    ],
)
def test_a_contact_that_cannot_work_is_pointed_out(
    browser: Browser, given: dict[str, str], wrong: str
) -> None:
    refused = browser.answer("may", given)
    assert refused.status_code == 422
    assert f'href="#{wrong}"' in refused.text
    assert escape(given.get("contact_value", "")) in refused.text


@pytest.mark.parametrize("tag", TAGS)
def test_a_body_of_ten_megabytes_is_told_and_its_beginning_comes_back(browser: Browser, tag: str) -> None:
    body = urlencode({"act_codes": "insult", "what_happened": "señal " * 2_000_000}).encode()
    assert len(body) > 10_000_000
    refused = browser.client.post(f"/{tag}/report/what", content=body, headers=FORM)
    assert refused.status_code == 413
    assert refused.headers["content-language"] == tag
    assert "señal señal" in refused.text
    assert 'id="what_happened-error"' in refused.text
    assert 'value="insult" checked' in refused.text


def test_broken_utf8_is_taken_out_and_told(browser: Browser) -> None:
    refused = browser.client.post(
        "/en/report/what", content=b"what_happened=before%ff%fe+after%c3", headers=FORM
    )
    assert refused.status_code == 422
    assert "before after" in refused.text
    assert "could not be read" in refused.text


def test_a_nul_is_taken_out_and_told(browser: Browser, entrance: Entrance) -> None:
    refused = browser.answer("what", {"what_happened": "be\x00fore"})
    assert refused.status_code == 422
    assert "before" in refused.text and "\x00" not in refused.text
    assert entrance.drafts == []


def test_a_field_sent_twice_with_two_answers_is_pointed_out(browser: Browser) -> None:
    refused = browser.client.post(
        "/en/report/area", content=b"area_code=housing&area_code=health", headers=FORM
    )
    assert refused.status_code == 422 and "Choose only one" in refused.text


def test_a_huge_number_of_fields_is_pointed_out_and_the_text_comes_back(browser: Browser) -> None:
    body = b"what_happened=still+here&" + b"&".join(b"f%d=1" % number for number in range(10_000))
    refused = browser.client.post("/en/report/what", content=body, headers=FORM)
    assert refused.status_code == 422
    assert "still here" in refused.text


@pytest.mark.parametrize("step", STEPS)
def test_another_kind_of_body_is_no_answer(browser: Browser, step: str) -> None:
    refused = browser.client.post(f"/fr/report/{step}", json={"what_happened": "x"})
    assert refused.status_code == 422
    assert 'lang="fr"' in refused.text


def test_a_program_that_fills_in_the_hidden_field_is_not_believed(
    browser: Browser, entrance: Entrance
) -> None:
    refused = browser.answer("what", {"what_happened": "buy now", "website": "spam.example"})
    assert refused.status_code == 422 and "buy now" in refused.text
    assert entrance.drafts == []


def test_an_identity_number_is_pointed_out_before_anything_is_kept(
    browser: Browser, entrance: Entrance
) -> None:
    asked = browser.answer("what", {"what_happened": "soy X1234567L y me echaron", "act_codes": "insult"})
    assert asked.status_code == 422
    assert "X1234567L" in asked.text and 'value="remove"' in asked.text
    assert 'value="insult" checked' in asked.text
    assert entrance.drafts == []

    fields = {"what_happened": "soy X1234567L y me echaron", "act_codes": "insult", "numbers": "remove"}
    assert browser.answer("what", fields).status_code == 303
    page = browser.get("/en/report/what").text
    assert "X1234567L" not in page and "soy […] y me echaron" in page


def test_the_page_that_points_a_number_out_shows_every_tick_as_it_was(browser: Browser) -> None:
    ticked = ["birth", "disability", "unknown"]  # the last is not kept: it says nothing beside the others
    asked = browser.answer("why", {"ground_codes": ticked, "ground_text": "soy X1234567L"})
    assert asked.status_code == 422
    assert all(f'value="{code}" checked' in asked.text for code in ticked)


@pytest.mark.parametrize("wish", [{}, {"save": "yes"}])
def test_whoever_takes_a_number_out_by_hand_goes_on_at_the_end_of_the_page(
    browser: Browser, wish: dict[str, str]
) -> None:
    asked = browser.answer("what", {"what_happened": "soy X1234567L", **wish})
    form = asked.text.partition('action="/en/report/what"')[2].partition("</form>")[0]
    end = form.rpartition("</textarea>")[2]
    assert re.search(r"<button(?![^>]*name=)[^>]*>\s*Continue", end)
    assert ('name="save"' in end) == (not wish)  # who wished to save goes on saving; it is asked once

    again = browser.answer("what", {"what_happened": "soy X1234567L, de verdad", **wish})
    assert again.status_code == 422 and 'value="remove"' in again.text
    assert browser.answer("what", {"what_happened": "soy yo", **wish}).status_code == 303


def test_whoever_keeps_an_identity_number_is_not_asked_again(browser: Browser) -> None:
    told = {"what_happened": "soy X1234567L"}
    assert browser.answer("what", {**told, "numbers": "keep"}).status_code == 303
    assert browser.answer("what", told).status_code == 303


def test_a_form_from_another_site_is_refused(browser: Browser, entrance: Entrance) -> None:
    refused = browser.post(
        "/en/report/what", {"act_codes": "insult"}, headers={"sec-fetch-site": "cross-site"}
    )
    assert refused.status_code == 403
    assert entrance.drafts == []


UNLISTED = ["/xx/", "/xx/report/what", "/en/report/nothing", "/en/nothing", "/docs", "/redoc"]


@pytest.mark.parametrize("path", UNLISTED)
def test_what_is_not_listed_is_not_found(browser: Browser, path: str) -> None:
    assert browser.get(path).status_code == 404


def test_nothing_typed_reaches_a_log(
    browser: Browser, entrance: Entrance, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    phrase = "an unmistakable phrase"
    browser.answer("what", {"what_happened": phrase, "act_codes": "wrong"})
    browser.answer("what", {"what_happened": phrase})
    browser.client.post("/api/v1/reports", json={"what_happened": phrase, "area_code": phrase})
    entrance.keys_file.unlink()
    browser.answer("what", {"what_happened": phrase})
    assert phrase not in caplog.text and "unmistakable" not in caplog.text

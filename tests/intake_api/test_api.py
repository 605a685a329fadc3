from typing import Any

import pytest
from starlette.testclient import TestClient

from intake_api.app import SHUT
from office.languages.registry import tags_of
from office.sealing.receipts import checked
from office.web.forms import OWN_SITE
from tests.intake_api.conftest import Browser, Entrance

USUAL: dict[str, Any] = {
    "language": "fr",
    "what_happened": "On m'a refusé l'entrée.",
    "act_codes": ["entry_refused"],
    "when": {"kind": "day", "day": "2026-11-03"},
    "where": {"district_code": "11", "setting_code": "nightlife"},
    "area_code": "premises_leisure",
    "ground_codes": ["race_ethnicity", "language"],
    "heaviest_code": "race_ethnicity",
    "respondent_code": "venue",
    "consents": {"count": True, "advise": True},
    "contact": {"kind": "email", "value": "ana@example.org"},
}


@pytest.mark.parametrize("entrance", ["sqlite", "postgres"], indirect=True)
def test_a_program_reports_as_a_person_does(browser: Browser, entrance: Entrance) -> None:
    answered = browser.client.post("/api/v1/reports", json=USUAL)
    assert answered.status_code == 201, answered.text
    told = answered.json()
    assert checked(told["key"]) and told["promised_on"] == "2026-12-04"
    assert answered.headers["cache-control"] == "no-store"
    (envelope,) = entrance.envelopes
    story = entrance.story(envelope)
    assert story.what_happened == "On m'a refusé l'entrée."
    assert (story.language, story.where.setting_code) == ("fr", "nightlife")
    assert story.heaviest_code == "race_ethnicity"
    assert entrance.contact(envelope).value == "ana@example.org"
    assert entrance.coded(envelope).area_code == "premises_leisure"
    receipt = {"case_number": told["case_number"], "key": told["key"]}
    assert browser.post("/fr/return", receipt).status_code == 303


def test_the_least_is_one_act(browser: Browser, entrance: Entrance) -> None:
    assert browser.client.post("/api/v1/reports", json={"act_codes": ["insult"]}).status_code == 201
    assert len(entrance.envelopes) == 1


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"what_happened": "", "act_codes": []}, "/what_happened"),
        ({"what_happened": "x" * 20_001}, "/what_happened"),
        ({"what_happened": 7}, "/what_happened"),
        ({"act_codes": ["secret-value"]}, "/act_codes"),
        ({"where": {"district_code": "secret-value"}}, "/where/district_code"),
        ({"when": {"kind": "day", "day": "2027-01-01"}}, "/when/day"),
        ({"when": {"kind": "day", "day": "2026-02-31"}}, "/when/day"),
        ({"when": {"kind": "day"}}, "/when/day"),
        ({"when": {"kind": "month"}}, "/when/month"),
        ({"contact": {"kind": "phone"}}, "/contact/value"),
        ({"language": "secret-value"}, "/language"),
        ({"nationality": "secret-value"}, "/…"),
        ({"what_happened": "soy X1234567L"}, "/what_happened"),
        ({"in_danger": "yes"}, "/in_danger"),
    ],
)
def test_a_refusal_points_to_the_field_and_repeats_nothing(
    browser: Browser, entrance: Entrance, change: dict[str, Any], pointer: str
) -> None:
    refused = browser.client.post(
        "/api/v1/reports", json={**USUAL, **change}, headers={"accept-language": "en"}
    )
    assert refused.status_code == 422, refused.text
    assert refused.headers["content-type"] == "application/problem+json"
    problem = refused.json()
    assert pointer in [one["pointer"] for one in problem["errors"]]
    assert all(one["detail"] for one in problem["errors"])
    for value in ("secret-value", "X1234567L", "xxxxxxxx", "nationality"):
        assert value not in refused.text
    assert entrance.envelopes == []


def test_identity_numbers_are_removed_if_the_program_says_so(browser: Browser, entrance: Entrance) -> None:
    body = {"what_happened": "soy X1234567L", "identity_numbers": "remove"}
    assert browser.client.post("/api/v1/reports", json=body).status_code == 201
    assert entrance.story(entrance.envelopes[0]).what_happened == "soy […]"


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"what_happened": "\xff"}', b"null", b'{"a":' * 5000])
def test_what_is_not_a_report_is_told_so(browser: Browser, body: bytes) -> None:
    refused = browser.client.post(
        "/api/v1/reports", content=body, headers={"content-type": "application/json"}
    )
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_report_that_is_not_said_to_be_json_is_refused(
    browser: Browser, entrance: Entrance, kind: str
) -> None:
    refused = browser.client.post(
        "/api/v1/reports", content=b'{"act_codes": ["insult"]}', headers={"content-type": kind}
    )

    assert refused.status_code == 422
    (error,) = refused.json()["errors"]
    assert "Content-Type: application/json" in error["detail"]
    assert entrance.envelopes == []


def test_a_body_of_ten_megabytes_is_refused(browser: Browser) -> None:
    refused = browser.client.post("/api/v1/reports", json={"what_happened": "x" * 10_000_000})
    assert refused.status_code == 413
    assert refused.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("entrance", ["sqlite", "postgres"], indirect=True)
def test_the_same_key_and_body_give_the_same_receipt_and_one_report(
    browser: Browser, entrance: Entrance
) -> None:
    headers = {"Idempotency-Key": "q7Jd0rT2b9sXv4Lm8NwYzA"}
    first, again = (browser.client.post("/api/v1/reports", json=USUAL, headers=headers) for _ in range(2))
    assert first.json() == again.json()
    assert len(entrance.envelopes) == 1
    other = browser.client.post("/api/v1/reports", json={"act_codes": ["insult"]}, headers=headers)
    assert other.json()["key"] != first.json()["key"]
    assert len(entrance.envelopes) == 2
    weak = browser.client.post("/api/v1/reports", json=USUAL, headers={"Idempotency-Key": "1"})
    assert weak.status_code == 422


def test_without_keys_a_program_is_told_that_nothing_was_kept(browser: Browser, entrance: Entrance) -> None:
    entrance.publish_keys()
    refused = browser.client.post("/api/v1/reports", json=USUAL)
    assert refused.status_code == 503 and refused.json()["type"] == "/problems/no_active_key"
    assert entrance.receipts == []


@pytest.mark.parametrize("content", ["{}", "not what we write"])
def test_a_form_that_is_shut_is_told_to_whoever_runs_the_office(
    entrance: Entrance, caplog: pytest.LogCaptureFixture, content: str
) -> None:
    entrance.keys_file.write_text(content)
    with TestClient(entrance.app, headers=OWN_SITE) as client:
        page = client.get("/en/")
    assert page.status_code == 200 and "We cannot take reports safely on this page" in page.text
    assert [one.getMessage() for one in caplog.records if one.levelname == "ERROR"] == [
        f"the residents' form is {SHUT}"
    ]


def test_lists_are_told_with_their_words_in_every_language(browser: Browser) -> None:
    told = browser.get("/api/v1/vocabulary/districts").json()
    codes = {item["code"] for item in told["items"]}
    assert {"11", "outside", "unknown"} <= codes
    acts = browser.get("/api/v1/vocabulary/acts").json()
    areas = browser.get("/api/v1/vocabulary/areas").json()
    words = [one["label"] for one in (*told["items"], *acts["items"])] + list(areas["groups"].values())
    assert all(set(label) == set(tags_of("residents")) and all(label.values()) for label in words)
    insult = next(one["label"] for one in acts["items"] if one["code"] == "insult")
    assert len({insult[tag] for tag in ("es", "en", "ro", "uk", "ru", "zh-Hans", "it", "ur", "pt")}) == 9
    assert browser.get("/api/v1/vocabulary/outcomes").status_code == 404


def test_openapi_describes_the_door_and_its_examples_are_taken(browser: Browser, entrance: Entrance) -> None:
    told = browser.get("/openapi.json").json()
    assert set(told["paths"]) == {"/api/v1/reports", "/api/v1/files", "/api/v1/vocabulary/{name}"}
    content = told["paths"]["/api/v1/reports"]["post"]["requestBody"]["content"]["application/json"]
    for example in content["examples"].values():
        answered = browser.client.post("/api/v1/reports", json=example["value"])
        assert answered.status_code == 201, answered.text

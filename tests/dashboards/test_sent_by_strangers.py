"""The one address that takes a body: what strangers send there is bounded, and repeated in no log."""

import json
import logging

import pytest
from starlette.testclient import TestClient

UPDATE = "/_dash-update-component"
AS_JSON = {"content-type": "application/json"}
STRANGE = (
    b"{}",
    b"[]",
    b"null",
    json.dumps({"output": "a-strangers-words.y", "inputs": [], "outputs": {}, "changedPropIds": []}).encode(),
    json.dumps(
        {
            "output": "page.children",
            "outputs": [],
            "inputs": [{"id": "address", "property": "pathname", "value": {"a-strangers-words": 1}}],
            "changedPropIds": ["address.pathname"],
        }
    ).encode(),
)


@pytest.mark.parametrize("body", STRANGE)
def test_a_strange_body_is_refused_and_no_word_of_it_is_logged(
    client: TestClient, caplog: pytest.LogCaptureFixture, body: bytes
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = client.post(UPDATE, content=body, headers=AS_JSON)
    assert answer.status_code == 400
    assert "a-strangers-words" not in answer.text + caplog.text
    assert "Traceback" not in caplog.text
    assert len(answer.content) < 500


def test_a_body_no_chart_needs_is_not_read_into_memory(client: TestClient) -> None:
    body = b'{"output":"' + b"x" * 2_000_000 + b'"}'
    assert client.post(UPDATE, content=body, headers=AS_JSON).status_code == 413


def test_an_address_of_a_script_that_is_none_is_refused_without_a_word_of_programs(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    answer = client.get("/_dash-component-suites/..%2f..%2fetc/passwd")
    assert answer.status_code in (400, 404)
    assert "Traceback" not in answer.text + caplog.text

"""The programs' door against its own description: whatever fits it or breaks it, the answer is as described.

The cases come from the served `/openapi.json`, so a new address or field is tried without a change here.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, seed
from hypothesis import settings as tried
from schemathesis.specs.openapi.checks import positive_data_acceptance

from intake_api.app import create_app
from intake_api.settings import IntakeSettings
from office.web.problems import PROBLEM_JSON
from tests.intake_api.conftest import Browser, Entrance

Case = schemathesis.Case[Any]
SEED = 20221115
SOME = tried(max_examples=150, database=None, suppress_health_check=list(HealthCheck))
MANY = tried(SOME, max_examples=5_000)
NO_BROWSER = {"Sec-Fetch-Site": "none"}
"""What is no form is refused before its address is looked at, unless it says that no page sent it."""
TAKEN = positive_data_acceptance
"""Not asked: a body may have the right shape and say nothing, or a day to come; other tests look at that."""

described = schemathesis.openapi.from_asgi("/openapi.json", create_app(IntakeSettings()))
"""Only described here; what answers is each test's own entrance."""


@pytest.fixture(scope="session")
def settings() -> dict[str, Any]:
    return {"posts_per_second": 0}


def as_described(case: Case, entrance: Entrance) -> None:
    answer = case.call_and_validate(app=entrance.app, headers=NO_BROWSER, excluded_checks=[TAKEN])
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == [PROBLEM_JSON], answer.headers
        told = answer.json()
        assert (told["status"], bool(told["title"])) == (answer.status_code, True)


@described.parametrize()
@seed(SEED)
@SOME
@pytest.mark.usefixtures("browser")
def test_every_answer_to_a_program_is_as_described(case: Case, entrance: Entrance) -> None:
    as_described(case, entrance)


@pytest.mark.long
@pytest.mark.parametrize("entrance", ["sqlite", "postgres"], indirect=True)
@described.parametrize()
@MANY
@pytest.mark.usefixtures("browser")
def test_thousands_of_answers_are_as_described(case: Case, entrance: Entrance) -> None:
    as_described(case, entrance)


def places(schema: dict[str, Any], value: Any) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Give a body for each place of the schema, with `value` there and nothing else, and the place itself."""
    for name, inner in schema.get("properties", {}).items():
        yield {name: value}, inner
        for body, deepest in places(inner, value):
            yield {name: body}, deepest


def kinds_of(schema: dict[str, Any]) -> set[str]:
    """The JSON kinds a place takes."""
    if "anyOf" in schema:
        return {kind for one in schema["anyOf"] for kind in kinds_of(one)}
    return {schema.get("type", "string")}


KINDS: dict[str, list[Any]] = {
    "string": ["1", ""],
    "integer": [0, 1, 10**30],
    "number": [1.0, 1e300],
    "boolean": [True, False],
    "object": [{}, {"a": 1}],
    "array": [[], [1]],
    "null": [None],
}


def test_no_place_of_a_report_takes_a_value_of_another_kind(browser: Browser, entrance: Entrance) -> None:
    told = browser.get("/openapi.json").json()["paths"]["/api/v1/reports"]["post"]["requestBody"]
    schema = told["content"]["application/json"]["schema"]
    tried = 0
    for kind, values in KINDS.items():
        for body, inner in (one for value in values for one in places(schema, value)):
            if kind in kinds_of(inner) or {kind, *kinds_of(inner)} == {"integer", "number"}:
                continue
            tried += 1
            answer = browser.client.post("/api/v1/reports", json={"what_happened": "x", **body})
            assert answer.status_code == 422, (body, answer.status_code)
            assert answer.headers["content-type"] == PROBLEM_JSON
    assert tried > 200
    assert entrance.envelopes == []

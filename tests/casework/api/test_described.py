"""The description: valid as OpenAPI 3.1, for whoever is signed in, and kept by what answers."""

import json
import re
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, seed
from hypothesis import settings as tried
from schemathesis.specs.openapi.checks import (
    ignored_auth,
    negative_data_rejection,
    positive_data_acceptance,
    unsupported_method,
)

from casework.api.acts import acts, form_of
from casework.api.described import CONVERTER, described
from casework.doors import COOKIE
from casework.routers import ROUTERS
from tests.casework.desk import Desk, desk_in

LANGUAGES = ["es", "ca-valencia", "en"]
TOLD: dict[str, Any] = described([route for router in ROUTERS for route in router.routes], LANGUAGES)
SEED = 20220712
SOME = tried(max_examples=1, database=None, deadline=None, suppress_health_check=list(HealthCheck))
MANY = tried(SOME, max_examples=40)
ELSEWHERE = [positive_data_acceptance, negative_data_rejection, unsupported_method, ignored_auth]
"""Not asked here: what is well formed can still name what is not there; other tests ask the doors."""
Case = schemathesis.Case[Any]
told = schemathesis.openapi.from_dict(TOLD)
unasked = told.exclude(path_regex="/(sign-in|sign-out|invitation|new-telephone|my-passkeys|my-sign-ins)")
"""What ends the session, or takes its time on purpose, has tests of its own."""
some = unasked.include(path_regex="/(tracks|tasks|search|agenda|absences|deadlines|drafts|people)")


def test_the_description_is_valid() -> None:
    assert TOLD["openapi"] == "3.1.0"
    told.validate()
    names = [one["operationId"] for path in TOLD["paths"].values() for one in path.values()]
    assert len(names) == len(set(names)) > 230
    for schema in TOLD["components"]["schemas"].values():
        jsonschema_rs.meta.validate({**schema, "$schema": "https://json-schema.org/draft/2020-12/schema"})
    assert all(one["summary"] for path in TOLD["paths"].values() for one in path.values())


WRITTEN = {
    "code": "x", "codes": ["x"], "text": "x", "day": "2026-11-29", "number": 1, "flag": True, "typed": "x",
    "file": "eA==",
}  # fmt: skip


def test_an_act_is_described_as_it_is_read() -> None:
    """Each field, and one of each of those whose names are many, is what the act takes and nothing else."""
    for path, fields in acts().items():
        body = TOLD["paths"][f"/api/v1/{CONVERTER.sub('}', path)}"]["post"]["requestBody"]
        schema = jsonschema_rs.Draft202012Validator(body["content"]["application/json"]["schema"])
        sent = {name.replace("{}", "1"): WRITTEN[one.kind] for name, one in fields.items()}
        assert schema.is_valid(sent), (path, sent)
        form_of(fields, sent)
        for name, one in fields.items():
            as_text = {**sent, name.replace("{}", "1"): "x"}
            assert schema.is_valid(as_text) == (one.kind in ("code", "text", "file", "typed")), (path, name)


def test_nothing_is_referred_to_that_is_not_there() -> None:
    referred = set(re.findall(r'"#/components/(?:schemas|parameters)/([^"]+)"', json.dumps(TOLD)))
    there = TOLD["components"]["schemas"].keys() | TOLD["components"]["parameters"].keys()
    assert not referred - there


def test_it_is_served_to_whoever_is_signed_in(desk: Desk) -> None:
    assert desk.stranger().get("/api/v1/openapi.json").status_code == 401
    served = desk.signed_in("teresa").get("/api/v1/openapi.json").json()
    assert served["paths"].keys() == TOLD["paths"].keys()


@pytest.fixture(scope="module")
def signed_in(made: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    desk = desk_in(made, tmp_path_factory.mktemp("described") / "desk")
    desk.a_case()
    client = desk.signed_in("laila")
    yield desk.app, f"{COOKIE}={client.cookies[COOKIE]}"
    desk.close()


def as_described(case: Case, app: FastAPI, cookie: str) -> None:
    answer = case.call_and_validate(app=app, headers={"Cookie": cookie}, excluded_checks=ELSEWHERE)
    assert answer.status_code < 500


@some.parametrize()
@seed(SEED)
@SOME
def test_answers_are_as_described(case: Case, signed_in: tuple[FastAPI, str]) -> None:
    as_described(case, *signed_in)


@pytest.mark.long
@unasked.parametrize()
@MANY
def test_thousands_of_answers_are_as_described(case: Case, signed_in: tuple[FastAPI, str]) -> None:
    as_described(case, *signed_in)

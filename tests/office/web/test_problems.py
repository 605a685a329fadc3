"""Errors as people and programs are told of them, and what of them is never logged."""

import logging
from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.testclient import TestClient

from office.errors import Conflict, Invalid, NotFound, OfficeError, Refused, TooLarge, TooMany, Unavailable
from office.stores.errors import CommitUnknown, StoreUnavailable
from office.web import problems
from office.web.problems import AnswerCutShort, Problem, status_of

SECRET = "the narrative of a person, told in confidence"


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound, 404),
        (Refused, 403),
        (Conflict, 409),
        (Invalid, 422),
        (TooLarge, 413),
        (TooMany, 429),
        (Unavailable, 503),
        (OfficeError, 500),
    ],
)
def test_every_kind_of_error_has_its_status(error: type[OfficeError], status: int) -> None:
    assert status_of(error()) == status


def test_a_person_gets_a_page_in_their_language_with_a_telephone_and_a_way_back(client: TestClient) -> None:
    answer = client.get("/ar/busy")
    assert answer.status_code == 409
    assert '<html class="govuk-template office office--residents" lang="ar" dir="rtl">' in answer.text
    assert "900 000 000" in answer.text
    assert 'href="/ar/"' in answer.text


def test_a_program_gets_a_problem_with_the_safe_detail(client: TestClient) -> None:
    answer = client.get("/es/busy", headers={"Accept": "application/json"})
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "/problems/conflict",
        "title": answer.json()["title"],
        "status": 409,
        "reference": "K4T72MPX9",
    }


def test_an_address_that_is_not_there_is_answered_in_the_browsers_language(client: TestClient) -> None:
    answer = client.get("/nothing/here", headers={"Accept-Language": "xx, fr;q=0.8, en;q=0.5"})
    assert (answer.status_code, answer.headers["content-language"]) == (404, "fr")


def test_a_wrong_method_keeps_its_status_and_its_allow_header(client: TestClient) -> None:
    answer = client.delete("/es/done")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")


def test_an_unclear_request_names_fields_and_never_values(client: TestClient) -> None:
    answer = client.post("/api/parcels", json={"weight": SECRET, SECRET: 1})
    assert answer.status_code == 422
    assert answer.json()["fields"] == ["body", "body.weight"]
    assert SECRET not in answer.text


def test_json_that_cannot_be_read_is_an_unclear_request(client: TestClient) -> None:
    answer = client.post(
        "/api/parcels", content=b'{"weight": \xff', headers={"Content-Type": "application/json"}
    )
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_unforeseen_error_tells_the_person_and_logs_no_word_of_it(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = client.get("/es/broken?name=Amina")
    assert answer.status_code == 500
    assert "900 000 000" in answer.text
    assert "RuntimeError at tiny_app.py:broken:" in caplog.text
    assert SECRET not in answer.text + caplog.text
    assert "Amina" not in answer.text + "".join(
        record.getMessage() for record in caplog.records if record.name.startswith("office")
    )


def test_an_answer_that_breaks_halfway_is_cut_without_its_story() -> None:
    app = FastAPI(openapi_url=None)
    problems.install(app, problems.language_by_path("residents"))

    @app.get("/half")
    async def half() -> StreamingResponse:
        async def pieces() -> AsyncIterator[bytes]:
            yield b"one"
            raise RuntimeError(SECRET)

        return StreamingResponse(pieces())

    with pytest.raises(AnswerCutShort) as cut:
        TestClient(app).get("/half")
    assert cut.value.__suppress_context__


def test_a_page_that_fails_while_telling_of_an_error_gives_way_to_a_plain_one() -> None:
    app = FastAPI(openapi_url=None)

    def failing(request: Request, language: object, problem: Problem) -> object:
        raise RuntimeError(SECRET)

    problems.install(app, problems.language_by_path("public"), failing)  # type: ignore[arg-type]  # on purpose
    answer = TestClient(app).get("/en/x")
    assert answer.status_code == 404
    assert 'lang="en"' in answer.text


def test_a_person_asked_to_wait_is_told_how_long() -> None:
    app = FastAPI(openapi_url=None)
    problems.install(app, problems.language_by_path("residents"))

    @app.get("/es/often")
    async def often() -> None:
        raise TooMany(seconds="30")

    assert TestClient(app).get("/es/often").headers["retry-after"] == "30"


def test_of_what_may_have_been_done_nobody_is_told_to_send_it_again_by_itself() -> None:
    app = FastAPI(openapi_url=None)
    problems.install(app, problems.language_by_path("residents"))

    @app.get("/api/{what}")
    async def act(what: str) -> None:
        raise (CommitUnknown if what == "unknown" else StoreUnavailable)(store="casework")

    unknown, undone = (TestClient(app).get(f"/api/{what}") for what in ("unknown", "undone"))
    assert (unknown.status_code, undone.status_code) == (503, 503)
    assert "retry-after" not in unknown.headers and undone.headers["retry-after"] == "60"

"""Who may send a form, how large it may be, and how it is read."""

import pytest
from starlette.testclient import TestClient

from office.web.forms import FormDamaged, TooManyFields, form_in
from tests.office.web.tiny_app import tiny_app

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def stranger() -> TestClient:
    """Return a program that says nothing of where it comes from."""
    return TestClient(tiny_app(), base_url="http://127.0.0.1:8001")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:8001"}, 403),
        ({"Origin": "http://127.0.0.1:8001"}, 200),
        ({"Origin": "http://127.0.0.1:8002"}, 403),
        ({"Origin": "http://127.0.0.1"}, 403),
        ({"Origin": "http://elsewhere.example"}, 403),
        ({"Origin": "http://[::1"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
        ({"Cookie": "own_site=1"}, 200),
        ({"Origin": "null", "Cookie": "own_site=1"}, 200),
        ({"Origin": "http://elsewhere.example", "Cookie": "own_site=1"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Cookie": "own_site=1"}, 403),
    ],
)
def test_a_form_is_taken_only_from_our_own_pages(
    stranger: TestClient, headers: dict[str, str], status: int
) -> None:
    assert stranger.post("/es/", data={"story": "x"}, headers=headers).status_code == status


def test_an_old_browser_gets_a_cookie_that_names_nobody(stranger: TestClient) -> None:
    answer = stranger.get("/es/")
    assert answer.headers["set-cookie"] == "own_site=1; Path=/; HttpOnly; SameSite=Strict"
    assert stranger.post("/es/", data={"story": "x"}).status_code == 200


def test_a_new_browser_gets_no_cookie_at_all(client: TestClient) -> None:
    assert "set-cookie" not in client.get("/es/").headers


def test_a_program_without_a_browser_may_use_the_api(stranger: TestClient) -> None:
    assert stranger.post("/api/parcels", json={"weight": 3}).json() == {"weight": 3}
    refused = stranger.post("/api/parcels", json={"weight": 3}, headers={"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 403
    assert refused.json()["type"] == "/problems/from_elsewhere"


@pytest.mark.parametrize("declared", [True, False])
def test_a_body_too_large_is_refused_in_the_persons_language(client: TestClient, declared: bool) -> None:
    body = b"story=" + b"a" * 30_000
    pieces = (body[place : place + 1000] for place in range(0, len(body), 1000))
    answer = client.post("/ar/", content=body if declared else pieces, headers=FORM)
    assert answer.status_code == 413
    assert answer.headers["content-language"] == "ar"
    assert "900 000 000" in answer.text


def test_a_body_too_large_is_told_to_programs_as_a_problem(client: TestClient) -> None:
    answer = client.post("/api/parcels", json={"weight": 3, "more": "a" * 30_000})
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "/problems/too_large"


def test_a_body_that_just_fits_is_taken_whole(client: TestClient) -> None:
    answer = client.post("/es/", content=b"story=" + b"a" * 19_994, headers=FORM, follow_redirects=False)
    assert answer.status_code == 303


@pytest.mark.parametrize(
    "body", [b"story=%ff%fe", b"story=\xff", b"story=a%00b", b"story=%1b%5b2J", b"%ed%a0%80=x"]
)
def test_damaged_characters_are_answered_with_a_sentence(client: TestClient, body: bytes) -> None:
    answer = client.post("/es/", content=body, headers=FORM)
    assert answer.status_code == 422
    assert answer.headers["content-language"] == "es"


def test_too_many_fields_are_refused(client: TestClient) -> None:
    body = "&".join(f"a{number}=1" for number in range(501))
    assert client.post("/es/", content=body, headers=FORM).status_code == 413


def test_another_kind_of_body_is_refused(client: TestClient) -> None:
    assert client.post("/es/", files={"story": b"x"}).status_code == 422


def test_values_are_read_as_typed_with_one_kind_of_line_end() -> None:
    form = form_in(b"a=1&a=2&story=+uno%0D%0Ados%0D+%D9%A3&empty=")
    assert form == {"a": ["1", "2"], "story": [" uno\ndos\n ٣"], "empty": [""]}
    assert (form.one("a"), form.one("nothing"), form.all("a"), form.all("nothing")) == (
        "2",
        "",
        ["1", "2"],
        [],
    )


def test_reading_names_what_is_wrong() -> None:
    with pytest.raises(FormDamaged):
        form_in(b"a=%c3%28")
    with pytest.raises(TooManyFields):
        form_in(b"&".join(b"a=1" for _ in range(501)))

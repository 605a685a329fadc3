"""A program at the other door: signs in, looks, acts, is corrected and refused, and gets in nowhere else."""

import json
from typing import Any

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from casework.api import door
from casework.api.door import below, is_elsewhere
from casework.doors import COOKIE
from casework.timeline.tables import Event
from office.languages import language
from office.web.problems import PROBLEM_JSON
from tests.casework.city_sign_in.going import set_up
from tests.casework.desk import PEOPLE, STAFF, Desk, said
from tests.casework.drafts.writing import drafts, place
from tests.casework.residents import Reporter
from tests.support.city_provider import running_provider

API = "/api/v1"
JSON = {"content-type": "application/json"}


def sign_in(desk: Desk, client: TestClient, name: str = "laila", **other: str) -> Any:
    person = PEOPLE[name]
    given = {
        "name": person.sign_in_name,
        "passphrase": person.passphrase,
        "code": person.code(desk.clock.now()),
        **other,
    }
    return client.post(f"{API}/sign-in", json=given)


@pytest.fixture
def program(desk: Desk) -> TestClient:
    """A program that has signed in as Laila; it says nothing that only browsers say."""
    client = TestClient(desk.app, follow_redirects=False)
    assert sign_in(desk, client).status_code == 200
    return client


def test_the_door_is_the_same_and_shuts_after_five_wrong_tries(desk: Desk) -> None:
    client = TestClient(desk.app, follow_redirects=False)
    asked = client.get(f"{API}/my-sign-ins")
    assert (asked.status_code, asked.json()["code"]) == (401, "not_signed_in")
    assert "location" not in asked.headers
    wrong = [sign_in(desk, client, code="000000") for _ in range(5)]
    assert {one.status_code for one in wrong} == {403}
    assert wrong[0].headers["content-type"] == PROBLEM_JSON
    assert set(wrong[0].json()["corrections"]) == {"name"}
    assert COOKIE not in client.cookies
    assert sign_in(desk, client).status_code == 403, "five wrong tries: also the right one waits"
    desk.clock.move(minutes=6)
    right = sign_in(desk, client)
    assert right.json() == {"done": None, "said": None, "at": f"{API}/"}
    cookie = next(one for one in right.headers.get_list("set-cookie") if one.startswith(f"{COOKIE}="))
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie
    assert client.get(f"{API}/my-sign-ins").json()["page"] == "my_sign_ins"
    assert client.get("/es/my-sign-ins").status_code == 200, "one session, of whichever door"
    gone = client.post(f"{API}/sign-out", json={})
    assert (gone.status_code, gone.json()["at"]) == (200, f"{API}/sign-in")
    assert client.get(f"{API}/my-sign-ins").status_code == 401


def test_a_program_works_on_a_case_as_a_person_does(desk: Desk, program: TestClient) -> None:
    reporter = desk.a_case()
    own = f"{API}/cases/{reporter.case_number}/tracks"
    version = desk.case(reporter).version

    wrong = program.post(f"{own}?language=ca-valencia", json={"version": version, "track_note": "x"})
    assert (wrong.status_code, wrong.headers["content-language"]) == (422, "ca-valencia")
    assert wrong.json()["code"] == "to_be_corrected"
    assert wrong.json()["corrections"] == {"kind": desk_sentence(desk, "ca-valencia", "Choose one of these.")}

    numbered = {"version": version, "kind": "ombudsman", "track_note": "DNI 12345678Z"}
    asked = program.post(own, json=numbered)
    assert (asked.status_code, asked.json()["numbers"]) == (422, {"track_note": 1})
    assert program.get(own).json()["tracks"] == []

    before = desk.events(reporter)
    done = program.post(own, json={**numbered, "numbers": "remove"})
    assert (done.status_code, done.json()["done"]) == (200, "track_opened")
    assert done.json()["said"] == desk_sentence(desk, "es", "The track is open.")
    assert done.json()["at"].startswith(f"{own}/")
    assert desk.events(reporter)[len(before) :].count("track_opened") == 1

    stale = program.post(own, json={"version": version, "kind": "ombudsman"})
    assert (stale.status_code, stale.json()["code"]) == (409, "case_changed")
    assert stale.json()["changed"] == stale.json()["title"]
    assert len(program.get(own).json()["tracks"]) == 1

    step = {"version": desk.case(reporter).version, "step": "mandate_signed", "step_on": "2026-11-22"}
    taken = program.post(f"{done.json()['at']}/steps", json=step)
    assert (taken.status_code, taken.json()["done"]) == (200, "track_step")
    assert "2026-11-22" in program.get(done.json()["at"]).text
    assert desk.events(reporter)[-1] == "case_read", "what a program looks at is on the record too"


def desk_sentence(desk: Desk, tag: str, sentence: str) -> str:
    spoken: str = desk.app.state.desk.pages.spoken(tag).gettext(sentence)
    return spoken


DEEP = b"[" * 100_000
BODIES = {
    "a list": b"[]",
    "a text": b'"kind"',
    "nothing": b"",
    "half": b'{"kind": "court"',
    "deep": b'{"kind": ' + DEEP,
    "twice": b'{"kind": "court", "kind": "ombudsman"}',
    "no number": b'{"version": NaN}',
    "endless": b'{"version": 1' + b"0" * 9000 + b"}",
    "no text": b'{"kind": "\xff"}',
    "another field": b'{"kind": "court", "knid": "court"}',
    "a pattern": b'{"place-{}": "own"}',
    "a number for a code": b'{"kind": 1}',
    "a list for a code": b'{"kind": ["court"]}',
    "an object for a code": b'{"kind": {"is": "court"}}',
    "a text for codes": b'{"route": "x"}',
    "numbers for codes": b'{"route": [1]}',
    "a text for a number": b'{"version": "1"}',
    "a fraction": b'{"version": 1.5}',
    "a flag for a number": b'{"version": true}',
    "less than nothing": b'{"version": -1}',
    "a control character": b'{"kind": "court", "track_note": "a\\u0000b"}',
    "half a character": b'{"kind": "court", "track_note": "\\ud800"}',
    "too many": b'{"route": [' + b",".join([b'"x"'] * 600) + b"]}",
}


def test_nothing_is_taken_that_is_not_as_described(desk: Desk, program: TestClient) -> None:
    reporter = desk.a_case()
    own, before = f"{API}/cases/{reporter.case_number}/tracks", desk.case(reporter).version
    program.get(own)
    events = desk.events(reporter)
    for what, body in BODIES.items():
        answer = program.post(own, content=body, headers=JSON)
        assert answer.status_code in (413, 422), what
        assert answer.headers["content-type"] == PROBLEM_JSON, what
        assert "knid" not in answer.text, "what was sent is not told again"
    days = ("2026-02-30", "2026-2-3", "29/11/2026", "", 20261129, ["2026-11-29"])
    for day in days:
        answer = program.post(f"{API}/absences", json={"cover": "x", "first": day, "last": "2026-12-01"})
        assert (answer.status_code, answer.json().get("field")) == (422, "first"), day
    assert program.post(own, content=b'{"kind": "' + b"x" * 300_000 + b'"}', headers=JSON).status_code == 413
    assert (desk.case(reporter).version, desk.events(reporter)) == (before, events)


def test_no_page_elsewhere_can_make_a_browser_act(desk: Desk, program: TestClient) -> None:
    reporter: Reporter = desk.a_case()
    own = f"{API}/cases/{reporter.case_number}/tracks"
    good = {"version": desk.case(reporter).version, "kind": "ombudsman"}
    for kind in ("application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x", ""):
        body = b'{"version": 1, "kind": "ombudsman"}'
        for headers in ({"sec-fetch-site": "same-origin"}, {"cookie": f"own_site=1; {_cookies(program)}"}):
            answer = program.post(own, content=body, headers={"content-type": kind, **headers})
            assert answer.status_code == 415, kind
    for heads in ({"sec-fetch-site": "cross-site"}, {"origin": "https://elsewhere.example"}):
        answer = program.post(own, json=good, headers=heads)
        assert (answer.status_code, answer.json()["code"]) == (403, "from_elsewhere")
    preflight = {"origin": "https://elsewhere.example", "access-control-request-method": "POST"}
    asked = program.options(own, headers=preflight)
    assert (asked.status_code, asked.headers["allow"]) == (405, "GET, POST")
    assert not [name for name in asked.headers if name.startswith("access-control")]
    assert program.get(own).json()["tracks"] == []


def _cookies(client: TestClient) -> str:
    return "; ".join(f"{name}={value}" for name, value in client.cookies.items())


def test_what_is_not_understood_of_an_address_is_told(desk: Desk, program: TestClient) -> None:
    wrong = program.get(f"{API}/cases?area=nowhere")
    assert (wrong.status_code, set(wrong.json()["corrections"])) == (422, {"area"})
    assert program.get(f"{API}/cases?language=xx").status_code == 404
    assert program.get(f"{API}/partner").status_code == 404
    assert program.get(f"{API}/").headers["location"] == f"{API}/cases"
    listed = program.get(f"{API}/cases.csv?whose=all")
    assert listed.headers["content-type"] == "text/csv; charset=utf-8"
    english = program.get(f"{API}/nix", headers={"accept-language": "en"}).json()
    assert english == {
        "type": "/problems/not_found",
        "title": "We cannot find this page.",
        "status": 404,
        "code": "not_found",
    }


def test_a_program_is_not_sent_to_another_site_and_no_number_is_repeated(
    desk: Desk, program: TestClient
) -> None:
    spanish = language("es", "staff")
    for there in ("https://login.city.example/authorize?state=S", "//login.city.example/a"):
        assert is_elsewhere(there)
    assert not is_elsewhere("/es/cases?done=x")
    assert below("/es/cases?done=x", spanish) == (f"{API}/cases", "x")
    for path in ("sign-in/city", "sign-in/city/pass-phrase", "my-city-sign-in", "my-city-sign-in/linking"):
        asked = program.get(f"{API}/{path}")
        assert (asked.status_code, asked.json()["code"]) == (404, "not_found"), path
    reporter = desk.a_case()
    told = program.post(
        f"{API}/cases/{reporter.case_number}/notes", json={"note": "Trae el 12345678Z y el X1234567L."}
    )
    assert (told.status_code, told.json()["numbers"]) == (422, {"note": 2})
    assert "12345678" not in told.text and "1234567L" not in told.text


def test_a_page_that_leads_to_another_site_is_for_people(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    program = TestClient(desk.app, follow_redirects=False)
    with running_provider(lambda: desk.clock.now().timestamp()) as provider:
        set_up(desk, provider.issuer)
        gone = desk.stranger().get("/es/sign-in/city")
        assert gone.status_code == 303 and gone.headers["location"].startswith(provider.issuer)
        assert "set-cookie" in gone.headers
        for found, status in ((door.NOT_FOR_PROGRAMS, 404), (frozenset(), 406)):
            monkeypatch.setattr(door, "NOT_FOR_PROGRAMS", found)
            asked = program.get(f"{API}/sign-in/city")
            assert asked.status_code == status
            assert "location" not in asked.headers and "set-cookie" not in asked.headers
            assert provider.issuer not in asked.text


def test_what_a_person_is_typing_outlives_what_their_program_does(desk: Desk, program: TestClient) -> None:
    reporter, notes = desk.a_case(), "notes"
    where = place(reporter, notes)
    kept = program.post(f"{API}/drafts", json={"draft": where, "note": "Me dijo que"})
    assert kept.status_code == 200, kept.text
    assert program.post(f"{API}/{where}", json={"note": "Llamada de las diez."}).json()["done"]
    assert [one.place for one in drafts(desk)] == [where]


def test_what_a_program_did_is_told_apart_from_what_its_person_did(desk: Desk, program: TestClient) -> None:
    reporter, laila = desk.a_case(), desk.signed_in("laila")
    own, other = f"cases/{reporter.case_number}", desk.a_case("pau")
    with desk.reading() as session:
        came_in = session.exec(select(Event.detail).where(Event.kind == "signed_in").order_by(Event.at)).all()
    first, *others = (json.loads(detail).get("by_program", False) for detail in came_in)
    assert first and others and not any(others)
    program.get(f"{API}/{own}")
    laila.get(f"/en/{own}")
    program.post(f"{API}/{own}/notes", json={"note": "Llamada de las diez."})
    laila.post(f"/en/{own}/notes", data={"note": "Llamada de las once."})
    program.get(f"{API}/cases/{other.case_number}")
    laila.get(f"/en/cases/{other.case_number}")
    person = PEOPLE["laila"].display_name
    timeline = said(laila.get(f"/en/{own}").text)
    for did in ("read the case", "wrote a note"):
        assert f"{person} (with a program) {did}" in timeline
        assert f"{person} {did}" in timeline
    officer = next(name for name, one in STAFF.items() if one.role_code == "data_protection")
    for number, did in ((reporter.case_number, "A look"), (other.case_number, "Refused door")):
        asked = desk.signed_in(officer).get("/en/traces", params={"number": number, "month": "2026-11"})
        found = said(asked.text).partition("What was done")[2]
        assert f"{person} (with a program) – {did}" in found and f"{person} – {did}" in found, found

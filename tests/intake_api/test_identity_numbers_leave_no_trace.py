"""A document's number typed anywhere at the door and taken out is in no store, open or sealed, and no log.

Every field for words is tried as the form's own data list them, and every field of the programs' body as
`openapi.json` does, so a new one is tried without a change here.
"""

import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from intake_api.drafts.codes import lookup_of, secret_of
from intake_api.form.questions import Question, load_form
from office.handover.report import Message
from office.identity_numbers import REMOVED
from office.sealing.boxes import CannotOpen, unseal
from office.sealing.drafts import open_draft
from tests.intake_api import files
from tests.intake_api.conftest import STEPS, Browser, Entrance
from tests.intake_api.files import add
from tests.support.pages_read import form_of

NUMBERS = ("X1234567L", "y-7654321-g", "12345678Z", "87.654.321-X", "AAB123456", "١٢٣٤٥٦٧٨Z")
"""A NIE, a DNI and a passport as people write them, one of each with other signs in it."""
TEXTS = tuple(one for one in load_form().texts if one.needs_key is None)
"""Words of one's own; where to say that there is news takes an address or a number and nothing else."""
TOLD = "Se quedaron mi documento {number} en la puerta."
WITHOUT = TOLD.replace("{number}", REMOVED)


@pytest.fixture(scope="session")
def settings() -> dict[str, Any]:
    return {"posts_per_second": 0}


@pytest.fixture(autouse=True)
def everything_said(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)


def step_of(question: Question) -> str:
    return next(step.code for step in load_form().step if question in step.question)


def leader_of(question: Question) -> dict[str, str]:
    """What must be chosen so that a question that follows another, or waits for an answer, is asked."""
    leaders = (one for one in load_form().questions() if one.code == question.follows)
    waits = {code: answers[0] for code, answers in question.asked_when.items()}
    return waits | {leader.code: leader.option[-1].code for leader in leaders}


def opened(entrance: Entrance, browser: Browser) -> Iterator[str]:
    """Everything the stores hold, opened with every key there is, and the files as they lie on the disk."""
    for envelope in entrance.envelopes:
        if envelope.kind == "report":
            yield entrance.story(envelope).model_dump_json()
        if envelope.sealed_contact is not None:
            yield entrance.contact(envelope).model_dump_json()
        if envelope.sealed_statistics is not None:
            yield entrance.coded(envelope).model_dump_json()
    code = browser.client.cookies.get("draft")
    word = browser.client.cookies.get("sender") or ""
    for draft in entrance.drafts:
        if code and draft.lookup == lookup_of(code):
            yield draft_in(code, word, draft.sealed)
    for path in entrance.folder.rglob("*"):
        if path.is_file():
            yield path.read_bytes().decode("utf-8", "replace")


def draft_in(code: str, word: str, sealed: bytes) -> str:
    """A draft as its browser opens it, before it was sent or after."""
    try:
        return open_draft(secret_of(code, word, is_sent=False), sealed).decode()
    except CannotOpen:
        return open_draft(secret_of(code, word, is_sent=True), sealed).decode()


def assert_nowhere(
    entrance: Entrance, browser: Browser, caplog: pytest.LogCaptureFixture, number: str
) -> None:
    for told in (*opened(entrance, browser), caplog.text):
        # JSON may write other scripts' digits in escapes.
        assert number not in told and json.dumps(number)[1:-1] not in told, number


@pytest.mark.parametrize("question", TEXTS, ids=lambda question: question.code)
def test_a_number_taken_out_of_any_field_of_the_form_is_nowhere(
    visitor: Callable[[], Browser],
    entrance: Entrance,
    caplog: pytest.LogCaptureFixture,
    question: Question,
) -> None:
    for number in NUMBERS:
        browser, step = visitor(), step_of(question)
        given = {**leader_of(question), question.code: TOLD.format(number=number)}
        pointed_out = browser.answer(step, given)
        assert pointed_out.status_code == 422
        form = form_of(pointed_out.text, f"/report/{step}")
        assert form is not None and ("numbers", "remove") in form.buttons, (question.code, number)
        assert_nowhere(entrance, browser, caplog, number)

        assert browser.answer(step, {**given, "numbers": "remove"}).status_code == 303
        browser.post("/en/report/save")
        assert_nowhere(entrance, browser, caplog, number)
        assert number not in browser.get("/en/report/check").text
        if step != STEPS[0]:
            assert browser.answer(STEPS[0], {"act_codes": "insult"}).status_code == 303
        before = len(entrance.envelopes)
        assert browser.send().status_code == 303
        assert len(entrance.envelopes) == before + 1
        assert any(WITHOUT in told for told in opened(entrance, browser)), question.code
        assert number not in browser.get("/en/report/receipt").text
        assert_nowhere(entrance, browser, caplog, number)


def test_a_number_taken_out_of_a_message_is_nowhere(
    browser: Browser, entrance: Entrance, receipt: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    browser.post("/en/return", receipt)
    for number in NUMBERS:
        text = TOLD.format(number=number)
        pointed_out = browser.post("/en/return/message", {"message": text})
        assert pointed_out.status_code == 422 and 'name="numbers"' in pointed_out.text
        assert browser.post("/en/return/message", {"message": text, "numbers": "remove"}).status_code == 303
        messages = [one for one in entrance.envelopes if one.kind == "message"]
        story = entrance.private["story"]
        for one in messages:
            told = Message.model_validate_json(
                unseal(one.sealed_story, story, about=f"message/{one.case_number}")
            )
            assert number not in told.text
        assert number not in browser.get("/en/return/case").text
        assert_nowhere(entrance, browser, caplog, number)


def test_a_number_taken_out_of_a_link_is_nowhere(
    visitor: Callable[[], Browser], entrance: Entrance, caplog: pytest.LogCaptureFixture
) -> None:
    for number in NUMBERS:
        browser, link = visitor(), f"https://example.org/{number}/post"
        given = {"go": "on", "online_links": link}
        pointed_out = add(browser, **given)
        assert pointed_out.status_code == 422
        form = form_of(pointed_out.text, "/report/files")
        assert form is not None and ("numbers", "remove") in form.buttons, number
        assert link in pointed_out.text
        assert_nowhere(entrance, browser, caplog, number)

        assert add(browser, **{**given, "numbers": "remove"}).status_code == 303
        browser.answer(STEPS[0], {"act_codes": "insult"})
        shown = browser.get("/en/report/check").text
        assert number not in shown and link.replace(number, REMOVED) in shown
        assert browser.send().status_code == 303
        assert any(link.replace(number, REMOVED) in told for told in opened(entrance, browser)), number
        assert_nowhere(entrance, browser, caplog, number)


def test_a_number_left_in_a_link_is_asked_about_once(browser: Browser, entrance: Entrance) -> None:
    link = "https://example.org/12345678Z"
    assert add(browser, go="on", online_links=link, numbers="keep").status_code == 303
    assert add(browser, go="on", online_links=f"{link}\nexample.org/2").status_code == 303
    browser.answer(STEPS[0], {"act_codes": "insult"})
    browser.send()
    told = entrance.story(entrance.envelopes[0]).links
    assert [one.address for one in told] == [link, "example.org/2"]


@pytest.mark.parametrize("is_scripted", [False, True], ids=["one form", "piece by piece"])
def test_a_number_in_the_name_of_a_file_is_taken_out_at_once_and_the_page_says_so(
    visitor: Callable[[], Browser],
    entrance: Entrance,
    caplog: pytest.LogCaptureFixture,
    is_scripted: bool,
) -> None:
    for number in NUMBERS:
        browser, name, picture = visitor(), f"foto de {number}.jpg", files.photo()
        if is_scripted:
            assert sent_in_pieces(browser, name, picture) == f"foto de {REMOVED}.jpg"
        else:
            assert add(browser, (name, picture)).status_code == 303
        browser.answer(STEPS[0], {"act_codes": "insult"})
        for page in ("files", "check"):
            shown = browser.get(f"/en/report/{page}").text
            assert number not in shown and f"foto de {REMOVED}.jpg" in shown
            assert "We took the number of a document out of the name." in shown
        browser.send()
        assert number not in browser.get("/en/report/receipt").text
        refused = add(visitor(), (name, b""))
        assert refused.status_code == 422 and number not in refused.text
        assert_nowhere(entrance, browser, caplog, number)


def sent_in_pieces(browser: Browser, name: str, content: bytes) -> str:
    root, accept = "/en/report/files", {"accept": "application/json"}
    given = {"name": name, "size": str(len(content)), "purpose": "evidence", "mark": "17"}
    begun = browser.client.post(f"{root}/begin", data=given, headers=accept).json()
    kind = {**accept, "content-type": "application/octet-stream"}
    browser.client.post(f"{root}/piece/{begun['id']}/0", content=content, headers=kind)
    assert browser.client.post(f"{root}/end/{begun['id']}", headers=accept).status_code == 200
    return str(begun["name"])


def test_a_program_is_told_of_a_number_in_a_link_or_in_the_name_of_a_file(
    browser: Browser, entrance: Entrance, caplog: pytest.LogCaptureFixture
) -> None:
    for number in NUMBERS:
        kept = browser.client.post("/api/v1/files", content=files.photo()).json()
        sent = {
            "act_codes": ["insult"],
            "links": ["example.org/1", f"example.org/{number}"],
            "files": [{"file": kept["file"], "name": f"{number}.jpg"}],
        }
        refused = browser.client.post("/api/v1/reports", json=sent)
        assert refused.status_code == 422 and number not in refused.text
        assert [one["pointer"] for one in refused.json()["errors"]] == ["/files/0/name", "/links/1"]
        taken = browser.client.post("/api/v1/reports", json={**sent, "identity_numbers": "remove"})
        assert taken.status_code == 201, taken.text
        story = entrance.story(entrance.envelopes[-1])
        assert ([one.name for one in story.files], story.links[1].address) == (
            [f"{REMOVED}.jpg"],
            f"example.org/{REMOVED}",
        )
        assert_nowhere(entrance, browser, caplog, number)


def words_in(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A body for each place that takes words of one's own; `{number}` stands where they go."""
    for name, inner in schema.get("properties", {}).items():
        if inner.get("type") == "string" and inner.get("default") == "" and "enum" not in inner:
            yield {name: TOLD}
        for body in words_in(inner) if name != "notice" else ():
            yield {name: body}


def put_in(body: Any, number: str) -> Any:
    if isinstance(body, dict):
        return {name: put_in(value, number) for name, value in body.items()}
    return body.format(number=number)


def test_a_program_is_told_of_a_number_in_any_field_and_one_taken_out_is_nowhere(
    browser: Browser, entrance: Entrance, caplog: pytest.LogCaptureFixture
) -> None:
    described = browser.get("/openapi.json").json()["paths"]["/api/v1/reports"]["post"]["requestBody"]
    bodies = list(words_in(described["content"]["application/json"]["schema"]))
    assert len(bodies) >= len(TEXTS)
    for number in NUMBERS:
        for body in bodies:
            sent = {"act_codes": ["insult"], **put_in(body, number)}
            if "contact" in sent:
                sent["contact"] = {"kind": "other", "value": "x", **sent["contact"]}
            if "languages" in sent:
                sent["consents"] = {"advise": True}
            refused = browser.client.post("/api/v1/reports", json=sent)
            assert refused.status_code == 422, (body, number)
            assert number not in refused.text
            taken = browser.client.post("/api/v1/reports", json={**sent, "identity_numbers": "remove"})
            assert taken.status_code == 201, (body, number, taken.text)
        assert_nowhere(entrance, browser, caplog, number)

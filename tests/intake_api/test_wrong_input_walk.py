"""A walk through every field of the door with everything that can be wrong, in three languages.

Whatever is sent, nothing breaks, the answer is a page in the person's language with a sentence of that
language, and the text that could be read comes back.
"""

import json
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import quote, urlencode

import pytest
from httpx2 import Response

from intake_api.form.questions import Question, Step, load_form
from tests.intake_api.conftest import Browser, Entrance

TONGUES = ("en", "es", "ar")
FORM = {"content-type": "application/x-www-form-urlencoded"}
TYPED = "لا أعرف «señal» & <b>"
TEN_MEGABYTES = b"a" * 10_500_000
Sent = tuple[bytes, dict[str, str]]
"""A body and its headers."""


def told(page: Response) -> str:
    """The sentences of the list of what to correct."""
    found = re.search(r'govuk-error-summary__list">(.*?)</ul>', page.text, re.DOTALL)
    assert found, page.text
    return unescape(re.sub(r"<[^>]+>", " ", found.group(1))).strip()


def each_tongue(
    browser: Browser, path: str, sent: Sent, *, keeps: str = "", statuses: tuple[int, ...]
) -> None:
    """Send the same in each language; what is wrong is said in that language, and the text is back."""
    body, headers = sent
    sentences = set()
    for tag in TONGUES:
        answer = browser.client.post(f"/{tag}/{path}", content=body, headers=headers)
        assert answer.status_code in statuses, (path, body[:80], answer.status_code)
        if answer.status_code == 303:
            return
        assert f'<html class="govuk-template office office--residents" lang="{tag}"' in answer.text
        assert keeps in unescape(answer.text), (path, body[:80])
        assert answer.headers["cache-control"] == "no-store"
        sentences.add(told(answer))
    assert len(sentences) == len(TONGUES), sentences


def damages(name: str) -> Iterator[Sent]:
    """Everything that can be wrong with one field."""
    field = name.encode()
    for value in (b"%ff%fe", b"a%00b", b"a\x00b", b"%ed%a0%80", b"no_such_code", b"%D9%A1" * 9_000):
        yield field + b"=" + value, FORM
    yield field + b"=one&" + field + b"=two", FORM


def other_kinds(fields: dict[str, str]) -> Iterator[Sent]:
    """The same answers as something that is no form."""
    boundary = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    yield f"{boundary}--x--\r\n".encode(), {"content-type": "multipart/form-data; boundary=x"}
    yield json.dumps(fields).encode(), {"content-type": "application/json"}
    yield urlencode(fields).encode(), {"content-type": "text/plain"}
    yield urlencode(fields).encode(), {"content-type": ""}


def neighbour(step: Step, other_than: str) -> Question | None:
    """Another question of the step that takes text, which must not be lost."""
    return next((one for one in step.question if one.is_text and one.code != other_than), None)


@pytest.mark.parametrize("step", load_form().step, ids=lambda step: step.code)
def test_no_field_of_the_form_breaks_and_none_loses_its_neighbour(browser: Browser, step: Step) -> None:
    path = f"report/{step.code}"
    for question in step.question:
        beside = neighbour(step, question.code)
        for name in question.fields:
            for body, headers in damages(name):
                kept = f"&{beside.code}={quote(TYPED)}".encode() if beside else b""
                keeps = TYPED if beside else ""
                each_tongue(browser, path, (body + kept, headers), keeps=keeps, statuses=(303, 422))
    first = next((one.code for one in step.question if one.is_text), step.question[0].code)
    for sent in other_kinds({first: TYPED}):
        each_tongue(browser, path, sent, statuses=(422,))
    each_tongue(browser, path, (f"{first}=".encode() + TEN_MEGABYTES, FORM), statuses=(413,))


@pytest.mark.parametrize("year", ["2031", "٢٠٣١"])
def test_a_day_to_come_is_pointed_out_and_stays_in_its_fields(browser: Browser, year: str) -> None:
    given = {"when": "day", "when_day": "1", "when_month": "12", "when_year": year}
    each_tongue(
        browser, "report/when", (urlencode(given).encode(), FORM), keeps='value="12"', statuses=(422,)
    )


def test_the_two_fields_of_a_receipt_break_in_no_way(browser: Browser, receipt: dict[str, str]) -> None:
    for name in receipt:
        other = {one: value for one, value in receipt.items() if one != name}
        for body, headers in damages(name):
            both = body + b"&" + urlencode(other).encode()
            each_tongue(browser, "return", (both, headers), keeps=next(iter(other.values())), statuses=(422,))
    for sent in ((b"", FORM), *other_kinds(receipt)):
        each_tongue(browser, "return", sent, statuses=(422,))
    number = receipt["case_number"]
    long = f"case_number={number}&key=".encode() + TEN_MEGABYTES
    each_tongue(browser, "return", (long, FORM), keeps=number, statuses=(413,))


def test_a_message_breaks_in_no_way_and_none_of_it_is_lost(
    browser: Browser, entrance: Entrance, receipt: dict[str, str]
) -> None:
    browser.post("/en/return", receipt)
    for body in (b"message=a%00" + quote(TYPED).encode(), b"message=%ff" + quote(TYPED).encode()):
        each_tongue(browser, "return/message", (body, FORM), keeps=TYPED, statuses=(422,))
    for sent in ((b"", FORM), *other_kinds({"message": TYPED})):
        each_tongue(browser, "return/message", sent, statuses=(422,))
    long = b"message=" + quote(TYPED).encode() + TEN_MEGABYTES
    each_tongue(browser, "return/message", (long, FORM), keeps=TYPED, statuses=(413,))
    twice = {"message": [TYPED, "NIE X1234567L"]}  # a number, so that the page comes back
    page = browser.post("/en/return/message", twice)
    assert page.status_code == 422 and f"{TYPED}\nNIE X1234567L" in unescape(page.text)
    assert all(one.kind == "report" for one in entrance.envelopes)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"consent_count=maybe",
        b"consent_count=maybe&consent_advise=yes",
        b"consent_count=yes&consent_count=no",
        b"consent_count=y%00es",
        b"consent_advise=yes%ff",
        b"consent_count=yes&pad=" + TEN_MEGABYTES,
    ],
    ids=lambda body: body[:40].decode(),
)
def test_nobodys_consent_is_read_out_of_an_unclear_answer(
    browser: Browser, entrance: Entrance, receipt: dict[str, str], body: bytes
) -> None:
    browser.post("/en/return", receipt)
    each_tongue(browser, "return/consents", (body, FORM), statuses=(422, 413))
    for sent in other_kinds({"consent_count": "yes"}):
        each_tongue(browser, "return/consents", sent, statuses=(422,))
    assert all(one.kind == "report" for one in entrance.envelopes)


DEEP = b'{"what_happened":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
BODIES = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"1e999",
    DEEP,
    b'{"a":' * 40_000 + b"1" + b"}" * 40_000,
    b'{"what_happened":"a\\u0000b"}',
    b'{"what_happened":"a\x00b"}',
    b'{"what_happened":"a\xff\xfeb"}',
    b'{"what_happened":"\\ud800"}',
    b'{"what_happened":5}',
    b'{"what_happened":"x","in_danger":' + b"9" * 5_000 + b"}",
    b'{"what_happened":"x","unknown":1}',
    b'{"what_happened":"x","language":"xx"}',
    b'{"what_happened":"x","act_codes":["none_such"]}',
    b'{"what_happened":"x","when":{"kind":"day","day":"2031-01-01"}}',
    b'{"what_happened":"x","when":{"kind":"month","month":"0000-01"}}',
    b'{"what_happened":"' + b"x" * 20_001 + b'"}',
    b'{"what_happened":"' + TEN_MEGABYTES + b'"}',
    b"what_happened=x",
]


@pytest.mark.parametrize("body", BODIES, ids=lambda body: f"{body[:30]!r} {len(body)}")
def test_a_program_is_told_in_its_language_what_was_wrong(
    browser: Browser, entrance: Entrance, body: bytes
) -> None:
    sentences = set()
    for tag in TONGUES:
        headers = {"content-type": "application/json", "accept-language": tag}
        refused = browser.client.post("/api/v1/reports", content=body, headers=headers)
        assert refused.status_code in (413, 422), refused.status_code
        problem = refused.json()
        sentences.add((problem["title"], *(one["detail"] for one in problem.get("errors", []))))
        assert refused.headers["content-language"] == tag
    assert len(sentences) == len(TONGUES)
    assert entrance.envelopes == []

"""The desk cannot reach its store: it says so, nothing is half kept, and nothing that was typed is lost."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from office.languages import language
from office.stores import engines
from office.stores.errors import StoreUnavailable
from tests.casework.desk import STAFF, Desk, said

WORDS = "Llamada con la agencia: dicen que el piso ya no está, y lo niegan por escrito."
SENTENCE = language("es", "staff").gettext(StoreUnavailable.sentence)


@contextmanager
def locked(desk: Desk) -> Iterator[None]:
    """Another program holds the store, as a backup that hangs would."""
    with closing(sqlite3.connect(desk.folder / "casework.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.fixture(autouse=True)
def little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "BUSY_AFTER_MS", 50)


def test_what_was_typed_comes_back_and_is_kept_once_when_it_is_sent_again(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    notes = f"/es/cases/{reporter.case_number}/notes"
    with locked(desk):
        page = laila.post(notes, data={"note": WORDS, "draft_version": "3"})
        looked_at = laila.get(f"/es/cases/{reporter.case_number}")
    assert (page.status_code, looked_at.status_code) == (503, 503)
    assert page.headers["Retry-After"]
    for answer in (page, looked_at):
        assert SENTENCE in said(answer.text)
    assert WORDS in said(page.text)
    assert f'<form method="post" action="{notes}"' in page.text
    assert f'<input type="hidden" name="note" value="{WORDS}">' in page.text
    assert "draft_version" not in page.text
    assert WORDS not in said(laila.get(f"/es/cases/{reporter.case_number}").text)
    assert laila.post(notes, data={"note": WORDS}).status_code == 303
    assert said(laila.get(f"/es/cases/{reporter.case_number}").text).count(WORDS) == 1


def test_a_pass_phrase_is_never_given_back(desk: Desk) -> None:
    person, stranger = STAFF["laila"], desk.stranger()
    fields = {"name": person.sign_in_name, "passphrase": person.passphrase, "code": "000000"}
    fields["code"] = person.code(desk.clock.now())
    with locked(desk):
        page = stranger.post("/es/sign-in", data=fields)
    assert page.status_code == 503
    assert SENTENCE in said(page.text)
    assert person.passphrase not in page.text
    assert fields["code"] not in page.text

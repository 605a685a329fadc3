"""The desk cannot reach its store: it says so, nothing is half kept, and nothing that was typed is lost."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from sqlalchemy import event

from office.ids import new_id
from office.languages import language
from office.stores import engines
from office.stores.errors import CommitUnknown, StoreUnavailable
from office.web.turns import Turns
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


@contextmanager
def a_crowd(desk: Desk) -> Iterator[None]:
    """As many ask as the desk answers at one time, and none of them comes to an end."""
    layer = desk.app.middleware_stack
    while not isinstance(layer, Turns):
        layer = layer.app  # type: ignore[union-attr]
    before = layer.at_once, layer.patience
    layer.at_once, layer.patience = 0, 0.05
    yield
    layer.at_once, layer.patience = before


def test_whoever_waits_too_long_behind_a_crowd_has_their_words_back(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    own = f"/es/cases/{reporter.case_number}"
    with a_crowd(desk):
        page = laila.post(f"{own}/notes", data={"note": WORDS})
        told = laila.post(f"/api/v1/cases/{reporter.case_number}/notes", json={"note": WORDS})
        watched, at_the_door = laila.get("/healthz"), desk.stranger().get("/es/sign-in")
    assert (page.status_code, told.status_code) == (503, 503)
    assert (watched.status_code, at_the_door.status_code) == (200, 200)
    assert SENTENCE in said(page.text) and WORDS in said(page.text)
    assert f'<form method="post" action="{own}/notes"' in page.text
    assert told.json()["code"] == "store_unavailable" and told.headers["retry-after"]
    assert WORDS not in said(laila.get(own).text)


@contextmanager
def cut_off(desk: Desk) -> Iterator[None]:
    """The connection to the store breaks off at the moment of each commit."""

    def cut(_: object) -> None:
        raise CommitUnknown(store="casework", reason="unreachable")

    engine = desk.app.state.desk.sessions.kw["bind"]
    event.listen(engine, "commit", cut)
    yield
    event.remove(engine, "commit", cut)


def test_where_nobody_knows_the_page_leads_to_where_it_would_be_and_no_one_sends_again_by_itself(
    desk: Desk,
) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    own, found = f"/es/cases/{reporter.case_number}", {}
    with cut_off(desk):
        for act in (f"{own}/notes", "/es/cases/views/removal"):
            found[act] = laila.post(act, data={"note": WORDS, "view": str(new_id())})
        told = laila.post(f"/api/v1/cases/{reporter.case_number}/notes", json={"note": WORDS})
    for act, look_at in ((f"{own}/notes", own), ("/es/cases/views/removal", "/es/cases")):
        assert found[act].status_code == 503 and "retry-after" not in found[act].headers
        assert f'href="{look_at}" target="_blank"' in found[act].text, act
    assert (told.status_code, told.json()["code"]) == (503, "commit_unknown")
    assert "retry-after" not in told.headers


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

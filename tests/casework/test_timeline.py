"""The timeline notices an edited row, a cut tail, a missing row and a recomputed chain."""

import json
import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from casework.__main__ import main
from casework.inbox.queries import PAGE
from casework.timeline.heads import HeadsDamaged, read_heads, write_heads
from casework.timeline.queries import PAGE as TIMELINE_PAGE
from casework.timeline.queries import heads
from casework.timeline.rules import BEGINNING, link_hash
from casework.timeline.tables import ChainHead, Event
from casework.timeline.verification import findings
from tests.casework.desk import Desk, said

DAY = date(2026, 11, 23)


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A desk where something happened, with the day's heads signed."""
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    for number in range(3):
        laila.post(f"/es/cases/{reporter.case_number}/notes", data={"note": f"Nota {number}"})
    with desk.reading() as session:
        write_heads(desk.settings.heads, heads(session), on=DAY)
    laila.post(f"/es/cases/{reporter.case_number}/notes", data={"note": "Después"})
    return desk


def found(desk: Desk) -> list[tuple[int, str]]:
    with desk.reading() as session:
        return [(one.seq, one.what) for one in findings(session, read_heads(desk.settings.heads))]


def chain_of(session: Session) -> str:
    return session.exec(select(Event.chain).where(Event.kind == "note_written").distinct()).one()


def recompute(session: Session, chain: str, until: int) -> None:
    """Do what somebody with the whole database could: hash the chain anew from end to end."""
    previous = BEGINNING
    for event in session.exec(select(Event).where(Event.chain == chain).order_by(Event.seq)):  # type: ignore[arg-type]  # a column
        event.previous_hash = previous
        event.hash = link_hash(
            chain=chain,
            seq=event.seq,
            at=event.at,
            kind=event.kind,
            by=event.by,
            detail=event.detail,
            previous_hash=previous,
        )
        previous = event.hash
        session.add(event)
    head = session.get_one(ChainHead, chain)
    head.seq, head.hash = until, previous
    session.add(head)


def test_a_timeline_nobody_touched_is_whole(busy: Desk) -> None:
    assert found(busy) == []


def edit(session: Session) -> None:
    session.execute(text("UPDATE event SET detail = '{}' WHERE kind = 'case_opened'"))


def edit_who(session: Session) -> None:
    session.execute(text("UPDATE event SET \"by\" = NULL WHERE kind = 'case_opened'"))


def take_one_out(session: Session) -> None:
    session.execute(text("DELETE FROM event WHERE kind = 'state_told'"))


def cut_the_tail(session: Session) -> None:
    chain = chain_of(session)
    session.execute(text("DELETE FROM event WHERE chain = :c AND seq > 2"), {"c": chain})


def cut_the_tail_and_the_head(session: Session) -> None:
    cut_the_tail(session)
    recompute(session, chain_of_case(session), 2)


def chain_of_case(session: Session) -> str:
    return session.exec(select(Event.chain).where(Event.kind == "case_opened")).one()


def edit_and_recompute(session: Session) -> None:
    edit(session)
    chain = chain_of(session)
    recompute(session, chain, session.get_one(ChainHead, chain).seq)


def remove_a_whole_chain(session: Session) -> None:
    chain = chain_of(session)
    session.execute(text("DELETE FROM event WHERE chain = :c"), {"c": chain})
    session.execute(text("DELETE FROM chain_head WHERE chain = :c"), {"c": chain})


@pytest.mark.parametrize(
    ("tamper", "seq"),
    [
        (edit, 1),
        (edit_who, 1),
        (take_one_out, 2),
        (cut_the_tail, 3),
        (cut_the_tail_and_the_head, 5),
        (edit_and_recompute, 5),
        (remove_a_whole_chain, 5),
    ],
)
def test_tampering_is_found_and_the_row_is_named(
    busy: Desk, tamper: Callable[[Session], None], seq: int
) -> None:
    with busy.writing() as session:
        tamper(session)
    assert seq in [place for place, _ in found(busy)]


def test_a_file_of_heads_that_was_altered_is_refused(busy: Desk) -> None:
    path = next(busy.settings.heads.glob("*.json"))
    path.write_text(path.read_text().replace('"office": [', '"office": [1'))
    with pytest.raises(HeadsDamaged):
        read_heads(busy.settings.heads)


def test_heads_are_signed_again_only_for_chains_that_moved(busy: Desk) -> None:
    folder = busy.settings.heads
    with busy.reading() as session:
        second = write_heads(folder, heads(session), on=DAY)
        assert second is not None
        assert write_heads(folder, heads(session), on=DAY) is None
    assert len(list(folder.glob("*.json"))) == 2
    assert found(busy) == []


def test_the_command_says_whole_or_names_the_row_and_ends_with_one(
    busy: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CONVIVENCIA_CASEWORK_URL", busy.casework_url)
    monkeypatch.setenv("CONVIVENCIA_HOME", str(busy.folder))
    monkeypatch.setenv("CONVIVENCIA_DEMO", "1")
    assert main(["verify-timeline"]) == 0
    assert capsys.readouterr().out.startswith("whole: ")
    with busy.writing() as session:
        edit(session)
    assert main(["verify-timeline"]) == 1
    said = capsys.readouterr()
    assert "row 1: edited" in said.out
    assert "not whole" in said.err


def test_the_web_process_cannot_change_or_delete_an_event(busy: Desk) -> None:
    from office.stores.engines import open_store, sessions
    from office.stores.errors import NotGranted

    engine = open_store(busy.casework_url, role="casework", store="casework")
    for statement in ("UPDATE event SET kind = 'x'", "DELETE FROM event"):
        with pytest.raises(NotGranted), sessions(engine).begin() as session:
            session.execute(text(statement))
    engine.dispose()


def test_the_timeline_holds_codes_and_no_word_of_anybody(busy: Desk) -> None:
    with busy.reading() as session:
        told = " ".join(session.exec(select(Event.detail)).all())
    for word in ("Nota", "Persona", "600 123", "Laila", "alquilar"):
        assert word not in told


def looks(desk: Desk) -> list[dict[str, object]]:
    with desk.reading() as session:
        found = session.exec(
            select(Event).where(Event.chain == "office", Event.kind == "list_read").order_by(Event.seq)  # type: ignore[arg-type]  # a column
        )
        return [json.loads(event.detail) for event in found]


def test_each_page_of_a_list_that_is_looked_at_is_one_event_of_the_office(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    waiting = desk.report()
    laila = desk.signed_in("laila")
    for path in ("inbox", "cases", "cases?whose=all&which=closed"):
        assert laila.get(f"/es/{path}").status_code == 200
    assert looks(desk) == [
        {"list": "inbox", "rows": 1},
        {"list": "cases", "whose": "mine", "which": "open", "rows": 1},
        {"list": "cases", "whose": "all", "which": "closed", "rows": 0},
    ]
    with desk.reading() as session:
        told = session.exec(select(Event.detail).where(Event.kind == "list_read")).all()
    assert not any(number in line for line in told for number in (reporter.case_number, waiting.case_number))


def test_a_later_page_of_a_list_is_told_as_such_and_names_no_report(desk: Desk) -> None:
    for _ in range(PAGE + 1):
        desk.report(carried=False)
    desk.collect()
    iris = desk.signed_in("iris")
    first = iris.get("/es/inbox").text
    onwards = unescape(re.search(r'href="(/es/inbox\?after=[^"]+)"', first)[1])  # type: ignore[index]  # there are two pages
    iris.get(onwards)
    iris.get("/es/inbox?after=whatever somebody typed")
    assert looks(desk) == [
        {"list": "inbox", "rows": PAGE},
        {"list": "inbox", "page": "later", "rows": 1},
        {"list": "inbox", "rows": PAGE},
    ]
    shown = said(desk.signed_in("remei").get("/es/timeline?lists=only").text)
    assert shown.count("una página posterior") == 1


def test_a_list_that_cannot_be_recorded_is_not_shown(desk: Desk) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    with desk.writing() as session:
        session.execute(text("ALTER TABLE event RENAME TO event_gone"))
    answer = laila.get("/es/cases")
    assert answer.status_code >= 500
    assert reporter.case_number not in answer.text


def test_the_office_timeline_leaves_looks_at_lists_out_until_they_are_asked_for(desk: Desk) -> None:
    desk.a_case("laila")
    desk.signed_in("laila").get("/es/cases?whose=all")
    remei = desk.signed_in("remei")
    usual, only, everything = (
        said(remei.get(f"/es/timeline{asked}").text) for asked in ("", "?lists=only", "?lists=all")
    )
    assert "consultó una lista" not in usual
    assert "entró" in usual
    assert "todos los expedientes que puede abrir (Expedientes abiertos), 1 línea" in only
    assert "entró" not in only
    assert "consultó una lista" in everything
    assert "entró" in everything


def test_the_pages_of_the_timeline_keep_what_was_chosen(desk: Desk) -> None:
    laila, remei = desk.signed_in("laila"), desk.signed_in("remei")
    for _ in range(TIMELINE_PAGE + 1):
        laila.get("/es/cases")
    page = remei.get("/es/timeline?lists=only").text
    onwards = unescape(re.search(r'href="(/es/timeline\?lists=only&amp;before=\d+)"', page)[1])  # type: ignore[index]  # there are two pages
    assert said(remei.get(onwards).text).count("consultó una lista") == 1

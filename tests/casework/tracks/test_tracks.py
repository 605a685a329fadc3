"""The tracks of a case: each stands where its log says, and nothing is filed without a mandate."""

import re
from datetime import date
from typing import Any

import pytest
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from casework.tracks.rules import KINDS, RESULTS, STRATEGIC, first_step, moves
from office.stores.errors import NotGranted
from tests.casework.conflicts.people import add
from tests.casework.deadlines.clocks import scan, version
from tests.casework.desk import Desk, said
from tests.casework.tracks.steps import TODAY, back, now, opened, path, rows, standing, step, walk


def test_a_case_has_any_number_of_tracks_and_each_stands_where_its_own_steps_left_it(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    stage = desk.case(reporter).stage_code
    first = opened(desk, laila, reporter, "administrative", route="sanction_l4_2023")
    second = opened(desk, laila, reporter, "criminal")
    third = opened(desk, laila, reporter, "administrative")
    walk(desk, laila, reporter, first, "mandate_signed", "filed", "acknowledged")
    walk(desk, laila, reporter, second, "withdrawn")
    states = {one.track.id: one.state for one in standing(desk, reporter)}
    assert states == {
        first.track.id: "acknowledged",
        second.track.id: "withdrawn",
        third.track.id: "prepared",
    }
    assert desk.case(reporter).stage_code == stage
    words = said(laila.get(path(reporter)).text)
    assert "Acusado recibo por la autoridad" in words and "Retirada" in words


@pytest.mark.parametrize(
    "codes",
    [
        ("mandate_signed", "filed", "acknowledged", "resolved", "appealed", "resolved", "final"),
        ("mandate_signed", "filed", "silent", "appealed", "final"),
        ("withdrawn",),
    ],
    ids=["resolved and appealed", "silence", "withdrawn"],
)
@pytest.mark.parametrize("kind", ["labour", "online_removal"])
def test_a_track_goes_from_a_mandate_to_a_final_answer(desk: Desk, kind: str, codes: tuple[str, ...]) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    one = opened(desk, laila, reporter, kind)
    walk(desk, laila, reporter, one, *codes)
    ended = now(desk, reporter, one)
    assert (ended.state, ended.is_open) == (codes[-1], False)
    assert [row.step_code for row in ended.steps] == ["prepared", *codes]
    refused = step(desk, laila, reporter, one, "resolved", result="favourable")
    assert refused.status_code == 409
    assert "Esta vía ha terminado." in said(refused.text)


@pytest.mark.parametrize(
    "codes",
    [
        ("committee", "accepted", "mandate_signed", "running", "ruling", "follow_up", "final"),
        ("committee", "declined"),
    ],
    ids=["accepted", "declined"],
)
def test_strategic_litigation_goes_by_the_committee(desk: Desk, codes: tuple[str, ...]) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    one = opened(desk, laila, reporter, STRATEGIC)
    walk(desk, laila, reporter, one, *codes)
    assert [row.step_code for row in now(desk, reporter, one).steps] == ["proposed", *codes]
    assert not now(desk, reporter, one).is_open


@pytest.mark.parametrize(
    ("kind", "before", "filing"),
    [("civil", (), "filed"), (STRATEGIC, ("committee", "accepted"), "running")],
)
def test_nothing_is_filed_without_a_noted_mandate(
    desk: Desk, kind: str, before: tuple[str, ...], filing: str
) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    one = opened(desk, laila, reporter, kind)
    walk(desk, laila, reporter, one, *before)
    kept = version(desk, reporter)
    refused = step(desk, laila, reporter, one, filing, step_note="Ya está.")
    assert refused.status_code == 409
    assert "Nada se presenta sin un mandato. Anota primero en qué día se firmó" in said(refused.text)
    assert "Ya está." in refused.text  # what was typed is not lost
    assert version(desk, reporter) == kept
    walk(desk, laila, reporter, one, "mandate_signed", filing)


def test_a_mandate_that_was_taken_back_does_not_count(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    one = opened(desk, laila, reporter, "civil")
    walk(desk, laila, reporter, one, "mandate_signed")
    assert back(desk, laila, reporter, one, now(desk, reporter, one).newest).status_code == 303
    assert now(desk, reporter, one).state == "prepared"
    assert step(desk, laila, reporter, one, "filed").status_code == 409


def test_a_step_is_taken_back_by_another_that_keeps_why_and_nothing_is_deleted(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    one = opened(desk, laila, reporter, "ombudsman")
    walk(desk, laila, reporter, one, "mandate_signed", "filed", "silent")
    filed, silent = now(desk, reporter, one).steps[2:]
    early = back(desk, laila, reporter, one, filed)
    assert early.status_code == 409
    assert "Solo se anula el paso más reciente." in said(early.text)
    assert back(desk, laila, reporter, one, silent, "Contestaron a tiempo.").status_code == 303
    assert back(desk, laila, reporter, one, silent).status_code == 409  # once only
    walk(desk, laila, reporter, one, "acknowledged")
    assert [row.step_code for row in now(desk, reporter, one).steps] == [
        "prepared",
        "mandate_signed",
        "filed",
        "silent",
        "taken_back",
        "acknowledged",
    ]
    words = said(laila.get(path(reporter, one)).text)
    assert "Contestaron a tiempo." in words and "anulado después" in words


def test_the_beginning_of_a_track_is_not_taken_back(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    one = opened(desk, laila, reporter, "consumer")
    refused = back(desk, laila, reporter, one, one.newest)
    assert refused.status_code == 409
    assert "El comienzo de una vía no se anula." in said(refused.text)


def test_a_step_before_the_last_one_or_out_of_order_is_refused_with_what_to_do(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    one = opened(desk, laila, reporter, "administrative")
    signed_before = step(desk, laila, reporter, one, "mandate_signed", date(2026, 11, 20))
    assert signed_before.status_code == 303  # before the track was entered here
    early = step(desk, laila, reporter, one, "filed", date(2026, 11, 19))
    assert early.status_code == 409
    assert "Este día es anterior al último paso." in said(early.text)
    ahead = step(desk, laila, reporter, one, "final")
    assert ahead.status_code == 409
    assert "Este paso no sigue de donde está la vía." in said(ahead.text)
    assert step(desk, laila, reporter, one, "filed", date(2026, 11, 24)).status_code == 422


def test_filing_asks_for_the_authority_and_resolving_for_the_result(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    one = opened(desk, laila, reporter, "administrative")
    walk(desk, laila, reporter, one, "mandate_signed")
    assert step(desk, laila, reporter, one, "filed", track_authority="").status_code == 422
    walk(desk, laila, reporter, one, "filed")
    assert step(desk, laila, reporter, one, "resolved").status_code == 422
    assert step(desk, laila, reporter, one, "resolved", result="partly").status_code == 303
    assert now(desk, reporter, one).newest.result_code == "partly"


def test_numbers_and_words_of_a_track_are_sealed_to_the_case(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    one = opened(desk, laila, reporter, "administrative", track_note="Pedimos la sanción.")
    walk(desk, laila, reporter, one, "mandate_signed")
    told = {"track_authority": "Conselleria", "external_number": "EXP-77-2026", "step_note": "En mano."}
    assert step(desk, laila, reporter, one, "filed", **told).status_code == 303
    for name in ("laila", "amparo"):
        words = said(desk.signed_in(name).get(path(reporter, one)).text)
        assert "Conselleria" in words and "EXP-77-2026" in words and "Pedimos la sanción." in words
    kept = (desk.folder / "casework.db").read_bytes()
    for secret in ("Conselleria", "EXP-77-2026", "En mano.", "Pedimos"):
        assert secret.encode() not in kept


def test_what_was_written_is_read_by_whoever_has_the_case_next(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    one = opened(desk, laila, reporter, "administrative", track_note="Pedimos la sanción.")
    given = {"version": version(desk, reporter), "adviser": str(desk.staff_id("pau")), "reason": "load"}
    answer = laila.post(f"/es/cases/{reporter.case_number}/adviser", data=given)
    assert answer.status_code == 303
    assert laila.get(path(reporter, one)).status_code == 404
    assert "Pedimos la sanción." in said(desk.signed_in("pau").get(path(reporter, one)).text)


def test_a_page_that_is_older_than_the_case_changes_nothing(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    one = opened(desk, laila, reporter, "civil")
    old = version(desk, reporter)
    walk(desk, laila, reporter, one, "mandate_signed")
    stale = step(desk, laila, reporter, one, "filed", version=old, step_note="Presentada.")
    assert stale.status_code == 409
    assert "Presentada." in stale.text
    assert now(desk, reporter, one).state == "mandate_signed"
    assert laila.post(path(reporter), data={"version": old, "kind": "civil"}).status_code == 409


def test_a_track_of_another_case_or_of_a_case_one_may_not_open_is_not_there(desk: Desk) -> None:
    reporter, other = desk.a_case("laila"), desk.a_case("laila")
    laila, pau = desk.signed_in("laila"), desk.signed_in("pau")
    one = opened(desk, laila, reporter, "civil")
    assert laila.get(path(other, one)).status_code == 404
    assert step(desk, laila, other, one, "mandate_signed").status_code == 404
    assert laila.get(f"{path(reporter)}/nothing").status_code == 404
    for address in (path(reporter), path(reporter, one)):
        assert pau.get(address).status_code == 404
    assert step(desk, pau, reporter, one, "mandate_signed").status_code == 404
    assert pau.post(path(reporter), data={"version": "1", "kind": "civil"}).status_code == 404


def test_tracks_wait_while_a_conflict_of_interest_is_undecided(desk: Desk) -> None:
    earlier, reporter = desk.a_case("pau"), desk.a_case("laila")
    laila = desk.signed_in("laila")
    one = opened(desk, laila, reporter, "civil")
    add(desk.signed_in("pau"), earlier, "Bar Pepe", "represented")
    add(laila, reporter, "Bar Pepe")
    refused = step(desk, laila, reporter, one, "mandate_signed")
    assert refused.status_code == 409
    assert "cuando una persona supervisora haya decidido" in said(refused.text)


def test_a_case_with_an_open_track_is_closed_only_by_a_supervisor_with_a_reason(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    one = opened(desk, laila, reporter, "labour")
    ended = opened(desk, laila, reporter, "ombudsman")
    walk(desk, laila, reporter, ended, "withdrawn")

    def asked() -> Any:
        assert desk.ask_to_close(reporter, despite_deadlines="Porque sí.").status_code == 303
        return desk.decide_closing(reporter)

    for act in (lambda: desk.ask_to_close(reporter), asked):
        refused = act()
        assert refused.status_code == 409
        words = said(refused.text)
        assert "vías" in words and "Preparada" in words
        assert re.search("Juzgado social ?: (aún sin resultado|se deja abierta)", words)
        assert re.search("Defensoría ?: Retirado", words), "what has ended has its result"
    assert desk.case(reporter).closed_on is None
    assert desk.decide_closing(reporter, why="Sigue un sindicato.").status_code == 303
    page = said(laila.get(f"/es/cases/{reporter.case_number}").text)
    assert "aunque estas vías estaban abiertas: Juzgado social" in page
    assert "Sigue un sindicato." in page
    assert now(desk, reporter, one).is_open
    walk(desk, laila, reporter, one, "withdrawn")  # what goes on is settled later too
    assert (
        laila.post(path(reporter), data={"version": version(desk, reporter), "kind": "civil"}).status_code
        == 409
    )


def test_one_reason_covers_open_deadlines_and_tracks_and_is_kept_once(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    scan(desk, laila, reporter, TODAY, "civil_tort")
    opened(desk, laila, reporter, "civil")
    desk.close_case(reporter, why="Sigue un sindicato.")
    page = said(laila.get(f"/es/cases/{reporter.case_number}").text)
    assert page.count("Sigue un sindicato.") == 1
    assert "estas vías estaban abiertas" in page


def test_every_act_is_one_event_in_the_timeline_of_the_case(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    before = len(desk.events(reporter))
    one = opened(desk, laila, reporter, "civil")
    walk(desk, laila, reporter, one, "mandate_signed")
    back(desk, laila, reporter, one, now(desk, reporter, one).newest)
    step(desk, laila, reporter, one, "final")  # refused: it was looked at, and nothing more
    assert desk.events(reporter)[before:] == ["track_opened", "track_step", "track_step", "case_read"]


def test_the_web_process_can_neither_change_nor_delete_a_step(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    opened(desk, laila, reporter, "civil")
    (row,) = rows(desk)

    def change(session: Session) -> None:
        session.get_one(type(row), row.id).step_code = "final"

    def delete(session: Session) -> None:
        session.delete(session.get_one(type(row), row.id))

    for act in (change, delete):
        with pytest.raises((NotGranted, DatabaseError)), desk.app.state.desk.sessions.begin() as session:
            act(session)


def test_every_kind_can_come_to_an_end_and_no_step_leads_nowhere() -> None:
    for kind in KINDS:
        reached, todo = set(), [first_step(kind)]
        while todo:
            state = todo.pop()
            if state not in reached:
                reached.add(state)
                todo += moves(kind, state)
                assert moves(kind, state) or state in ("final", "withdrawn", "declined"), state
        assert "final" in reached
    assert set(RESULTS)

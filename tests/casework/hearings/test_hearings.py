"""Hearings: only where somebody decides, never written over, and seen wherever days are seen."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from casework.hearings.rules import minute_in
from casework.queues.rules import WEIGHTS
from casework.timeline.tables import Event
from casework.tracks.queries import Standing
from office.ids import shown
from tests.casework.conflicts.people import declare
from tests.casework.deadlines import strict_calendar
from tests.casework.deadlines.clocks import version
from tests.casework.deadlines.feeds import calendar, made
from tests.casework.desk import Desk, mistakes, said, typed
from tests.casework.hearings.hearings import (
    ON,
    TODAY,
    a_hearing,
    end,
    filed,
    note,
    noted,
    now,
    page,
    path,
    put_off,
    rows,
)
from tests.casework.merges.pairs import apart, together, two
from tests.casework.queues.test_cover import away
from tests.casework.residents import Reporter
from tests.casework.tracks import steps as tracks


def test_only_a_track_that_lies_before_somebody_who_decides_takes_one_and_the_page_says_what_first(
    desk: Desk,
) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    track = tracks.opened(desk, laila, reporter, "labour")
    assert 'name="hearing_at"' not in laila.get(path(reporter, track)).text
    refused = note(desk, laila, reporter, track)
    assert refused.status_code == 409 and "Anota antes que se presentó" in said(refused.text)
    assert typed(refused.text, "hearing_bring")["text"] == "El contrato."  # nothing typed is lost
    tracks.walk(desk, laila, reporter, track, "mandate_signed", "filed")
    row = noted(desk, laila, reporter, track)
    assert (row.on_day, row.minute, row.kind_code, row.state_code) == (ON, 580, "trial", "set")
    tracks.walk(desk, laila, reporter, track, "resolved")
    decided = note(desk, laila, reporter, track)
    assert decided.status_code == 409 and "ya se decidió" in said(decided.text)
    tracks.walk(desk, laila, reporter, track, "final")
    ended = note(desk, laila, reporter, track)
    assert ended.status_code == 409 and "Esta vía ha terminado" in said(ended.text)
    strategic = tracks.opened(desk, laila, reporter, "strategic")
    first = note(desk, laila, reporter, strategic)
    assert first.status_code == 409 and "En marcha ante el juzgado" in said(first.text)
    assert len(rows(desk)) == 1


def test_what_is_said_of_one_lies_sealed_and_stands_in_no_event(desk: Desk) -> None:
    reporter, row = a_hearing(desk)
    assert end(desk.signed_in("laila"), reporter, row, "cancelled").status_code == 303
    with desk.reading() as session:
        kept = dict(session.execute(text("SELECT * FROM case_hearing")).mappings().one())
        events = session.exec(select(Event.detail).where(col(Event.kind).startswith("hearing_"))).all()
    told = " ".join(map(str, (*kept.values(), *events)))
    assert len(events) == 2 and "trial" in events[0]
    assert not any(word in told for word in ("Juzgado", "contrato", "Laila", "vista", "2026-12-03T"))
    page_told = said(desk.signed_in("laila").get(page(reporter, row)).text)
    assert all(word in page_told for word in ("Juzgado Social 5, sala 4", "El contrato.", "Quedó vista."))


def test_one_that_is_put_off_names_the_next_and_its_day_is_never_written_over(desk: Desk) -> None:
    reporter, row = a_hearing(desk)
    laila = desk.signed_in("laila")
    unsaid = end(laila, reporter, row, "postponed")
    assert unsaid.status_code == 422 and len(mistakes(unsaid.text)) == 2 and len(rows(desk)) == 1
    assert typed(unsaid.text, "hearing_went")["text"] == "Quedó vista."
    later = date(2026, 12, 17)
    assert put_off(laila, reporter, row, later).status_code == 303
    old, new = rows(desk)
    assert (old.on_day, old.minute, old.state_code, old.next_id) == (ON, 580, "postponed", new.id)
    assert (new.on_day, new.minute, new.state_code, new.track_id) == (later, 665, "set", row.track_id)
    told = laila.get(page(reporter, old)).text
    assert f"/hearings/{new.id}" in told and 'name="hearing_end"' not in told
    assert "sala 4" in said(laila.get(page(reporter, new)).text)  # it is there unless said otherwise
    assert put_off(laila, reporter, row, later).status_code == 409  # from a page of before
    assert put_off(laila, reporter, now(desk, row), later).status_code == 409
    assert len(rows(desk)) == 2


def test_one_is_not_put_off_once_its_track_is_decided(desk: Desk) -> None:
    reporter, row = a_hearing(desk)
    laila = desk.signed_in("laila")
    decided = tracks.step(desk, laila, reporter, _track(desk, reporter), "resolved", result="favourable")
    assert decided.status_code == 303, said(decided.text)
    answer = put_off(laila, reporter, row, date(2026, 12, 17))
    assert answer.status_code == 409 and len(rows(desk)) == 1
    assert now(desk, row).state_code == "set"


def test_a_past_day_is_only_of_one_that_was_held_and_no_end_comes_before_its_day(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    track = filed(desk, laila, reporter)
    past = TODAY - timedelta(days=3)
    wrong = note(desk, laila, reporter, track, past)
    assert wrong.status_code == 422 and "Marca que ya se celebró" in said(wrong.text)
    assert note(desk, laila, reporter, track, past, hearing_held="held").status_code == 422  # how it went
    to_come = note(desk, laila, reporter, track, ON, hearing_held="held", hearing_went="Bien.")
    assert to_come.status_code == 422
    for bad in ("25:00", "9.7", "nueve", "9:61", ""):
        assert note(desk, laila, reporter, track, hearing_at=bad).status_code == 422
    assert note(desk, laila, reporter, track, hearing_bring="Su DNI es 12345678Z.").status_code == 422
    assert not rows(desk)
    held = noted(desk, laila, reporter, track, past, hearing_held="held", hearing_went="Hubo acuerdo.")
    assert held.state_code == "held"
    row = noted(desk, laila, reporter, track)
    for code in ("held", "missed"):
        early = end(laila, reporter, row, code)
        assert early.status_code == 422 and "todavía no ha llegado" in said(early.text)
    desk.clock.move(days=(ON - TODAY).days)
    assert end(desk.signed_in("laila"), reporter, row, "missed").status_code == 303
    assert now(desk, row).state_code == "missed"


def test_a_case_is_not_closed_while_one_is_to_come_whatever_reason_is_given(desk: Desk) -> None:
    reporter, row = a_hearing(desk)
    laila = desk.signed_in("laila")
    listed = said(laila.get(f"/es/cases/{reporter.case_number}/closing").text)
    assert "Señalamientos pendientes" in listed and "9:40" in listed
    refused = desk.ask_to_close(reporter, despite_deadlines="Nada más que hacer.")
    assert refused.status_code == 409 and "tiene un señalamiento pendiente" in said(refused.text)
    desk.clock.move(days=30)  # its day is past, and nobody noted how it ended
    assert desk.ask_to_close(reporter, despite_deadlines="Nada más.").status_code == 409
    assert end(desk.signed_in("laila"), reporter, row, "held").status_code == 303
    asked = desk.ask_to_close(reporter, despite_deadlines="Nada más que hacer.")
    assert asked.status_code == 303, said(asked.text)
    again = noted(desk, desk.signed_in("laila"), reporter, _track(desk, reporter), date(2027, 1, 20))
    decided = desk.decide_closing(reporter, why="Todo visto.")
    assert decided.status_code == 409 and "señalamiento pendiente" in said(decided.text)
    assert end(desk.signed_in("laila"), reporter, again, "cancelled").status_code == 303
    assert desk.decide_closing(reporter, why="Todo visto.").status_code == 303
    closed = note(desk, desk.signed_in("laila"), reporter, _track(desk, reporter), date(2027, 2, 1))
    assert closed.status_code == 409


def test_it_is_seen_on_the_track_the_case_the_agenda_and_among_the_deadlines(desk: Desk) -> None:
    reporter, row = a_hearing(desk)
    laila, own = desk.signed_in("laila"), f"/es/cases/{reporter.case_number}"
    for where in (own, f"{own}/print", f"{own}/tracks/{row.track_id}"):
        told = said(laila.get(where).text)
        assert "3 dic 2026, 09:40" in told and "Juzgado Social 5, sala 4" in told, where
    for where in ("/es/agenda?from=2026-12-02", "/es/deadlines", "/es/deadlines?route=civil_tort"):
        told = said(laila.get(where).text)
        assert "3 dic 2026, 09:40" in told and shown(reporter.case_number) in told, where
        assert "Juzgado" not in told, where  # a list opens nothing
    assert "09:40" not in said(laila.get("/es/agenda").text)  # of another week
    amparo = desk.signed_in("amparo")  # a supervisor sees it among the team's only
    assert "09:40" not in said(amparo.get("/es/deadlines").text)
    assert "09:40" in said(amparo.get("/es/deadlines?whose=all").text)
    assert "09:40" not in said(desk.signed_in("pau").get("/es/deadlines").text)
    assert "Di cómo acabó" not in said(laila.get("/es/deadlines").text)
    desk.clock.move(days=11)
    laila = desk.signed_in("laila")
    for where in ("/es/deadlines", own):
        assert "Di cómo acabó" in said(laila.get(where).text), where
    assert end(laila, reporter, row, "held").status_code == 303
    for where in ("/es/deadlines", own, "/es/agenda?from=2026-12-02"):
        assert "09:40" not in said(laila.get(where).text), where


def test_the_private_calendar_tells_the_hour_and_neither_what_it_is_nor_where(desk: Desk) -> None:
    reporter, row = a_hearing(desk)
    a_hearing(desk, "pau")
    address = made(desk)
    (event,) = calendar(desk, address).walk("VEVENT")
    assert str(event["SUMMARY"]) == f"Case {shown(reporter.case_number)}: appointment at a fixed hour"
    raw = desk.stranger().get(address).content
    (strict,) = strict_calendar.components(raw)
    assert (strict["DTSTART"], strict["DTEND"]) == ("20261203T084000Z", "20261203T094000Z")  # winter: +1
    allowed = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "TRANSP", "alarms"}
    assert set(strict) == allowed
    told = raw.decode()
    assert not any(word in told for word in ("Juzgado", "sala", "Laila", "trial", "Juicio", "Inventada"))
    summer = date(2027, 6, 3)
    assert put_off(desk.signed_in("laila"), reporter, row, summer).status_code == 303
    (strict,) = strict_calendar.components(desk.stranger().get(address).content)
    assert strict["DTSTART"] == "20270603T090500Z"  # one hour earlier in summer


def test_hearings_of_the_next_days_weigh_in_the_workload(desk: Desk) -> None:
    reporter, row = a_hearing(desk)
    track = _track(desk, reporter)
    amparo = desk.signed_in("amparo")
    before = WEIGHTS["case"] + WEIGHTS["track"] + WEIGHTS["pending"]
    assert f"Laila Imaginaria 1 0 0 0 1 1 0 {before + WEIGHTS['hearing']}" in said(
        amparo.get("/en/workload").text
    )
    far = TODAY + timedelta(days=31)
    noted(desk, desk.signed_in("laila"), reporter, track, far)
    assert f"0 1 1 0 {before + WEIGHTS['hearing']}" in said(amparo.get("/en/workload").text)
    assert end(desk.signed_in("laila"), reporter, row, "cancelled").status_code == 303
    assert f"0 1 0 0 {before}" in said(amparo.get("/en/workload").text)


def test_whoever_covers_sees_number_and_hour_and_nothing_else(desk: Desk) -> None:
    reporter, row = a_hearing(desk)
    later, _ = a_hearing(desk, on=date(2027, 1, 15), hearing_at="12:15")
    away(desk, desk.signed_in("laila"), "pau", TODAY, date(2026, 12, 31))
    pau = desk.signed_in("pau")
    told = said(pau.get("/en/covered").text)
    assert shown(reporter.case_number) in told and "3 Dec 2026, 09:40" in told
    assert "12:15" not in told and shown(later.case_number) in told  # after the absence
    assert not any(word in told for word in ("Juzgado", "sala", "Trial", "contrato"))
    assert pau.get(page(reporter, row)).status_code == 404


def test_two_of_one_adviser_at_one_hour_are_warned_of_with_both_numbers(desk: Desk) -> None:
    reporter, row = a_hearing(desk)
    other, again = a_hearing(desk, hearing_at="10:20")
    third, calm = a_hearing(desk, hearing_at="11:30")
    paus, of_pau = a_hearing(desk, "pau")
    laila = desk.signed_in("laila")
    for one, number in ((row, other), (again, reporter)):
        mine = reporter if one is row else other
        told = said(laila.get(page(mine, one)).text)
        assert "La misma persona asesora" in told and shown(number.case_number) in told
        assert shown(paus.case_number) not in told and shown(third.case_number) not in told
    assert "La misma persona asesora" not in said(laila.get(page(third, calm)).text)
    assert "La misma persona asesora" not in said(desk.signed_in("pau").get(page(paus, of_pau)).text)
    gone = {"version": version(desk, reporter), "adviser": str(desk.staff_id("pau")), "reason": "load"}
    given = laila.post(f"/es/cases/{reporter.case_number}/adviser", data=gone)
    assert given.status_code == 303, said(given.text)
    told = said(desk.signed_in("pau").get(page(reporter, row)).text)
    assert shown(paus.case_number) in told and shown(other.case_number) not in told


@pytest.mark.parametrize(
    ("on", "kind", "unlikely"),
    [
        (date(2026, 12, 3), "labour", False),
        (date(2026, 12, 5), "labour", True),
        (date(2026, 12, 8), "labour", True),
        (date(2027, 8, 4), "labour", True),
        (date(2027, 8, 4), "ombudsman", False),
    ],
    ids=["Thursday", "Saturday", "a day off", "a court in August", "no court in August"],
)
def test_a_day_on_which_nobody_sits_is_warned_of_and_taken(
    desk: Desk, on: date, kind: str, unlikely: bool
) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    row = noted(desk, laila, reporter, filed(desk, laila, reporter, kind), on)
    assert ("allí no hay actuaciones" in said(laila.get(page(reporter, row)).text)) == unlikely


def test_of_a_case_that_one_may_not_open_there_is_no_hearing(desk: Desk) -> None:
    reporter, row = a_hearing(desk)
    other, theirs = a_hearing(desk, "pau")
    pau, track = desk.signed_in("pau"), _track(desk, reporter)
    for answer in (
        pau.get(page(reporter, row)),
        pau.get(path(reporter, track)),
        note(desk, pau, reporter, track),
        end(pau, reporter, row, "cancelled"),
        pau.get(page(other, row)),  # of another case
        pau.get(f"/es/cases/{other.case_number}/hearings/x"),
    ):
        assert answer.status_code == 404
    assert now(desk, row).state_code == "set" and len(rows(desk)) == 2
    laila = desk.signed_in("laila")
    assert declare(laila, reporter).status_code == 303  # whoever has an interest keeps out
    kept_out = note(desk, laila, reporter, track)
    assert kept_out.status_code in (404, 409) and len(rows(desk)) == 2
    assert end(laila, reporter, row, "cancelled").status_code in (404, 409)


def test_it_goes_with_its_track_when_two_cases_part_again(desk: Desk) -> None:
    laila = desk.signed_in("laila")
    lead, under = two(desk, "En el autobús 27.", "En el mismo autobús.")
    assert together(desk, laila, lead, under).status_code == 303
    track = filed(desk, laila, lead)
    row = noted(desk, laila, lead, track)
    parted = apart(desk, laila, lead, under, ("track",))
    assert parted.status_code == 303
    assert now(desk, row).case_id == desk.case(under).id
    assert "sala 4" in said(laila.get(page(under, row)).text)
    assert laila.get(page(lead, row)).status_code == 404


def test_minutes_are_read_as_they_are_written() -> None:
    assert [minute_in(one) for one in ("9:40", "09.05", " 0:00 ", "23:59")] == [580, 545, 0, 1439]
    assert {minute_in(one) for one in ("24:00", "9", "9:5", "9:60", "-1:00", "٩:٤٠", ":30", "9:400")} == {
        None
    }


def _track(desk: Desk, reporter: Reporter) -> Standing:
    (one,) = tracks.standing(desk, reporter)
    return one

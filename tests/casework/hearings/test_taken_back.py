"""The end of a hearing noted by mistake is taken back: it is to come again, and both stay on record."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from casework.hearings.tables import CaseHearing
from casework.taking_back.tables import TakenBack
from casework.tracks.queries import Standing
from tests.casework.deadlines.clocks import path
from tests.casework.deadlines.feeds import calendar, made
from tests.casework.deadlines.reminding import letters, remind, wants
from tests.casework.desk import Desk, mistakes, said, typed
from tests.casework.hearings.hearings import a_hearing, end, filed, noted, now, page, put_off, rows
from tests.casework.merges.pairs import apart, together, two
from tests.casework.notices.post_office import mail_server
from tests.casework.residents import Reporter
from tests.casework.taking_back.test_taking_back import back, taken
from tests.casework.tracks import steps as tracks

WHY = "Era la vista de otra persona."
WENT = "No vino nadie a la sala."
LATER = date(2026, 12, 9)


def ways(desk: Desk, reporter: Reporter, row: CaseHearing, name: str = "laila") -> Any:
    return desk.signed_in(name).get(f"{path(reporter)}/taking-back/{row.id}")


def the_hearing(desk: Desk) -> tuple[Reporter, Standing, CaseHearing]:
    """A hearing of today, so that every end of it can be noted."""
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    track = filed(desk, laila, reporter)
    return reporter, track, noted(desk, laila, reporter, track, date(2026, 11, 23))


def on_record(desk: Desk, reporter: Reporter) -> list[str]:
    return [one for one in desk.events(reporter) if one.startswith("hearing_")]


@pytest.mark.parametrize("code", ["held", "missed", "cancelled"])
def test_it_is_to_come_again_and_what_had_been_noted_stays_on_record(desk: Desk, code: str) -> None:
    reporter, _, row = the_hearing(desk)
    laila = desk.signed_in("laila")
    assert end(laila, reporter, row, code, hearing_went=WENT).status_code == 303
    assert f"/taking-back/{row.id}" in laila.get(page(reporter, row)).text
    asked = said(ways(desk, reporter, row).text)
    assert WENT in asked
    without = back(desk, laila, reporter, row.id)
    assert without.status_code == 422 and len(mistakes(without.text)) == 1, "always with a reason"
    assert back(desk, laila, reporter, row.id, WHY).status_code == 303
    again = now(desk, row)
    assert (again.state_code, again.settled_on, again.settled_by) == ("set", None, None)
    (kept,) = taken(desk)
    assert (kept.hearing_id, kept.was_code, kept.noted_by) == (row.id, code, desk.staff_id("laila"))
    assert kept.sealed is not None and not any(one.encode() in kept.sealed for one in (WHY, WENT))
    assert on_record(desk, reporter) == ["hearing_set", f"hearing_{code}", "hearing_taken_back"]
    assert end(laila, reporter, again, "held", hearing_went="Quedó vista.").status_code == 303
    told = said(laila.get(page(reporter, row)).text)
    assert all(one in told for one in (WENT, WHY, "Quedó vista.", "Anotado por error")), (
        "the history keeps both"
    )
    assert "deshizo cómo había acabado un señalamiento" in said(
        laila.get(f"/es/cases/{reporter.case_number}").text
    )


def test_it_stands_in_the_lists_and_calendars_again_and_is_warned_of_anew(desk: Desk) -> None:
    reporter, row = a_hearing(desk, on=date(2026, 12, 17))
    laila = desk.signed_in("laila")
    address = made(desk)
    wants(desk)
    with mail_server() as server:
        remind(desk, server, date(2026, 12, 12))
        assert end(laila, reporter, row, "cancelled").status_code == 303
        assert str(row.id) not in calendar(desk, address).to_ical().decode()
        assert back(desk, laila, reporter, row.id, WHY).status_code == 303
        assert str(row.id) in calendar(desk, address).to_ical().decode()
        assert "17 dic 2026, 09:40" in said(laila.get("/es/deadlines").text)
        remind(desk, server, date(2026, 12, 12))
        assert len(letters(server)) == 2


def test_of_one_that_was_put_off_the_one_in_its_place_is_cancelled_with_it(desk: Desk) -> None:
    reporter, row = a_hearing(desk)
    laila = desk.signed_in("laila")
    assert put_off(laila, reporter, row, LATER).status_code == 303
    (new,) = (one for one in rows(desk) if one.is_open)
    assert "El que ocupó su lugar queda cancelado" in said(
        laila.get(f"/es/cases/{reporter.case_number}/taking-back/{row.id}").text
    )
    assert back(desk, laila, reporter, row.id, WHY).status_code == 303
    assert (now(desk, row).state_code, now(desk, row).next_id) == ("set", None)
    assert now(desk, new).state_code == "cancelled"
    assert WHY in said(laila.get(page(reporter, new)).text)
    assert on_record(desk, reporter)[2:] == ["hearing_taken_back", "hearing_cancelled"]


def test_not_while_the_one_in_its_place_has_an_end_or_the_track_went_on_later(desk: Desk) -> None:
    reporter, track, row = the_hearing(desk)
    laila = desk.signed_in("laila")
    assert put_off(laila, reporter, row, date(2026, 11, 24)).status_code == 303
    (new,) = (one for one in rows(desk) if one.is_open)
    desk.clock.move(days=1)
    laila, vicent = desk.signed_in("laila"), desk.signed_in("vicent")
    assert end(laila, reporter, new, "held").status_code == 303
    refused = back(desk, vicent, reporter, row.id, WHY)
    assert refused.status_code == 409 and typed(refused.text, "back_why")["text"] == WHY
    assert "the hearing in its place ended" in said(refused.text)
    assert back(desk, laila, reporter, new.id, WHY).status_code == 303
    assert end(laila, reporter, now(desk, new), "held").status_code == 303
    tracks.walk(desk, laila, reporter, track, "resolved")
    assert back(desk, laila, reporter, new.id, WHY).status_code == 303, "the same day is no later one"
    assert end(laila, reporter, now(desk, new), "held").status_code == 303
    desk.clock.move(days=1)
    laila, vicent = desk.signed_in("laila"), desk.signed_in("vicent")
    assert back(desk, vicent, reporter, new.id, WHY).status_code == 303, "it was decided before that end"
    assert end(laila, reporter, now(desk, new), "held").status_code == 303
    desk.clock.move(days=1)
    laila, vicent = desk.signed_in("laila"), desk.signed_in("vicent")
    tracks.walk(desk, laila, reporter, track, "final")
    refused = back(desk, vicent, reporter, new.id, WHY)
    assert refused.status_code == 409 and "track was decided or ended after this" in said(refused.text)
    assert now(desk, new).state_code == "held" and len(taken(desk)) == 3


def test_who_noted_it_may_on_the_day_and_later_only_a_supervisor_and_others_find_nothing(desk: Desk) -> None:
    reporter, _, row = the_hearing(desk)
    assert ways(desk, reporter, row).status_code == 404, "it has not ended"
    assert end(desk.signed_in("laila"), reporter, row, "missed").status_code == 303
    assert ways(desk, reporter, row, "pau").status_code == 404
    assert back(desk, desk.signed_in("pau"), reporter, row.id, WHY).status_code == 404
    desk.clock.move(days=1)
    laila = desk.signed_in("laila")
    assert "taking-back" not in laila.get(page(reporter, row)).text
    assert ways(desk, reporter, row).status_code == 404
    assert back(desk, laila, reporter, row.id, WHY).status_code == 404
    vicent = desk.signed_in("vicent")
    stale = back(desk, vicent, reporter, row.id, WHY, version="1")
    assert stale.status_code == 409 and taken(desk) == []
    assert back(desk, vicent, reporter, row.id, WHY).status_code == 303
    twice = back(desk, vicent, reporter, row.id, WHY)
    assert twice.status_code == 409 and len(taken(desk)) == 1


def test_an_end_of_which_nobody_kept_who_noted_it_stays_as_it_is(desk: Desk) -> None:
    reporter, _, row = the_hearing(desk)
    assert end(desk.signed_in("laila"), reporter, row, "held").status_code == 303
    with desk.writing() as session:
        older = session.get_one(CaseHearing, row.id)
        older.settled_on = older.settled_by = None
        session.add(older)
    vicent = desk.signed_in("vicent")
    assert "taking-back" not in vicent.get(page(reporter, row)).text
    assert ways(desk, reporter, row, "vicent").status_code == 404
    assert back(desk, vicent, reporter, row.id, WHY).status_code == 409 and taken(desk) == []


def test_in_a_closed_case_nothing_is_taken_back(desk: Desk) -> None:
    reporter, track, row = the_hearing(desk)
    assert end(desk.signed_in("laila"), reporter, row, "held").status_code == 303
    tracks.walk(desk, desk.signed_in("laila"), reporter, track, "withdrawn")
    desk.close_case(reporter)
    assert "In a closed case nothing is taken back." in said(ways(desk, reporter, row).text)
    assert back(desk, desk.signed_in("laila"), reporter, row.id, WHY).status_code == 409


def test_a_program_reads_and_takes_back_the_same(desk: Desk) -> None:
    reporter, _, row = the_hearing(desk)
    laila = desk.signed_in("laila")
    assert end(laila, reporter, row, "held", hearing_went=WENT).status_code == 303
    own = f"/api/v1/cases/{reporter.case_number}"
    told = laila.get(f"{own}/hearings/{row.id}").json()
    assert told["may_be_taken_back"] and told["taken_back"] == [] and told["end_noted"]["on"] == "2026-11-23"
    asked = laila.get(f"{own}/taking-back/{row.id}").json()
    assert (asked["is_hearing"], asked["is_deadline"], asked["asks_reason"], asked["text"]) == (
        *(True, False, True),
        WENT,
    )
    done = laila.post(f"{own}/taking-back/{row.id}", json={"version": asked["version"], "back_why": WHY})
    assert done.status_code < 300, done.text
    (one,) = laila.get(f"{own}/hearings/{row.id}").json()["taken_back"]
    assert (one["ended_as"]["code"], one["reason"], one["written"]) == ("held", WHY, WENT)


def test_what_was_taken_back_goes_with_its_track_where_cases_part(desk: Desk) -> None:
    laila = desk.signed_in("laila")
    leading, under = two(desk, "En el autobús 27.", "En el mismo autobús.")
    assert together(desk, laila, leading, under).status_code == 303
    track = filed(desk, laila, leading)
    row = noted(desk, laila, leading, track, date(2026, 11, 23))
    assert end(laila, leading, row, "held", hearing_went=WENT).status_code == 303
    assert back(desk, laila, leading, row.id, WHY).status_code == 303
    assert apart(desk, laila, leading, under, ("track",)).status_code == 303
    told = said(laila.get(page(under, row)).text)
    assert WHY in told and WENT in told
    with desk.reading() as session:
        (kept,) = session.exec(select(TakenBack)).all()
    assert kept.case_id == desk.case(under).id

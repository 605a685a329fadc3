"""What a deadline goes through: counted, confirmed, anew, ended."""

from datetime import date

import pytest
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from casework.deadlines.counting import counted_as
from casework.deadlines.errors import NothingRuns
from casework.deadlines.tables import Deadline
from office.deadlines.rules import on_the_day
from office.stores.errors import NotGranted
from office.vocabulary import load
from tests.casework.deadlines.clocks import (
    act,
    at,
    binding,
    case_with_clock,
    day_fields,
    deadlines_in,
    name_lawyer,
    path,
    rows,
    sealed_words,
    version,
    words,
)
from tests.casework.desk import CITY, Desk, mistakes, said
from tests.office.deadlines.places import worked_days


def test_no_day_is_certain_without_a_name_and_a_day_also_in_the_database(desk: Desk) -> None:
    reporter, laila, row = case_with_clock(desk)
    assert act(desk, desk.signed_in("amparo"), reporter, row, "confirming").status_code == 409
    with pytest.raises(DatabaseError), desk.writing() as session:
        session.get_one(Deadline, row.id).state = "confirmed"
    name_lawyer(desk, "laila")
    assert act(desk, laila, reporter, row, "confirming").status_code == 303
    kept = rows(desk, reporter)[0]
    assert (kept.state, kept.confirmed_by, kept.confirmed_on) == (
        "confirmed",
        desk.staff_id("laila"),
        date(2026, 11, 23),
    )
    again = act(desk, laila, reporter, row, "confirming")
    assert again.status_code == 409 and "settled already" in said(again.text)
    assert desk.events(reporter).count("deadline_confirmed") == 1


def test_what_was_counted_cannot_be_changed_by_the_desk_itself(desk: Desk) -> None:
    reporter, _, row = case_with_clock(desk)
    with pytest.raises(NotGranted), desk.app.state.desk.sessions.begin() as session:
        session.get_one(Deadline, row.id).last_on = date(2030, 1, 1)
    with pytest.raises(NotGranted), desk.app.state.desk.sessions.begin() as session:
        session.delete(session.get_one(Deadline, row.id))
    assert rows(desk, reporter)[0].last_on == row.last_on


def test_nobody_names_themselves_a_lawyer_and_only_who_answers_for_the_staff_names_one(desk: Desk) -> None:
    amparo, laila = desk.signed_in("amparo"), desk.signed_in("laila")
    own = amparo.post(f"/en/staff/{desk.staff_id('amparo')}/lawyer", data={"do": "name"})
    assert own.status_code == 404
    assert laila.post(f"/en/staff/{desk.staff_id('pau')}/lawyer", data={"do": "name"}).status_code == 404
    assert amparo.post(f"/en/staff/{desk.staff_id('iris')}/lawyer", data={"do": "name"}).status_code == 404
    name_lawyer(desk, "pau")
    assert "Lawyer: confirms days" in said(amparo.get("/en/staff").text)
    ended = amparo.post(f"/en/staff/{desk.staff_id('pau')}/lawyer", data={"do": "remove"})
    assert ended.status_code == 303
    assert [one for one in desk.events() if one.startswith("lawyer")] == ["lawyer_named", "lawyer_unnamed"]


def test_a_deadline_that_is_met_says_when_and_where_the_proof_lies(desk: Desk) -> None:
    reporter, laila, row = case_with_clock(desk)
    early = act(
        desk, laila, reporter, row, "meeting", **day_fields("met_on", date(2026, 11, 24)), met_evidence="x"
    )
    assert mistakes(early.text) == ["This day is still to come."]
    done = act(
        desk,
        laila,
        reporter,
        row,
        "meeting",
        **day_fields("met_on", date(2026, 11, 23)),
        met_evidence="Entry 2026/1 of the register",
    )
    assert done.status_code == 303
    kept = rows(desk, reporter)[0]
    assert (kept.state, kept.met_on, desk.case(reporter).limit_on) == ("met", date(2026, 11, 23), None)
    assert "Entry 2026/1" in words(laila.get(path(reporter, row)).text)
    again = act(desk, laila, reporter, row, "missing", missed_incident="Too late")
    assert again.status_code == 409 and "has ended" in said(again.text)
    assert [event for event in desk.events(reporter) if "deadline" in event] == ["deadline_met"]


def test_what_was_done_after_the_last_day_was_not_done_in_time(desk: Desk) -> None:
    reporter, laila, row = case_with_clock(desk, "court_admin_fundamental")
    desk.clock.move(days=60)
    laila = desk.signed_in("laila")
    late = act(
        desk,
        laila,
        reporter,
        row,
        "meeting",
        **day_fields("met_on", date(2027, 1, 20)),
        met_evidence="3",
    )
    assert late.status_code == 422 and "say that it was missed" in mistakes(late.text)[0]
    missed = act(desk, laila, reporter, row, "missing", missed_incident="The letter lay under another case.")
    assert missed.status_code == 303
    assert rows(desk, reporter)[0].state == "missed"
    assert "lay under another case" in words(laila.get(path(reporter, row)).text)


def test_a_waiver_names_who_decided_and_why(desk: Desk) -> None:
    reporter, laila, row = case_with_clock(desk)
    empty = act(desk, laila, reporter, row, "waiving")
    assert empty.status_code == 422 and len(mistakes(empty.text)) == 2
    done = act(desk, laila, reporter, row, "waiving", waived_by="person", waived_why="Does not want to sue.")
    assert done.status_code == 303
    kept = rows(desk, reporter)[0]
    assert (kept.state, kept.waived_by_code, kept.settled_by) == ("waived", "person", desk.staff_id("laila"))


def test_what_is_written_about_deadlines_lies_sealed_and_opens_after_the_case_changed_hands(
    desk: Desk,
) -> None:
    reporter, laila, row = case_with_clock(desk)
    assert act(desk, laila, reporter, row, "missing", missed_incident="Nobody opened it.").status_code == 303
    (kept,) = sealed_words(desk, reporter)
    assert b"Nobody opened" not in kept.sealed and kept.key_version == 1
    given = laila.post(
        f"{path(reporter)}/adviser",
        data={"version": version(desk, reporter), "adviser": str(desk.staff_id("pau")), "reason": "load"},
    )
    assert given.status_code == 303, said(given.text)
    assert sealed_words(desk, reporter)[0].key_version == 2
    assert "Nobody opened it." in words(desk.signed_in("pau").get(path(reporter, row)).text)
    assert desk.signed_in("laila").get(path(reporter, row)).status_code == 404


def test_two_advisers_at_once_notice_each_other_and_nothing_is_lost(desk: Desk) -> None:
    reporter, laila, row = case_with_clock(desk)
    old = version(desk, reporter)
    amparo = desk.signed_in("amparo")
    assert (
        act(desk, amparo, reporter, row, "waiving", waived_by="office", waived_why="No clock.").status_code
        == 303
    )
    stale = laila.post(path(reporter, row, "missing"), data={"version": old, "missed_incident": "My text"})
    assert stale.status_code == 409 and rows(desk, reporter)[0].state == "waived"
    other, _, second = case_with_clock(desk)
    old = version(desk, other)
    desk.signed_in("amparo").post(
        f"{path(other)}/codes",
        data={
            "version": old,
            "grounds": ["language"],
            "area": "housing",
            "respondent": "estate_agency",
            "district": "14",
        },
    )
    stale = laila.post(path(other, second, "missing"), data={"version": old, "missed_incident": "My text"})
    assert stale.status_code == 409 and "My text" in stale.text


def test_if_only_a_span_is_known_the_earliest_last_day_binds_and_the_latest_stands_beside_it(
    desk: Desk,
) -> None:
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    form = {
        "version": version(desk, reporter),
        "other_route": ["civil_tort"],
        **day_fields("event", date(2026, 10, 1)),
        **day_fields("event_until", date(2026, 10, 31)),
    }
    assert laila.post(f"{path(reporter)}/limits", data=form).status_code == 303
    (row,) = binding(desk, reporter)
    assert (row.last_on, row.latest_on) == (date(2027, 10, 1), date(2027, 10, 31))
    assert desk.case(reporter).limit_on == row.last_on
    told = words(deadlines_in(laila.get(path(reporter)).text))
    assert "some day from 1 October 2027 to 31 October 2027" in told
    upside_down = {**form, **day_fields("event_until", date(2026, 9, 1)), "version": version(desk, reporter)}
    answer = laila.post(f"{path(reporter)}/limits", data=upside_down)
    assert mistakes(answer.text) == ["The last day is before the first."]


def test_a_year_whose_days_off_nobody_listed_is_an_error_and_no_guess(desk: Desk) -> None:
    """Dismissed on 15 December 2027: the twenty days end in January 2028."""
    at(desk, date(2027, 12, 20))
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    form = {
        "version": version(desk, reporter),
        "route": ["labour_dismissal"],
        **day_fields("event", date(2027, 12, 15)),
    }
    answer = laila.post(f"{path(reporter)}/limits", data=form)
    assert answer.status_code == 422 and "days off of that year" in mistakes(answer.text)[0]
    assert rows(desk, reporter) == []


def test_a_classification_the_route_does_not_have_has_no_last_day(desk: Desk) -> None:
    routes, days, event = load("routes", CITY), worked_days(CITY), on_the_day(date(2026, 11, 20))
    assert counted_as(routes, "sanction_l15", None, event, days).limit.label == "minor"
    with pytest.raises(NothingRuns):
        counted_as(routes, "sanction_l15", "no such classification", event, days)
    reporter, laila, row = case_with_clock(desk, "sanction_l15")
    form = {"label": "no such classification", "count_reason": "x", **day_fields("event", date(2026, 11, 20))}
    answer = act(desk, laila, reporter, row, "counting", **form)
    assert answer.status_code == 422 and rows(desk, reporter)[0].state == "computed"


def test_a_deadline_of_another_case_is_not_found_under_this_one(desk: Desk) -> None:
    reporter, laila, _ = case_with_clock(desk)
    _, _, other = case_with_clock(desk)
    assert laila.get(path(reporter, other)).status_code == 404
    assert act(desk, laila, reporter, other, "missing", missed_incident="x").status_code == 404
    assert laila.get(f"{path(reporter)}/deadlines/no-such-thing").status_code == 404


def test_the_store_takes_no_second_open_row_of_one_clock(desk: Desk) -> None:
    reporter, _, row = case_with_clock(desk)

    def twice(session: Session) -> None:
        told = row.model_dump(exclude={"id"})
        session.add(Deadline(**told))

    with pytest.raises(DatabaseError), desk.writing() as session:
        twice(session)
    assert len(rows(desk, reporter)) == 1

"""Scenarios 1 to 3 of the field study, and what a deadline goes through: counted, confirmed, anew, ended.

Known answers are counted by hand, with the article beside them.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from casework.deadlines.counting import counted_as
from casework.deadlines.errors import NothingRuns
from casework.deadlines.tables import Deadline
from office.deadlines.calendar import worked_days
from office.deadlines.rules import on_the_day
from office.stores.errors import NotGranted
from office.vocabulary import load
from tests.casework.deadlines.clocks import (
    RED,
    act,
    binding,
    day_fields,
    deadlines_in,
    name_lawyer,
    path,
    route_name,
    rows,
    scan,
    sealed_words,
    told_on,
    version,
    words,
)
from tests.casework.desk import CITY, Desk, mistakes, said

MINE = ("labour_dismissal",)


def at(desk: Desk, day: date) -> None:
    """Let it be half past nine of this day."""
    now = desk.clock.now()
    desk.clock.move(days=(day - now.date()).days)
    assert desk.clock.now().date() == day


@pytest.fixture
def in_2025(desk: Desk) -> Desk:
    """A desk on Monday 4 August 2025."""
    desk.clock.at = datetime(2025, 8, 4, 9, 30, tzinfo=UTC)
    return desk


def test_scenario_1_a_dismissal_of_friday_1_august_2025_in_valencia(in_2025: Desk) -> None:
    """ET art. 59.3 and LRJS arts. 43.4, 103: twenty working days, August included.

    By hand: 4 to 8, 11 to 14, 18 to 22 and 25 to 29 August are 5 + 4 + 5 + 5 = 19 days (Friday 15 is the
    Assumption), so the twentieth is Monday 1 September. The twelfth is the 20th.
    """
    desk = in_2025
    dismissal = told_on(date(2025, 8, 1), act_codes=("dismissed",), area_code="employment_dismissal")
    reporter = desk.a_case("laila", **dismissal)
    laila = desk.signed_in("laila")
    proposed = words(laila.get(f"{path(reporter)}/limits").text)
    assert "until 1 September 2025" in proposed and "59.3" in proposed

    (row,) = scan(desk, laila, reporter, date(2025, 8, 1), *MINE)
    assert (row.last_on, row.latest_on, row.state) == (date(2025, 9, 1), date(2025, 9, 1), "computed")
    page = laila.get(path(reporter)).text
    told = words(deadlines_in(page))
    assert "1 September 2025" in told and "computed, no lawyer has confirmed it" in told
    assert "20 working days left" not in told and "19 working days left" in told
    assert "August counts" in told and "LRJS" in told
    assert RED not in deadlines_in(page)
    clock = words(laila.get(path(reporter, row)).text)
    assert "LEC art. 135.5" in clock and "never added" in clock

    for today, left in ((date(2025, 8, 18), 10), (date(2025, 8, 25), 5), (date(2025, 8, 28), 2)):
        at(desk, today)
        laila = desk.signed_in("laila")
        near = deadlines_in(laila.get(path(reporter)).text)
        assert RED in near and f"{left} working days left" in words(near)

    at(desk, date(2025, 8, 20))
    laila = desk.signed_in("laila")
    refused = act(desk, laila, reporter, row, "confirming")
    assert refused.status_code == 409 and "Only a lawyer" in said(refused.text)
    name_lawyer(desk)
    assert act(desk, laila, reporter, row, "confirming").status_code == 303
    assert "confirmed by Laila Imaginaria on 20 Aug 2025" in words(
        deadlines_in(laila.get(path(reporter)).text)
    )

    anew = act(
        desk,
        laila,
        reporter,
        row,
        "counting",
        **day_fields("event", date(2025, 8, 1)),
        **day_fields("stop_first", date(2025, 8, 20)),
        stop="conciliation",
        stop_evidence="Entry in the register of the conciliation service",
        count_reason="Conciliation asked for on the twelfth day",
    )
    assert anew.status_code == 303, said(anew.text)
    old, new = sorted(rows(desk, reporter), key=lambda one: one.state != "superseded")
    assert (old.state, old.last_on, old.confirmed_on) == ("superseded", date(2025, 9, 1), date(2025, 8, 20))
    # LRJS art. 65.1: fifteen working days after the request are 21 August to 10 September, which stand still;
    # the eight days left are 11, 12, 15 to 19 and 22 September.
    assert (new.state, new.last_on, new.replaces) == ("computed", date(2025, 9, 22), old.id)
    page = words(laila.get(path(reporter, new)).text)
    assert "stands still from 21 August 2025 to 10 September 2025, then 8 working days left" in page
    assert "Entry in the register" in page and "another counting took its place" in page
    assert "22 September 2025 · 8 working days left" in page  # those that stand still are not left to anybody
    at(desk, date(2025, 9, 11))
    laila = desk.signed_in("laila")
    assert "7 working days left" in words(deadlines_in(laila.get(path(reporter)).text))


def test_scenario_2_a_cafe_refuses_a_trans_woman_entry(desk: Desk) -> None:
    """Nine months (Ley 4/2023 art. 81 and Ley 23/2018 art. 64) come before one year (Ley 15/2022 art. 51)."""
    reporter = desk.a_case(
        "laila",
        **told_on(
            date(2026, 11, 20),
            act_codes=("entry_refused",),
            area_code="premises_leisure",
            ground_codes=("gender_identity",),
        ),
    )
    laila = desk.signed_in("laila")
    page = words(laila.get(f"{path(reporter)}/limits").text)
    proposed, _, untied = page.partition("May run in any matter")
    for code in ("sanction_l4_2023", "sanction_cv_lgtbi", "sanction_cv_trans", "venue_admission"):
        assert route_name(code) in proposed, code
    assert route_name("sanction_l15") in untied
    chosen = ("venue_admission", "sanction_l15", "sanction_l4_2023", "crime_512")
    kept = scan(desk, laila, reporter, date(2026, 11, 20), *chosen)
    first = kept[0]
    assert (first.route_code, first.label, first.last_on) == ("sanction_l4_2023", "minor", date(2027, 8, 19))
    assert desk.case(reporter).limit_on == first.last_on
    shown = words(deadlines_in(laila.get(path(reporter)).text))
    assert shown.index(route_name("sanction_l4_2023")) < shown.index(route_name("sanction_l15"))
    others = words(laila.get(path(reporter, first)).text.partition('id="others"')[2])
    assert "serious : 19 November 2028" in others and "very serious : 19 November 2029" in others

    without_reason = act(
        desk, laila, reporter, first, "counting", label="serious", **day_fields("event", date(2026, 11, 20))
    )
    assert without_reason.status_code == 422 and binding(desk, reporter)[0].id == first.id
    answer = act(
        desk,
        laila,
        reporter,
        first,
        "counting",
        label="serious",
        count_reason="A refusal at the door is a serious infraction here",
        **day_fields("event", date(2026, 11, 20)),
    )
    assert answer.status_code == 303, said(answer.text)
    old = next(row for row in rows(desk, reporter) if row.id == first.id)
    assert (old.state, old.label, old.last_on) == ("superseded", "minor", date(2027, 8, 19))
    new = next(row for row in binding(desk, reporter) if row.replaces == old.id)
    assert (new.label, new.last_on) == ("serious", date(2028, 11, 19))
    page = words(laila.get(path(reporter, new)).text)
    assert "A refusal at the door" in page
    assert "another counting took its place: Laila Imaginaria, 23 Nov 2026" in page
    assert desk.case(reporter).limit_on == date(2027, 11, 19)  # now the year of Ley 15/2022


def test_scenario_3_a_municipal_benefit_is_refused(desk: Desk) -> None:
    """LJCA art. 115: ten days, and August counts (art. 128.2); LJCA art. 46.1: two months, and it does not.

    Notified on Tuesday 28 July 2026: 29, 30, 31 July, 3 to 7, 10 and 11 August are ten working days; two
    months without August end on 28 October.
    """
    at(desk, date(2026, 7, 29))
    reporter = desk.a_case(
        "amparo",
        city=True,
        **told_on(date(2026, 7, 28), act_codes=("service_refused",), area_code="social_protection"),
    )
    amparo = desk.signed_in("amparo")
    page = words(amparo.get(f"{path(reporter)}/limits").text)
    assert route_name("court_admin_fundamental") in page.partition("May run in any matter")[0]
    kept = scan(desk, amparo, reporter, date(2026, 7, 28), "court_admin_fundamental", "court_admin")
    assert [(row.route_code, row.last_on) for row in kept] == [
        ("court_admin_fundamental", date(2026, 8, 11)),
        ("court_admin", date(2026, 10, 28)),
    ]
    first, second = deadlines_in(amparo.get(path(reporter)).text).split("<li>")[1:3]
    assert RED in first and RED not in second


def case_with_clock(desk: Desk, *routes: str) -> tuple[Any, Any, Deadline]:
    reporter = desk.a_case("laila", **told_on(date(2026, 11, 20)))
    laila = desk.signed_in("laila")
    return reporter, laila, scan(desk, laila, reporter, date(2026, 11, 20), *(routes or ("civil_tort",)))[0]


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


def test_a_claim_begins_a_prescription_anew_and_never_an_expiry(desk: Desk) -> None:
    """CC art. 1973: a claim of 10 January 2027 gives another whole year; ET art. 59.3 is an expiry."""
    reporter, laila, row = case_with_clock(desk)
    assert row.last_on == date(2027, 11, 20)
    claim = {
        "stop": "claim",
        **day_fields("stop_first", date(2027, 1, 10)),
        "stop_evidence": "Letter with proof of delivery",
        "count_reason": "Claimed",
        **day_fields("event", date(2026, 11, 20)),
    }
    assert act(desk, laila, reporter, row, "counting", **claim).status_code == 303
    new = binding(desk, reporter)[0]
    assert (new.last_on, new.counted_from) == (date(2028, 1, 10), date(2026, 11, 20))

    other, laila, expiry = case_with_clock(desk, *MINE)
    refused = act(desk, laila, other, expiry, "counting", **claim)
    assert refused.status_code == 422 and "does not start again" in mistakes(refused.text)[0]
    assert [one.state for one in rows(desk, other)] == ["computed"]


def test_a_second_suspension_is_counted_on_top_of_the_first(desk: Desk) -> None:
    reporter, laila, row = case_with_clock(desk)
    for first, last in ((date(2026, 12, 1), date(2026, 12, 10)), (date(2027, 2, 1), date(2027, 2, 5))):
        form = {
            "stop": "mediation",
            **day_fields("stop_first", first),
            **day_fields("stop_last", last),
            "stop_evidence": "Minutes",
            "count_reason": "Mediation",
            **day_fields("event", date(2026, 11, 20)),
        }
        current = binding(desk, reporter)[0]
        assert act(desk, laila, reporter, current, "counting", **form).status_code == 303
    assert binding(desk, reporter)[0].last_on == date(2027, 11, 20) + timedelta(days=15)
    assert [one.state for one in rows(desk, reporter)].count("superseded") == 2


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
    reporter = desk.a_case("laila")
    laila = desk.signed_in("laila")
    form = {
        "version": version(desk, reporter),
        "route": ["labour_dismissal"],
        **day_fields("event", date(2090, 3, 1)),
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

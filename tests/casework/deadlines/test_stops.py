"""What stops a clock: only what the list names for the limit, and never longer than is known."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from casework.deadlines.tables import Deadline
from casework.deadlines.weekly import week_of
from tests.casework.deadlines.clocks import (
    act,
    at,
    binding,
    case_with_clock,
    day_fields,
    path,
    rows,
    scan,
    told_on,
)
from tests.casework.desk import CITY, Desk, mistakes, said

COUNT_ANEW = "Count it anew: the list of routes has changed"


def test_a_claim_begins_a_prescription_anew_and_never_an_expiry(desk: Desk) -> None:
    """CC art. 1973: a claim of 10 January 2027 gives another whole year; ET art. 59.3 is an expiry."""
    reporter, laila, row = case_with_clock(desk)
    assert row.last_on == date(2027, 11, 20)
    at(desk, date(2027, 1, 11))
    laila = desk.signed_in("laila")
    claim = {
        "stop": "claim_sent",
        **day_fields("stop_first", date(2027, 1, 10)),
        "stop_evidence": "Letter with proof of delivery",
        "count_reason": "Claimed",
        **day_fields("event", date(2026, 11, 20)),
    }
    assert act(desk, laila, reporter, row, "counting", **claim).status_code == 303
    new = binding(desk, reporter)[0]
    assert (new.last_on, new.counted_from) == (date(2028, 1, 10), date(2026, 11, 20))

    other, laila, expiry = case_with_clock(desk, "labour_dismissal")
    refused = act(desk, laila, other, expiry, "counting", **claim)
    assert refused.status_code == 422 and mistakes(refused.text)
    assert [one.state for one in rows(desk, other)] == ["computed"]


@pytest.mark.parametrize("event", ["conciliation_requested", "mediation_requested", "claim_sent"])
def test_what_the_list_does_not_name_for_a_limit_stops_it_never(desk: Desk, event: str) -> None:
    """LJCA art. 115: ten days that neither a conciliation nor a mediation nor a claim stops."""
    reporter, laila, row = case_with_clock(desk, "court_admin_fundamental")
    assert event not in laila.get(path(reporter, row)).text
    form = {
        "stop": event,
        **day_fields("stop_first", date(2026, 11, 23)),
        "stop_evidence": "x",
        "count_reason": "x",
        **day_fields("event", date(2026, 11, 20)),
    }
    refused = act(desk, laila, reporter, row, "counting", **form)
    assert refused.status_code == 422 and mistakes(refused.text)
    assert [one.last_on for one in rows(desk, reporter)] == [row.last_on]


def test_a_mediation_without_a_meeting_stands_still_for_no_more_than_the_days_the_law_gives(
    desk: Desk,
) -> None:
    """Ley 5/2012 art. 4: fifteen days of the calendar without a meeting; with one, until it is over."""
    reporter, _, _ = case_with_clock(desk)
    at(desk, date(2027, 1, 11))
    laila = desk.signed_in("laila")
    form = {
        "stop": "mediation_requested",
        **day_fields("stop_first", date(2026, 12, 1)),
        **day_fields("stop_last", date(2027, 1, 10)),
        "stop_evidence": "Minutes",
        "count_reason": "Mediation",
        **day_fields("event", date(2026, 11, 20)),
    }
    assert act(desk, laila, reporter, binding(desk, reporter)[0], "counting", **form).status_code == 303
    assert binding(desk, reporter)[0].last_on == date(2027, 12, 5)  # 20 November and 2 to 16 December
    met = {**form, **day_fields("stop_answered", date(2026, 12, 10))}
    assert act(desk, laila, reporter, binding(desk, reporter)[0], "counting", **met).status_code == 303
    assert binding(desk, reporter)[0].last_on == date(2027, 12, 30)  # 2 December to 10 January: forty days
    assert [one.state for one in rows(desk, reporter)].count("superseded") == 2


def test_a_second_suspension_is_counted_on_top_of_the_first(desk: Desk) -> None:
    reporter, _, _ = case_with_clock(desk)
    for first, last in ((date(2026, 12, 1), date(2026, 12, 10)), (date(2027, 2, 1), date(2027, 2, 5))):
        at(desk, first)  # its end is set by the law and lies ahead
        laila = desk.signed_in("laila")
        form = {
            "stop": "other_suspension",
            **day_fields("stop_first", first),
            **day_fields("stop_last", last),
            "stop_evidence": "Minutes",
            "count_reason": "Named by the law",
            **day_fields("event", date(2026, 11, 20)),
        }
        current = binding(desk, reporter)[0]
        assert act(desk, laila, reporter, current, "counting", **form).status_code == 303
    assert binding(desk, reporter)[0].last_on == date(2027, 11, 20) + timedelta(days=15)
    assert [one.state for one in rows(desk, reporter)].count("superseded") == 2


def test_what_is_only_planned_stops_nothing_yet(desk: Desk) -> None:
    reporter, laila, row = case_with_clock(desk)
    form = {
        "stop": "mediation_requested",
        **day_fields("stop_first", date(2026, 11, 23)),
        **day_fields("stop_last", date(2026, 11, 24)),
        "stop_evidence": "x",
        "count_reason": "x",
        **day_fields("event", date(2026, 11, 20)),
    }
    told = mistakes(act(desk, laila, reporter, row, "counting", **form).text)
    assert told == ["This day is still to come."]
    assert binding(desk, reporter)[0].id == row.id


def test_a_clock_of_an_older_list_stands_at_the_day_that_pages_and_lists_tell_alike(desk: Desk) -> None:
    """ET art. 59.3: of twenty working days from 2 November fourteen are over on Friday the 20th.

    Conciliation was asked for that day and is noted on the 23rd, which stands still. Six remain: 24 to 27 and
    30 November, 1 December. While the list is the same each day moves that on, and it is in no list.
    """
    reporter = desk.a_case("laila", **told_on(date(2026, 11, 2)))
    laila = desk.signed_in("laila")
    (row,) = scan(desk, laila, reporter, date(2026, 11, 2), "labour_dismissal")
    form = {
        "stop": "conciliation_requested",
        "stop_evidence": "Entry",
        "count_reason": "Asked for",
        **day_fields("event", date(2026, 11, 2)),
        **day_fields("stop_first", date(2026, 11, 20)),
    }
    assert act(desk, laila, reporter, row, "counting", **form).status_code == 303
    (row,) = binding(desk, reporter)
    assert row.last_on == date(2026, 12, 1)
    for today, tab in ((date(2026, 12, 1), "today"), (date(2026, 12, 2), "overdue")):
        at(desk, today)
        for version, is_listed in ((row.list_version, False), ("3", True)):
            with desk.writing() as session:
                session.execute(update(Deadline).values(list_version=version))
            laila = desk.signed_in("laila")
            page = laila.get(f"/en/deadlines?which={tab}").text
            assert (f"deadlines/{row.id}" in page) == is_listed, (today, version)
            told = said(laila.get(path(reporter, row)).text)
            assert ("1 December 2026" in told and COUNT_ANEW in told) == is_listed
            with desk._as("casework", "weekly")() as session:
                assert week_of(session, today, CITY).counts[tab] == int(is_listed)

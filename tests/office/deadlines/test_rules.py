"""Legal time, against a second, naive counting day by day; the countings by hand are in `test_examples`."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from office.deadlines.calendar import CalendarYearMissing, legal_days_off
from office.deadlines.rules import (
    LimitHasNoEnd,
    LimitIsNotInterrupted,
    Suspension,
    began_anew,
    due_on,
    in_the_month,
    on_the_day,
    working_days_left,
)
from office.vocabulary import RouteDeadline, load, load_city
from tests.office.deadlines.day_by_day import last_day
from tests.office.deadlines.places import worked_days

VALENCIA = load_city("valencia")
DAYS = worked_days(VALENCIA)
YEARS = range(2024, 2028)
OFF = frozenset(day for year in YEARS for day in legal_days_off(VALENCIA.calendar, year))


def limit_of(code: str, which: int = 0) -> RouteDeadline:
    return load("routes").item(code).deadlines[which]


UNITS = st.sampled_from(["natural_day", "working_day_admin", "working_day_court", "month", "year"])
RECESS = st.sampled_from(["counts", "excluded"])


@st.composite
def limits(draw: st.DrawFn) -> RouteDeadline:
    unit = draw(UNITS)
    most = {"month": 9, "year": 1}.get(unit, 45)
    is_whole_months = unit in ("month", "year")
    august = draw(RECESS)
    return RouteDeadline(
        count=draw(st.integers(1, most)),
        unit=unit,
        start="notification_date",
        kind="caducidad",
        august=august,
        dec24_jan6="counts" if is_whole_months else draw(RECESS),
        roll_if_nonworking=draw(st.booleans()),
        counts_start_day=draw(st.booleans()) and not (is_whole_months and august == "excluded"),
    )


@st.composite
def suspensions(draw: st.DrawFn) -> Suspension | None:
    if draw(st.booleans()):
        return None
    first = date(2024, 1, 1) + timedelta(days=draw(st.integers(0, 900)))
    return Suspension(first, first + timedelta(days=draw(st.integers(0, 40))), evidence="receipt 1")


STARTS = st.integers(0, 900).map(lambda day: date(2024, 1, 1) + timedelta(days=day))


@settings(max_examples=400)
@given(limit=limits(), start=STARTS, suspension=suspensions())
@example(limit=limit_of("court_admin"), start=date(2026, 8, 31), suspension=None)
@example(limit=limit_of("court_admin"), start=date(2026, 7, 31), suspension=None)
@example(limit=limit_of("court_admin"), start=date(2026, 6, 1), suspension=None)
@example(limit=limit_of("crime_injury_minor"), start=date(2024, 2, 29), suspension=None)
@example(limit=limit_of("sanction_l4_2023"), start=date(2026, 5, 31), suspension=None)
@example(
    limit=limit_of("labour_dismissal"),
    start=date(2026, 12, 1),
    suspension=Suspension(date(2026, 12, 10), date(2026, 12, 29), "receipt 1"),
)
def test_two_ways_of_counting_give_the_same_day(
    limit: RouteDeadline, start: date, suspension: Suspension | None
) -> None:
    stopped = (
        frozenset()
        if suspension is None
        else frozenset(
            start + timedelta(days=day) for day in range(2000) if suspension.has(start + timedelta(days=day))
        )
    )
    counted = due_on(limit, start, DAYS, () if suspension is None else (suspension,))
    assert counted == last_day(limit, start, OFF, stopped)


@settings(max_examples=150)
@given(limit=limits(), start=STARTS)
def test_a_later_event_never_ends_earlier(limit: RouteDeadline, start: date) -> None:
    days = [due_on(limit, start + timedelta(days=later), DAYS) for later in range(4)]
    assert all(one <= after for one, after in pairwise(days))


WITHOUT_CHRISTMAS = [
    # 17-18 Dec are 2, 21-23 are 5, 7-8 Jan are 7, 11-13 are 10.
    (date(2026, 12, 16), date(2027, 1, 13)),
    # Inside the recess the first day is Thu 7 Jan: 7-8 are 2, 11-15 are 7, 18-20 are 10.
    (date(2026, 12, 29), date(2027, 1, 20)),
    # The eve of the recess: nothing is counted before 7 Jan either.
    (date(2026, 12, 23), date(2027, 1, 20)),
]


@pytest.mark.parametrize(("start", "due"), WITHOUT_CHRISTMAS)
def test_a_limit_may_leave_out_the_fortnight_of_christmas(start: date, due: date) -> None:
    """LOPJ art. 183, for a limit of ten court days that it would stop; none is drafted so today."""
    limit = replace(limit_of("court_admin_fundamental"), dec24_jan6="excluded")
    assert due_on(limit, start, DAYS) == due


def test_days_of_a_conciliation_do_not_count() -> None:
    """LRJS art. 65.1: dismissed on 2 February, filed on the 10th, tried on the 24th, runs on from the 25th.

    By hand: 3-6 Feb are 4, Mon 9 is 5; 10-24 stand still; 25-27 are 8, 2-6 Mar 13, 9-13 18, 16 and 17 are 20.
    """
    stop = Suspension(date(2026, 2, 10), date(2026, 2, 24), evidence="conciliation receipt")
    assert due_on(limit_of("labour_dismissal"), date(2026, 2, 2), DAYS, (stop,)) == date(2026, 3, 17)


def test_august_is_not_added_twice_to_months_that_skip_it() -> None:
    """LJCA art. 128.2 with Ley 1/1996 art. 16.2: of 21 July to 10 September only 21 days would have run.

    Without the pause the two months end on 10 October: 21 days more are Saturday the 31st, moved to Monday 2.
    """
    stop = Suspension(date(2026, 7, 21), date(2026, 9, 10), evidence="letter of the bar")
    assert due_on(limit_of("court_admin"), date(2026, 7, 10), DAYS, (stop,)) == date(2026, 11, 2)


def test_days_added_to_months_that_skip_august_skip_it_too() -> None:
    """The two months end on 29 July; four days stood still: 30 and 31 July, then 1 and 2 September."""
    stop = Suspension(date(2026, 6, 1), date(2026, 6, 4), evidence="letter of the bar")
    assert due_on(limit_of("court_admin"), date(2026, 5, 29), DAYS, (stop,)) == date(2026, 9, 2)


def test_a_claim_begins_a_prescription_again_and_an_expiry_never() -> None:
    """CC art. 1973 against ET art. 59.3."""
    tort = limit_of("civil_tort")
    assert began_anew(tort, date(2025, 1, 10), [date(2025, 6, 1)], DAYS) == date(2025, 6, 1)
    assert began_anew(tort, date(2025, 1, 10), [date(2026, 1, 11)], DAYS) == date(2025, 1, 10), (
        "it had run out"
    )
    with pytest.raises(LimitIsNotInterrupted):
        began_anew(limit_of("labour_dismissal"), date(2026, 2, 2), [date(2026, 2, 10)], DAYS)


def test_a_route_open_at_any_time_has_no_last_day() -> None:
    with pytest.raises(LimitHasNoEnd):
        due_on(limit_of("police_report"), date(2026, 2, 2), DAYS)


def test_a_year_nobody_listed_is_an_error_and_no_guess() -> None:
    with pytest.raises(CalendarYearMissing) as refused:
        due_on(limit_of("labour_dismissal"), date(2027, 12, 20), DAYS)
    assert refused.value.detail == {"year": "2028"}
    # Date to date without rolling needs no days off, so it is told all the same.
    assert due_on(limit_of("crime_510"), date(2026, 2, 2), DAYS) == date(2031, 2, 1)


def test_days_left_are_the_days_on_which_one_can_act() -> None:
    dismissal = limit_of("labour_dismissal")
    appeal = replace(limit_of("court_admin_fundamental"), dec24_jan6="excluded")
    # Friday 18 December to Friday 8 January: holidays are out of both, the recess out of the second only.
    assert working_days_left(dismissal, date(2026, 12, 18), date(2027, 1, 8), DAYS) == 12
    assert working_days_left(appeal, date(2026, 12, 18), date(2027, 1, 8), DAYS) == 5
    assert working_days_left(dismissal, date(2026, 12, 18), date(2026, 12, 18), DAYS) == 0


def test_a_month_alone_is_an_occurrence_between_its_days_and_not_after_today() -> None:
    told = in_the_month(2026, 11, today=date(2026, 11, 28))
    assert (told.earliest, told.latest, told.is_exact) == (date(2026, 11, 1), date(2026, 11, 28), False)
    assert in_the_month(2024, 2, today=date(2026, 11, 28)).latest == date(2024, 2, 29)
    assert on_the_day(date(2026, 11, 1)).is_exact


def test_a_limit_holds_for_the_days_for_which_it_was_the_law() -> None:
    limit = replace(limit_of("labour_dismissal"), valid_from=date(2020, 1, 1), valid_until=date(2026, 6, 30))
    assert limit.holds_on(date(2026, 6, 30)) and not limit.holds_on(date(2026, 7, 1))
    assert not limit.holds_on(date(2019, 12, 31))

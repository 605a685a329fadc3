"""The days off of the seat count, and no others; an unknown seat gives the earliest day that can be right."""

from datetime import date, timedelta

import pytest

from office.deadlines.calendar import CalendarYearMissing
from office.deadlines.limits import due_dates
from office.deadlines.rules import on_the_day
from office.deadlines.seats import UNKNOWN, Seat, days_at, days_of, fixed_seat, seat_of
from office.deadlines.warnings import guidance_for
from office.handover.report import When
from office.vocabulary import load, load_city
from office.vocabulary.days_off import days_off_of

VALENCIA = load_city("valencia")
ROUTES = load("routes")
PLACES = ("own", "madrid", UNKNOWN)


def last_day(route: str, day: date, seat: Seat) -> date:
    return due_dates(ROUTES, route, on_the_day(day), days_of(VALENCIA, seat)(ROUTES.item(route)))[0].on


def test_an_unknown_seat_leaves_out_only_days_that_are_off_in_every_region() -> None:
    from holidays import list_supported_countries

    regions = list_supported_countries()["ES"]
    days = days_at(VALENCIA, Seat())
    for year in (2025, 2026, 2027):
        in_all = set.intersection(*({*days_off_of("ES", one, year)} for one in regions))
        every = (date(year, 1, 1) + timedelta(days=ahead) for ahead in range(365))
        off = {day for day in every if day.weekday() < 5 and not days.is_worked(day)}
        assert off == {day for day in in_all if day.weekday() < 5}


@pytest.mark.parametrize("route", ["labour_dismissal", "labour_change", "court_admin_fundamental"])
def test_an_unknown_seat_never_tells_a_later_day_than_any_place(route: str) -> None:
    day = date(2026, 1, 1)
    while day < date(2027, 9, 1):
        told = {seat: last_day(route, day, Seat(seat)) for seat in PLACES}
        assert told[UNKNOWN] == min(told.values()), day
        day += timedelta(days=3)


def test_a_day_off_that_hangs_on_a_decree_of_2027_is_none_in_madrid_yet() -> None:
    """Maundy Thursday may be replaced (RD 2001/1983 art. 45), Good Friday may not."""
    days = days_at(VALENCIA, Seat("madrid"))
    worked = [day for day in range(22, 27) if days.is_worked(date(2027, 3, day))]
    assert worked == [22, 23, 24, 25]


def test_the_law_fixes_where_an_amparo_runs_whatever_anybody_says() -> None:
    """Notified on 9 December 2026: 30 days without the one off in València only (LOPJ art. 182.1)."""
    amparo = ROUTES.item("amparo")
    assert fixed_seat(amparo, VALENCIA) == "madrid"
    for said in PLACES:
        assert seat_of(amparo, Seat(said), VALENCIA).code == "madrid"
        days = days_of(VALENCIA, Seat(said))(amparo)
        due = due_dates(ROUTES, "amparo", on_the_day(date(2026, 12, 9)), days)
        assert next(one.on for one in due if "44.2" in one.limit.label) == date(2027, 1, 25)


def test_where_a_person_lives_counts_before_an_administration_and_before_no_court() -> None:
    """Ley 39/2015 art. 30.6, LOPJ art. 182.1."""
    notified = date(2026, 9, 9)
    assert last_day("admin_alzada", notified, Seat("madrid")) == date(2026, 10, 9)
    assert last_day("admin_alzada", notified, Seat("madrid", with_home=True)) == date(2026, 10, 13)
    assert seat_of(ROUTES.item("labour_dismissal"), Seat("madrid", with_home=True), VALENCIA) == Seat(
        "madrid"
    )


def test_a_year_that_a_seat_does_not_list_is_an_error_and_no_guess() -> None:
    with pytest.raises(CalendarYearMissing):
        days_at(VALENCIA, Seat("madrid")).is_worked(date(2028, 1, 3))


def test_the_door_tells_the_earliest_day() -> None:
    """Dismissed on 4 January 2027: 2 February where 22 January is worked, 3 February in València."""
    when = When(kind="day", day=date(2027, 1, 4))
    told = guidance_for(VALENCIA, {"acts": ["dismissed"]}, when, date(2027, 1, 8))
    assert min(one.until for one in told.warned if one.until) == date(2027, 2, 2)

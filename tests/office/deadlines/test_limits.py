"""The last days of a route, and the days off they are counted with."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from office.deadlines.calendar import CalendarYearMissing, WorkedDays, is_worked, legal_days_off
from office.deadlines.events import Clock
from office.deadlines.limits import (
    ConfirmationNeedsAName,
    Recorded,
    confirmed,
    due_dates,
    limits_of,
    longest,
    shortest,
)
from office.deadlines.rules import LimitHasNoEnd, LimitIsNotInterrupted, Occurrence, in_the_month, on_the_day
from office.errors import Invalid
from office.vocabulary import StopEvent, load, load_city
from office.vocabulary.city_calendar import DayChange
from tests.office.deadlines.places import worked_days

VILABREU = Path(__file__).parents[2] / "support" / "cities" / "vilabreu"
VALENCIA = load_city("valencia")
DAYS = worked_days(VALENCIA)
ROUTES = load("routes")
TODAY = date(2026, 11, 28)


def test_a_computed_day_names_its_rule_article_and_version_and_is_not_certain() -> None:
    (due,) = due_dates(ROUTES, "labour_dismissal", on_the_day(date(2026, 11, 20)), DAYS)
    assert (due.on, due.latest_on) == (date(2026, 12, 21), date(2026, 12, 21))
    assert (due.route_code, due.version) == ("labour_dismissal", ROUTES.meta.version)
    assert due.law == ("ET art. 59.3; LRJS arts. 43.4, 103.1",)
    assert not due.is_confirmed and not due.is_calendar_confirmed


def test_a_reviewed_list_does_not_confirm_a_day_and_a_named_lawyer_does() -> None:
    reviewed = replace(ROUTES, meta=replace(ROUTES.meta, checked_by="A lawyer"))
    (due,) = due_dates(reviewed, "labour_dismissal", on_the_day(date(2026, 11, 20)), DAYS)
    assert not due.is_confirmed
    told_at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    sure = confirmed(due, by="Lawyer of the office", at=told_at)
    assert (sure.is_confirmed, sure.confirmed_by, sure.on) == (True, "Lawyer of the office", due.on)
    with pytest.raises(ConfirmationNeedsAName):
        confirmed(due, by="  ", at=told_at)


def test_alternatives_by_classification_stand_together_with_the_earliest_on_top() -> None:
    """LO 4/2010 art. 15; the file lists them the other way round."""
    found = due_dates(ROUTES, "discipline_officer", on_the_day(date(2026, 11, 20)), DAYS)
    assert [due.limit.label for due in found] == ["minor (national police)", "serious", "very serious"]
    assert [due.on for due in found] == [date(2026, 12, 19), date(2028, 11, 19), date(2029, 11, 19)]


@pytest.mark.parametrize("code", [route.code for route in ROUTES])
def test_of_every_route_the_earliest_of_its_alternatives_stands_on_top(code: str) -> None:
    event = on_the_day(date(2026, 3, 2))
    found = due_dates(ROUTES, code, event, DAYS)
    ending = {limit.label for limit in ROUTES.item(code).deadlines if limit.unit != "none"}
    assert {due.limit.label for due in found} == ending
    assert [due.on for due in found] == sorted(due.on for due in found)
    assert all(due.counted_from == event and due.law and not due.is_open for due in found)


def test_with_its_event_named_a_route_tells_only_the_limits_that_run_from_it() -> None:
    """LJCA art. 115.1: from a notice ten days, from an appeal ten days after twenty; by hand beside them."""
    told = {
        event: [
            (due.limit.label, due.on, due.counted_from.earliest)
            for due in due_dates(ROUTES, "court_admin_fundamental", on_the_day(day), DAYS, event_code=event)
        ]
        for event, day in (
            ("notification_date", date(2025, 7, 28)),
            ("claim_or_appeal_date", date(2026, 9, 1)),
            ("final_judgment_notification", date(2026, 9, 1)),
        )
    }
    assert told == {
        "notification_date": [("", date(2025, 8, 11), date(2025, 7, 28))],
        "claim_or_appeal_date": [("inactivity or optional appeal", date(2026, 10, 5), date(2026, 9, 21))],
        "final_judgment_notification": [],
    }


def test_a_later_start_and_an_open_request_are_told_with_the_day() -> None:
    healed = Recorded(later={"healing_date": date(2026, 4, 3)})
    (due,) = due_dates(ROUTES, "state_liability", on_the_day(date(2025, 11, 3)), DAYS, recorded=healed)
    assert due.on == date(2027, 4, 6) and due.clock == Clock(date(2026, 4, 3))
    assert due.law[-1] == "Ley 39/2015 art. 67.1"
    asked = StopEvent("conciliation_requested", date(2026, 11, 23))
    open_still = Recorded((asked,), as_of=date(2026, 11, 25))
    (due,) = due_dates(ROUTES, "labour_dismissal", on_the_day(date(2026, 11, 20)), DAYS, recorded=open_still)
    assert due.is_open and due.on == date(2026, 12, 23), "21 December, and two days stood still"
    assert due.law == ("ET art. 59.3; LRJS arts. 43.4, 103.1", "LRJS art. 65.1")


def test_where_a_request_may_have_come_too_early_the_day_without_it_is_the_safe_one() -> None:
    """Dismissed on some day from 2 to 4 November 2026; conciliation from the 3rd to Tuesday the 17th.

    By hand, from the 4th the request came before it: 5-6 are 2, 9-13 are 7, 16-20 12, 23-27 17, 30 to
    2 December 20. From the 2nd: 3 is 1, 18-20 are 4, 23-27 9, 30-4 14, 7 is 15, 9-11 18, 14-15 20. From the
    3rd itself the request was made before a day was used: one more, the 16th.
    """
    told = StopEvent("conciliation_requested", date(2026, 11, 3), date(2026, 11, 17))
    between = Occurrence(date(2026, 11, 2), date(2026, 11, 4))
    (due,) = due_dates(ROUTES, "labour_dismissal", between, DAYS, recorded=Recorded((told,)))
    assert (due.on, due.latest_on) == (date(2026, 12, 2), date(2026, 12, 16))


def test_days_off_may_be_read_before_anybody_waits_for_them() -> None:
    days = WorkedDays((VALENCIA.calendar,))
    days.ready()
    assert not days.is_worked(date(2024, 1, 1)) and not days.is_worked(date(2027, 12, 25))


def test_a_month_alone_gives_the_safe_day_and_the_latest_one() -> None:
    (due,) = due_dates(ROUTES, "labour_dismissal", in_the_month(2026, 11, today=TODAY), DAYS)
    # 20 days from the 1st end on the 27th; from the 27th and 28th, a Saturday, they end alike on 29 December.
    assert (due.on, due.latest_on) == (date(2026, 11, 27), date(2026, 12, 29))
    assert not due.counted_from.is_exact


def test_a_limit_that_was_changed_holds_for_what_happened_before() -> None:
    route = ROUTES.item("labour_dismissal")
    (today,) = route.deadlines
    old = replace(today, valid_until=date(2026, 6, 30), label="old")
    new = replace(today, valid_from=date(2026, 7, 1), count=30, label="new")
    changed = replace(ROUTES, items=(replace(route, deadlines=(old, new)),))
    assert due_dates(changed, route.code, on_the_day(date(2026, 6, 30)), DAYS)[0].limit.label == "old"
    assert due_dates(changed, route.code, on_the_day(date(2026, 7, 1)), DAYS)[0].limit.label == "new"


def test_a_route_without_a_limit_has_no_last_day() -> None:
    assert due_dates(ROUTES, "police_report", on_the_day(date(2026, 11, 20)), DAYS) == ()


@pytest.mark.parametrize("year", VALENCIA.calendar.years)
def test_the_citys_file_and_the_library_agree_on_the_days_of_the_region(year: int) -> None:
    """A day off on a weekday that only one of them has must be settled by a `change` in the file."""
    local = {one.name for one in VALENCIA.calendar.holidays if one.scope == "València"}
    supposed = {one.day for one in VALENCIA.calendar.changes if one.is_supposed}
    told = {day for day, name in VALENCIA.calendar.days_off(year).items() if name not in local} - supposed
    from_library = legal_days_off(replace(VALENCIA.calendar, holidays=()), year)
    on_weekdays = {day for day in told ^ from_library if day.weekday() < 5}
    assert on_weekdays <= {date(year, 6, 24)}, (
        "Saint John is in the library since 2019, and in no rule of the file"
    )


def test_saint_john_comes_from_the_library_and_the_local_days_from_the_file() -> None:
    days = legal_days_off(VALENCIA.calendar, 2026)
    assert {date(2026, 6, 24), date(2026, 1, 22), date(2026, 4, 13), date(2026, 10, 9)} <= days


def test_a_change_in_the_citys_file_wins_over_the_library() -> None:
    moved = DayChange(date(2026, 10, 9), is_holiday=False, scope="Comunitat Valenciana", source="a notice")
    calendar = replace(VALENCIA.calendar, changes=(moved,))
    assert date(2026, 10, 9) not in legal_days_off(calendar, 2026)


def test_a_day_nobody_read_of_makes_a_promise_later_and_a_limit_earlier() -> None:
    """Easter Monday 2027: the region's decree may make it a day off, as each year, or not."""
    easter_monday = date(2027, 3, 29)
    assert VALENCIA.calendar.days_off(2027)[easter_monday]
    assert not is_worked(VALENCIA.calendar, easter_monday)
    assert DAYS.is_worked(easter_monday)


def test_a_region_the_library_does_not_know_is_an_error_of_the_office_and_no_crash() -> None:
    with pytest.raises(CalendarYearMissing) as refused:
        legal_days_off(replace(VALENCIA.calendar, region="Atlantis"), 2026)
    assert refused.value.detail == {"year": "2026", "country": "ES", "region": "Atlantis"}


def test_promises_keep_their_days_whatever_the_library_says() -> None:
    assert is_worked(VALENCIA.calendar, date(2026, 6, 24))
    assert not DAYS.is_worked(date(2026, 6, 24))
    assert is_worked(VALENCIA.calendar, date(2031, 3, 3))
    with pytest.raises(CalendarYearMissing):
        DAYS.is_worked(date(2031, 3, 3))


def test_a_day_off_at_either_place_is_not_worked() -> None:
    """Ley 39/2015 art. 30.6: Vilabreu's own day is 1 June 2026, València's 22 January."""
    vilabreu = load_city(VILABREU)
    both = worked_days(VALENCIA, vilabreu)
    assert not both.is_worked(date(2026, 6, 1)) and DAYS.is_worked(date(2026, 6, 1))
    assert not both.is_worked(date(2026, 1, 22)) and worked_days(vilabreu).is_worked(date(2026, 1, 22))


def test_a_day_says_whether_its_years_were_compared_with_the_notices() -> None:
    calendar = replace(VALENCIA.calendar, confirmed_years={2026: "A named person"})
    days = WorkedDays((calendar,))
    assert days.is_confirmed(date(2026, 1, 1), date(2026, 12, 31))
    assert not days.is_confirmed(date(2026, 12, 1), date(2027, 1, 1))


def test_every_limit_of_the_list_has_a_shortest_and_a_longest_time_on_the_wall() -> None:
    told = [limit for route in load("routes") for limit in limits_of(route, date(2026, 11, 28))]
    assert len(told) > 30
    assert all(timedelta(0) < shortest(limit) <= longest(limit) for limit in told)


@pytest.mark.parametrize("error", [ConfirmationNeedsAName, LimitHasNoEnd, LimitIsNotInterrupted])
def test_each_refusal_of_a_day_says_what_is_wrong_in_a_sentence_of_its_own(error: type[Invalid]) -> None:
    assert error.sentence != Invalid.sentence

"""What recorded events do to a limit, against the naive counting and by hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from office.deadlines.calendar import CalendarYearMissing, legal_days_off
from office.deadlines.events import (
    Clock,
    Effect,
    EventEndsBeforeItBegins,
    LimitIsNotStopped,
    begins_on,
    clock_of,
    effect_of,
    reckoned,
)
from office.deadlines.rules import (
    LimitIsNotInterrupted,
    Occurrence,
    Suspension,
    due_on,
    on_the_day,
    working_days_left,
)
from office.errors import Invalid
from office.vocabulary import LimitStop, ReckonedStart, RouteDeadline, StopEvent, load, load_city
from tests.office.deadlines.day_by_day import last_day_told, start_after
from tests.office.deadlines.places import worked_days

VALENCIA = load_city("valencia")
DAYS = worked_days(VALENCIA)
OFF = frozenset(day for year in range(2024, 2028) for day in legal_days_off(VALENCIA.calendar, year))
LIMITS = [limit for route in load("routes") for limit in route.deadlines if limit.unit != "none"]
OFTEN_STOPPED = [limit for limit in LIMITS if len(limit.stops) > 1]
DAY = timedelta(days=1)


def limit_of(code: str, which: int = 0) -> RouteDeadline:
    return load("routes").item(code).deadlines[which]


DISMISSAL = limit_of("labour_dismissal")
TORT = limit_of("civil_tort")
HONOUR = limit_of("civil_honour")
INJURY = limit_of("crime_injury_minor")


def days_after(day: date, most: int) -> st.SearchStrategy[date]:
    return st.integers(0, most).map(lambda later: day + later * DAY)


@st.composite
def told_of(draw: st.DrawFn, limit: RouteDeadline, start: date) -> StopEvent:
    begun = draw(days_after(start - 3 * DAY, 500))
    return StopEvent(
        code=draw(st.sampled_from([stop.event for stop in limit.stops])),
        begun_on=begun,
        ended_on=draw(st.none() | days_after(begun, 400)),
        answered_on=draw(st.none() | days_after(begun, 250)),
    )


@st.composite
def matters(
    draw: st.DrawFn,
) -> tuple[RouteDeadline, date, dict[str, date], tuple[StopEvent, ...], date | None]:
    limit = draw(st.sampled_from(LIMITS) | st.sampled_from(OFTEN_STOPPED))
    start = date(2024, 1, 1) + draw(st.integers(0, 700)) * DAY
    later = {one.event: draw(days_after(start - 30 * DAY, 400)) for one in limit.later_starts}
    known = {event: day for event, day in later.items() if draw(st.booleans())}
    stops = draw(st.lists(told_of(limit, start), max_size=3)) if limit.stops else []
    return limit, start, known, tuple(stops), draw(st.none() | days_after(start, 900))


@settings(max_examples=600, deadline=None)
@given(matter=matters())
def test_two_ways_of_counting_agree_on_every_limit_of_the_list_whatever_was_recorded(
    matter: tuple[RouteDeadline, date, dict[str, date], tuple[StopEvent, ...], date | None],
) -> None:
    limit, event_on, later, stops, as_of = matter
    try:
        clock = clock_of(limit, begins_on(limit, event_on, later), stops, DAYS, as_of)
        counted = due_on(limit, clock.start, DAYS, clock.suspensions)
    except CalendarYearMissing:
        assume(False)
    assert counted == last_day_told(limit, event_on, OFF, later, stops, as_of)


@settings(max_examples=200, deadline=None)
@given(matter=matters())
def test_nothing_that_is_recorded_makes_a_limit_end_earlier(
    matter: tuple[RouteDeadline, date, dict[str, date], tuple[StopEvent, ...], date | None],
) -> None:
    limit, event_on, later, stops, as_of = matter
    try:
        clock = clock_of(limit, begins_on(limit, event_on, later), stops, DAYS, as_of)
        assert due_on(limit, event_on, DAYS) <= due_on(limit, clock.start, DAYS, clock.suspensions)
    except CalendarYearMissing:
        assume(False)


WAITS = [
    ReckonedStart("request_date", 3, "month", "an article"),
    ReckonedStart("claim_or_appeal_date", 20, "natural_day", "an article"),
]


@pytest.mark.parametrize("way", WAITS)
@given(day=st.dates(date(2024, 1, 1), date(2027, 12, 31)))
def test_a_start_that_follows_from_another_event_is_the_same_when_walked(
    way: ReckonedStart, day: date
) -> None:
    assert reckoned(way, on_the_day(day)) == on_the_day(start_after(way, day))


def test_an_uncertain_request_gives_an_uncertain_start() -> None:
    told = Occurrence(date(2026, 11, 1), date(2026, 11, 30))
    assert reckoned(WAITS[0], told) == Occurrence(date(2027, 2, 1), date(2027, 2, 28))


def test_the_day_of_a_request_counts_and_the_day_after_the_attempt_runs_on() -> None:
    """LRJS art. 65.1: filed on Wednesday 20 August 2025, tried on Friday 5 September."""
    told = StopEvent("conciliation_requested", date(2025, 8, 20), date(2025, 9, 5), evidence="receipt 1")
    effect = effect_of(DISMISSAL, told, DAYS)
    assert effect == Effect(Suspension(date(2025, 8, 21), date(2025, 9, 5), "receipt 1"), None, is_open=False)


def test_a_conciliation_that_nobody_tries_stops_a_dismissal_for_fifteen_working_days() -> None:
    """LRJS art. 65.1: 21-22 August are 2, 25-29 are 7, 1-5 September are 12, 8-10 are 15."""
    told = StopEvent("conciliation_requested", date(2025, 8, 20))
    late = effect_of(DISMISSAL, told, DAYS, as_of=date(2025, 10, 1))
    assert late.suspension is not None and late.suspension.last == date(2025, 9, 10)
    assert not late.is_open
    assert effect_of(DISMISSAL, told, DAYS, as_of=date(2025, 9, 9)).is_open
    assert not effect_of(DISMISSAL, told, DAYS, as_of=date(2025, 9, 10)).is_open


def test_what_has_not_ended_is_taken_to_end_on_the_day_one_looks() -> None:
    """Eight days are left of a dismissal that stands still, whenever one looks."""
    told = StopEvent("conciliation_requested", date(2025, 8, 20))
    for today in (date(2025, 8, 20), date(2025, 8, 26), date(2025, 9, 5)):
        clock = clock_of(DISMISSAL, date(2025, 8, 1), [told], DAYS, as_of=today)
        due = due_on(DISMISSAL, clock.start, DAYS, clock.suspensions)
        assert clock.is_open
        assert working_days_left(DISMISSAL, today, due, DAYS, clock.suspensions) == 8
    # Nobody says which day it is: then not one day has stood still.
    assert effect_of(DISMISSAL, told, DAYS) == Effect(None, None, is_open=True)


def test_days_that_stand_still_after_today_are_no_days_left() -> None:
    stop = Suspension(date(2025, 8, 21), date(2025, 9, 5), "receipt 1")
    assert working_days_left(DISMISSAL, date(2025, 8, 20), date(2025, 9, 17), DAYS, (stop,)) == 8


def test_a_mediation_without_a_first_session_in_fifteen_days_stops_no_longer() -> None:
    """Ley 5/2012 art. 4: received on 1 September 2026, so 16 September is the fifteenth natural day."""
    asked = StopEvent("mediation_requested", date(2026, 9, 1), ended_on=date(2026, 12, 1))
    met_late = replace(asked, answered_on=date(2026, 9, 17))
    met = replace(asked, answered_on=date(2026, 9, 16))
    assert effect_of(HONOUR, asked, DAYS).suspension == Suspension(date(2026, 9, 2), date(2026, 9, 16), "")
    assert effect_of(HONOUR, met_late, DAYS).suspension == Suspension(date(2026, 9, 2), date(2026, 9, 16), "")
    assert effect_of(HONOUR, met, DAYS).suspension == Suspension(date(2026, 9, 2), date(2026, 12, 1), "")


def test_an_honour_claim_is_suspended_and_never_begins_again() -> None:
    """LO 1/1982 art. 9.5 is an expiry: what would interrupt it is a mistake of the list."""
    wrong = replace(HONOUR, stops=(LimitStop("claim_sent", "interrupts", "CC art. 1973"),))
    with pytest.raises(LimitIsNotInterrupted):
        effect_of(wrong, StopEvent("claim_sent", date(2026, 9, 1)), DAYS)


def test_a_claim_begins_the_year_again_each_time_and_a_late_one_revives_nothing() -> None:
    """CC art. 1973."""
    claims = [StopEvent("claim_sent", date(2026, 3, 1)), StopEvent("claim_sent", date(2025, 6, 1))]
    assert clock_of(TORT, date(2025, 1, 10), claims, DAYS) == Clock(date(2026, 3, 1), law=("CC art. 1973",))
    late = [StopEvent("claim_sent", date(2026, 1, 11))]
    assert clock_of(TORT, date(2025, 1, 10), late, DAYS) == Clock(date(2025, 1, 10))
    early = [StopEvent("claim_sent", date(2025, 1, 9))]
    assert clock_of(TORT, date(2025, 1, 10), early, DAYS) == Clock(date(2025, 1, 10))


def test_a_limit_that_begins_again_forgets_what_stood_still_before() -> None:
    """Legal aid asked for on 1 June and answered on the 20th, a claim on the 10th: a year from the claim.

    Whether 11-20 June stand still once more in the new year is not said: the earlier day.
    """
    told = [
        StopEvent("legal_aid_requested", date(2025, 6, 1), date(2025, 6, 20)),
        StopEvent("claim_sent", date(2025, 6, 10)),
    ]
    law = ("Ley 1/1996 art. 16.2", "CC art. 1973")
    assert clock_of(TORT, date(2025, 1, 10), told, DAYS) == Clock(date(2025, 6, 10), law=law)


def test_a_negotiation_before_its_law_was_in_force_stops_nothing() -> None:
    """LO 1/2025 is in force since 3 April 2025."""
    before = StopEvent("negotiation_requested", date(2025, 4, 2), date(2025, 4, 20))
    assert effect_of(TORT, before, DAYS) == Effect(None, None, is_open=False)
    after = replace(before, begun_on=date(2025, 4, 3))
    assert effect_of(TORT, after, DAYS) == Effect(None, date(2025, 4, 20), is_open=False)


def test_a_complaint_in_court_gives_nothing_until_the_court_turns_against_somebody() -> None:
    """CP art. 132.2.2: six months, and without a decision the limit ran on from the complaint."""
    lodged = StopEvent("court_complaint_filed", date(2026, 3, 2))
    assert effect_of(INJURY, lodged, DAYS, as_of=date(2026, 9, 1)) == Effect(None, None, is_open=True)
    assert effect_of(INJURY, lodged, DAYS, as_of=date(2026, 9, 2)) == Effect(None, None, is_open=False)
    decided = replace(lodged, answered_on=date(2026, 9, 2))
    going_on = effect_of(INJURY, decided, DAYS, as_of=date(2027, 1, 20))
    assert going_on == Effect(None, date(2027, 1, 20), is_open=True)
    ended = replace(decided, ended_on=date(2027, 5, 3))
    assert effect_of(INJURY, ended, DAYS) == Effect(None, date(2027, 5, 3), is_open=False)


def test_an_event_the_limit_does_not_name_leaves_it_as_it_is() -> None:
    told = StopEvent("mediation_requested", date(2026, 2, 10), date(2026, 2, 24))
    assert clock_of(DISMISSAL, date(2026, 2, 2), [told], DAYS) == Clock(date(2026, 2, 2))
    with pytest.raises(LimitIsNotStopped):
        effect_of(DISMISSAL, told, DAYS)


@pytest.mark.parametrize("wrong", [{"ended_on": date(2026, 2, 9)}, {"answered_on": date(2026, 2, 9)}])
def test_nothing_ends_or_is_answered_before_it_began(wrong: dict[str, date]) -> None:
    told = replace(StopEvent("conciliation_requested", date(2026, 2, 10)), **wrong)
    with pytest.raises(EventEndsBeforeItBegins):
        clock_of(DISMISSAL, date(2026, 2, 2), [told], DAYS)


def test_a_child_has_until_after_coming_of_age_and_an_earlier_birthday_changes_nothing() -> None:
    """CP art. 132.1; incitement (art. 510) is in neither of its lists, so it runs from the day itself."""
    coming = {"victim_turns_18": date(2028, 11, 20)}
    assert begins_on(INJURY, date(2026, 5, 4), coming) == date(2028, 11, 20)
    assert begins_on(INJURY, date(2029, 1, 8), coming) == date(2029, 1, 8)
    assert begins_on(limit_of("crime_510"), date(2026, 5, 4), coming) == date(2026, 5, 4)


@pytest.mark.parametrize("error", [LimitIsNotStopped, EventEndsBeforeItBegins])
def test_each_refusal_of_an_event_says_what_is_wrong_in_a_sentence_of_its_own(error: type[Invalid]) -> None:
    assert error.sentence != Invalid.sentence

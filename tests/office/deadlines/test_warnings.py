"""The short limits a person is warned of, as the kernel tells them; the door's pages have their own tests."""

from datetime import UTC, date, datetime

import pytest

from office.deadlines.warnings import Guidance, guidance_for, guidance_for_story
from office.handover.report import ReportStory, When
from office.vocabulary import City, load_city
from tests.office.deadlines.test_limits import VILABREU

VALENCIA = load_city("valencia")
TODAY = date(2026, 11, 23)
DISMISSED = {"acts": ("dismissed",)}


def on(day: date) -> When:
    return When(kind="day", day=day)


def told(when: When, today: date = TODAY, city: City = VALENCIA) -> Guidance:
    return guidance_for(city, DISMISSED, when, today)


# By hand from Mon 2 Nov 2026: 3-6 are 4, 9-13 are 9, 16-20 are 14, 23-27 are 19, Mon 30 is 20.
STATES = [
    (on(date(2026, 11, 2)), date(2026, 11, 23), "running", 5),
    (on(date(2026, 11, 2)), date(2026, 11, 30), "last_day", 0),
    (on(date(2026, 11, 2)), date(2026, 12, 1), "passed", None),
    (When(kind="month", month="2026-10"), date(2026, 11, 23), "may_have_passed", None),
    (When(), date(2026, 11, 23), "day_unknown", None),
    (When(kind="day"), date(2026, 11, 23), "day_unknown", None),
]


@pytest.mark.parametrize(("when", "today", "state", "left"), STATES)
def test_a_limit_stands_as_it_does_on_the_day_it_is_told(
    when: When, today: date, state: str, left: int | None
) -> None:
    (one,) = told(when, today).warned
    assert (one.code, one.state, one.working_days_left) == ("dismissal", state, left)
    assert one.law and one.version and not one.is_confirmed


def test_somebody_looks_soon_while_few_days_are_left_and_not_once_the_day_is_unknown() -> None:
    assert told(on(date(2026, 11, 2))).is_soon
    assert told(When(kind="month", month="2026-10")).is_soon
    assert not told(When()).is_soon


def test_a_day_before_the_calendar_begins_has_passed_without_a_guess() -> None:
    (one,) = told(on(date(2011, 3, 1))).warned
    assert (one.state, one.until, one.count) == ("passed", None, 20)


def test_where_a_year_is_missing_the_length_is_told_and_no_day() -> None:
    """Dismissed on 20 December 2027, the limit ends in 2028, whose days off nobody has listed."""
    (one,) = told(on(date(2027, 12, 20)), date(2027, 12, 21)).warned
    assert (one.state, one.until, one.count) == ("day_unknown", None, 20)


def test_days_left_are_not_counted_where_the_calendar_of_today_is_missing() -> None:
    """A criminal limit needs no days off, so its day is told; how many working days are left is not."""
    threat = {"acts": ("threat",)}
    guidance = guidance_for(VALENCIA, threat, on(date(2027, 2, 1)), date(2028, 1, 10))
    last = {one.code: (one.until, one.working_days_left) for one in guidance.warned}
    assert last["minor_threats"] == (date(2028, 1, 31), None)


def test_what_suggests_no_warning_or_a_route_without_a_limit_warns_of_nothing() -> None:
    vilabreu = load_city(VILABREU)
    assert guidance_for(VALENCIA, {"acts": ("other",)}, When(), TODAY) == Guidance()
    assert told(When(), city=vilabreu) == Guidance()
    assert guidance_for(vilabreu, {"acts": ("insult",)}, on(TODAY), TODAY) == Guidance()


def test_a_story_is_warned_of_as_what_was_told_and_shows_nothing_of_it() -> None:
    story = ReportStory(
        case_number="7K-4412",
        language="es",
        told_at=datetime(2026, 11, 23, tzinfo=UTC),
        act_codes=("dismissed",),
        area_code="employment_dismissal",
        when=on(date(2026, 11, 2)),
    )
    guidance = guidance_for_story(VALENCIA, story, TODAY)
    assert [one.until for one in guidance.warned if one.code == "dismissal"] == [date(2026, 11, 30)]
    assert repr(guidance) == "Guidance(…)"

from dataclasses import replace
from datetime import date

import pytest

from office.deadlines.calendar import is_worked, months_after, next_working_day
from office.deadlines.promises import first_answer_on, promised_on
from office.vocabulary import City, ServiceLevel, load_city

VALENCIA = load_city("valencia")


def city_that_promises(count: int, unit: str) -> City:
    level = ServiceLevel("first_answer", {"en": "We answer"}, count, unit, is_default=True)
    return replace(VALENCIA, service_levels=(level,))


def test_weekends_and_the_citys_days_off_are_not_worked() -> None:
    assert is_worked(VALENCIA.calendar, date(2026, 11, 23))
    assert not is_worked(VALENCIA.calendar, date(2026, 11, 28))
    assert not is_worked(VALENCIA.calendar, date(2026, 12, 25))


def test_the_day_after_a_friday_before_a_day_off_is_tuesday() -> None:
    # Monday 12 October 2026 is the national day.
    assert next_working_day(VALENCIA.calendar, date(2026, 10, 9)) == date(2026, 10, 13)


@pytest.mark.parametrize(
    ("count", "unit", "start", "due"),
    [
        (5, "working_day_admin", date(2026, 11, 23), date(2026, 11, 30)),
        (1, "working_day_admin", date(2026, 12, 24), date(2026, 12, 28)),
        (7, "natural_day", date(2026, 11, 23), date(2026, 11, 30)),
        (3, "month", date(2026, 11, 30), date(2027, 2, 28)),
        (1, "month", date(2027, 12, 31), date(2028, 1, 31)),
        (1, "year", date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_a_promise_is_due_as_its_unit_counts(count: int, unit: str, start: date, due: date) -> None:
    assert promised_on(city_that_promises(count, unit), "first_answer", start) == due


def test_what_a_city_has_not_promised_has_no_day() -> None:
    assert promised_on(replace(VALENCIA, service_levels=()), "first_answer", date(2026, 11, 23)) is None


def test_a_first_answer_is_promised_from_the_sunday_of_the_week() -> None:
    """Sunday 29 November 2026 does not count; five worked days end on Friday 4 December."""
    city = city_that_promises(5, "working_day_admin")
    assert first_answer_on(city, "2026-W48") == date(2026, 12, 4)


def test_a_month_without_such_a_day_ends_on_its_last() -> None:
    assert months_after(date(2028, 1, 31), 1) == date(2028, 2, 29)

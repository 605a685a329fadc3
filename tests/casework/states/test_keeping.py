"""How long a case is kept: the axis of the data, beside those of the work, the next action and the tracks.

The city's data keep a closed case 1,825 days (`retention_days.closed_case`), counted here by hand:
from 23 November 2026 five years would end on 23 November 2031; of them one, 2028, has 366 days, so 1,825 days
end the day before, on 22 November 2031.
"""

from datetime import date, timedelta

import pytest

from casework.states.keeping import Kept, kept
from tests.casework.deadlines.clocks import path, words
from tests.casework.desk import CITY, Desk
from tests.casework.test_reopening import closed, reopening

CLOSED, LAST = date(2026, 11, 23), date(2031, 11, 22)
DAYS = 1825


@pytest.mark.parametrize(
    ("closed_on", "today", "is_kept"),
    [
        (None, CLOSED, None),
        (CLOSED, CLOSED, Kept(LAST, is_over=False)),
        (CLOSED, LAST, Kept(LAST, is_over=False)),
        (CLOSED, LAST + timedelta(days=1), Kept(LAST, is_over=True)),
    ],
)
def test_the_days_run_from_the_closing_and_the_last_one_is_kept(
    closed_on: date | None, today: date, is_kept: Kept | None
) -> None:
    assert kept(closed_on, DAYS, today) == is_kept


def test_a_closed_case_says_until_when_it_is_kept_and_an_open_one_nothing(desk: Desk) -> None:
    assert CITY.retention_days["closed_case"] == DAYS
    reporter = closed(desk)
    page = words(desk.signed_in("laila").get(path(reporter)).text)
    assert "Kept until 22 November 2031" in page and "That day is past" not in page
    assert "Kept until 22 November 2031" in words(desk.signed_in("laila").get(f"{path(reporter)}/print").text)
    assert reopening(desk, reporter).status_code == 303
    assert "Kept until" not in words(desk.signed_in("laila").get(path(reporter)).text)


def test_past_its_days_the_page_says_that_somebody_has_to_decide(desk: Desk) -> None:
    reporter = closed(desk)
    with desk.writing() as session:
        case = session.merge(desk.case(reporter))
        case.closed_on = CLOSED - timedelta(days=DAYS + 1)
        session.add(case)
    page = words(desk.signed_in("laila").get(path(reporter)).text)
    assert "Kept until 22 November 2026" in page and "Nothing is deleted by itself" in page

"""The day the desk tells for the next news is never later than the one on the person's receipt."""

from datetime import UTC, date, datetime

import pytest

from office.clock import iso_week
from office.deadlines.promises import FIRST_ANSWER, first_answer_on, promised_on
from tests.casework.desk import CITY, NOW, Desk


def told_on_taking_up(
    desk: Desk, *, sent_on: date, on: datetime, week: str | None = None
) -> list[date | None]:
    """Return the days told when somebody reads a report and when they take it up."""
    desk.clock.at = on
    reporter = desk.report(week=week or iso_week(sent_on))
    amparo, number = desk.signed_in("amparo"), reporter.case_number
    assert amparo.get(f"/es/inbox/{number}").status_code == 200
    form = {"adviser": str(desk.staff_id("laila"))}
    assert amparo.post(f"/es/inbox/{number}/taking-up", data=form).status_code == 303
    said = [reply.next_on for reply in desk.replies(reporter) if reply.kind == "status"]
    assert desk.case(reporter).next_on == said[-1]
    return said


@pytest.mark.parametrize(
    ("sent_on", "on", "told"),
    [
        (date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 30)),  # at once: the desk's own day is sooner
        (date(2026, 11, 18), date(2026, 11, 25), date(2026, 11, 27)),  # a week later: the receipt's day
        (date(2026, 11, 9), date(2026, 11, 25), date(2026, 11, 20)),  # too late: what was missed stays missed
    ],
)
def test_the_next_news_are_never_later_than_the_receipt_promised(
    desk: Desk, sent_on: date, on: date, told: date
) -> None:
    days = told_on_taking_up(desk, sent_on=sent_on, on=datetime(on.year, on.month, on.day, 9, tzinfo=UTC))
    on_the_receipt = first_answer_on(CITY, iso_week(sent_on))
    assert on_the_receipt
    assert set(days) == {told}
    assert told <= on_the_receipt


@pytest.mark.parametrize("week", ["2026-W77", "9999-W52"])
def test_a_week_that_is_none_holds_nothing_up_and_the_day_counts_from_the_act(desk: Desk, week: str) -> None:
    days = told_on_taking_up(desk, sent_on=NOW.date(), on=NOW, week=week)
    assert set(days) == {promised_on(CITY, FIRST_ANSWER, NOW.date())}

"""The days told to whoever reports: what of the office's promises a receipt and a first visit say."""

from datetime import date
from typing import NamedTuple

from office.clock import iso_week
from office.deadlines.promises import DANGER, FIRST_ANSWER, promised_on
from office.vocabulary import City


class Promise(NamedTuple):
    """The days told on a receipt; None where nothing is promised."""

    answer_on: date | None
    looked_at_on: date | None


def promise_for(city: City, sent_on: date, *, wants_advice: bool, is_in_danger: bool) -> Promise:
    """Return what the office promises for a report sent on `sent_on`."""
    return Promise(
        answer_on=first_answer_on(city, iso_week(sent_on)) if wants_advice else None,
        looked_at_on=promised_on(city, DANGER, sent_on) if is_in_danger else None,
    )


def first_answer_on(city: City, week: str) -> date | None:
    """Return the day by which a person answers what was sent in a week written `2026-W47`.

    It is reckoned from the Sunday of that week, for no more than the week is kept: so the receipt and the
    pages one comes back to say the same day. None if the city has made no such promise.
    """
    return promised_on(city, FIRST_ANSWER, end_of_week(week))


def end_of_week(week: str) -> date:
    """Return the Sunday of a week written `2026-W47`."""
    year, number = week.split("-W")
    return date.fromisocalendar(int(year), int(number), 7)

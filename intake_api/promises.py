"""The days told to whoever reports: what of the office's promises a receipt and a first visit say."""

from datetime import date
from typing import NamedTuple

from office.deadlines.promises import DANGER, FIRST_ANSWER, promised_on
from office.vocabulary import City


class Promise(NamedTuple):
    """The days told on a receipt; None where nothing is promised."""

    answer_on: date | None
    looked_at_on: date | None


def promise_for(city: City, start: date, *, wants_advice: bool, is_in_danger: bool) -> Promise:
    """Return what the office promises for a report sent on `start`."""
    return Promise(
        answer_on=first_answer_on(city, start) if wants_advice else None,
        looked_at_on=promised_on(city, DANGER, start) if is_in_danger else None,
    )


def first_answer_on(city: City, start: date) -> date | None:
    """Return the day by which a person answers, or None if the city has made no such promise."""
    return promised_on(city, FIRST_ANSWER, start)


def end_of_week(iso_week: str) -> date:
    """Return the Sunday of a week written `2026-W47`."""
    year, week = iso_week.split("-W")
    return date.fromisocalendar(int(year), int(week), 7)

"""The days told to whoever reports: what of the office's promises a receipt and a first visit say."""

from datetime import date
from typing import NamedTuple

from office.clock import iso_week
from office.deadlines.promises import DANGER, first_answer_on, promised_on
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

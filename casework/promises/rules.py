"""Which promises there are, and since when one is late. Pure: no store, no clock."""

from datetime import date, timedelta
from typing import Final

from office.clock import iso_week
from office.deadlines.promises import ACKNOWLEDGEMENT, FIRST_ANSWER, OUTCOME, kept_by
from office.languages import mark
from office.vocabulary import City

PROMISES: Final = {
    ACKNOWLEDGEMENT: mark("Not read yet"),
    FIRST_ANSWER: mark("No first answer yet"),
    OUTCOME: mark("Not closed yet"),
}
"""What is missing, by the promise that is late because of it."""
WEEKS_BACK: Final = 160
"""No promise lasts longer than three years."""


def last_late_week(city: City, promise: str, today: date) -> str | None:
    """Return the newest week such that what was reported in it should be done by now; None if none is.

    Promises are reckoned from the end of a report's week, so that a whole week is late, or not.
    """
    for back in range(WEEKS_BACK):
        week = iso_week(today - timedelta(weeks=back))
        due = kept_by(city, promise, week)
        if due is None:
            return None
        if due < today:
            return week
    return None

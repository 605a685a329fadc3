"""The day by which a person whose report is opened or taken up is promised to hear again."""

from datetime import date

from casework.inbox.tables import InboxReport
from office.deadlines.promises import FIRST_ANSWER, first_answer_on, promised_on
from office.vocabulary import City


def next_on(city: City, report: InboxReport, today: date) -> date | None:
    """Return the day of the next news: what is promised today, and never later than the receipt said."""
    by_today = promised_on(city, FIRST_ANSWER, today)
    try:
        on_the_receipt = first_answer_on(city, report.iso_week)
    except (ValueError, OverflowError):  # no such week: the door wrote it, and it may be taken over
        return by_today
    return min((day for day in (by_today, on_the_receipt) if day), default=None)

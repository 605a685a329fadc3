"""The reader's own calendar of deadlines, for a program of theirs."""

from datetime import date
from typing import Final

from pydantic import Field

from casework.api.shown import Page, Shape, Shown


class CalendarShown(Shown):
    """The private address of the reader's deadlines; it is shown only in the answer that made it."""

    address: str | None = None
    made_on: date | None = None
    read_on: date | None = None
    has_address: bool
    reminded_at: str | None = Field(None, description="Where mails go when a last day comes near.")
    reminded_since: date | None = None
    days_last_looked_at_on: date | None = None
    last_mail_on: date | None = None
    last_mail_was_taken: bool | None = None


def calendar(page: Page) -> CalendarShown:
    """Return whether the reader has an address for their calendar."""
    feed, address = page["feed"], page["address"]
    is_told = feed and not address
    reminded, mail = page["reminded"], page["last_reminder"]
    return CalendarShown(
        address=address or None,
        made_on=feed.made_on if is_told else None,
        read_on=feed.read_on if is_told else None,
        has_address=feed is not None,
        reminded_at=reminded.address if reminded else None,
        reminded_since=reminded.set_on if reminded else None,
        days_last_looked_at_on=reminded.looked_on if reminded else None,
        last_mail_on=mail.tried_on if mail else None,
        last_mail_was_taken=mail.is_sent if mail else None,
    )


SHAPES: Final[dict[str, Shape]] = {"calendar.html": calendar}

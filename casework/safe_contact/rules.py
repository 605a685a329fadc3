"""The ways of reaching somebody, what may be said of each, and what a report says of them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from office.handover.report import ReportContact
from office.languages import mark

WAYS: Final = {
    "phone": mark("Telephone"),
    "sms": mark("Text message"),
    "email": mark("E-mail"),
    "letter": mark("Letter by post"),
    "visit": mark("Visit at home"),
    "receipt": mark("The receipt's page"),
}
NEVER: Final = "never"
RULES: Final = {
    "allowed": mark("Allowed"),
    "window": mark("Only on these days and hours, or as they said"),
    "neutral": mark("Allowed, but announce nothing: neither the office nor the matter"),
    NEVER: mark("Never"),
}
WINDOW: Final = "window"
BY_NOTICE: Final = ("email", "sms")
"""The ways by which "you have news" goes."""
LONGEST_WORDS: Final = 2_000
DAYS: Final = tuple("1234567")
"""Digits of the days of the week, 1 for Monday."""
CHANNEL_WAYS: Final[Mapping[str, str]] = {
    "receipt": "receipt",
    "phone": "phone",
    "video": "phone",
    "messaging": "sms",
    "email": "email",
    "post": "letter",
}
"""By which way of contact each channel (list `channels`) reaches the person where they are.

A call with a picture and a message reach the telephone. To the others the person comes, or is met outside.
"""


@dataclass(frozen=True, slots=True)
class Window:
    """On which days of the week and between which full hours a way is safe.

    Attributes:
        days: digits of days, 1 for Monday.
        from_hour: the first hour of the day.
        to_hour: the hour at which it ends, 24 for midnight.
    """

    days: str
    from_hour: int
    to_hour: int

    def is_open(self, at: datetime) -> bool:
        """Say whether it is safe at an instant, given in the city's time."""
        return str(at.isoweekday()) in self.days and self.from_hour <= at.hour < self.to_hour


OWN_WAY: Final = "receipt"
"""The office's own page, where nobody is called on: allowed until somebody says otherwise."""


def said_in_report(contact: ReportContact) -> Mapping[str, str]:
    """Return what a report says of its way of contact: the rule by way.

    Only the way the person left is theirs to be used. With a word on when and how it is safe it is bound to
    that word; nobody guesses what the word allows. Of other ways nothing was said, so they stay shut.
    """
    if contact.kind not in WAYS or not contact.value:
        return {}
    return {contact.kind: "window" if contact.safe_note else "allowed"}

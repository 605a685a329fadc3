"""The ways of reaching somebody, what may be said of each, and what a report says of them. Pure."""

from collections.abc import Mapping
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
LONGEST_WORDS: Final = 2_000
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

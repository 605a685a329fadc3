"""Why a case may be void, and what says that it was no error. Pure.

A report must never be lost, so none of the reasons fits a report that is real and goes on nowhere: one that
the office cannot help with is closed with a reason, told and counted.
"""

from collections.abc import Mapping
from typing import Final

from office.languages import mark

TWICE: Final = "twice"
REASONS: Final = {
    TWICE: mark("It was opened twice: the same report goes on in another case"),
    "test": mark("A test entry: nobody reported anything"),
    "no_report": mark("Not a report: advertising, or sent to try the form"),
}
"""Why a case was opened in error. Only the first is a real report, and it says where that goes on."""

GUARDS: Final = {
    "city": mark("It is against the city: such a case is closed with a reason, and counted."),
    "stage": mark("It has left triage: the office advised or acted."),
    "conflict": mark("A conflict of interest waits for a decision, or its adviser keeps out."),
    "deadlines": mark(
        "A lawyer confirmed a deadline, one was met, missed or waived, or somebody set a period."
    ),
    "harms": mark("More than one harm is noted, or who had a part in one."),
    "unread": mark("Something the person sent is not read yet."),
    "appointment": mark("An appointment is to come, is being agreed or took place."),
    "advice": mark("Advice was delivered."),
    "duty": mark("It was decided whether there is a duty to report."),
    "track": mark("Something was filed, or a mandate was signed."),
    "hearing": mark("A hearing is noted."),
    "mediation": mark("A mediation was begun."),
    "referral": mark("It was referred to somebody."),
    "letter": mark("A letter or a dossier was made."),
    "document": mark("A document was added to it."),
    "together": mark("It is read together with another case."),
    "event": mark("It belongs to an event that several people told of, or to a pattern."),
    "goes_on": mark("The report of a void case goes on in it."),
}
"""What is in the way, and so that the case was no error."""

PAGE_OF: Final[Mapping[str, str]] = {
    "city": "closing",
    "stage": "stage",
    "conflict": "people",
    "deadlines": "limits",
    "harms": "harms",
    "unread": "",
    "appointment": "appointments",
    "advice": "advice",
    "duty": "duty",
    "track": "tracks",
    "hearing": "tracks",
    "mediation": "mediation",
    "referral": "referrals",
    "letter": "letters",
    "document": "documents",
    "together": "together",
    "event": "incident",
    "goes_on": "",
}
"""Where each is seen, below the case."""

MAY_STILL: Final = ("voiding", "wall", "people/decision", "receipt", "profile/withdrawal")
"""What may be sent in a void case, below its number: taking it back, walls, a receipt that was lost,
and that the person wants what they are to be destroyed."""


def may_be_sent(rest: str) -> bool:
    """Say whether something may be sent to a page of a void case; `rest` is its route below the case."""
    return any(rest == one or rest.startswith(f"{one}/") for one in MAY_STILL)

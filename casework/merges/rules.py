"""How long a merge can be undone, and what of what came after it can be placed. Pure."""

from datetime import date, timedelta
from typing import Final

from casework.tasks.rules import way_to_the_person
from office.languages import mark

UNDO_DAYS: Final = 30

LEADS: Final = ("own", "other")
"""Which of two cases leads: the one whose page it is, or the other."""
PLACES: Final = ("leading", "under")
"""To which of the two cases an addition may belong."""

ADDED: Final = {
    "task": mark("Task"),
    "track": mark("Track"),
    "party": mark("Somebody in the case"),
    "note": mark("Note for the office"),
}
"""Kinds of additions that can be placed."""

STAYS: Final = {
    "deadline": mark("Deadlines: each hangs on what was counted before it"),
    "advice": mark("Advice: its texts and steps hang together, and it was given to the person of this case"),
    "referral": mark("Referrals: the person of this case consented to them"),
    "duty": mark("Decisions about a duty to report: a second person has read them in this case"),
    "sheet": mark("Sheets: needs, indications and bias are of the person of this case"),
    "harm": mark("Harms: the people who had a part in them are named in this case"),
    "profile": mark("What the person is: it was said by the person of this case, under a key of its own"),
    "mediation": mark("Mediations, with the track of what was agreed: both sides consented to them"),
    "appointment": mark("Appointments: the person of this case comes to them"),
    "letter": mark("Letters: they were filled with what the person of this case told"),
    "dossier": mark("Dossiers: the person of this case consented to them"),
    "document": mark("Documents: each has its number in this case, and its file lies sealed for it"),
    "competence": mark(
        "Which body is competent: decided about this case; the other waits until it is decided there too"
    ),
    "nobody": mark(
        "That no respondent is known: said of this case; the other waits until it is said there too"
    ),
    "correction": mark(
        "Corrections of the report: contact, language and urgency are of the person of this case"
    ),
    "task": mark("Tasks that reach the person of this case"),
}
"""What stays in the leading case, and why."""


def last_day_to_undo(merged_on: date) -> date:
    """Return the last day on which a merge can be undone."""
    return merged_on + timedelta(days=UNDO_DAYS)


def may_be_undone(merged_on: date, today: date) -> bool:
    """Say whether a merge can still be undone today."""
    return today <= last_day_to_undo(merged_on)


def is_of_the_person(kind: str, with_code: str) -> bool:
    """Say whether a task is with the person of a case, so that it belongs to that case and no other."""
    return with_code == "person" or way_to_the_person(kind, with_code) is not None

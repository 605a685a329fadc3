"""To whom a letter goes, where it stands, by which ways it leaves, and what can be merged into it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from office.languages import mark

PERSON: Final = "person"
TO: Final = {
    PERSON: mark("The person"),
    "respondent": mark("The respondent"),
    "holder": mark("Whoever holds the recordings or documents"),
    "authority": mark("An authority"),
}
OF_RESPONDENT: Final = ("respondent", "holder")
"""To these the letter begins with the name of the respondent, whom the office knows."""
ROUTINGS: Final = ("normal", "city")
"""For which cases a template can be: codes of the list `routing`."""
SECTORS: Final = ("private", "public")
"""For which respondents a template can be: `public` are those with `is_public_sector` in their list."""
STATES: Final = {
    "draft": mark("Draft"),
    "made": mark("Made, not sent"),
    "sent": mark("Sent"),
}
VIAS: Final = {
    "post": mark("By post"),
    "registered": mark("By registered post, with proof of its content and delivery"),
    "handed": mark("Handed over"),
    "email": mark("By e-mail"),
    "registry": mark("Through a registry"),
}
WAY_OF: Final[Mapping[str, str]] = {"post": "letter", "registered": "letter", "email": "email"}
"""By which way of contact each reaches the person at home (`safe_contact.rules.WAYS`)."""
FORMATS: Final[Mapping[str, str]] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""As what a letter is made: for paper, and to be finished in a word processor."""


@dataclass(frozen=True, slots=True)
class Field:
    """One merge field.

    Attributes:
        label: what it is called at the desk.
        rows: lines of its box in the form; 1 for a line, 0 where the office itself knows it and nobody types.
        is_by_hand: never typed or kept: the paper leaves a blank.
    """

    label: str
    rows: int = 1
    is_by_hand: bool = False


FIELDS: Final[Mapping[str, Field]] = {
    "office_name": Field(mark("Name of the office"), 0),
    "place": Field(mark("City"), 0),
    "phone": Field(mark("Telephone of the office"), 0),
    "adviser": Field(mark("Adviser"), 0),
    "case_number": Field(mark("Case number"), 0),
    "day": Field(mark("Date of the letter"), 0),
    "recipient": Field(mark("To whom"), 1),
    "recipient_address": Field(mark("Address"), 3),
    "person_name": Field(mark("Name of the person"), 1),
    "event_day": Field(mark("When it happened"), 1),
    "event_place": Field(mark("Where it happened"), 1),
    "facts": Field(mark("What happened"), 8),
    "question": Field(mark("The question"), 3),
    "options": Field(mark("What the person can do"), 8),
    "request": Field(mark("What is asked for"), 5),
    "answer_by": Field(mark("Answer by"), 1),
    "filing": Field(mark("What is filed"), 1),
    "annexes": Field(mark("What goes with it"), 4),
    "identity_number": Field(mark("Number of a document, to be filled in by hand"), 0, is_by_hand=True),
}
"""Every field a template can use. None is of papers: a number an authority demands is a blank on paper."""

LONGEST_LINE: Final = 300

PAPERS: Final = {
    "certificate": mark("A certificate of having been attended"),
    "contacts": mark("Their own contacts with the office, one after the other"),
}
"""Papers for the person, of which nothing is kept."""


def can_be_typed(code: str) -> bool:
    """Say whether a field is filled in at the desk."""
    return FIELDS[code].rows > 0

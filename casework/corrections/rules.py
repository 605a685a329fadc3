"""What can be corrected, who said so and how, and what a way to reach somebody must look like. Pure."""

from typing import Final, get_args

from office.handover.report import ContactKind
from office.languages import mark
from office.languages.registry import digits_read

CONTACT, URGENCY, LANGUAGE, CONSENTS = "contact", "urgency", "language", "consents"
KINDS: Final = (CONTACT, URGENCY, LANGUAGE, CONSENTS)

SAID_BY: Final = {
    "person": mark("The person themselves"),
    "represents": mark("Somebody who may act for them"),
}
HOW: Final = {
    "phone": mark("Spoken, by telephone"),
    "desk": mark("Spoken, in person"),
    "paper": mark("Written, on paper"),
    "message": mark("Written, in a message to the office"),
}
"""How the office learnt of it."""

CONTACT_KINDS: Final[tuple[ContactKind, ...]] = get_args(ContactKind)
KINDS_IN_WORDS: Final = {
    "phone": mark("Telephone"),
    "email": mark("E-mail"),
    "letter": mark("Letter to"),
    "trusted": mark("Through a person they trust"),
    "other": mark("Another way"),
}
ENDS_NOTICES: Final = ("phone", "email")
"""Contacts that may take the place of the address at which the person is told that there is news."""
LONGEST_LINE: Final = 300
"""Characters of a way, a name and a word on safety, as at the residents' door."""
FEWEST_DIGITS: Final = 6
LONGEST_WORDS: Final = 2_000


def has_shape(kind: str, value: str) -> bool:
    """Say whether a way to reach somebody can be one of its kind, as the residents' form looks at it."""
    if kind == "email":
        before, at, after = value.partition("@")
        return bool(before and at and after) and " " not in value
    if kind == "phone":
        digits = [sign for sign in digits_read(value) if sign.isdecimal()]
        return len(digits) >= FEWEST_DIGITS and not any(sign.isalpha() for sign in value)
    return True

"""What there is to do in a case, by which way it reaches the person, and who can be next to act. Pure."""

from typing import Final

from office.languages import mark

KINDS: Final = {
    "call": mark("Call"),
    "message": mark("Write on the receipt's page"),
    "email": mark("Write an e-mail"),
    "sms": mark("Write a text message"),
    "letter": mark("Send a letter"),
    "meet": mark("Meet at the office"),
    "visit": mark("Visit at home"),
    "read": mark("Read"),
    "file": mark("File a document"),
    "other": mark("Something else"),
}
WAY_OF: Final = {
    "call": "phone",
    "message": "receipt",
    "email": "email",
    "sms": "sms",
    "letter": "letter",
    "visit": "visit",
}
"""By which way of contact a task reaches the person; the others reach nobody outside the office."""
TALKS: Final = ("call", "meet", "visit")
"""Kinds in which two people speak, so that they must understand each other."""

WITH: Final = {"person": mark("The person"), "other": mark("Somebody else, or nobody")}
INTERPRETERS: Final = {
    "self": mark("No: whoever does it speaks their language"),
    "named": mark("Yes, by name"),
}
OPEN: Final = "open"
STATES: Final = {OPEN: mark("Open"), "done": mark("Done"), "dropped": mark("Dropped")}

ACTORS: Final = {
    "adviser": mark("The adviser"),
    "supervisor": mark("A supervisor"),
    "person": mark("The person"),
    "body": mark("Another body"),
}
"""Who can be the one to act next."""

LONGEST_WORDS: Final = 300
"""Characters of what is to be done, and of an interpreter's name: a line in a list."""


def way_to_the_person(kind: str, with_code: str) -> str | None:
    """Return by which way of contact a task reaches the person; None if it reaches them by none."""
    if kind == "message":
        return WAY_OF[kind]
    return WAY_OF.get(kind) if with_code == "person" else None


def needs_words_understood(kind: str, with_code: str) -> bool:
    """Say whether the person is spoken with, so that an interpreter matters."""
    return kind in TALKS and with_code == "person"

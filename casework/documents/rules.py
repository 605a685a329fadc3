"""What a document is, from whom it came and to whom it may be shown. Pure."""

from typing import Final

from office.languages import mark

LARGEST: Final = 25 * 1024 * 1024
"""Bytes of the largest file that is taken."""
NO_WORDS: Final = "none"
"""The language of a document without words, such as a photo."""

KINDS: Final = {
    "evidence": mark("Evidence"),
    "decision": mark("Decision or answer of an authority"),
    "contract": mark("Contract or letter"),
    "report": mark("Medical or psychological report"),
    "mandate": mark("Mandate or consent"),
    "other": mark("Another document"),
}
ORIGINS: Final = {
    "person": mark("The person of the case"),
    "respondent": mark("The respondent"),
    "authority": mark("An authority or a court"),
    "third": mark("A third person"),
    "office": mark("The office"),
}
"""From whom a document came."""

PRIVILEGED: Final = "privileged"
THIRD: Final = "third"
OPEN: Final = "open"
PRIVILEGES: Final = {
    PRIVILEGED: mark("Privileged: between lawyer and client"),
    THIRD: mark("It holds the secret of a third person"),
    OPEN: mark("It may be disclosed"),
}
"""To whom a document may be shown. Only the last of them can be in a dossier."""


def may_leave(privilege: str) -> bool:
    """Say whether a document may be handed to somebody outside the office."""
    return privilege == OPEN

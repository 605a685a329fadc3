"""What the other side of a mediation is given to read and sign: the same words for everybody.

Nothing of a case goes into them. They are told in the language the other side reads.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from office.languages.marking import mark
from office.languages.registry import Language

TITLE: Final = mark("Invitation to a mediation")
OPENING: Final = mark(
    "Somebody wants to settle a disagreement with you by talking. Our office invites you both to a mediation."
)
PARTS: Final = (
    (
        mark("What a mediation is"),
        mark(
            "Two sides talk with the help of a mediator, who takes neither side and decides nothing. "
            "An agreement is made only if both want it."
        ),
    ),
    (
        mark("You are free to say yes or no"),
        mark(
            "You may say no without a reason, and you may stop at any time. "
            "Nobody here will hold it against you."
        ),
    ),
    (
        mark("What is said stays there"),
        mark(
            "The mediator keeps what is said to themselves, and asks you to do the same. "
            "Only what the law orders is told to others."
        ),
    ),
    (
        mark("It costs nothing"),
        mark("You may bring somebody you trust, or a lawyer. If you need an interpreter, tell us."),
    ),
)
MEDIATOR: Final = mark("Mediator")
REFERENCE: Final = mark("Number of this mediation")
CONSENT: Final = mark("Your answer to the invitation")
YES: Final = mark(
    "I have understood this page. I want to take part, freely, and I know that I may stop at any time."
)
NO: Final = mark("I do not want to take part.")
NAME, DAY, SIGNATURE = mark("Name of who signs"), mark("Date"), mark("Signature")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The invitation with its form of consent, in one language.

    Attributes:
        title, opening: what it is.
        parts: headings, each with a paragraph.
        facts: the number of the mediation and who mediates.
        consent: the heading above the two answers.
        answers: to be ticked by hand.
        lines: to be filled in by hand.
    """

    title: str
    opening: str
    parts: Sequence[tuple[str, str]]
    facts: Sequence[tuple[str, str]]
    consent: str
    answers: Sequence[str]
    lines: Sequence[str]


def sheet_in(language: Language, *, reference: str, mediator: str) -> Sheet:
    """Return the sheet; `language` is one of the domain `office`."""
    say = language.gettext
    return Sheet(
        title=say(TITLE),
        opening=say(OPENING),
        parts=[(say(heading), say(text)) for heading, text in PARTS],
        facts=[(say(REFERENCE), reference), (say(MEDIATOR), mediator)],
        consent=say(CONSENT),
        answers=[say(YES), say(NO)],
        lines=[say(NAME), say(DAY), say(SIGNATURE)],
    )

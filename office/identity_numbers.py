"""Finds identity numbers in what somebody typed, so that their removal is offered before anything is kept.

The office asks nobody for papers and has no place for their numbers, whether a resident types one or a member
of staff. They are known by their shape only, and the check letter of a DNI or NIE is not asked to fit: better
to point out once too often, for it is whoever writes that decides.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal

from office.languages.registry import digits_read

REMOVED: Final = "[…]"
FEWEST_DIGITS: Final = 6
"""No number looked for has fewer, and most texts have not even these: they are done at once."""

Kind = Literal["dni", "nie", "passport", "document"]

_SEP = r"[ .\-\u2010-\u2015/\u00a0]?"
_EDGE = r"(?<![0-9A-Za-z])"
_END = r"(?![0-9A-Za-z])"
_NIE: Final = re.compile(rf"{_EDGE}([XYZ])0?{_SEP}(\d(?:{_SEP}\d){{6}}){_SEP}([A-Z]){_END}", re.IGNORECASE)
_DNI: Final = re.compile(rf"{_EDGE}(\d(?:{_SEP}\d){{7}}){_SEP}([A-Z]){_END}", re.IGNORECASE)
_DIGIT: Final = re.compile(r"\d")
_PASSPORT: Final = re.compile(rf"{_EDGE}([A-Z]{{1,3}}[ \-]?\d{{6,9}}|\d{{2}}[A-Z]{{2}}\d{{5}}){_END}")
_NAMED: Final = re.compile(
    r"(?:\b(?:dni|nie|nif|tie|pass?aporte?|passports?|passeport|permiso|permís|residencia|document[oe]?|padr[oó]n?"
    r"|carte de séjour|residence)\b|جواز|إقامة|هوية)[^\d\n]{0,25}?"
    r"((?:(?<![A-Z])(?:[A-Z]|(?-i:[A-Z]{2,3}))[ \-]?)?\d(?:[ .\-]?\d){5,11}[A-Z]?)(?!\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """Where an identity number stands in a text, and which it looks like."""

    start: int
    end: int
    kind: Kind


def find(text: str) -> tuple[Found, ...]:
    """Return the identity numbers in `text`, in order and without overlaps.

    DNI and NIE are pointed out whatever their letter: a mistyped one still leads to a person.
    """
    if len(_DIGIT.findall(text)) < FEWEST_DIGITS:
        return ()
    # One sign for one sign: the places found are places in the text as typed.
    plain = (text if text.isascii() else digits_read(text)).replace("_", " ")
    found: list[Found] = []
    for kind, pattern, group in _PATTERNS:
        for match in pattern.finditer(plain):
            start, end = match.span(group)
            if all(end <= one.start or start >= one.end for one in found):
                found.append(Found(start, end, kind))
    return tuple(sorted(found, key=lambda one: one.start))


_PATTERNS: Final[tuple[tuple[Kind, re.Pattern[str], int], ...]] = (
    ("nie", _NIE, 0),
    ("dni", _DNI, 0),
    ("passport", _PASSPORT, 0),
    ("document", _NAMED, 1),
)


def numbers_in(text: str) -> list[str]:
    """Return the identity numbers in `text` as they were typed, each once."""
    return list(dict.fromkeys(text[one.start : one.end] for one in find(text)))


def removed(text: str) -> str:
    """Return `text` with every identity number in it replaced by a mark."""
    for one in reversed(find(text)):
        text = text[: one.start] + REMOVED + text[one.end :]
    return text

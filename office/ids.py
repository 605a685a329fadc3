"""Identifiers: random ones for machines, speakable ones with a check character for people.

A case number is eight characters of a 31-letter alphabet (no I, L, O, U and no 1, which are
misheard or misread) and one check character: a weighted sum modulo 31. As 31 is prime and the
weights differ, every single wrong character and every swap of two characters is noticed.
"""

import secrets
import unicodedata
from typing import Final
from uuid import UUID, uuid4

from office.errors import Invalid

ALPHABET: Final = "023456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 9
MISREAD: Final = str.maketrans({"O": "0", ".": None})
BETWEEN: Final = frozenset(["Zs", "Cf", "Cc", "Pd"])
"""Kinds of signs that may stand between the parts: spaces, marks nobody sees, dashes of any length."""


class CaseNumberInvalid(Invalid):
    """The case number has a wrong length, a wrong character or a wrong check character."""

    code = "case_number_invalid"
    sentence = "This case number is not right. It has nine letters and digits, for example K4T7-2MPX-9."


def new_id() -> UUID:
    """Return a random identifier made by us, so that insert-only roles need not ask the store."""
    return uuid4()


def check_character(body: str) -> str:
    """Return the check character of the eight characters `body`."""
    total = sum(weight * ALPHABET.index(letter) for weight, letter in enumerate(body, start=2))
    return ALPHABET[total % len(ALPHABET)]


def new_case_number() -> str:
    """Return a random case number, without the hyphens shown to people."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return body + check_character(body)


def shown(case_number: str) -> str:
    """Return the case number as it is shown and spoken: `K4T7-2MPX-9`."""
    return f"{case_number[:4]}-{case_number[4:8]}-{case_number[8:]}"


def checked_case_number(text: str) -> str:
    """Return the case number a person typed, in its kept form; digits of any script are taken.

    Raises:
        CaseNumberInvalid: a character was mistyped, left out or swapped.
    """
    signs = (sign for sign in text.upper() if unicodedata.category(sign) not in BETWEEN)
    number = "".join(str(unicodedata.decimal(sign, sign)) for sign in signs).translate(MISREAD)
    if len(number) != LENGTH or any(letter not in ALPHABET for letter in number):
        raise CaseNumberInvalid
    if check_character(number[:-1]) != number[-1]:
        raise CaseNumberInvalid
    return number

"""How what is looked for is read: numbers with signs that look alike, words without accents. Pure."""

import unicodedata
from collections.abc import Iterator
from itertools import combinations, product
from typing import Final

from office.ids import ALPHABET, BETWEEN, LENGTH, CaseNumberInvalid, checked_case_number

LOOKS_LIKE: Final = {
    "0": "DQ", "D": "0", "Q": "0", "2": "Z", "Z": "2", "5": "S", "S": "5", "6": "G", "G": "6", "8": "B",
    "B": "8", "3": "8", "9": "G", "7": "T", "T": "7", "V": "Y", "Y": "V", "M": "N", "N": "M", "F": "E",
    "E": "F", "P": "R", "R": "P", "K": "X", "X": "K", "A": "4", "4": "A", "H": "N", "W": "V", "J": "7",
    "C": "G",
}  # fmt: skip
"""What a sign of a case number is mistaken for when it is read off paper or written by hand."""
NOT_OF_A_NUMBER: Final = {"O": "0DQ", "I": "7JT", "L": "7JE", "1": "7JT", "U": "VY"}
"""Signs no case number has, and what they stand for."""
FIRST_MARK: Final = "\u0300"
"""No sign before it is an accent that stands by itself."""
MOST_WRONG: Final = 2
FEWEST_OF_A_NUMBER: Final = 3
MOST_NUMBERS: Final = 20
LONGEST_SOUGHT: Final = 200


def numbers_meant(typed: str) -> list[str]:
    """Return the case numbers that may be meant; what is right as it stands means itself only.

    One or two signs may be mistaken for one that looks alike, or two neighbours may have changed places: the
    check character says which numbers there can be.
    """
    try:
        return [checked_case_number(typed)]
    except CaseNumberInvalid:
        pass
    signs = plain_signs(typed)
    if len(signs) != LENGTH:
        return []
    found = dict.fromkeys(number for one in _readings(signs) if (number := _checked(one)))
    return list(found)[:MOST_NUMBERS]


def begins_with(typed: str) -> str:
    """Return the beginning of a number that somebody remembers; empty where it is none or too short."""
    signs = plain_signs(typed).replace("O", "0")
    is_beginning = FEWEST_OF_A_NUMBER <= len(signs) < LENGTH and all(sign in ALPHABET for sign in signs)
    return signs if is_beginning else ""


def plain_signs(typed: str) -> str:
    """Return what was typed in capitals, without spaces, dashes and dots; digits of any script are taken."""
    kept = (sign for sign in typed.upper() if unicodedata.category(sign) not in BETWEEN and sign != ".")
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in kept)


def folded(text: str) -> str:
    """Return a text without accents and capitals, its words with single blanks between."""
    if text.isascii():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", text.casefold())
    if not plain.isascii():
        for sign in set(plain):
            if sign >= FIRST_MARK and unicodedata.category(sign) == "Mn":
                plain = plain.replace(sign, "")
    return " ".join(plain.split())


def _readings(signs: str) -> Iterator[str]:
    """Yield what the signs may have been: the fewest changes first."""
    must = [place for place, sign in enumerate(signs) if sign in NOT_OF_A_NUMBER]
    may = [place for place, sign in enumerate(signs) if sign in LOOKS_LIKE]
    if len(must) > MOST_WRONG:
        return
    if not must:
        for place in range(len(signs) - 1):
            yield signs[:place] + signs[place + 1] + signs[place] + signs[place + 2 :]
    for extra in range(MOST_WRONG - len(must) + 1):
        for more in combinations(may, extra):
            yield from _replaced(signs, (*must, *more))


def _replaced(signs: str, places: tuple[int, ...]) -> Iterator[str]:
    others = [NOT_OF_A_NUMBER.get(signs[place]) or LOOKS_LIKE[signs[place]] for place in places]
    for chosen in product(*others):
        written = list(signs)
        for place, sign in zip(places, chosen, strict=True):
            written[place] = sign
        yield "".join(written)


def _checked(number: str) -> str:
    try:
        return checked_case_number(number)
    except CaseNumberInvalid:
        return ""

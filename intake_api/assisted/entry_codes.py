"""Short codes for every choice of the form, printed on paper and typed by whoever keys a paper in.

Made from the form and its lists as they stand, so paper and pages cannot drift apart. Which edition of the
codes a paper has is printed on it: the form's version and four signs of what the codes mean.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from intake_api.form.offers import Offers
from intake_api.form.questions import Question, Step

LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without I and O, which a hand writes like digits."""
TICKED: Final = frozenset({"tick", "consent"})
CODE: Final = re.compile(r"([A-Z]{1,2})\s?(\d{1,2})")
LOOKS_LIKE: Final = re.compile(r"[A-Z]{1,2}\d{1,2}")
EDITION_SIGNS: Final = 4


@dataclass(frozen=True, slots=True)
class Coded:
    """One question with its letter and the code of each of its choices, in order."""

    question: Question
    letter: str
    codes: Mapping[str, str]
    """From the value that is sent to the code that is printed."""


@dataclass(frozen=True, slots=True)
class CodeBook:
    """All codes of the form, and the edition of them."""

    by_question: Mapping[str, Coded]
    edition: str
    meaning: Mapping[str, tuple[str, str]] = field(repr=False)
    """From a printed code to the question and the value."""

    @property
    def signs(self) -> str:
        """The last signs of the edition, which change when any code means something else."""
        return self.edition.rpartition("-")[2]

    def code(self, question: str, value: str) -> str:
        """Return the code printed beside a choice; empty for one that has none."""
        coded = self.by_question.get(question)
        return coded.codes.get(value, "") if coded else ""

    def letter(self, question: str) -> str:
        """Return the letter of a question; empty for one answered in words only."""
        coded = self.by_question.get(question)
        return coded.letter if coded else ""

    def read(self, typed: str) -> tuple[dict[str, list[str]], list[str]]:
        """Return the answers that typed codes mean, by field, and what means nothing.

        Small letters, commas and missing spaces do not matter. Of what means nothing only what looks like a
        code is given back.
        """
        text = re.sub(r"[^A-Z0-9]+", " ", typed.upper())
        told: dict[str, list[str]] = {}
        unknown: list[str] = []
        for letter, number in CODE.findall(text):
            code = f"{letter}{int(number)}"
            if code in self.meaning:
                name, value = self.meaning[code]
                if value not in told.setdefault(name, []):
                    told[name].append(value)
            elif LOOKS_LIKE.fullmatch(code):
                unknown.append(code)
        if CODE.sub("", text).strip():
            unknown.append("…")
        return told, unknown


def code_book(steps: Iterable[tuple[Step, Mapping[str, Offers]]], version: str) -> CodeBook:
    """Return the codes of these steps with what each question offers today."""
    coded: dict[str, Coded] = {}
    meaning: dict[str, tuple[str, str]] = {}
    for step, offers in steps:
        for question in step.question:
            values = [] if question.is_text else _values(question, offers)
            if not values:
                continue
            letter = _letter(len(coded))
            codes = {value: f"{letter}{place}" for place, value in enumerate(values, 1)}
            coded[question.code] = Coded(question, letter, codes)
            meaning |= {code: (question.code, value) for value, code in codes.items()}
    told = ";".join(f"{code}={name}.{value}" for code, (name, value) in meaning.items())
    signs = hashlib.sha256(told.encode()).hexdigest()[:EDITION_SIGNS].upper()
    return CodeBook(coded, f"{version}-{signs}", meaning)


def _values(question: Question, offers: Mapping[str, Offers]) -> list[str]:
    if question.kind in TICKED:
        return ["yes"]
    return [choice.code for offer in offers[question.code] for choice in offer.choices]


def _letter(place: int) -> str:
    first, second = divmod(place, len(LETTERS))
    return (LETTERS[first - 1] if first else "") + LETTERS[second]

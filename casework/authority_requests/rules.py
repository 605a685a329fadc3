"""Who asks for what, what the office does by default, and which entries count. Pure: no store, no clock."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from office.ids import CaseNumberInvalid, checked_case_number
from office.languages import mark

AUTHORITIES: Final = {
    "police": mark("Police"),
    "immigration": mark("Immigration control"),
    "prosecutor": mark("Public prosecutor"),
    "court": mark("Court"),
    "labour": mark("Labour inspectorate"),
    "tax": mark("Tax authority"),
    "city": mark("Another department of the city"),
    "ombudsman": mark("Ombudsman or equality body"),
    "other": mark("Another authority"),
}
WAYS: Final = {
    "letter": mark("Letter"),
    "call": mark("Telephone call"),
    "visit": mark("Visit"),
    "electronic": mark("E-mail or electronic notice"),
}
ASKED: Final = {
    "known": mark("Whether somebody is known here"),
    "whereabouts": mark("How to reach somebody, or where they are"),
    "content": mark("What stands in a file"),
    "file": mark("A whole file"),
    "statistics": mark("Statistics"),
    "other": mark("Something else"),
}
ANSWERS: Final = {
    "refused": mark("Refused"),
    "not_confirmed": mark("Neither confirmed nor denied that anything is held"),
    "partly": mark("Given in part"),
    "given": mark("Given"),
    "passed": mark("Passed to the court's channel"),
}
WAITING: Final = "waiting"
WAITING_NAME: Final = mark("Waits for its answer")
TOLD: Final = {
    "yes": mark("Yes, the person is told"),
    "no": mark("No, or nobody is concerned"),
    "forbidden": mark("No, a law forbids it"),
}

USUAL: Final = mark("Hand over nothing and confirm nothing without a court's order or a law that obliges.")
DEFAULTS: Final = {
    "police": mark(
        "A letter or a call of the police is not a court's order: hand over nothing, and do not say whether"
        " somebody is known here. The data protection officer looks first at what the law asks of a city, and"
        " whether the request is specific and reasoned (Organic Law 7/2021, article 7 [to be confirmed])."
    ),
    "immigration": mark("Refuse, and tell the data protection officer at once."),
    "prosecutor": mark(
        "Hand over nothing by yourself. The data protection officer looks today at what is asked and whether"
        " a law obliges."
    ),
    "court": mark(
        "A court's order is something else than a letter: take it to the data protection officer today. Only"
        " what it orders is handed over, and by the court's own channel."
    ),
    "city": mark("What people told the office is no affair of other departments: hand over nothing."),
}
"""What the office does unless its data protection officer decides otherwise. No lawyer has confirmed it."""

LONGEST_BASIS: Final = 300
LONGEST_REASONS: Final = 2_000

REFERENCE: Final = re.compile(r"R-(\d{4})-([1-9]\d{0,5})", re.ASCII)
LIKE_A_CASE_NUMBER: Final = re.compile(
    r"\b[0-9A-Z]{4}([-–\s]?)[0-9A-Z]{4}\1[0-9A-Z]\b", re.ASCII | re.IGNORECASE
)


def default_for(authority_code: str) -> str:
    """Return the sentence of what the office does by default when this authority asks."""
    return DEFAULTS.get(authority_code, USUAL)


def reference_of(year: int, number: int) -> str:
    """Return the number of an entry as people say it, for example R-2026-7."""
    return f"R-{year}-{number}"


def parts_of(reference: str) -> tuple[int, int] | None:
    """Return year and number of an entry's reference, or None if it is none."""
    found = REFERENCE.fullmatch(reference)
    return (int(found[1]), int(found[2])) if found else None


def names_a_case(text: str) -> bool:
    """Say whether a text seems to hold a case number: nine signs, some digit or hyphen, a right check."""
    for found in LIKE_A_CASE_NUMBER.finditer(text):
        if not found[1].strip() and not any(sign.isdigit() for sign in found[0]):
            continue  # an ordinary word of nine letters
        try:
            checked_case_number(found[0])
        except CaseNumberInvalid:
            continue
        return True
    return False


@dataclass(frozen=True, slots=True)
class Standing:
    """One entry of the register, as far as counting needs it.

    Attributes:
        corrects: the entry it was written to correct.
        answer_code: the signed answer; empty while it waits.
    """

    id: UUID
    year: int
    authority_code: str
    answer_code: str = ""
    corrects: UUID | None = None


def in_force(register: Iterable[Standing]) -> list[Standing]:
    """Return the entries that count: of each row of corrections the last that is signed, or else the last.

    So one request is counted once however often it was corrected, and somebody who enters a correction
    does not take a signed answer out of the count before the correction is signed as well.
    """
    entries = list(register)
    next_of = {one.corrects: one for one in entries if one.corrects is not None}
    counted = []
    for first in entries:
        if first.corrects is not None:
            continue
        row = [first]
        while row[-1].id in next_of:
            row.append(next_of[row[-1].id])
        signed = [one for one in row if one.answer_code]
        counted.append(signed[-1] if signed else row[-1])
    return counted


def counts_of(register: Iterable[Standing], year: int) -> Mapping[tuple[str, str], int]:
    """Return how many requests of a year there were, by authority and answer; exact: no person is counted."""
    return Counter(
        (one.authority_code, one.answer_code or WAITING) for one in in_force(register) if one.year == year
    )

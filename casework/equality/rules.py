"""Counts of answers about oneself, in bands: never exact, and none is never told from a few."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from office.clock import month_of, quarter_of
from office.handover.report import EqualityAnswers

WIDTH: Final = 5
UNSAID: Final = "unsaid"
"""The group of the list that is no question; nothing in it is ever kept."""


@dataclass(frozen=True, slots=True)
class Band:
    """A count as it is shown: somewhere from `lo` to `hi`."""

    lo: int
    hi: int

    def __str__(self) -> str:
        return f"{self.lo}–{self.hi}"


def band_of(count: int) -> Band:
    """Return the band of a count; 0 stands in the first, beside 1 to 4."""
    lo = count // WIDTH * WIDTH
    return Band(lo, lo + WIDTH - 1)


@dataclass(frozen=True, slots=True)
class Reached:
    """What is shown of one quarter that is over: how many people answered, and each answer, in bands."""

    quarter: str
    people: Band
    bands: dict[str, Band]


def reached(quarter: str, answers: Iterable[EqualityAnswers], codes: Iterable[str]) -> Reached:
    """Return the bands of a quarter: one for each of the codes, whether anybody chose it or not."""
    told = list(answers)
    counted = Counter(code for one in told for code in set(one.answer_codes))
    return Reached(quarter, band_of(len(told)), {code: band_of(counted[code]) for code in codes})


def is_over(quarter: str, day: date) -> bool:
    """Say whether a quarter has ended: before, each new answer would show the day somebody gave it."""
    return quarter < quarter_of(month_of(day))

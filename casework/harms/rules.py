"""How a harm is told: who had which part in it, how sure that is, and how well its day is known. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, Literal, Protocol

from office.languages import mark

FIRST: Final = 1
"""The harm a case begins with; its codes are those of the page of codes."""
MOST_HARMS: Final = 40
UNKNOWN: Final = "unknown"

Precision = Literal["day", "month", "year"]

PARTS: Final = {
    "did": mark("Did it"),
    "ordered": mark("Ordered it or incited to it"),
    "helped": mark("Took part or helped"),
    "allowed": mark("Knew of it and let it happen"),
    "answers": mark("Answers for who did it: employer, owner, public service"),
}
"""Which part somebody had in a harm."""
DEGREES: Final = {
    "main": mark("The main part"),
    "shared": mark("An equal part with others"),
    "minor": mark("A small part"),
    "unclear": mark("Not known how great"),
}
GRADES: Final = {
    "said": mark("Somebody says so"),
    "indications": mark("There are indications"),
    "evidence": mark("A document or a witness shows it"),
    "admitted": mark("They admit it"),
    "found": mark("An authority or a court found it"),
}
"""How well somebody's part is shown, the weakest first."""


class Coded(Protocol):
    """The codes of one harm, joined by spaces."""

    @property
    def area_code(self) -> str:
        """The area of life."""

    @property
    def ground_codes(self) -> str:
        """Why it was done, `unknown` if that is not coded."""

    @property
    def conduct_codes(self) -> str:
        """Its forms, none if that is not coded."""


def grounds_of_all(harms: Sequence[Coded]) -> tuple[str, ...]:
    """Return the grounds of a case: those of its harms; not known only while none is known."""
    found = _all(one.ground_codes for one in harms)
    known = found - {UNKNOWN}
    return tuple(sorted(known if known and len(harms) > 1 else found))


def conduct_of_all(harms: Sequence[Coded]) -> tuple[str, ...]:
    """Return the forms of discrimination of a case: those of its harms."""
    return tuple(sorted(_all(one.conduct_codes for one in harms)))


def _all(codes: Iterable[str]) -> set[str]:
    return {code for joined in codes for code in joined.split()}


def day_known(day: str, month: str, year: str) -> tuple[date, Precision]:
    """Return the first day of what is known, and how well: of the day, of its month or of its year.

    Raises:
        ValueError: there is no such day, month or year, or a day is known and its month is not.
    """
    if day and not month:
        raise ValueError
    known: Precision = "day" if day else "month" if month else "year"
    return date(int(year), int(month or 1), int(day or 1)), known

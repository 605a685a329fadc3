"""The pages of a diary, and the account they give when they become a report.

A diary lies in a draft: sealed under the digits its writer holds, which the office can neither find nor open.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from pydantic import BaseModel, ConfigDict

MOST_SIGNS: Final = 100_000
"""Characters of a whole diary: what the largest size of a sealed draft surely holds."""
BETWEEN: Final = "\n\n"


class DiaryPage(BaseModel):
    """What somebody wrote down at one sitting.

    Attributes:
        number: by which the page is found again; none is used twice in one diary.
        written_on: the day it was written, in the city.
        happened_on: when it happened, as the person says it.
        text: what happened.
        proof: who was there, and what could show it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: int
    written_on: date
    happened_on: str = ""
    text: str
    proof: str = ""

    def __repr__(self) -> str:
        return "DiaryPage(…)"

    @property
    def size(self) -> int:
        """How many characters it has."""
        return len(self.happened_on) + len(self.text) + len(self.proof)

    def says_what(self, other: "DiaryPage") -> bool:
        """Return whether another page says the same: somebody pressed twice."""
        mine, theirs = ((one.happened_on, one.text, one.proof) for one in (self, other))
        return mine == theirs


def with_page(pages: Sequence[DiaryPage], page: DiaryPage) -> tuple[DiaryPage, ...]:
    """Return the diary with one page more; what its last page says already is not written again."""
    if pages and pages[-1].says_what(page):
        return tuple(pages)
    number = max((one.number for one in pages), default=0) + 1
    return (*pages, page.model_copy(update={"number": number}))


def size_of(pages: Iterable[DiaryPage]) -> int:
    """Return how many characters a diary has."""
    return sum(page.size for page in pages)


def added_to(account: str, told: Iterable[str]) -> str:
    """Return an account with what pages tell; a page that stands in it already is not told twice."""
    parts = [account.strip()] if account.strip() else []
    parts += [page for page in told if page not in account]
    return BETWEEN.join(parts)

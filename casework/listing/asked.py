"""What an address asks of a list: which filters, which order, which page. Pure."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, ClassVar, Final, Generic, Self, TypeVar
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from casework.written import id_in
from office.languages import mark
from office.languages.registry import digits_read

LONGEST_QUERY: Final = 600
TOO_LONG: Final = "length"
WHOSE: Final = {"mine": mark("Mine"), "all": mark("All I may open")}
_LAST: Final = ("sort", "after")
_THREE: Final = re.compile(r"(\d{1,2})\D+(\d{1,2})\D+(\d{4})")


@dataclass(frozen=True, slots=True)
class ListAsked:
    """What an address asks of a list. Each list adds its fields, with what they are if nothing is asked.

    Attributes:
        sort: a code of `SORTS`, with a hyphen before it for the other way round.
        after: the place after which the page begins.
    """

    LIST: ClassVar[str] = ""
    """What the list is called in the timeline and in the name of its export."""
    SORTS: ClassVar[tuple[str, ...]] = ()
    FALLING: ClassVar[tuple[str, ...]] = ()
    """Of these, those by which the greatest or newest comes first."""
    TABS: ClassVar[tuple[str, ...]] = ()
    """Fields that are no filters but say which list it is; they always stand in the address."""

    sort: str = ""
    after: str = ""

    @property
    def query(self) -> str:
        """The address's part behind the question mark, without the place in the list."""
        return self.with_()

    @property
    def filters(self) -> str:
        """The filters alone, as an address writes them."""
        return self._written({"sort": "", "after": ""}, without=self.TABS)

    @property
    def is_filtered(self) -> bool:
        """Whether a filter is set."""
        return bool(self.filters)

    @property
    def plain(self) -> Self:
        """The same list in the same order without filters and from its beginning."""
        return type(self)(sort=self.sort, **{name: getattr(self, name) for name in self.TABS})

    def with_(self, **other: object) -> str:
        """Return the query with some parts changed; a page is turned only if `after` is among them."""
        return self._written({"after": "", **other})

    def sort_by(self, code: str) -> str:
        """Return the order that a column's heading asks for: by it, and once more the other way round."""
        return f"-{code}" if self.sort == code else code

    def sorted_as(self, code: str) -> str:
        """Return how a column is sorted, as `aria-sort` says it."""
        if self.sort.removeprefix("-") != code:
            return "none"
        return "descending" if (code in self.FALLING) != self.sort.startswith("-") else "ascending"

    def _written(self, other: Mapping[str, Any], *, without: Collection[str] = ()) -> str:
        changed, usual = replace(self, **other), {one.name: one.default for one in fields(self)}
        names = [*(name for name in usual if name not in _LAST), *_LAST]
        told = {name: getattr(changed, name) for name in names if name not in without}
        nothing = {name: () if name in self.TABS else (None, "", usual[name]) for name in told}
        return urlencode({name: value for name, value in told.items() if value not in nothing[name]})


@dataclass(frozen=True, slots=True)
class AskedOfCases(ListAsked):
    """What is asked of a list of cases or of something in them."""

    TABS: ClassVar[tuple[str, ...]] = ("whose", "which")

    whose: str = "mine"
    which: str = ""
    adviser: UUID | None = None

    @property
    def only_own(self) -> bool:
        """Whether only cases assigned to the reader are asked for."""
        return self.whose == "mine"


A = TypeVar("A", bound=ListAsked)


@dataclass(frozen=True, slots=True)
class Read(Generic[A]):
    """An address that was read: what it asks for, and which of its parts say nothing the office knows."""

    asked: A
    wrong: Mapping[str, str]
    given: Mapping[str, str]
    misread: Sequence[str]
    """Parts that say nothing and are no filters: an order, a tab, a place. The usual is shown instead."""

    @property
    def is_right(self) -> bool:
        """Whether every part was understood; a file or a program gets nothing else."""
        return not self.wrong and not self.misread

    @property
    def filled(self) -> dict[str, list[str]]:
        """The filters as their form shows them; a day that is none comes back as it was typed."""
        values = {one.name: getattr(self.asked, one.name) for one in fields(self.asked)}
        return {
            name: [self.given[name] if name in self.wrong else str(value or "")]
            for name, value in values.items()
        }


@dataclass(slots=True)
class Reading:
    """Reads an address part by part; what says nothing the office knows asks for nothing.

    Attributes:
        wrong: filters that must be corrected, with what kind of value they are.
        misread: other parts that say nothing; the usual stands in their place.
    """

    query: str
    wrong: dict[str, str] = field(default_factory=dict)
    misread: list[str] = field(default_factory=list)
    given: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        if len(self.query) > 2 * LONGEST_QUERY:
            self.misread.append(TOO_LONG)
        self.given = dict(parse_qsl(self.query[: 2 * LONGEST_QUERY]))

    def choice(self, name: str, allowed: Collection[str], otherwise: str) -> str:
        """Return one of a few that the page offers as links; anything else is the usual one."""
        value = self.given.get(name, "")
        if value in allowed:
            return value
        if value:
            self.misread.append(name)
        return otherwise

    def of_cases(
        self, asked: type[AskedOfCases], which: Sequence[str], *, supervises: bool
    ) -> dict[str, Any]:
        """Return what every list of things in cases is asked: whose, which of them, of whom, in what order.

        Args:
            asked: what is asked of this list.
            which: its choices, the usual one first.
            supervises: whether the reader supervises, and so may ask for the team's.
        """
        return {
            "whose": self.choice("whose", WHOSE if supervises else ("mine",), "mine"),
            "which": self.choice("which", which, which[0]),
            "adviser": self.person("adviser"),
            "sort": self.sort(asked),
            "after": self.place(),
        }

    def days(self) -> dict[str, Any]:
        """Return from which day until which is asked for."""
        return {"since": self.day("since"), "until": self.day("until")}

    def code(self, name: str, allowed: Collection[str]) -> str:
        """Return the code of a filter."""
        value = self.given.get(name, "")
        return value if value in allowed else self._wrong(name, "choice", "")

    def written(self, name: str, so: re.Pattern[str]) -> str:
        """Return what is written in one fixed way."""
        value = self.given.get(name, "")
        return value if so.fullmatch(value) else self._wrong(name, "choice", "")

    def day(self, name: str) -> date | None:
        """Return the day of a filter."""
        return day_of(self.given.get(name, "").strip()) or self._wrong(name, "day", None)

    def person(self, name: str) -> UUID | None:
        """Return the id of somebody."""
        return id_in(self.given.get(name, "")) or self._wrong(name, "choice", None)

    def sort(self, asked: type[ListAsked]) -> str:
        """Return the order of a list."""
        both = (*asked.SORTS, *(f"-{code}" for code in asked.SORTS))
        return self.choice("sort", both, asked.SORTS[0])

    def place(self) -> str:
        """Return the place after which a page begins, if it looks like one."""
        written = self.given.get("after", "")
        if id_in(written.rpartition("_")[2]):
            return written
        if written:
            self.misread.append("after")
        return ""

    def read(self, asked: A) -> Read[A]:
        """Return what was read."""
        return Read(asked, self.wrong, self.given, self.misread)

    def _wrong(self, name: str, kind: str, nothing: Any) -> Any:
        if self.given.get(name, "").strip():
            self.wrong[name] = kind
        return nothing


def day_of(written: str) -> date | None:
    """Return a day as a browser's own field writes it, or as people do: day, month and year."""
    written = digits_read(written)
    try:
        parts = _THREE.fullmatch(written)
        if parts:
            return date(int(parts[3]), int(parts[2]), int(parts[1]))
        return date.fromisoformat(written)
    except ValueError:
        return None

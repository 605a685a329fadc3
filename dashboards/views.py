"""What one request looks at: a language, an edition, a page, a period; and the addresses of others.

An address is `/{language}/{shelf}/{page}` and says in its query what was chosen: `period`, `row` (a code,
on the page of time) and `release`. Whatever is not said is the newest; whatever does not exist is refused,
so an old link either shows the same numbers or says why not.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qsl, urlencode

from dashboards.cells import Table
from dashboards.editions import Edition, NotPublished
from office.errors import NotFound
from office.languages import Language, language

KEPT: Final = ("period", "row", "release")
_LONGEST_QUERY: Final = 300


@dataclass(frozen=True)
class City:
    """What the pages say of the city: its name, its districts' places and residents.

    Attributes:
        places: column and row of each district on the tile map, by code.
        residents: residents of each district, by code; empty if the city keeps none.
        residents_year: year of those numbers, and whether somebody confirmed it.
    """

    name: Mapping[str, str]
    places: Mapping[str, tuple[int, int]]
    residents: Mapping[str, int]
    residents_year: int | None = None
    is_residents_year_confirmed: bool = False


@dataclass(frozen=True)
class View:
    """One page of one edition in one language.

    Attributes:
        period: the period looked at, `2026-Q3` or `2026`.
        row: the code looked at through time, or empty for all situations.
        release: the release the address names, or empty for the newest.
        is_plain: it is shown without script: choosers are links, tables stand open.
        is_table_page: it is the page of tables alone, and its links lead to others of that kind.
    """

    language: Language
    edition: Edition
    city: City
    page: str
    period: str
    row: str = ""
    release: str = ""
    is_plain: bool = False
    is_table_page: bool = False

    def text(self, sentence: str, /, **values: object) -> str:
        """Return a sentence in the reader's language."""
        return self.language.gettext(sentence, **values)

    @staticmethod
    def isolated(name: str) -> str:
        """Return a release's name kept in one piece inside text of any direction."""
        return f"\u2066{name}\u2069"

    def table(self, dimension: str) -> Table:
        """Return the table of a dimension for the period looked at."""
        return self.edition.table(dimension, self.period)

    def tells(self, dimension: str) -> bool:
        """Say whether the source of these figures tells of a dimension at all."""
        return any(f"{kind}_{dimension}" in self.edition.tables for kind in ("quarter", "year"))

    def names(self, dimension: str) -> dict[str, str]:
        """Return the words of each code of a dimension."""
        return self.edition.names(dimension, self.language.tag)

    @property
    def period_words(self) -> str:
        """Return the period looked at as it is said."""
        return self.language.period(self.period)

    def plain(self) -> "View":
        """Return the same view as it is shown without script."""
        return replace(self, is_plain=True)

    @property
    def query(self) -> str:
        """Return the query that brings exactly this back, with its question mark."""
        chosen = {"period": self.period, "row": self.row, "release": self.edition.upto.name}
        return "?" + urlencode({name: value for name, value in chosen.items() if value})

    def address(self, page: str = "", **chosen: str) -> str:
        """Return the address of a page of this edition; a release is named only if this view names one."""
        path = f"/{self.language.tag}/{self.edition.shelf.code}/{page or self.page}"
        kept = {"release": self.release} | chosen
        query = urlencode({name: value for name, value in kept.items() if value})
        return (path + "/table" if self.is_table_page else path) + (f"?{query}" if query else "")

    def file(self, release: str, path: str) -> str:
        """Return the address of a file of a release."""
        return f"/data/{self.edition.shelf.code}/{release}/{path}"


EditionOf = Callable[[str, str], Edition]
"""Finds the edition of a shelf's code and a release's name (empty: the newest)."""


@dataclass(frozen=True)
class Views:
    """Reads addresses."""

    edition_of: EditionOf
    city: City
    pages: frozenset[str]

    def at(self, pathname: str, search: str) -> View:
        """Return what an address shows.

        Raises:
            NotFound: the language, shelf, page, release or period does not exist.
        """
        parts = pathname.strip("/").split("/")
        is_table_page = len(parts) == 4 and parts[3] == "table"
        if len(parts) != 3 and not is_table_page:
            raise NotFound
        tag, shelf, page = parts[:3]
        if page not in self.pages:
            raise NotFound
        query = dict(parse_qsl(search.lstrip("?")[:_LONGEST_QUERY], max_num_fields=10))
        chosen = {name: query.get(name, "") for name in KEPT}
        if not chosen["period"] and query.get("year"):
            chosen["period"] = "-".join(part for part in (query["year"], query.get("part")) if part)
        edition = self.edition_of(shelf, chosen["release"])
        period = chosen["period"] or edition.first_choice
        if period not in edition.periods:
            raise NotPublished(period="unknown")
        spoken = language(tag, "public")
        return View(
            spoken,
            edition,
            self.city,
            page,
            period,
            row=chosen["row"],
            release=chosen["release"],
            is_plain=is_table_page,
            is_table_page=is_table_page,
        )

"""A shelf as it stood at one release: the tables, their words, and which file each cell came from.

An edition is read once from verified files and then only looked at, so every page of it is the same for
everyone who holds its link.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from dashboards.cells import Cell, Table
from office.errors import NotFound
from office.languages import mark

LIVE: Final = "live"
DEMONSTRATION: Final = "demonstration"

Words = Mapping[str, str]


class ShelfUnknown(NotFound):
    """There is no shelf of this name."""

    code = "shelf_unknown"
    sentence = mark("There is no such collection of figures.")


class ReleaseUnknown(NotFound):
    """No release of this name is on the shelf, or it is damaged and cannot be shown."""

    code = "release_unknown"
    sentence = mark("This release is not on the shelf, or it is damaged and cannot be shown.")


class NotPublished(NotFound):
    """The shelf has no such table."""

    code = "not_published"
    sentence = mark("These figures are not published.")


@dataclass(frozen=True, slots=True)
class ShelfTitle:
    """What a shelf says about itself.

    Attributes:
        code: name of its folder and in addresses.
        title: its name, by language.
        source: where its facts come from, as its releases say it.
        period_basis: what a period counts: `registration`, `imported` or `demonstration`.
        is_invented: everything on it is made up.
        file: what an imported file is called, by language; text of strangers, one plain line.
    """

    code: str
    title: Words
    source: str
    period_basis: str
    is_invented: bool
    file: Words = field(default_factory=dict)

    @property
    def is_imported(self) -> bool:
        """Whether its facts come from a file of another office."""
        return self.source.startswith("imported")


@dataclass(frozen=True, slots=True)
class ReleaseNote:
    """One verified release, as the data page lists it.

    Attributes:
        files: sha256 of each file, by its path inside the release.
        checked_targets: how many small counts the disclosure audit tried to find out.
        widened: how many bands it then made wider.
        withdrawn_because: reason of a withdrawal, or empty.
    """

    name: str
    periods: tuple[str, ...]
    made_on: date
    signed_by: str
    signed_on: date | None
    plan_version: str
    files: Mapping[str, str]
    checked_targets: int
    widened: int
    withdrawn_because: str = ""
    is_withdrawn: bool = False


@dataclass(frozen=True)
class Edition:
    """A shelf as it stood when the release `upto` was published.

    Attributes:
        releases: the releases it is made of, newest first.
        tables: cells of each cuboid, merged: each period from its newest release.
        origins: which release a cuboid's period comes from.
        labels: words of each code of each dimension, by language.
    """

    shelf: ShelfTitle
    upto: ReleaseNote
    newest: ReleaseNote
    releases: tuple[ReleaseNote, ...]
    tables: Mapping[str, Table]
    origins: Mapping[tuple[str, str], str]
    labels: Mapping[str, Mapping[str, Words]] = field(default_factory=dict)
    notes: Mapping[str, Words] = field(default_factory=dict)

    @property
    def is_newest(self) -> bool:
        """Whether no newer release is on the shelf."""
        return self.upto.name == self.newest.name

    @property
    def periods(self) -> tuple[str, ...]:
        """Return every period that has a published total, oldest first, a year after its quarters."""
        found = {cell.period for name in ("quarter_total", "year_total") for cell in self.cells(name)}
        return tuple(sorted(found, key=lambda period: (period[:4], period.count("-") == 0, period)))

    @property
    def years(self) -> tuple[str, ...]:
        """Return every year of which something is published, oldest first."""
        return tuple(sorted({period[:4] for period in self.periods}))

    @property
    def first_choice(self) -> str:
        """Return the period shown when none is asked for: the newest year, else the newest quarter."""
        years = [period for period in self.periods if "-" not in period]
        return years[-1] if years else self.periods[-1]

    def cells(self, cuboid: str) -> tuple[Cell, ...]:
        """Return all cells of a cuboid, or none if it is not published."""
        table = self.tables.get(cuboid)
        return table.cells if table else ()

    def table(self, dimension: str, period: str) -> Table:
        """Return the table of a dimension (`total`, `ground`, …) for one period.

        Raises:
            NotPublished: the plan has no such table for the period.
        """
        name = f"{'quarter' if '-Q' in period else 'year'}_{dimension}"
        found = self.tables.get(name)
        cells = found.of(period) if found else None
        if cells is None or not cells.cells:
            raise NotPublished(cuboid=name, period=period)
        return cells

    def through_time(self, dimension: str, code: str = "") -> Table:
        """Return the quarters of one row of a dimension, oldest first."""
        found = self.tables.get(f"quarter_{dimension}")
        if found is None:
            raise NotPublished(cuboid=f"quarter_{dimension}")
        row = found.row(code)
        ordered = sorted(row.cells, key=lambda cell: cell.period)
        return Table(row.cuboid, row.universe, tuple(ordered))

    def names(self, dimension: str, tag: str) -> dict[str, str]:
        """Return the words of each code of a dimension in the language `tag`."""
        known = self.labels.get(dimension, {})
        return {code: words.get(tag) or words.get("en") or code for code, words in known.items()}

"""Published cells and how a band is said in words.

A cell is one count of a release, known only as a band: at least `lo`, at most `hi`. The first band holds
zero, and nothing in a release tells a zero from a four. So no text made here ever says "0": a cell of the
first band is "fewer than five", whatever it hides.
"""

from dataclasses import dataclass

from office.languages import Language, mark

FEWER = mark("fewer than %(limit)s")
RANGE = mark("%(low)s to %(high)s")
SHORT_RANGE = mark("%(low)s–%(high)s")
WIDER = "wider"
"""The release's note on a band made wider."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One published count.

    Attributes:
        period: `2026-Q3` or `2026`.
        code: code of the row within its list; empty for a total.
        lo: the count is at least this.
        hi: the count is at most this.
        note_ids: notes of the release that belong to this cell.
    """

    period: str
    code: str
    lo: int
    hi: int
    note_ids: tuple[str, ...] = ()

    @property
    def is_hidden(self) -> bool:
        """Whether the count is too small to show more than its first band."""
        return self.lo == 0

    @property
    def is_wider(self) -> bool:
        """Whether the release says that this band is wider than its table's others."""
        return WIDER in self.note_ids

    @property
    def middle(self) -> float:
        """Return the middle of the band, for sorting only; it is never shown."""
        return (self.lo + self.hi) / 2


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one cuboid for the periods a figure shows.

    Attributes:
        cuboid: name of the release file without its ending, `quarter_ground`.
        universe: `situations` or `mentions`.
        cells: the published cells, in the order of the file.
    """

    cuboid: str
    universe: str
    cells: tuple[Cell, ...]

    def of(self, period: str) -> "Table":
        """Return the same table with the cells of one period only."""
        return Table(self.cuboid, self.universe, tuple(cell for cell in self.cells if cell.period == period))

    def row(self, code: str) -> "Table":
        """Return the same table with the cells of one code only."""
        return Table(self.cuboid, self.universe, tuple(cell for cell in self.cells if cell.code == code))

    def largest_first(self) -> "Table":
        """Return the same cells, highest bands first; equal bands keep the order of the list."""
        ordered = sorted(self.cells, key=lambda cell: -cell.hi)
        return Table(self.cuboid, self.universe, tuple(ordered))

    @property
    def top(self) -> tuple[Cell, ...]:
        """Return the cells of the highest band; none if every cell is in the first band."""
        shown = [cell for cell in self.cells if not cell.is_hidden]
        highest = max((cell.hi for cell in shown), default=0)
        return tuple(cell for cell in shown if cell.hi == highest)

    @property
    def hidden(self) -> tuple[Cell, ...]:
        """Return the cells that say only their first band."""
        return tuple(cell for cell in self.cells if cell.is_hidden)


def in_words(cell: Cell, language: Language) -> str:
    """Return a band inside a sentence: `45 to 49`, or `fewer than 5`; never `0`."""
    if cell.is_hidden:
        return language.gettext(FEWER, limit=language.number(cell.hi + 1))
    if cell.lo == cell.hi:
        return language.number(cell.lo)
    return language.gettext(RANGE, low=language.number(cell.lo), high=language.number(cell.hi))


def in_short(cell: Cell, language: Language) -> str:
    """Return a band for a label or a table cell: `45–49`; the first band is said in words."""
    if cell.is_hidden or cell.lo == cell.hi:
        return in_words(cell, language)
    return language.gettext(SHORT_RANGE, low=language.number(cell.lo), high=language.number(cell.hi))


def as_range(low: str, high: str, language: Language) -> str:
    """Return two written numbers as a range."""
    return language.gettext(SHORT_RANGE, low=low, high=high)

"""What the public knows of one year: the bands of its quarters and of the year, over every release.

Years share no situation, and in the smallest plan no published figure spans two of them, so the worlds of a
shelf are all combinations of worlds of its years: each year is audited by itself without losing anything.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

import numpy as np

from observatory.disclosure.bands import BandedTable
from observatory.disclosure.network import UNBOUNDED, Whole
from observatory.plan import TOTAL, Plan
from observatory.tabulate import year_of
from office.handover.release import Release

Cell = tuple[str, str, str]
"""Cuboid, period, code."""

Interval = tuple[int, int]
Known = Mapping[Cell, Interval]
"""What is published of each cell: the values every release leaves it."""

NO_COLUMN: Final = -1


@dataclass(frozen=True)
class Part:
    """One dimension in one year.

    Attributes:
        lo, hi: bands of the quarters, shape (quarters, codes); unbounded where nothing is published.
        year_lo, year_hi: bands of the year, shape (codes,).
        alone: column of the code that is counted only where no other is told, or -1.
    """

    name: str
    is_mentions: bool
    codes: tuple[str, ...]
    lo: Whole
    hi: Whole
    year_lo: Whole
    year_hi: Whole
    alone: int = NO_COLUMN


@dataclass(frozen=True)
class Block:
    """One year: its quarters on the shelf, the bands of their totals, and its dimensions."""

    year: str
    quarters: tuple[str, ...]
    lo: Whole
    hi: Whole
    year_lo: int
    year_hi: int
    parts: tuple[Part, ...]
    has_year: bool


def known_from(tables: Iterable[BandedTable], earlier: Known | None = None) -> dict[Cell, Interval]:
    """Return what is known once `tables` are published beside what was known before.

    A cell published twice is known by what both bands leave; a later version only ever widens a band, so
    that is the earlier band.
    """
    known = dict(earlier or {})
    for table in tables:
        for row, period in enumerate(table.periods):
            for column, code in enumerate(table.codes):
                add(
                    known,
                    (table.cuboid.id, period, code),
                    int(table.lo[row, column]),
                    int(table.hi[row, column]),
                )
    return known


@dataclass(frozen=True)
class Earlier:
    """What a shelf has told so far.

    Attributes:
        standing: by the releases that stand.
        withdrawn: by each release that was taken back; what was read stays known.
    """

    standing: Known = field(default_factory=dict)
    withdrawn: tuple[Known, ...] = ()

    @property
    def read(self) -> dict[Cell, Interval]:
        """Return what is known to one who believes every edition."""
        return _joined(self.standing, *self.withdrawn)

    def beliefs(self, tables: Iterable[BandedTable], year: str) -> Iterator[tuple[frozenset[int], Known]]:
        """Yield what may be believed of a year once `tables` stand, those who believe most first.

        A reader believes what stands, and may believe any of the withdrawn editions besides: that they
        counted the same situations. Each belief comes with the withdrawn editions that are part of it.
        """
        stands = known_from(tables, self.standing)
        touched = [
            index
            for index, edition in enumerate(self.withdrawn)
            if any(year_of(period) == year for _, period, _ in edition)
        ]
        for size in range(len(touched), -1, -1):
            for chosen in combinations(touched, size):
                yield frozenset(chosen), _joined(stands, *(self.withdrawn[index] for index in chosen))


def earlier_from(releases: Iterable[Release]) -> Earlier:
    """Return what releases have told: those that stand together, and each one that was taken back."""
    every = list(releases)
    notices = (release.manifest.withdrawn for release in every)
    taken_back = {notice.name for notice in notices if notice is not None}
    return Earlier(
        known_from_releases(release for release in every if release.name not in taken_back),
        tuple(known_from_releases([release]) for release in every if release.name in taken_back),
    )


def _joined(first: Known, *others: Known) -> dict[Cell, Interval]:
    known = dict(first)
    for other in others:
        for cell, (lo, hi) in other.items():
            add(known, cell, lo, hi)
    return known


def known_from_releases(releases: Iterable[Release]) -> dict[Cell, Interval]:
    """Return what is known to one who believes all of these releases."""
    known: dict[Cell, Interval] = {}
    for release in releases:
        for cuboid in release.cuboids:
            for row in release.rows(cuboid):
                add(known, (cuboid, row.period, row.code), row.lo, row.hi)
    return known


def add(known: dict[Cell, Interval], cell: Cell, lo: int, hi: int) -> None:
    """Take one published band into what is known."""
    before = known.get(cell, (0, UNBOUNDED))
    both = max(before[0], lo), min(before[1], hi)
    known[cell] = both if both[0] <= both[1] else (min(before[0], lo), max(before[1], hi))


def block_of(year: str, known: Known, plan: Plan) -> Block:
    """Return the block of one year."""
    here = {cell: interval for cell, interval in known.items() if year_of(cell[1]) == year}
    quarters = tuple(sorted({period for _, period, _ in here if period != year}))
    has_year = any(period == year for _, period, _ in here)

    def bounds(cuboid: str, periods: tuple[str, ...], codes: tuple[str, ...]) -> tuple[Whole, Whole]:
        cells = [[here.get((cuboid, period, code), (0, UNBOUNDED)) for code in codes] for period in periods]
        both = np.array(cells, dtype=np.int64).reshape(len(periods), len(codes), 2)
        return both[:, :, 0], both[:, :, 1]

    parts = []
    for dimension in plan.dimension:
        ids = {f"quarter_{dimension.name}", f"year_{dimension.name}"}
        codes = tuple(dict.fromkeys(code for cuboid, _, code in here if cuboid in ids))
        if not codes:
            continue
        lo, hi = bounds(f"quarter_{dimension.name}", quarters, codes)
        year_lo, year_hi = bounds(f"year_{dimension.name}", (year,), codes)
        alone = codes.index(dimension.alone) if dimension.alone in codes else NO_COLUMN
        is_mentions = dimension.universe == "mentions"
        parts.append(Part(dimension.name, is_mentions, codes, lo, hi, year_lo[0], year_hi[0], alone))
    lo, hi = bounds(f"quarter_{TOTAL}", quarters, ("",))
    year_lo, year_hi = bounds(f"year_{TOTAL}", (year,), ("",))
    return Block(
        year,
        quarters,
        lo[:, 0],
        hi[:, 0],
        int(year_lo[0, 0]),
        int(year_hi[0, 0]),
        tuple(parts),
        has_year,
    )

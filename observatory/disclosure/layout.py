"""In which bands counts are published: the plan's, grids for sums, wider ones for a corrected edition.

Every choice here follows from bands that are published beside it, so a reader who runs this program on any
world that agrees with a release gets the same release. The one exception is `Coarser`, a repair that the
joint audit asked for; `protect` says when.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from observatory.disclosure.bands import BandedTable, Bounds, bands_of
from observatory.disclosure.blocks import Cell, Earlier, Interval, Known, known_from
from observatory.disclosure.grids import piece_with, total_grid, year_grid
from observatory.disclosure.network import Whole
from observatory.errors import CountOutOfBand
from observatory.plan import TOTAL, AuditRules, Cuboid, Plan
from observatory.tabulate import Tabulation, quarters_of, year_of

Tables = dict[str, BandedTable]
Read = Sequence[Interval | None]


@dataclass(frozen=True)
class Coarser:
    """How a year is laid out more coarsely than planned.

    Attributes:
        is_quiet: the year says no more than its quarters do.
        doublings: how often the width of a table of its quarters is doubled, by the table's name.
    """

    is_quiet: bool = False
    doublings: Mapping[str, int] = field(default_factory=dict)


PLAIN: Final = Coarser()


def laid_out(
    counted: Mapping[str, Tabulation],
    *,
    plan: Plan,
    rules: AuditRules,
    earlier: Earlier,
    coarser: Mapping[str, Coarser] | None = None,
) -> Tables:
    """Return the counted tables in bands, sums in the grids that their parts allow.

    Args:
        coarser: by year, where it is to be coarser than planned.

    Raises:
        CountOutOfBand: a year does not lie within what stands published of its quarters.
    """
    known: dict[Cell, Interval] = dict(earlier.standing)
    read = earlier.read
    tables: Tables = {}
    for cuboid in sorted((one.cuboid for one in counted.values()), key=lambda one: _rank(one.id)):
        count = counted[cuboid.id]
        lo, hi = np.zeros_like(count.counts), np.zeros_like(count.counts)
        for row, period in enumerate(count.periods):
            how = (coarser or {}).get(year_of(period), PLAIN)
            doublings = how.doublings.get(cuboid.id, 0)
            lo[row], hi[row] = bands_of(count.counts[row], cuboid.width * 2**doublings)
            if cuboid.part == TOTAL or cuboid.period == "year":
                for column, code in enumerate(count.codes):
                    grid = _grid(cuboid, period, code, known, plan, rules, how)
                    if grid is None:
                        continue
                    piece = piece_with(grid, int(count.counts[row, column]))
                    if piece is None:
                        raise CountOutOfBand(table=cuboid.id, period=period)
                    lo[row, column], hi[row, column] = piece
            before = [read.get((cuboid.id, period, code)) for code in count.codes]
            _widen_what_was_read(before, count.counts[row], lo[row], hi[row], doublings)
        tables[cuboid.id] = BandedTable(cuboid, count.periods, count.codes, lo, hi)
        known = known_from([tables[cuboid.id]], known)
    return {name: tables[name] for name in counted}


def _widen_what_was_read(before: Read, counts: Bounds, lo: Bounds, hi: Bounds, doublings: int) -> None:
    """Put the bands of an earlier edition in the row, all of them doubled alike until each holds its count.

    What was read is never narrowed, and nobody can tell from a wider band in which cell the count moved.
    """
    there = [(column, band) for column, band in enumerate(before) if band is not None]
    bands = [band for _, band in there]
    for _ in range(doublings):
        bands = [doubled(band) for band in bands]
    while not all(band[0] <= counts[at[0]] <= band[1] for at, band in zip(there, bands, strict=True)):
        bands = [doubled(band) for band in bands]
    for (column, _), band in zip(there, bands, strict=True):
        lo[column], hi[column] = band


def doubled(band: Interval) -> Interval:
    """Return an aligned band at least twice as wide that holds the whole of this one."""
    lo, hi = band
    width = 2 * (hi - lo + 1)
    return lo // width * width, (hi // width + 1) * width - 1


def count_widened(tables: Mapping[str, BandedTable]) -> int:
    """Return how many bands are wider than their table's width."""
    return sum(int((table.hi - table.lo + 1 > table.cuboid.width).sum()) for table in tables.values())


def _rank(cuboid: str) -> tuple[bool, bool]:
    """Order tables so that parts come before their sums."""
    return cuboid.startswith("year_"), cuboid.endswith(f"_{TOTAL}")


def _grid(
    cuboid: Cuboid, period: str, code: str, known: Known, plan: Plan, rules: AuditRules, how: Coarser
) -> Sequence[Interval] | None:
    """Return the grid of a sum, or None if no part of it is published and it stays in the plan's bands.

    Without parts a grid would have no end: of an imported file that only tells when, a total is all there is.
    """
    kind, part = cuboid.period, cuboid.part
    of_quarters = [
        known[one] for quarter in quarters_of(period) if (one := (f"quarter_{part}", quarter, code)) in known
    ]
    if kind == "year" and (how.is_quiet or _is_quiet(period, known, rules)):
        return [_no_more_than(of_quarters, cuboid.width)]
    if part != TOTAL:
        return year_grid(tuple(of_quarters), cuboid.width, rules)
    exact = [_bounds(of_quarters)] if kind == "year" else []
    mentions: list[tuple[Whole, Whole]] = []
    for dimension in plan.dimension:
        name = f"{kind}_{dimension.name}"
        cells = [band for cell, band in known.items() if cell[0] == name and cell[1] == period]
        if cells:
            (mentions if dimension.universe == "mentions" else exact).append(_bounds(cells))
    if not exact and not mentions:
        return None
    width = cuboid.width * 2 ** how.doublings.get(cuboid.id, 0)
    return total_grid(exact, mentions, width, rules)


def _is_quiet(year: str, known: Known, rules: AuditRules) -> bool:
    """Say whether the published totals of a year's quarters are too few for it to say more than they."""
    least = [known.get((f"quarter_{TOTAL}", quarter, ""), (0, 0))[0] for quarter in quarters_of(year)]
    return sum(least) < rules.year_from


def _no_more_than(parts: Sequence[Interval], width: int) -> Interval:
    """Return the aligned band that says of a sum what its parts say."""
    least, most = sum(lo for lo, _ in parts), sum(hi for _, hi in parts)
    return least // width * width, (most // width + 1) * width - 1


def _bounds(bands: Sequence[Interval]) -> tuple[Whole, Whole]:
    both = np.array(bands, dtype=np.int64)
    return both[:, 0], both[:, 1]

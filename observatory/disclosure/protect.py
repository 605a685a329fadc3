"""From true counts to bands that may be published: lay out the bands, audit them, widen, audit again.

The bands of cells are fixed by the plan. Sums (totals, years) take the grids of `grids`, which depend on
published bands alone. Should the joint audit still find a target too narrow, tables are widened, coarse ones
before fine ones and always a whole table of a year at once, so that nobody can tell for which cell it was
done; if that does not help there is no release. The audit sees bands only.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from observatory.disclosure.audit import Progress, audit_blocks
from observatory.disclosure.bands import BandedTable, bands_of
from observatory.disclosure.blocks import Cell, Interval, Known, blocks_of, known_from
from observatory.disclosure.findings import BlockFindings
from observatory.disclosure.grids import piece_with, total_grid, year_grid
from observatory.disclosure.network import Whole
from observatory.errors import AuditFailed
from observatory.plan import TOTAL, AuditRules, Plan
from observatory.tabulate import Tabulation, quarters_of, year_of

Tables = dict[str, BandedTable]
WIDEST: Final = 10**6


@dataclass(frozen=True)
class Protected:
    """Tables that passed the audit, and what the audit found.

    Attributes:
        widened: published bands wider than the plan's.
    """

    tables: Tables
    findings: tuple[BlockFindings, ...]
    widened: int
    asked: int


def protect(
    counted: Mapping[str, Tabulation],
    *,
    plan: Plan,
    rules: AuditRules,
    earlier: Known | None = None,
    progress: Progress = lambda _: None,
) -> Protected:
    """Return the bands to publish for the counted tables, given everything published before.

    Raises:
        AuditFailed: no widening made a table safe; it names the table.
        AuditBroken: the solver did not finish.
    """
    tables = laid_out(counted, plan=plan, rules=rules, earlier=earlier or {})
    asked = 0
    done: dict[str, BlockFindings] = {}
    for _ in range(rules.widening_rounds):
        mine = {year_of(period) for table in tables.values() for period in table.periods}
        blocks = blocks_of(known_from(tables.values(), earlier), plan)
        blocks = [one for one in blocks if one.year in mine and one.year not in done]
        fresh = audit_blocks(blocks, rules, progress=progress)
        done |= {block.year: findings for block, findings in zip(blocks, fresh, strict=True)}
        asked += sum(one.asked for one in fresh)
        found = [done[year] for year in sorted(done)]
        failed = [one for block in found for one in block.narrowed]
        if not failed:
            return Protected(tables, tuple(found), count_widened(tables), asked)
        progress(f"repair: {len({one.table for one in failed})} tables to protect further")
        year = failed[0].year
        repaired = _repaired(tables, Counter(one.table for one in failed if one.year == year), year)
        if repaired is None:
            break
        tables = repaired
        del done[year]
    raise AuditFailed(table=failed[0].table, year=failed[0].year)


def count_widened(tables: Mapping[str, BandedTable]) -> int:
    """Return how many bands are wider than their table's width."""
    return sum(int((table.hi - table.lo + 1 > table.cuboid.width).sum()) for table in tables.values())


def laid_out(counted: Mapping[str, Tabulation], *, plan: Plan, rules: AuditRules, earlier: Known) -> Tables:
    """Return the counted tables in bands, sums in the grids that their parts allow.

    A cell that an earlier release published keeps that band or takes a wider one around it: what was read
    once is never narrowed, and a corrected count moves no band by itself.
    """
    known: dict[Cell, Interval] = dict(earlier)
    tables: Tables = {}
    for cuboid in sorted((one.cuboid for one in counted.values()), key=lambda one: _rank(one.id)):
        count = counted[cuboid.id]
        lo, hi = bands_of(count.counts, cuboid.width)
        for row, period in enumerate(count.periods):
            for column, code in enumerate(count.codes):
                exact = int(count.counts[row, column])
                before = earlier.get((cuboid.id, period, code))
                if before is not None:
                    lo[row, column], hi[row, column] = widened_to(before, exact)
                elif cuboid.part == TOTAL or cuboid.period == "year":
                    grid = _grid(cuboid.id, period, code, known, plan, rules)
                    lo[row, column], hi[row, column] = piece_with(grid, exact)
        tables[cuboid.id] = BandedTable(cuboid, count.periods, count.codes, lo, hi)
        known = known_from([tables[cuboid.id]], known)
    return {name: tables[name] for name in counted}


def widened_to(band: Interval, count: int) -> Interval:
    """Return the smallest aligned widening of a band, by doubling, that holds a count."""
    lo, hi = band
    while not lo <= count <= hi:
        lo, hi = doubled((lo, hi))
    return lo, hi


def doubled(band: Interval) -> Interval:
    """Return an aligned band at least twice as wide that holds the whole of this one."""
    lo, hi = band
    width = 2 * (hi - lo + 1)
    return lo // width * width, (hi // width + 1) * width - 1


def _rank(cuboid: str) -> tuple[bool, bool]:
    """Order tables so that parts come before their sums."""
    return cuboid.startswith("year_"), cuboid.endswith(f"_{TOTAL}")


def _grid(
    cuboid: str, period: str, code: str, known: Known, plan: Plan, rules: AuditRules
) -> Sequence[Interval]:
    kind, _, part = cuboid.partition("_")
    width = plan.width(cuboid)
    of_quarters = [
        known[one] for quarter in quarters_of(period) if (one := (f"quarter_{part}", quarter, code)) in known
    ]
    if part != TOTAL:
        return year_grid(tuple(of_quarters), width, rules)
    exact = [_bounds(of_quarters)] if kind == "year" else []
    mentions: list[tuple[Whole, Whole]] = []
    for dimension in plan.dimension:
        name = f"{kind}_{dimension.name}"
        cells = [band for cell, band in known.items() if cell[0] == name and cell[1] == period]
        if cells:
            (mentions if dimension.universe == "mentions" else exact).append(_bounds(cells))
    return total_grid(exact, mentions, width, rules)


def _bounds(bands: Sequence[Interval]) -> tuple[Whole, Whole]:
    both = np.array(bands, dtype=np.int64)
    return both[:, 0], both[:, 1]


def _repaired(tables: Tables, failed: Counter[str], year: str) -> Tables | None:
    """Return the tables with coarser bands for a year: its sums first, all together, then single tables.

    The bands of a year say at least how much lies in its quarters; where that narrows a quarter, all of the
    year's tables are doubled until they no longer do, because each of them alone would still say it. Then
    the table with most narrowed targets follows. The choice depends on bands alone. None if nothing is left.
    """
    sums = [name for name in tables if name.startswith("year_") and _says_at_least(tables[name], year)]
    if sums:
        for name in sums:
            tables = _with(tables, name, year, doubled)
        return tables
    can = [name for name in tables if _can(tables, name, year)]
    if not can:
        return None
    worst = min(can, key=lambda name: (-failed[name], _coarseness(name)))
    return _with(tables, worst, year, doubled)


def _says_at_least(table: BandedTable, year: str) -> bool:
    """Say whether a table of this year has a band that does not begin at nought."""
    rows = [row for row, period in enumerate(table.periods) if period == year]
    return bool(rows) and bool((table.lo[rows] > 0).any())


def _coarseness(cuboid: str) -> tuple[bool, bool]:
    """Order tables: years before quarters, totals before dimensions."""
    return cuboid.startswith("quarter_"), not cuboid.endswith(f"_{TOTAL}")


def _can(tables: Tables, name: str, year: str) -> bool:
    table = tables[name]
    rows = [row for row, period in enumerate(table.periods) if year_of(period) == year]
    return bool(rows) and int((table.hi - table.lo)[rows].min()) < WIDEST


def _with(tables: Tables, name: str, year: str, change: Callable[[Interval], Interval]) -> Tables:
    table = tables[name]
    lo, hi = table.lo.copy(), table.hi.copy()
    for row, period in enumerate(table.periods):
        if year_of(period) != year:
            continue
        for column in range(len(table.codes)):
            lo[row, column], hi[row, column] = change((int(lo[row, column]), int(hi[row, column])))
    return {**tables, name: replace(table, lo=lo, hi=hi)}

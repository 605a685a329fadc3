"""Counts every planned cell, zeros included. Its result is exact and never leaves the observatory's process.

Situations and mentions are two universes: a situation with two grounds is one situation and two mentions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from observatory.errors import UncodedFact
from observatory.lists import CodeList, Lists
from observatory.plan import TOTAL, Cuboid, Plan
from office.clock import quarter_of

Counts = npt.NDArray[np.int64]
NOT_TOLD: Final = "unknown"
TOTAL_ROW: Final = ("",)


@dataclass(frozen=True)
class Tabulation:
    """The true counts of one table.

    Attributes:
        periods: rows of `counts`, `2026-Q3` or `2026`.
        codes: columns of `counts`; a single empty code for a total.
        counts: int64, situations or mentions as the cuboid says; zeros are there.
    """

    cuboid: Cuboid
    periods: tuple[str, ...]
    codes: tuple[str, ...]
    counts: Counts


def quarters_of(year: str) -> tuple[str, ...]:
    """Return the four quarters of a year."""
    return tuple(f"{year}-Q{number}" for number in range(1, 5))


def year_of(period: str) -> str:
    """Return the year of a quarter or of a year."""
    return period[:4]


Kept = Mapping[tuple[str, str, str], int]
"""Counts of quarters whose facts are gone: by quarter, part of the plan and code, zeros included."""


def tabulate(
    facts: pd.DataFrame,
    *,
    plan: Plan,
    lists: Lists,
    quarters: Sequence[str],
    years: Sequence[str],
    kept: Kept | None = None,
) -> dict[str, Tabulation]:
    """Count every planned cell of the given periods.

    Args:
        facts: one line per situation, with the columns of a fact; those of other periods are left out.
            Not modified.
        quarters: quarters to count, `2026-Q3`.
        years: years to count, `2026`; each of their quarters must be in the facts or in `kept`.
        kept: counts of quarters that are not in the facts, added to those of their years.

    Returns:
        A table for each cuboid that has a period, by its id, in the order of the plan. A year has no table
        for a dimension that was not counted in one of its kept quarters.

    Raises:
        UncodedFact: a fact has a code that is not in its list; it names the column only.
    """
    kept = kept or {}
    there = {(quarter, part) for quarter, part, _ in kept}
    quarter = facts["month"].map(quarter_of) if len(facts) else pd.Series([], dtype=str)
    tables: dict[str, Tabulation] = {}
    for cuboid in plan.cuboid:
        periods = tuple(quarters)
        if cuboid.period == "year":
            gone = {quarter for quarter, _ in there}
            periods = tuple(
                year
                for year in years
                if all((one, cuboid.part) in there for one in quarters_of(year) if one in gone)
            )
        if not periods:
            continue
        when = quarter if cuboid.period == "quarter" else quarter.map(year_of)
        where = pd.Index(periods).get_indexer(pd.Index(when)).astype(np.int64)
        inside = where >= 0
        if cuboid.part == TOTAL:
            counts = np.bincount(where[inside], minlength=len(periods)).reshape(-1, 1)
            counts = _with_kept(counts, cuboid, periods, TOTAL_ROW, kept)
            tables[cuboid.id] = Tabulation(cuboid, periods, TOTAL_ROW, counts)
            continue
        dimension = plan.of(cuboid.dimension)
        codes = lists[dimension.name]
        told = facts[dimension.column][inside]
        lines, columns = _coded(told, codes, dimension.alone, several=dimension.universe == "mentions")
        cells = where[inside][lines] * len(codes.codes) + columns
        counts = np.bincount(cells, minlength=len(periods) * len(codes.codes))
        counts = counts.reshape(len(periods), len(codes.codes))
        counts = _with_kept(counts, cuboid, periods, codes.codes, kept)
        tables[cuboid.id] = Tabulation(cuboid, periods, codes.codes, counts)
    return tables


def count_to_keep(
    facts: pd.DataFrame, *, plan: Plan, lists: Lists, quarters: Sequence[str]
) -> dict[tuple[str, str, str], int]:
    """Return what the yearly tables of the plan need of quarters: a count for each of their cells, zeros too.

    Raises:
        UncodedFact: a fact has a code of no list.
    """
    by_quarter = tuple(
        one.model_copy(update={"period": "quarter"}) for one in plan.cuboid if one.period == "year"
    )
    counted = tabulate(
        facts, plan=plan.model_copy(update={"cuboid": by_quarter}), lists=lists, quarters=quarters, years=()
    )
    return {
        (quarter, table.cuboid.part, code): int(table.counts[row, column])
        for table in counted.values()
        for row, quarter in enumerate(table.periods)
        for column, code in enumerate(table.codes)
    }


def _with_kept(
    counts: Counts, cuboid: Cuboid, periods: Sequence[str], codes: Sequence[str], kept: Kept
) -> Counts:
    """Return the counts with what is kept of the other quarters of each year added."""
    whole = counts.astype(np.int64)
    if cuboid.period == "quarter":
        return whole
    for (quarter, part, code), count in kept.items():
        if part != cuboid.part or year_of(quarter) not in periods:
            continue
        if code not in codes:
            raise UncodedFact(table=cuboid.id)
        whole[periods.index(year_of(quarter)), codes.index(code)] += count
    return whole


def _coded(told: "pd.Series[str]", codes: CodeList, alone: str, *, several: bool) -> tuple[Counts, Counts]:
    """Return the line of each mention and the column of its published code, each pair once."""
    plain = told.reset_index(drop=True).fillna(NOT_TOLD).replace("", NOT_TOLD)
    long = plain.str.split(" ").explode() if several else plain
    known = {code: column for column, code in enumerate(codes.codes)}
    known |= {code: known[published] for code, published in codes.stands_for.items() if published in known}
    columns = long.map(known)
    if columns.isna().any():
        raise UncodedFact(column=str(told.name))
    pairs = pd.DataFrame({"line": long.index.to_numpy(), "column": columns.to_numpy(dtype=np.int64)})
    pairs = pairs.drop_duplicates()
    if several and alone in known:
        others = set(pairs.loc[pairs["column"] != known[alone], "line"])
        pairs = pairs[(pairs["column"] != known[alone]) | ~pairs["line"].isin(others)]
    return pairs["line"].to_numpy(dtype=np.int64), pairs["column"].to_numpy(dtype=np.int64)

"""Counts every planned cell, zeros included. Its result is exact and never leaves the observatory's process.

Situations and mentions are two universes: a situation with two grounds is one situation and two mentions.
"""

from collections.abc import Sequence
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


def tabulate(
    facts: pd.DataFrame, *, plan: Plan, lists: Lists, quarters: Sequence[str], years: Sequence[str]
) -> dict[str, Tabulation]:
    """Count every planned cell of the given periods.

    Args:
        facts: one line per situation, with the columns of a fact; those of other periods are left out.
            Not modified.
        quarters: quarters to count, `2026-Q3`.
        years: years to count, `2026`; all four quarters of each must be among the facts.

    Returns:
        A table for each cuboid that has a period, by its id, in the order of the plan.

    Raises:
        UncodedFact: a fact has a code that is not in its list; it names the column only.
    """
    quarter = facts["month"].map(quarter_of) if len(facts) else pd.Series([], dtype=str)
    tables: dict[str, Tabulation] = {}
    for cuboid in plan.cuboid:
        periods = tuple(quarters if cuboid.period == "quarter" else years)
        if not periods:
            continue
        when = quarter if cuboid.period == "quarter" else quarter.map(year_of)
        where = pd.Index(periods).get_indexer(pd.Index(when)).astype(np.int64)
        inside = where >= 0
        if cuboid.part == TOTAL:
            counts = np.bincount(where[inside], minlength=len(periods)).reshape(-1, 1)
            tables[cuboid.id] = Tabulation(cuboid, periods, TOTAL_ROW, counts.astype(np.int64))
            continue
        dimension = plan.of(cuboid.dimension)
        codes = lists[dimension.name]
        told = facts[dimension.column][inside]
        lines, columns = _coded(told, codes, dimension.alone, several=dimension.universe == "mentions")
        cells = where[inside][lines] * len(codes.codes) + columns
        counts = np.bincount(cells, minlength=len(periods) * len(codes.codes))
        shape = (len(periods), len(codes.codes))
        tables[cuboid.id] = Tabulation(cuboid, periods, codes.codes, counts.reshape(shape).astype(np.int64))
    return tables


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

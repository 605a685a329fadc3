"""An attacker with the served files, the plan, and a solver of their own. Shares no code with the audit.

The model is written out in full: one whole-number variable for every cell of every quarter of a year, with
the published bands of cells, totals and years as constraints, and nothing decomposed or derived.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from office import signing
from office.handover.release import Row, Shelf, read_shelf

KEY = bytes(range(1, 33))
PUBLIC = signing.public_half(KEY)
DIMENSIONS = ("ground", "district", "area", "respondent", "channel")
Cell = tuple[str, str, str]
Span = tuple[int, int]


def served(folder: Path) -> Shelf:
    """The shelf as anybody reads it."""
    return read_shelf(folder, PUBLIC)


@dataclass
class Attack:
    """Everything published of one year, over all releases that were ever on the shelf."""

    shelf: Shelf
    year: str
    only: tuple[str, ...] = DIMENSIONS
    variables: dict[Cell, int] = field(default_factory=dict)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    rows: list[tuple[dict[int, float], float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.bands: dict[Cell, Span] = {}
        for release in self.shelf.releases:
            for cuboid in release.cuboids:
                for row in release.rows(cuboid):
                    self._note(cuboid, row)
        self.quarters = sorted({period for _, period, _ in self.bands if "-Q" in period})
        for quarter in self.quarters:
            self._variable(("total", quarter, ""), self.bands["quarter_total", quarter, ""])
        self._year("total", "")
        for name in self.only:
            codes = sorted({code for cuboid, _, code in self.bands if cuboid == f"quarter_{name}"})
            for quarter in self.quarters:
                cells = [(name, quarter, code) for code in codes]
                for cell in cells:
                    self._variable(cell, self.bands[f"quarter_{name}", quarter, cell[2]])
                self._row_of(name, quarter, cells)
            for code in codes:
                self._year(name, code)

    def _note(self, cuboid: str, row: Row) -> None:
        if row.period[:4] == self.year:
            lo, hi = self.bands.get((cuboid, row.period, row.code), (0, 10**9))
            self.bands[cuboid, row.period, row.code] = max(lo, row.lo), min(hi, row.hi)

    def _variable(self, cell: Cell, band: Span) -> None:
        self.variables[cell] = len(self.lower)
        self.lower.append(band[0])
        self.upper.append(band[1])

    def _row_of(self, name: str, quarter: str, cells: Iterable[Cell]) -> None:
        total = self.variables["total", quarter, ""]
        whole = {self.variables[cell]: 1.0 for cell in cells} | {total: -1.0}
        if name != "ground":
            self.rows.append((whole, 0, 0))
            return
        self.rows.append((whole, 0, np.inf))
        unknown = self.variables["ground", quarter, "unknown"]
        for cell in cells:
            self.rows.append(({total: -1.0, unknown: 1.0, self.variables[cell]: 1.0}, -np.inf, 0))

    def _year(self, name: str, code: str) -> None:
        band = self.bands.get((f"year_{name}", self.year, code))
        if band is not None:
            members = {self.variables[name, quarter, code]: 1.0 for quarter in self.quarters}
            self.rows.append((members, *band))

    def small_cells(self) -> list[Cell]:
        """Every cell of a quarter that is published from zero upwards."""
        cells = ((cell, self.lower[variable]) for cell, variable in self.variables.items())
        return [cell for cell, lowest in cells if lowest == 0 and cell[0] != "total"]

    def span(self, expression: Mapping[Cell, int], at_least: Mapping[Cell, int] | None = None) -> Span:
        """The least and the most an expression can be, knowing that some cells are at least so large."""
        lower = list(self.lower)
        for cell, least in (at_least or {}).items():
            lower[self.variables[cell]] = max(lower[self.variables[cell]], least)
        cost = np.zeros(len(lower))
        for cell, weight in expression.items():
            cost[self.variables[cell]] = weight
        data, at, columns = [], [], []
        for index, (members, _, _) in enumerate(self.rows):
            for variable, factor in members.items():
                data.append(factor)
                at.append(index)
                columns.append(variable)
        matrix = coo_array((data, (at, columns)), shape=(len(self.rows), len(lower))).tocsr()
        sums = LinearConstraint(matrix, [low for _, low, _ in self.rows], [high for _, _, high in self.rows])
        found = []
        for sign in (1, -1):
            answer = milp(
                sign * cost,
                constraints=sums,
                bounds=Bounds(lower, self.upper),
                integrality=np.ones(len(lower)),
            )
            assert answer.success, answer.message
            found.append(round(sign * answer.fun))
        return found[0], found[1]

    def of(self, name: str, quarters: Iterable[str], code: str) -> dict[Cell, int]:
        """The expression of a code over some quarters."""
        return {(name, quarter, code): 1 for quarter in quarters}

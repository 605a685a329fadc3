"""The worlds of one year as a mixed-integer program, solved with HiGHS.

Variables: situations of each quarter n(q); for each dimension the cells x(q,c), each row adding up to n(q);
mentions m(q,g) with m(q,g) <= w(q) and their sum >= w(q), where w(q) are the situations with any ground told,
n(q) less those counted under the code that stands alone; column sums within the year's bands.

*Why only n and the situations without a told ground are declared whole.* Once these few are whole numbers,
each dimension falls apart from the others and is an interval-bounded two-way table: a network, whose extreme
points are whole. So every optimum of this program is reached in a world of whole numbers, and no such world
is left out. Without declaring n whole this would not hold: rows shared by three or more dimensions are an
intersection of three polymatroids, which need not be integral.

*Why the mentions are complete.* Any m with m(g) <= w and sum >= w comes from some way to give w situations a
non-empty set of grounds: deal the mentions out one ground after the other, going round the situations.
"""

import ctypes
import math
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Final

import highspy
import numpy as np

from observatory.disclosure.blocks import NO_COLUMN, Block
from observatory.disclosure.network import UNBOUNDED, Whole
from observatory.errors import AuditBroken

Expression = Mapping[int, int]
"""Coefficient by variable."""

TOLERANCE: Final = 1e-4


def _silent_solver() -> "highspy.Highs":
    """Return a solver; its making writes a banner past Python's own output, which is sent nowhere."""
    sys.stdout.flush()
    kept = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        solver = highspy.Highs()  # type: ignore[no-untyped-call]  # its maker has no types
        ctypes.CDLL(None).fflush(None)
    finally:
        os.dup2(kept, 1)
        os.close(nowhere)
        os.close(kept)
    return solver


class Worlds:
    """All worlds that agree with what is published of one year.

    Attributes:
        asked: how many questions were put to the solver.
        situations: variable of the situations of each quarter.
        without_ground: variable of those counted under the code that stands alone, or empty.
        cells: variables by dimension, shape (quarters, codes).
    """

    def __init__(self, block: Block, *, seconds: float) -> None:
        self.block = block
        self.asked = 0
        self._lower: list[float] = []
        self._upper: list[float] = []
        self._whole: list[bool] = []
        self._rows: list[tuple[float, float, list[int], list[float]]] = []
        self.situations = [
            self._variable(lo, hi, whole=True) for lo, hi in zip(block.lo, block.hi, strict=True)
        ]
        self._row(block.year_lo, block.year_hi, dict.fromkeys(self.situations, 1))
        self.cells: dict[str, Whole] = {}
        self.without_ground: list[int] = []
        for part in block.parts:
            self._add_part(part.name)
        self._seconds = seconds
        self._distances = self._add_distances([*self.situations, *self.without_ground])
        self._solver = self._built()

    def central(self) -> Whole:
        """Return a world whose totals lie as near the middle of their bands as they can."""
        return self.least(dict.fromkeys(self._distances, 1))[1]

    def are_possible(self) -> bool:
        """Return whether any world agrees with what is published."""
        return self._solved({}, highspy.ObjSense.kMinimize) is not None

    def least(self, expression: Expression) -> tuple[int, Whole]:
        """Return the least value of an expression and the world that has it."""
        return self._optimum(expression, highspy.ObjSense.kMinimize)

    def most(self, expression: Expression) -> tuple[int, Whole]:
        """Return the greatest value of an expression and the world that has it."""
        return self._optimum(expression, highspy.ObjSense.kMaximize)

    def has(self, expression: Expression, value: int) -> bool:
        """Return whether some world gives the expression exactly this value."""
        return self._solved_with({}, [(expression, value, value)]) is not None

    def central_with(self, *wanted: tuple[Expression, int]) -> Whole | None:
        """Return a world with central totals in which each expression is large enough, if there is one."""
        return self.least_with(dict.fromkeys(self._distances, 1), *wanted)

    def least_with(self, expression: Expression, *wanted: tuple[Expression, int]) -> Whole | None:
        """Return a world with the least of one expression in which others are large enough, if any."""
        return self._solved_with(expression, [(one, at_least, UNBOUNDED) for one, at_least in wanted])

    def _solved_with(
        self, wanted: Expression, rows: Sequence[tuple[Expression, float, float]]
    ) -> Whole | None:
        solver = self._solver
        first = solver.getNumRow()
        for expression, lo, hi in rows:
            columns = np.array(list(expression), dtype=np.int32)
            weights = np.array(list(expression.values()), dtype=np.float64)
            self._ok(solver.addRow(float(lo), float(hi), len(columns), columns, weights))
        try:
            return self._solved(wanted, highspy.ObjSense.kMinimize)
        finally:
            added = np.arange(first, first + len(rows), dtype=np.int32)
            self._ok(solver.deleteRows(len(added), added))

    def _variable(self, lo: int, hi: int, *, whole: bool) -> int:
        self._lower.append(float(lo))
        self._upper.append(highspy.kHighsInf if hi >= UNBOUNDED else float(hi))
        self._whole.append(whole)
        return len(self._lower) - 1

    def _row(self, lo: float, hi: float, expression: Expression) -> None:
        top = highspy.kHighsInf if hi >= UNBOUNDED else float(hi)
        self._rows.append((float(lo), top, list(expression), [float(one) for one in expression.values()]))

    def _add_part(self, name: str) -> None:
        part = next(one for one in self.block.parts if one.name == name)
        quarters, codes = part.lo.shape
        variables = np.empty((quarters, codes), dtype=np.int64)
        for row in range(quarters):
            for column in range(codes):
                alone = column == part.alone
                lo, hi = int(part.lo[row, column]), int(part.hi[row, column])
                variables[row, column] = self._variable(lo, hi, whole=alone)
        self.cells[name] = variables
        for column in range(codes):
            column_of = {int(one): 1 for one in variables[:, column]}
            self._row(part.year_lo[column], part.year_hi[column], column_of)
        for row in range(quarters):
            total = self.situations[row]
            whole_row = {int(one): 1 for one in variables[row]}
            if not part.is_mentions:
                self._row(0, 0, whole_row | {total: -1})
                continue
            self._row(0, math.inf, whole_row | {total: -1})
            alone_too = {} if part.alone == NO_COLUMN else {int(variables[row, part.alone]): 1}
            for column in range(codes):
                self._row(-math.inf, 0, {int(variables[row, column]): 1, total: -1} | alone_too)
        if part.alone != NO_COLUMN:
            self.without_ground = [int(one) for one in variables[:, part.alone]]

    def _add_distances(self, variables: list[int]) -> list[int]:
        """Add variables at least as large as the distance of others from the middle of their bands."""
        distances = []
        for one in variables:
            if math.isinf(self._upper[one]):
                continue
            middle = float((self._lower[one] + self._upper[one]) // 2)
            distance = self._variable(0, UNBOUNDED, whole=False)
            self._row(-math.inf, middle, {one: 1, distance: -1})
            self._row(middle, math.inf, {one: 1, distance: 1})
            distances.append(distance)
        return distances

    def _built(self) -> "highspy.Highs":
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = len(self._lower), len(self._rows)
        program.col_cost_ = np.zeros(len(self._lower))
        program.col_lower_, program.col_upper_ = np.array(self._lower), np.array(self._upper)
        program.row_lower_ = np.array([max(row[0], -highspy.kHighsInf) for row in self._rows])
        program.row_upper_ = np.array([min(row[1], highspy.kHighsInf) for row in self._rows])
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lengths = [len(row[2]) for row in self._rows]
        program.a_matrix_.start_ = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
        program.a_matrix_.index_ = np.concatenate([row[2] for row in self._rows]).astype(np.int32)
        program.a_matrix_.value_ = np.concatenate([row[3] for row in self._rows]).astype(np.float64)
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        program.integrality_ = [kinds[whole] for whole in self._whole]
        solver = _silent_solver()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_abs_gap", 1e-6)
        self._ok(solver.passModel(program))
        return solver

    def _optimum(self, expression: Expression, sense: "highspy.ObjSense") -> tuple[int, Whole]:
        world = self._solved(expression, sense)
        if world is None:
            raise AuditBroken(year=self.block.year, reason="no world agrees with what is published")
        found = self._solver.getInfo().objective_function_value
        if abs(found - round(found)) > TOLERANCE:
            raise AuditBroken(year=self.block.year, reason="the solver's answer is not whole")
        return round(found), world

    def _solved(self, expression: Expression, sense: "highspy.ObjSense") -> Whole | None:
        """Return a best world, or None if there is none; raise AuditBroken for anything less than certain."""
        solver = self._solver
        self.asked += 1
        everything = np.arange(len(self._lower), dtype=np.int32)
        costs = np.zeros(len(self._lower))
        for variable, weight in expression.items():
            costs[variable] = weight
        self._ok(solver.changeColsCost(len(costs), everything, costs))
        self._ok(solver.changeObjectiveSense(sense))
        solver.setOptionValue("time_limit", solver.getRunTime() + self._seconds)
        self._ok(solver.run())
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise AuditBroken(year=self.block.year, reason=solver.modelStatusToString(status))
        return np.rint(solver.getSolution().col_value).astype(np.int64)

    def _ok(self, status: "highspy.HighsStatus | None") -> None:
        if status == highspy.HighsStatus.kError:
            raise AuditBroken(year=self.block.year, reason="the solver refused the question")

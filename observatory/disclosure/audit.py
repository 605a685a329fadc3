"""The joint audit: what every planned cell and every derived figure can still be, over all releases.

For each year (see `blocks` for why years can be taken one by one) it works out the least and the most of

- every planned cell of every quarter and of the year;
- what is left of a total without a cell, for each set of quarters;
- every cell over two or more quarters, so also the year without one quarter.

It takes whole-number worlds of the year from the solver (`worlds`); with the totals of one such world held
fast, the exact reach of every cell of every dimension follows without a solver (`network`). Where the reaches
of a few worlds fill everything the bands allow, the answer is exact. Every target that they do not fill is
put to the solver by itself. No target is left out, none is sampled, and nothing here has seen a true count.
"""

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from observatory.disclosure.bands import BandedTable
from observatory.disclosure.blocks import NO_COLUMN, Block, Earlier, Part, block_of
from observatory.disclosure.findings import CELL, KNOWN, REST, SUM, BlockFindings, Finding
from observatory.disclosure.known_records import cells_open_to_those_who_know, worlds_to_know_records_in
from observatory.disclosure.network import UNBOUNDED, Mask, Whole, reach, subsets
from observatory.disclosure.reached import Reached, join
from observatory.disclosure.rules import (
    Span,
    Status,
    cell_status,
    derived_status,
)
from observatory.disclosure.worlds import Expression, Worlds
from observatory.plan import TOTAL, AuditRules, Plan

Progress = Callable[[str], None]


class BlockAudit:
    """Audits one year; `run` returns what it found."""

    def __init__(self, block: Block, rules: AuditRules) -> None:
        self.block = block
        self.rules = rules
        self.worlds = Worlds(block, seconds=rules.solver_seconds)
        self.sets: Mask = subsets(len(block.quarters))[1:]
        self.found = BlockFindings()
        self.seen: list[tuple[Whole, Whole]] = []
        self.totals: list[Span] = []

    def run(self) -> BlockFindings:
        """Return the findings for every target of the year; raise AuditBroken."""
        self._see(self.worlds.central())
        self._totals()
        for part in self.block.parts:
            reached = self._reached(part)
            for index in range(len(self.sets)):
                for column in range(len(part.codes)):
                    self._cell(part, reached, index, column)
                    self._rest(part, reached, index, column)
        for world in worlds_to_know_records_in(self.worlds, self.block, self.rules):
            self._see(world)
        for chosen in self.sets[self.sets.sum(axis=1) == 1]:
            reaches = [
                [self._reach_in(part, seen, chosen) for part in self.block.parts] for seen in self.seen
            ]
            for part, column in cells_open_to_those_who_know(
                self.block, self.rules, self.seen, reaches, chosen
            ):
                row = int(np.flatnonzero(chosen)[0])
                span = Span(int(part.lo[row, column]), int(part.hi[row, column]))
                self._add(part.name, KNOWN, chosen, part.codes[column], span, "narrowed")
        self.found.asked = self.worlds.asked
        return self.found

    # --- worlds ------------------------------------------------------------------------------------------

    def _see(self, world: Whole) -> None:
        """Remember the totals of a world, from which the reach of every cell follows."""
        situations = world[self.worlds.situations]
        alone = self.worlds.without_ground
        without = world[alone] if alone else np.zeros_like(situations)
        if not any((one == situations).all() and (two == without).all() for one, two in self.seen):
            self.seen.append((situations, without))

    def _span(self, expression: Expression) -> Span:
        least, world = self.worlds.least(expression)
        self._see(world)
        most, world = self.worlds.most(expression)
        self._see(world)
        return Span(least, most)

    def _reach_in(self, part: Part, seen: tuple[Whole, Whole], chosen: Mask) -> tuple[Whole, Whole]:
        situations, without = seen
        if not part.is_mentions:
            return reach(situations, situations, part.lo, part.hi, part.year_lo, part.year_hi, chosen)
        told = situations - without
        lo, hi = part.lo.copy(), np.minimum(part.hi, told[:, None])
        year_lo = part.year_lo.copy()
        if part.alone != NO_COLUMN:
            lo[:, part.alone] = hi[:, part.alone] = 0
            year_lo[part.alone] = 0
        endless = np.full(len(told), UNBOUNDED, dtype=np.int64)
        least, most = reach(told, endless, lo, hi, year_lo, part.year_hi, chosen)
        if part.alone != NO_COLUMN:
            least[part.alone] = most[part.alone] = int(without[chosen].sum())
        return least, most

    def _reached(self, part: Part) -> Reached:
        """Join the reaches of the worlds seen so far, most telling first, until nothing is missing."""
        shape = (len(self.sets), len(part.codes))
        inside, outside = self.sets.astype(np.int64), 1 - self.sets.astype(np.int64)
        ceiling = np.array([span.most for span in self.totals], dtype=np.int64)[:, None]
        reached = Reached(
            least=np.full(shape, UNBOUNDED, dtype=np.int64),
            most=np.full(shape, -1, dtype=np.int64),
            outer_least=np.maximum(inside @ part.lo, part.year_lo - outside @ part.hi),
            outer_most=np.minimum(np.minimum(inside @ part.hi, part.year_hi - outside @ part.lo), ceiling),
            widest=np.zeros(shape, dtype=np.int64),
            rest_least=np.full(shape, UNBOUNDED, dtype=np.int64),
            rest_most=np.full(shape, -1, dtype=np.int64),
        )
        for seen in self.seen:
            for index, chosen in enumerate(self.sets):
                least, most = self._reach_in(part, seen, chosen)
                total = int(seen[0][chosen].sum())
                join(reached.least[index], reached.most[index], least, most)
                join(reached.rest_least[index], reached.rest_most[index], total - most, total - least)
                reached.widest[index] = np.maximum(reached.widest[index], most - least + 1)
            if reached.is_full(self.totals, self.rules.small):
                break
        return reached

    # --- targets -----------------------------------------------------------------------------------------

    def _totals(self) -> None:
        for chosen in self.sets:
            variables = [one for one, is_in in zip(self.worlds.situations, chosen, strict=True) if is_in]
            expression = dict.fromkeys(variables, 1)
            span = self._span(expression)
            self.totals.append(span)
            self._record(TOTAL, chosen, "", span, expression)

    def _cell(self, part: Part, reached: Reached, index: int, column: int) -> None:
        outer = Span(int(reached.outer_least[index, column]), int(reached.outer_most[index, column]))
        if outer.most >= UNBOUNDED // 2:
            return
        chosen = self.sets[index]
        variables = self.worlds.cells[part.name][chosen, column]
        expression = {int(one): 1 for one in variables}
        span = Span(int(reached.least[index, column]), int(reached.most[index, column]))
        proved = span
        if span != outer:
            span = self._span(expression)
            reached.least[index, column], reached.most[index, column] = span.least, span.most
        self._record(part.name, chosen, part.codes[column], span, expression, proved)

    def _rest(self, part: Part, reached: Reached, index: int, column: int) -> None:
        """Work out what is left of the total of some quarters without one cell."""
        if reached.outer_most[index, column] >= UNBOUNDED // 2:
            return
        self.found.targets += 1
        total = self.totals[index]
        least, most = int(reached.least[index, column]), int(reached.most[index, column])
        outer = Span(max(0, total.least - most), total.most - least)
        may_be_small = outer.least < self.rules.small
        if not may_be_small and reached.widest[index, column] >= self.rules.others_keep:
            return
        proved = span = Span(int(reached.rest_least[index, column]), int(reached.rest_most[index, column]))
        chosen = self.sets[index]
        expression = {one: 1 for one, is_in in zip(self.worlds.situations, chosen, strict=True) if is_in}
        expression |= {int(one): -1 for one in self.worlds.cells[part.name][chosen, column]}
        if span != outer:
            span = self._span(expression)
        status = derived_status(span, self.rules)
        if span.most < self.rules.small:
            status = self._without_gaps(expression, status, proved)
        if span.least < self.rules.small or status == "narrowed":
            self._add(part.name, REST, chosen, part.codes[column], span, status)

    def _record(
        self,
        name: str,
        chosen: Mask,
        code: str,
        span: Span,
        expression: Expression,
        proved: Span | None = None,
    ) -> None:
        """Judge a planned cell, or a cell over several quarters, by what it can be."""
        self.found.targets += 1
        lo, hi, is_planned = self._published(name, chosen, code)
        if not is_planned:
            status = derived_status(span, self.rules)
            if span.most < self.rules.small:
                status = self._without_gaps(expression, status, proved)
            if span.least < self.rules.small or status == "narrowed":
                self._add(name, SUM, chosen, code, span, status)
            return
        status = cell_status(span, lo, hi, self.rules)
        if lo < self.rules.small:
            status = self._without_gaps(expression, status, proved, above=lo)
        self._add(name, CELL, chosen, code, span, status)

    def _without_gaps(
        self, expression: Expression, status: Status, proved: Span | None, *, above: int = 0
    ) -> Status:
        """Return `narrowed` if some small value is possible in no world, else `status`."""
        small = range(above, self.rules.small)
        if status == "narrowed" or (proved and proved.covers(small[0], small[-1])):
            return status
        return status if all(self.worlds.has(expression, value) for value in small) else "narrowed"

    def _published(self, name: str, chosen: Mask, code: str) -> tuple[int, int, bool]:
        block = self.block
        one, whole = int(chosen.sum()) == 1, bool(chosen.all()) and block.has_year
        if not one and not whole:
            return 0, 0, False
        row = int(np.flatnonzero(chosen)[0])
        if name == TOTAL:
            lo, hi = (block.lo[row], block.hi[row]) if one else (block.year_lo, block.year_hi)
        else:
            part = next(each for each in block.parts if each.name == name)
            column = part.codes.index(code)
            lo = part.lo[row, column] if one else part.year_lo[column]
            hi = part.hi[row, column] if one else part.year_hi[column]
        return int(lo), int(hi), hi < UNBOUNDED

    def _add(self, name: str, kind: str, chosen: Mask, code: str, span: Span, status: Status) -> None:
        quarters = tuple(one for one, is_in in zip(self.block.quarters, chosen, strict=True) if is_in)
        is_year = len(quarters) > 1
        table = f"{'year' if is_year else 'quarter'}_{name}"
        self.found.findings.append(Finding(table, kind, self.block.year, quarters, code, span, status))


def audit_year(
    year: str,
    earlier: Earlier,
    tables: Iterable[BandedTable],
    *,
    readings: Sequence[Plan],
    rules: AuditRules,
    progress: Progress = lambda _: None,
) -> list[BlockFindings]:
    """Audit one year for every reader: those who believe each withdrawn edition, and those who do not.

    Args:
        readings: how the figures may be read (`Plan.readings`); the first agrees with what stands.

    A belief that no world agrees with is nobody's: its reader sees that the editions count different
    situations. What is part of a possible belief need not be audited by itself: it leaves more open.
    """
    found: list[BlockFindings] = []
    published = list(tables)
    for number, plan in enumerate(readings):
        believed: list[frozenset[int]] = []
        for editions, known in earlier.beliefs(published, year):
            if any(editions < more for more in believed):
                continue
            block = block_of(year, known, plan)
            may_be_nobodys = bool(editions) or number > 0
            if may_be_nobodys and not Worlds(block, seconds=rules.solver_seconds).are_possible():
                continue
            progress(f"audit: year {year}")
            found.append(BlockAudit(block, rules).run())
            believed.append(editions)
    return found

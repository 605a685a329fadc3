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

from collections.abc import Callable, Sequence

import numpy as np

from observatory.disclosure.blocks import NO_COLUMN, Block, Part
from observatory.disclosure.findings import CELL, KNOWN, REST, SUM, BlockFindings, Finding
from observatory.disclosure.network import UNBOUNDED, Mask, Whole, reach, subsets
from observatory.disclosure.reached import Reached, join
from observatory.disclosure.rules import (
    Span,
    Status,
    cell_status,
    derived_status,
)
from observatory.disclosure.worlds import Expression, Worlds
from observatory.plan import TOTAL, AuditRules

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
        self._known_records()
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
        span = Span(int(reached.rest_least[index, column]), int(reached.rest_most[index, column]))
        chosen = self.sets[index]
        if span != outer:
            expression = {one: 1 for one, is_in in zip(self.worlds.situations, chosen, strict=True) if is_in}
            expression |= {int(one): -1 for one in self.worlds.cells[part.name][chosen, column]}
            span = self._span(expression)
        status = derived_status(span, self.rules)
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
            if span.least < self.rules.small or status == "narrowed":
                self._add(name, SUM, chosen, code, span, status)
            return
        status = cell_status(span, lo, hi, self.rules)
        small = self.rules.small
        may_be_small = lo < small and span.least < small
        if may_be_small and status != "narrowed" and not (proved and proved.covers(lo, small - 1)):
            asked = range(lo, small)
            status = status if all(self.worlds.has(expression, value) for value in asked) else "narrowed"
        self._add(name, CELL, chosen, code, span, status)

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

    # --- known records -----------------------------------------------------------------------------------

    def _known_records(self) -> None:
        """Check G5: find, for each small cell, one world of totals in which records can also be known.

        Someone who knows k records of a cell knows the other cells those records are in. At fixed totals the
        dimensions are independent, so the cell keeps every value from k up if, at the same totals, every
        other cell can be as large as `known_records`: two worlds that raise two different cells meet halfway
        in one that raises both by one, and whole numbers follow as in `network`.
        """
        rules, block = self.rules, self.block
        for variable in self.worlds.without_ground:
            world = self.worlds.central_with({variable: 1}, rules.known_records)
            if world is not None:
                self._see(world)
        for row in range(len(block.quarters)):
            chosen = np.zeros(len(block.quarters), dtype=np.bool_)
            chosen[row] = True
            open_cells = self._not_kept_for_those_who_know(row, chosen)
            for part in block.parts:
                for column in sorted(column for name, column in open_cells if name == part.name):
                    span = Span(int(part.lo[row, column]), int(part.hi[row, column]))
                    self._add(part.name, KNOWN, chosen, part.codes[column], span, "narrowed")

    def _not_kept_for_those_who_know(self, row: int, chosen: Mask) -> set[tuple[str, int]]:
        """Return the small cells of a quarter for which no world of totals leaves room for known records."""
        rules, parts = self.rules, self.block.parts
        small = {
            (part.name, column)
            for part in parts
            for column in range(len(part.codes))
            if part.lo[row, column] < rules.small
            and column != part.alone
            and part.hi[row, column] < UNBOUNDED
        }
        # Once for records whose ground is told; once for those without, which are in no cell of mentions.
        has_alone = any(part.alone != NO_COLUMN for part in parts)
        mentions = {part.name for part in parts if part.is_mentions}
        waiting = [small, {one for one in small if has_alone and one[0] not in mentions}]
        for seen in self.seen:
            if not any(waiting):
                break
            spans = [(part, *self._reach_in(part, seen, chosen)) for part in parts]
            kept = {
                (part.name, column)
                for part, least, most in spans
                for column in np.flatnonzero((least <= 1) & (most >= rules.small - 1)).tolist()
            }
            room = [np.minimum(part.hi[row], rules.known_records) <= most for part, _, most in spans]
            told = [
                np.delete(one, part.alone) if part.alone != NO_COLUMN else one
                for one, part in zip(room, parts, strict=True)
            ]
            situations = [one for one, part in zip(room, parts, strict=True) if not part.is_mentions]
            alone = [
                one[part.alone] for one, part in zip(room, parts, strict=True) if part.alone != NO_COLUMN
            ]
            if all(one.all() for one in told):
                waiting[0] = waiting[0] - kept
            if all(alone) and all(one.all() for one in situations):
                waiting[1] = waiting[1] - kept
        return waiting[0] | waiting[1]


def audit_blocks(
    blocks: Sequence[Block], rules: AuditRules, *, progress: Progress = lambda _: None
) -> list[BlockFindings]:
    """Audit years one by one; raise AuditBroken if any could not be finished."""
    found = []
    for number, block in enumerate(blocks, start=1):
        progress(f"audit: year {block.year} ({number} of {len(blocks)})")
        found.append(BlockAudit(block, rules).run())
    return found

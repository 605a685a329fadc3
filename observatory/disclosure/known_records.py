"""G5: what stays open to somebody who knows some of the records in a cell of a quarter.

Someone who knows k records of a cell knows the other cells those records are in. At fixed totals the
dimensions are independent, so the cell keeps every value from k up if, at the same totals, every other cell
can be as large as `known_records`: two worlds that raise two different cells meet halfway in one that raises
both by one, and whole numbers follow as in `network`. Cells of grounds can all be large at once, but only
among situations with a told ground: so the records known may have told one, or not, or be one of each.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from observatory.disclosure.blocks import NO_COLUMN, Block, Part
from observatory.disclosure.network import UNBOUNDED, Mask, Whole
from observatory.disclosure.worlds import Worlds
from observatory.plan import AuditRules

Cells = set[tuple[int, int]]
"""Index of the part, and column."""

Totals = tuple[Whole, Whole]
"""Situations of each quarter, and those without a told ground."""


def worlds_to_know_records_in(worlds: Worlds, block: Block, rules: AuditRules) -> Iterator[Whole]:
    """Yield worlds in which a quarter has situations with a told ground, without, or both, to be known.

    Of each kind one near the middle of everything, and one in which the quarter is as large as it can be: a
    small cell can be as large as its band only if its quarter can hold that beside all the others.
    """
    for row, without in enumerate(worlds.without_ground):
        whole = worlds.situations[row]
        told = {whole: 1, without: -1}
        asked = (
            [(told, rules.known_records)],
            [({without: 1}, rules.known_records)],
            [({without: 1}, 1), (told, 1)],
        )
        for wanted in asked:
            for world in (worlds.central_with(*wanted), worlds.least_with({whole: -1}, *wanted)):
                if world is not None:
                    yield world


def cells_open_to_those_who_know(
    block: Block,
    rules: AuditRules,
    seen: Sequence[Totals],
    reaches: Sequence[Sequence[tuple[Whole, Whole]]],
    chosen: Mask,
) -> list[tuple[Part, int]]:
    """Return the small cells of a quarter for which no world of totals leaves room for known records.

    Args:
        seen: totals of worlds.
        reaches: for each of them and each part, the least and the most of every cell of the quarter.
        chosen: the quarter, as a mask.
    """
    parts = block.parts
    row = int(np.flatnonzero(chosen)[0])
    small: Cells = {
        (index, column)
        for index, part in enumerate(parts)
        for column in range(len(part.codes))
        if part.lo[row, column] < rules.small and column != part.alone and part.hi[row, column] < UNBOUNDED
    }
    has_alone = any(part.alone != NO_COLUMN for part in parts)
    of_situations = {one for one in small if has_alone and not parts[one[0]].is_mentions}
    told, untold = set(small), set(of_situations)
    one_of_each = set(of_situations) if rules.known_records > 1 else set()
    for totals, spans in zip(seen, reaches, strict=True):
        if not told | untold | one_of_each:
            break
        kept = {
            (index, int(column))
            for index, (least, most) in enumerate(spans)
            for column in np.flatnonzero((least <= 1) & (most >= rules.small - 1))
        }
        room = [
            np.minimum(part.hi[row], rules.known_records) <= most
            for part, (_, most) in zip(parts, spans, strict=True)
        ]
        in_situations = all(one.all() for one, part in zip(room, parts, strict=True) if not part.is_mentions)
        if not in_situations:
            continue
        if all(_without(one, part.alone).all() for one, part in zip(room, parts, strict=True)):
            told -= kept
        if all(one[part.alone] for one, part in zip(room, parts, strict=True) if part.alone != NO_COLUMN):
            untold -= kept
        if 0 < int(totals[1][chosen].sum()) < int(totals[0][chosen].sum()):
            one_of_each -= kept
    return [(parts[index], column) for index, column in sorted(told | untold | one_of_each)]


def _without(values: "np.ndarray[tuple[int], np.dtype[np.bool_]]", column: int) -> Mask:
    return np.asarray(values if column == NO_COLUMN else np.delete(values, column), dtype=np.bool_)

"""Which bands a sum may be published in, once the bands of its parts are public.

A year next to its four quarters, or a total next to its cells, can betray its parts: four quarters of 0-4 and
a year of 15-19 leave each quarter at least a 3. So the bands of a sum are laid out as a *grid* that is safe
in every piece: aligned bands, joined with their neighbour wherever a piece would narrow a part too far.

The grid is worked out from the bands of the parts alone, which are public, and never from the sum itself. A
reader who knows this program learns nothing from finding a wider band: it would have been as wide for any
other count in it (simulatable auditing: Kenthapadi, Mishra and Nissim, PODS 2005). Widening a band because of
the count it holds would give that count away to the same reader.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from observatory.disclosure.blocks import Interval
from observatory.disclosure.network import UNBOUNDED, Whole, subsets
from observatory.disclosure.rules import Span, cell_passes, derived_passes
from observatory.plan import AuditRules

Piece = Interval


def pieces(least: int, most: int, width: int, is_safe: Callable[[int, int], bool]) -> list[Piece]:
    """Return the grid of a sum that lies between `least` and `most`, lowest piece first.

    Unsafe pieces are joined from both ends inwards, where the parts are squeezed against their bounds; if
    even the whole range is not safe the grid is one piece, which says no more than the parts do.
    """
    grid = [(lo, lo + width - 1) for lo in range(least // width * width, most + 1, width)]
    while len(grid) > 1 and not is_safe(*grid[-1]):
        grid[-2:] = [(grid[-2][0], grid[-1][1])]
    while len(grid) > 1 and not is_safe(*grid[0]):
        grid[:2] = [(grid[0][0], grid[1][1])]
    position = 1
    while position < len(grid) - 1:
        if is_safe(*grid[position]):
            position += 1
        else:
            grid[position : position + 2] = [(grid[position][0], grid[position + 1][1])]
    return grid if all(is_safe(*piece) for piece in grid) else [(grid[0][0], grid[-1][1])]


def piece_with(grid: Sequence[Piece], count: int) -> Piece | None:
    """Return the piece of the grid that holds a count, or None if it lies outside of the grid."""
    return next((piece for piece in grid if piece[0] <= count <= piece[1]), None)


@lru_cache(maxsize=65536)
def year_grid(quarters: tuple[Interval, ...], width: int, rules: AuditRules) -> tuple[Piece, ...]:
    """Return the grid of a year's cell, given the bands of its quarters."""
    lo = np.array([one[0] for one in quarters], dtype=np.int64)
    hi = np.array([one[1] for one in quarters], dtype=np.int64)
    chosen = subsets(len(quarters))[1:].astype(np.int64)
    inside_lo, inside_hi = chosen @ lo, chosen @ hi
    outside_lo, outside_hi = (1 - chosen) @ lo, (1 - chosen) @ hi
    alone = chosen.sum(axis=1) == 1

    def is_safe(least: int, most: int) -> bool:
        for index in range(len(chosen)):
            span = Span(
                int(max(inside_lo[index], least - outside_hi[index])),
                int(min(inside_hi[index], most - outside_lo[index])),
            )
            if index == len(chosen) - 1:
                passes = cell_passes(span, least, rules)
            elif alone[index]:
                passes = cell_passes(span, int(inside_lo[index]), rules)
            else:
                passes = derived_passes(span, rules)
            if not passes:
                return False
        return True

    return tuple(pieces(int(lo.sum()), int(hi.sum()), width, is_safe))


def total_grid(
    exact_parts: Sequence[tuple[Whole, Whole]],
    mentions: Sequence[tuple[Whole, Whole]],
    width: int,
    rules: AuditRules,
    between: Interval = (0, UNBOUNDED),
) -> list[Piece]:
    """Return the grid of a total, given the bands of the cells of every dimension.

    Args:
        exact_parts: bands of dimensions whose cells add up to the total.
        mentions: bands of dimensions whose cells are each at most the total, and together at least that.
        between: what is known of the total otherwise, such as from its quarters.
    """
    least = max(
        [between[0], *(int(lo.sum()) for lo, _ in exact_parts), *(int(lo.max()) for lo, _ in mentions)]
    )
    most = min([between[1], *(int(hi.sum()) for _, hi in (*exact_parts, *mentions))])

    def is_safe(first: int, last: int) -> bool:
        low, high = max(first, least), min(last, most)
        if not cell_passes(Span(low, high), first, rules):
            return False
        for index, (lo, hi) in enumerate((*exact_parts, *mentions)):
            adds_up = index < len(exact_parts)
            lower = np.maximum(lo, low - (hi.sum() - hi))
            upper = np.minimum(hi, high - (lo.sum() - lo)) if adds_up else np.minimum(hi, high)
            rest_lower = np.maximum(lo.sum() - lo, low - hi) if adds_up else np.maximum(0, low - hi)
            rest_upper = np.minimum(hi.sum() - hi, high - lo) if adds_up else high - lo
            for column in range(len(lo)):
                if not cell_passes(Span(int(lower[column]), int(upper[column])), int(lo[column]), rules):
                    return False
                if not derived_passes(Span(int(rest_lower[column]), int(rest_upper[column])), rules):
                    return False
        return True

    return pieces(least, most, width, is_safe)

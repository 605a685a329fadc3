"""Exact bounds in a two-way table whose cells, row sums and column sums are known as intervals.

Rows are quarters, columns the codes of one dimension. Such a table is a circulation: a node 0, an arc from 0
to each row carrying its sum, an arc from each row to each column carrying the cell, an arc from each column
back to 0 carrying its sum. All bounds are whole numbers, so by total unimodularity of networks the values a
cell takes over whole-number tables are all whole numbers between the two ends of the linear program.

The ends need no solver. For an arc e, Hoffman's theorem (1960) gives

    max x(e) = min over sets W of nodes with the tail of e inside and its head outside
               of  upper bounds of arcs into W  -  lower bounds of the other arcs out of W.

For a set S of rows in W each column can be put inside or outside by itself, whichever makes the sum smaller;
with four quarters that leaves 16 sets of rows, times two for node 0. A figure over several quarters A of one
column is a single arc too: split the column, let the rows of A enter the first half, and ask for the arc
between the halves. The tests compare every bound with an independent solver.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
UNBOUNDED: Final = 10**12


def subsets(rows: int) -> Mask:
    """Return all sets of rows, one per line; the empty set first and the full set last."""
    numbers = np.arange(2**rows)[:, None]
    return np.asarray((numbers >> np.arange(rows)) & 1, dtype=np.bool_)


def reach(
    row_lo: Whole, row_hi: Whole, lo: Whole, hi: Whole, column_lo: Whole, column_hi: Whole, chosen: Mask
) -> tuple[Whole, Whole]:
    """Return the least and the most that the `chosen` rows of each column can add up to.

    Args:
        row_lo, row_hi: bounds of the row sums, shape (rows,).
        lo, hi: bounds of the cells, shape (rows, columns).
        column_lo, column_hi: bounds of the column sums, shape (columns,).
        chosen: which rows are added up, shape (rows,).

    Returns:
        Two arrays of shape (columns,). They mean something only if the bounds allow any table at all.
    """
    most = _most(row_lo, row_hi, lo, hi, column_lo, column_hi, chosen)
    least = -_most(-row_hi, -row_lo, -hi, -lo, -column_hi, -column_lo, chosen)
    return least, most


def _most(
    row_lo: Whole, row_hi: Whole, lo: Whole, hi: Whole, column_lo: Whole, column_hi: Whole, chosen: Mask
) -> Whole:
    inside = subsets(len(row_lo)).astype(np.int64)
    outside = 1 - inside
    from_inside = inside @ lo
    from_outside = outside @ hi
    asked = chosen.astype(np.int64)
    own = (outside * asked) @ hi - (inside * (1 - asked)) @ lo
    without_zero = np.minimum(from_outside - column_lo, -from_inside)
    with_zero = np.minimum(from_outside, column_hi - from_inside)
    cuts_without = (inside @ row_hi)[:, None] + _others(without_zero) + own
    cuts_with = -(outside @ row_lo)[:, None] + _others(with_zero) + own + column_hi
    return np.asarray(np.minimum(cuts_without.min(axis=0), cuts_with.min(axis=0)), dtype=np.int64)


def _others(values: Whole) -> Whole:
    """Return for each column the sum over all the other columns."""
    return np.asarray(values.sum(axis=1, keepdims=True) - values, dtype=np.int64)

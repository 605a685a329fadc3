"""The closed form against published known answers and an independent solver."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from observatory.disclosure.network import UNBOUNDED, Whole, reach, subsets


def bounds_of_hidden(
    table: list[list[int]], hidden: list[tuple[int, int]]
) -> dict[tuple[int, int], tuple[int, int]]:
    """What an attacker works out for the hidden cells of a table with its margins."""
    whole = np.array(table, dtype=np.int64)
    lo, hi = whole.copy(), whole.copy()
    for cell in hidden:
        lo[cell], hi[cell] = 0, UNBOUNDED
    rows, columns = whole.sum(axis=1), whole.sum(axis=0)
    found = {}
    for row, column in hidden:
        chosen = np.arange(len(rows)) == row
        least, most = reach(rows, rows, lo, hi, columns, columns, chosen)
        found[row, column] = int(least[column]), int(most[column])
    return found


PROBLEM = [[30, 47, 64, 89], [90, 124, 5, 31], [92, 100, 59, 85], [800, 991, 651, 685]]
HIDDEN = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 2), (2, 1), (2, 3), (3, 1), (3, 3)]


def test_the_sdctable_problem_gives_away_exactly_47() -> None:
    found = bounds_of_hidden(PROBLEM, HIDDEN)
    assert found[0, 1] == (47, 47)
    assert found == {
        (0, 0): (25, 94),
        (0, 1): (47, 47),
        (0, 2): (0, 69),
        (1, 0): (26, 95),
        (1, 2): (0, 69),
        (2, 1): (0, 185),
        (2, 3): (0, 185),
        (3, 1): (906, 1091),
        (3, 3): (585, 770),
    }


@pytest.mark.parametrize(("more", "most"), [((1, 3), 78), ((1, 1), 141), ((0, 3), 136), ((2, 2), 116)])
def test_one_more_suppression_cures_it(more: tuple[int, int], most: int) -> None:
    assert bounds_of_hidden(PROBLEM, [*HIDDEN, more])[0, 1] == (0, most)


def test_the_gauss_suppression_example_leaves_three_values_each() -> None:
    young_and_old = [[5, 2, 0], [6, 3, 4]]
    found = bounds_of_hidden(young_and_old, [(0, 1), (0, 2), (1, 1), (1, 2)])
    assert found == {(0, 1): (0, 2), (0, 2): (0, 2), (1, 1): (3, 5), (1, 2): (2, 4)}


def test_a_suppressed_table_of_eight_by_four_leaves_zero_to_six() -> None:
    table = [
        [11, 7, 5, 13, 9, 12, 6, 9],
        [11, 1, 8, 2, 14, 9, 4, 3],
        [55, 29, 35, 17, 63, 24, 22, 38],
        [36, 18, 25, 13, 52, 22, 8, 15],
    ]
    hidden = [(row, column) for row in (0, 1) for column in (1, 3, 7)]
    assert bounds_of_hidden(table, hidden)[1, 1] == (0, 6)


@st.composite
def banded_tables(draw: st.DrawFn) -> tuple[Whole, Whole, Whole, Whole, Whole, Whole]:
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 5))
    cells = draw(st.lists(st.integers(0, 11), min_size=rows * columns, max_size=rows * columns))
    table = np.array(cells, dtype=np.int64).reshape(rows, columns)

    def banded(values: Whole, how: str) -> tuple[Whole, Whole]:
        if how == "exact":
            return values, values
        if how == "free":
            return np.zeros_like(values), np.full_like(values, UNBOUNDED)
        if how == "from":
            return values, np.full_like(values, UNBOUNDED)
        return values // 5 * 5, values // 5 * 5 + 4

    lo, hi = banded(table, "banded")
    row_lo, row_hi = banded(table.sum(axis=1), draw(st.sampled_from(["exact", "banded", "from"])))
    column_lo, column_hi = banded(table.sum(axis=0), draw(st.sampled_from(["exact", "banded", "free"])))
    return row_lo, row_hi, lo, hi, column_lo, column_hi


@settings(max_examples=60)
@given(banded_tables())
def test_every_reach_is_that_of_an_independent_solver(
    table: tuple[Whole, Whole, Whole, Whole, Whole, Whole],
) -> None:
    row_lo, row_hi, lo, hi, column_lo, column_hi = table
    rows, columns = lo.shape
    by_row = np.kron(np.eye(rows), np.ones(columns))
    by_column = np.kron(np.ones(rows), np.eye(columns))
    sums = LinearConstraint(
        np.vstack([by_row, by_column]), np.r_[row_lo, column_lo], np.r_[row_hi, column_hi]
    )
    limits = Bounds(lo.ravel(), hi.ravel())
    for chosen in subsets(rows)[1:]:
        least, most = reach(row_lo, row_hi, lo, hi, column_lo, column_hi, chosen)
        for column in range(columns):
            asked = np.zeros((rows, columns))
            asked[chosen, column] = 1
            for sign, ours in ((1, least[column]), (-1, most[column])):
                answer = milp(
                    sign * asked.ravel(), constraints=sums, bounds=limits, integrality=np.ones(asked.size)
                )
                assert round(sign * answer.fun) == ours

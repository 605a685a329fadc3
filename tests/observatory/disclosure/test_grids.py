"""Sums are published in grids that no part can be worked out from, whatever the count."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from observatory.disclosure.grids import piece_with, total_grid, year_grid
from observatory.plan import AuditRules

RULES = AuditRules()
BANDS = st.integers(0, 6).map(lambda index: (5 * index, 5 * index + 4))


def test_four_small_quarters_never_stand_next_to_a_year_of_15_to_19() -> None:
    grid = year_grid(((0, 4), (0, 4), (0, 4), (0, 4)), 5, RULES)
    assert grid == ((0, 4), (5, 9), (10, 19))


def test_a_total_of_two_small_districts_is_joined_so_that_neither_is_forced() -> None:
    small = np.array([0, 0]), np.array([4, 4])
    assert total_grid([small], [], 5, RULES) == [(0, 9)]


@settings(max_examples=150)
@given(st.lists(BANDS, min_size=4, max_size=4))
def test_in_every_piece_of_a_grid_every_small_quarter_keeps_all_its_values(
    quarters: list[tuple[int, int]],
) -> None:
    grid = year_grid(tuple(quarters), 5, RULES)
    assert grid[0][0] <= sum(lo for lo, _ in quarters) and sum(hi for _, hi in quarters) <= grid[-1][1]
    for (_, end), (start, _) in zip(grid, grid[1:], strict=False):
        assert start == end + 1
    for least, most in grid:
        for index, (lo, hi) in enumerate(quarters):
            others = [one for place, one in enumerate(quarters) if place != index]
            possible = [
                value
                for value in range(lo, hi + 1)
                if value + sum(low for low, _ in others) <= most
                and value + sum(high for _, high in others) >= least
            ]
            assert possible[:5] == [0, 1, 2, 3, 4] if lo == 0 else len(possible) >= RULES.others_keep


@given(st.lists(BANDS, min_size=4, max_size=4), st.data())
def test_a_grid_has_one_place_for_every_possible_count(
    quarters: list[tuple[int, int]], data: st.DataObject
) -> None:
    count = data.draw(st.integers(sum(lo for lo, _ in quarters), sum(hi for _, hi in quarters)))
    piece = piece_with(year_grid(tuple(quarters), 5, RULES), count)
    assert piece is not None
    lo, hi = piece
    assert lo <= count <= hi and hi - lo >= 4

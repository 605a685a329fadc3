"""A band that begins at zero is small, however wide it was made and whatever stands beside it."""

import pytest

from observatory.disclosure.rules import Span, cell_status
from observatory.plan import load_parameters

RULES = load_parameters().audit


@pytest.mark.parametrize(
    ("least", "most", "hi", "status"),
    [
        (0, 4, 4, "free"),
        (0, 7, 9, "kept"),
        (1, 4, 4, "narrowed"),
        (0, 3, 4, "narrowed"),
        (3, 9, 9, "narrowed"),
        (5, 9, 9, "narrowed"),  # published from zero, and yet surely something: nobody was told to expect it
    ],
)
def test_a_cell_published_from_zero_keeps_every_value_from_none_to_four(
    least: int, most: int, hi: int, status: str
) -> None:
    assert cell_status(Span(least, most), 0, hi, RULES) == status


@pytest.mark.parametrize(("least", "most", "status"), [(5, 9, "free"), (6, 8, "kept"), (7, 8, "narrowed")])
def test_any_other_cell_keeps_three_values(least: int, most: int, status: str) -> None:
    assert cell_status(Span(least, most), 5, 9, RULES) == status

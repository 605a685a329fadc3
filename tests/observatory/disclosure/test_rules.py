"""When a wide band from zero is still small (G1), and when its own parts show that it is not (G2)."""

import pytest

from observatory.disclosure.rules import Span, cell_status
from observatory.plan import load_parameters

RULES = load_parameters().audit


@pytest.mark.parametrize(
    ("least", "most", "hi", "status"),
    [
        (0, 4, 4, "free"),
        (1, 4, 4, "narrowed"),
        (0, 3, 4, "narrowed"),
        (3, 9, 9, "narrowed"),  # it may be 3 or 4, and is surely not none: existence would be proved
        (4, 9, 9, "narrowed"),
        (5, 9, 9, "kept"),  # surely five or more, as an ordinary band of 5-9 says
        (8, 9, 9, "narrowed"),  # not small, but fewer than three values are left
    ],
)
def test_a_band_from_zero_is_judged_by_whether_it_may_be_small(
    least: int, most: int, hi: int, status: str
) -> None:
    assert cell_status(Span(least, most), 0, hi, RULES) == status

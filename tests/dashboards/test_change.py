"""When a change may be stated: exact limits with known answers."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2

from dashboards.cells import Cell
from dashboards.change import compared, garwood, limits_of


def band(lo: int, hi: int | None = None) -> Cell:
    return Cell("2026-Q1", "", lo, lo if hi is None else hi)


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [
        (0, 0.0, 3.6889),
        (1, 0.0253, 5.5716),
        (4, 1.0899, 10.2416),
        (5, 1.6235, 11.6683),
        (9, 4.1154, 17.0848),
        (10, 4.7954, 18.3904),
        (58, 44.04, 74.98),
        (1102, 1037.89, 1169.04),
    ],
)
def test_the_limits_are_garwoods(count: int, low: float, high: float) -> None:
    found = garwood(count)
    assert math.isclose(found.low, low, abs_tol=0.006)
    assert math.isclose(found.high, high, abs_tol=0.006)


@settings(max_examples=60)
@given(st.integers(0, 20_000))
def test_the_limits_are_the_chi_square_quantiles_of_the_textbook(count: int) -> None:
    found = garwood(count)
    assert math.isclose(found.high, chi2.ppf(0.975, 2 * count + 2) / 2, rel_tol=1e-6)
    if count:
        assert math.isclose(found.low, chi2.ppf(0.025, 2 * count) / 2, rel_tol=1e-6)


def test_twelve_and_nineteen_are_no_clear_change() -> None:
    assert compared(band(12), band(19)) == "no_clear_change"


def test_twenty_and_sixty_are_a_rise_and_backwards_a_fall() -> None:
    assert compared(band(20), band(60)) == "rise"
    assert compared(band(60), band(20)) == "fall"


def test_a_band_is_as_doubtful_as_both_of_its_ends() -> None:
    wide = limits_of(band(5, 9))
    assert (wide.low, wide.high) == (garwood(5).low, garwood(9).high)


def test_what_is_a_rise_between_counts_may_be_none_between_bands() -> None:
    assert compared(band(10), band(31)) == "rise"
    assert compared(band(10, 14), band(30, 34)) == "no_clear_change"


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_change_is_never_stated_within_the_same_band(first: int, second: int) -> None:
    low = min(first, second) // 5 * 5
    assert compared(band(low, low + 4), band(low, low + 4)) == "no_clear_change"

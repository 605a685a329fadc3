"""When the office may say that something rose or fell.

A published count is a band `lo..hi`, and a count is itself one draw of chance around an underlying level.
Both doubts are taken together: the exact Poisson limits of Garwood (Biometrika 28, 1936), 95 %, of the
lowest count the band allows give the lower limit, and those of the highest count the upper limit. A rise
or a fall is stated only when the widened limits of the two periods do not touch; otherwise the page says
"no clear change". This is stricter than a test of the difference: two limits that overlap a little may
still differ, and the office then keeps silent rather than call a chance a trend.

The limits solve `P(X >= n | low) = 2.5 %` and `P(X <= n | high) = 2.5 %` for a Poisson count X. They are
found by bisection on tail sums, which need no statistics library: terms are added outward from `n`, where
they only shrink.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from dashboards.cells import Cell

TAIL: Final = 0.025
_HALVINGS: Final = 80
_NEGLIGIBLE: Final = 1e-17

Verdict = Literal["rise", "fall", "no_clear_change"]


@dataclass(frozen=True, slots=True)
class Limits:
    """The interval in which the level behind a published band lies, with 95 % confidence."""

    low: float
    high: float


def _chance(count: int, level: float) -> float:
    return math.exp(count * math.log(level) - level - math.lgamma(count + 1))


def _at_most(count: int, level: float) -> float:
    """Return P(X <= count) for a Poisson count of the given level, which is above `count`."""
    term = total = _chance(count, level)
    while count > 0 and term > total * _NEGLIGIBLE:
        term *= count / level
        total += term
        count -= 1
    return total


def _at_least(count: int, level: float) -> float:
    """Return P(X >= count) for a Poisson count of the given level, which is below `count`."""
    term = total = _chance(count, level)
    while term > total * _NEGLIGIBLE:
        count += 1
        term *= level / count
        total += term
    return total


def _where(below: Callable[[float], bool], low: float, high: float) -> float:
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) else (low, middle)
    return (low + high) / 2


@lru_cache(maxsize=4096)
def garwood(count: int) -> Limits:
    """Return the exact 95 % limits of the level behind a Poisson count (Garwood 1936)."""
    farthest = count + 6 * math.sqrt(count + 1) + 10
    high = _where(lambda level: _at_most(count, level) > TAIL, float(count), farthest)
    if count == 0:
        return Limits(0.0, high)
    low = _where(lambda level: _at_least(count, level) < TAIL, 1e-12, float(count))
    return Limits(low, high)


def limits_of(cell: Cell) -> Limits:
    """Return the 95 % limits widened over the whole band of a cell."""
    return Limits(garwood(cell.lo).low, garwood(cell.hi).high)


def compared(before: Cell, after: Cell) -> Verdict:
    """Return whether a change from one period to another may be stated."""
    first, then = limits_of(before), limits_of(after)
    if then.low > first.high:
        return "rise"
    if then.high < first.low:
        return "fall"
    return "no_clear_change"

"""Counts as bands: `0-4`, `5-9`, …. Zero stays inside the first band, so absence is never published.

A hidden count is never written as 0: `lo` is a bound of a band, not a count.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from observatory.plan import Cuboid

Bounds = npt.NDArray[np.int64]


@dataclass(frozen=True)
class BandedTable:
    """A table as it is published.

    Attributes:
        periods: rows of `lo` and `hi`.
        codes: columns of `lo` and `hi`; a single empty code for a total.
        lo: int64; each count is at least this.
        hi: int64; each count is at most this.
    """

    cuboid: Cuboid
    periods: tuple[str, ...]
    codes: tuple[str, ...]
    lo: Bounds
    hi: Bounds


BandedTables = Mapping[str, BandedTable]
"""Tables by the id of their cuboid, in the order of the plan."""


def bands_of(counts: Bounds, width: int) -> tuple[Bounds, Bounds]:
    """Return lower and upper ends of the aligned bands of `width` that hold the counts."""
    lo = counts // width * width
    return lo, lo + width - 1

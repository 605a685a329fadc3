"""What a few worlds prove possible, beside what at most could be; where both agree no solver is needed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from observatory.disclosure.network import Whole
from observatory.disclosure.rules import Span


@dataclass
class Reached:
    """What is proved possible, for each set of quarters and code of a part; and what at most could be."""

    least: Whole
    most: Whole
    outer_least: Whole
    outer_most: Whole
    widest: Whole
    rest_least: Whole
    rest_most: Whole

    def is_full(self, totals: Sequence[Span], small: int) -> bool:
        """Return whether more worlds can add nothing to what is asked of this part."""
        if (self.least != self.outer_least).any() or (self.most != self.outer_most).any():
            return False
        lowest = np.array([span.least for span in totals], dtype=np.int64)[:, None]
        highest = np.array([span.most for span in totals], dtype=np.int64)[:, None]
        least, most = np.maximum(0, lowest - self.most), highest - self.least
        return bool(((least >= small) | (least == self.rest_least) & (most == self.rest_most)).all())


def join(least: Whole, most: Whole, new_least: Whole, new_most: Whole) -> None:
    """Widen proved ranges by new ones that touch them; a range apart is left for the solver."""
    touches = (new_least <= most + 1) & (new_most >= least - 1) | (most < least)
    least[touches] = np.minimum(least, new_least)[touches]
    most[touches] = np.maximum(most, new_most)[touches]

"""How what people said is counted. Pure: no store, no clock."""

from dataclasses import dataclass
from typing import Final

from office.languages import mark

BANDS: Final = ((0, 4), (5, 9), (10, 19), (20, 49), (50, 99))
"""The lowest and the highest of each band; whatever is more has no highest."""
SAID: Final = {
    "yes": mark("Yes, it helped"),
    "partly": mark("It helped in part"),
    "no": mark("It did not help"),
}


@dataclass(frozen=True, slots=True)
class Band:
    """A count as it is shown: somewhere between a lowest and a highest value, never the count itself."""

    lowest: int
    highest: int | None

    def __str__(self) -> str:
        return f"{self.lowest}–{self.highest}" if self.highest is not None else f"{self.lowest}+"


def band_of(count: int) -> Band:
    """Return the band in which a count lies."""
    for lowest, highest in BANDS:
        if count <= highest:
            return Band(lowest, highest)
    return Band(BANDS[-1][1] + 1, None)

"""Districts as tiles of equal size, placed as they lie in the city.

A tile map gives a small district the same room as a large one and needs no coordinates. It is made of
page elements, not of a drawing, so that names wrap, print and grow with the reader's letters. Darker means
a higher band; the band is also written on the tile, so nothing rests on colour.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dashboards.cells import Cell

SHADES: Final = 5


@dataclass(frozen=True, slots=True)
class Tile:
    """One district on the map: where it stands and how dark it is (0, few, to 4)."""

    cell: Cell
    column: int
    row: int
    shade: int


def shade_of(cell: Cell, highest: int) -> int:
    """Return how dark a band is drawn: 0 for the first band, else 1 to 4 up to the highest published."""
    if cell.is_hidden or highest == 0:
        return 0
    return min(SHADES - 1, 1 + (SHADES - 1) * (cell.hi - 1) // highest)


def tiles(cells: Sequence[Cell], places: Mapping[str, tuple[int, int]]) -> tuple[Tile, ...]:
    """Return a tile for every cell whose district has a place (column, row) on the city's grid."""
    highest = max((cell.hi for cell in cells if not cell.is_hidden and cell.code in places), default=0)
    return tuple(
        Tile(cell, *places[cell.code], shade_of(cell, highest)) for cell in cells if cell.code in places
    )

"""Bands as horizontal bars: one row per code, its words above, its band at the end of the line.

The dark stretch reaches from the lowest to the highest count the band allows; the pale one only leads the
eye there. Words stand above their bar and the band beside it, so a telephone's width is enough for both.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from dashboards.cells import Table, in_short
from dashboards.charts.look import (
    BAND,
    FEW,
    INK,
    LEAD,
    Figure,
    axis_of_counts,
    isolated,
    layout,
    marks,
)
from office.languages import Language

ROW: Final = 48
ROOM_FOR_BARS: Final = 0.68
_LONGEST: Final = 40
_IN_BRACKETS: Final = re.compile(r"\s*[(（].*[)）]")


def shortened(name: str) -> str:
    """Return a name that fits a telephone's width; the table and the hover have it whole."""
    if len(name) > _LONGEST:
        name = _IN_BRACKETS.sub("", name)
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip(" ,;") + "…"


def ranges(table: Table, names: Mapping[str, str], language: Language) -> Figure:
    """Return the figure of a table: its cells in their order, from top to bottom.

    Args:
        table: cells of one period, with distinct codes.
        names: the words of each code in `language`.
        language: decides digits and the side from which bars start.
    """
    cells = table.cells
    rows = list(range(len(cells)))
    starts_right = language.direction == "rtl"
    near, far = ("right", "left") if starts_right else ("left", "right")
    axis = axis_of_counts(language, max((cell.hi for cell in cells), default=4))
    axis["domain"] = [0, ROOM_FOR_BARS]
    if starts_right:
        axis |= {"range": axis["range"][::-1], "domain": [1 - ROOM_FOR_BARS, 1]}
    words = [in_short(cell, language) for cell in cells]
    hover = [
        f"{isolated(names.get(cell.code, cell.code), language)}<br>{isolated(word, language)}"
        for cell, word in zip(cells, words, strict=True)
    ]
    lead: dict[str, Any] = {
        "type": "bar", "orientation": "h", "y": rows, "x": [cell.lo for cell in cells], "width": 0.16,
        "offset": 0.11, "marker": {"color": LEAD}, "hoverinfo": "skip",
    }  # fmt: skip
    band: dict[str, Any] = {
        "type": "bar", "orientation": "h", "y": rows, "base": [cell.lo for cell in cells],
        "x": [cell.hi - cell.lo for cell in cells], "width": 0.26, "offset": 0.06, "marker": marks(cells),
        "hovertext": hover, "hoverinfo": "text",
    }  # fmt: skip
    annotations: list[dict[str, Any]] = []
    for row, (cell, word) in enumerate(zip(cells, words, strict=True)):
        name = isolated(shortened(names.get(cell.code, cell.code)), language)
        tone = FEW if cell.is_hidden else BAND
        annotations.append(_words(row, name, near, INK, 11))
        annotations.append(_words(row, f"<b>{isolated(word, language)}</b>", far, tone, -9))
    return {
        "data": [lead, band],
        "layout": layout(language, height=ROW * len(cells) + 44)
        | {
            "xaxis": axis,
            "yaxis": {"visible": False, "range": [len(cells) - 0.4, -0.5], "fixedrange": True},
            "annotations": annotations,
        },
    }


def _words(row: int, text: str, side: str, tone: str, up: int) -> dict[str, Any]:
    return {
        "xref": "paper", "x": 1 if side == "right" else 0, "xanchor": side,
        "yref": "y", "y": row, "yanchor": "middle", "yshift": up, "showarrow": False, "text": text,
        "align": side, "font": {"size": 14, "color": tone},
    }  # fmt: skip

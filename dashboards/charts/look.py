"""The look all figures share: colours that survive colour blindness and a black-and-white printer.

Only one hue carries meaning, and meaning never rests on hue alone: a band of few situations is hatched,
others are solid.
"""

import math
from collections.abc import Sequence
from typing import Any, Final

from dashboards.cells import Cell
from office.languages import Language

Figure = dict[str, Any]
"""A Plotly figure as plain data: `data` and `layout`."""

INK: Final = "#1b2a33"
QUIET: Final = "#55646e"
RULE: Final = "#dfe4e2"
LEAD: Final = "#cfe0e0"
BAND: Final = "#0b5d66"
FEW: Final = "#77581f"
PAPER: Final = "rgba(0,0,0,0)"
FONT: Final = (
    '"Noto Sans", "Noto Sans Arabic", "Noto Naskh Arabic", system-ui, -apple-system, "Segoe UI", sans-serif'
)
_ISOLATES: Final = {"ltr": "\u2066", "rtl": "\u2067"}


def isolated(words: str, language: Language) -> str:
    """Return words that keep their own direction inside an SVG, which always starts from the left."""
    return f"{_ISOLATES[language.direction]}{words}\u2069"


def marks(cells: Sequence[Cell]) -> dict[str, Any]:
    """Return how bands are drawn: solid, or hatched where only the first band is published."""
    return {
        "color": [FEW if cell.is_hidden else BAND for cell in cells],
        "line": {"color": [FEW if cell.is_hidden else BAND for cell in cells], "width": 1},
        "pattern": {
            "shape": ["/" if cell.is_hidden else "" for cell in cells],
            "fillmode": "replace",
            "size": 5,
            "solidity": 0.35,
        },
    }


def steps(highest: int) -> list[int]:
    """Return up to six round numbers from nothing to `highest`, for an axis."""
    rough = max(highest, 5) / 5
    power = 10 ** math.floor(math.log10(rough))
    step = next(int(part * power) for part in (1, 2, 5, 10) if part * power >= rough)
    return list(range(0, highest + 1, step))


def layout(language: Language, *, height: int) -> dict[str, Any]:
    """Return the layout every figure starts from."""
    return {
        "height": height,
        "autosize": True,
        "margin": {"l": 4, "r": 4, "t": 8, "b": 30, "pad": 0},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "font": {"family": FONT, "size": 14, "color": INK},
        "showlegend": False,
        "barmode": "overlay",
        "bargap": 0.0,
        "dragmode": False,
        "hoverlabel": {
            "bgcolor": "#ffffff",
            "bordercolor": INK,
            "font": {"family": FONT, "size": 14, "color": INK},
            "align": "right" if language.direction == "rtl" else "left",
        },
    }


def axis_of_counts(language: Language, highest: int) -> dict[str, Any]:
    """Return an axis of counts with the language's own digits, ending at a published band's top."""
    ticks = steps(highest)
    return {
        "range": [0, highest],
        "tickmode": "array",
        "tickvals": ticks,
        "ticktext": [language.number(tick) for tick in ticks],
        "tickfont": {"size": 12, "color": QUIET},
        "gridcolor": RULE,
        "zeroline": True,
        "zerolinecolor": QUIET,
        "zerolinewidth": 1,
        "fixedrange": True,
        "ticklen": 0,
    }

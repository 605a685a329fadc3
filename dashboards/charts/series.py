"""Bands through time: one upright bar per quarter, with its 95 % limits as a thin line.

Time runs in the direction the language is read.
"""

from collections.abc import Sequence
from typing import Any, Final

from dashboards.cells import Cell, in_short
from dashboards.change import limits_of
from dashboards.charts.look import LEAD, QUIET, RULE, Figure, axis_of_counts, isolated, layout, marks
from office.languages import Language

HEIGHT: Final = 340
ROOM_FOR_DIGITS: Final = 9
YEARS_ABREAST: Final = 8
"""So many names of years stand side by side on a phone; a first year with less room goes without."""


def quarters(cells: Sequence[Cell], language: Language) -> Figure:
    """Return the figure of one row of a table through the quarters, oldest first.

    The thin line of each quarter spans the 95 % limits of the level behind its band, as
    `dashboards.change` explains; they come from the published band alone.
    """
    places = list(range(len(cells)))
    limits = [limits_of(cell) for cell in cells]
    highest = max((int(limit.high) + 1 for limit in limits), default=5)
    counts = axis_of_counts(language, highest)
    side = "right" if language.direction == "rtl" else "left"
    counts |= {"side": side}
    firsts = [place for place in places if place == 0 or _year(cells[place]) != _year(cells[place - 1])]
    if len(firsts) > 1 and firsts[1] * YEARS_ABREAST < len(cells):
        firsts = firsts[1:]
    span = [-0.6, len(cells) - 0.4]
    years: dict[str, Any] = {
        "range": span[::-1] if language.direction == "rtl" else span,
        "tickmode": "array",
        "tickvals": firsts,
        "ticktext": [_year(cells[place]) for place in firsts],
        "tickfont": {"size": 12, "color": QUIET},
        "ticks": "outside", "ticklen": 5, "tickcolor": QUIET, "tickangle": 0,
        "gridcolor": RULE,
        "showgrid": False,
        "fixedrange": True,
        "zeroline": False,
    }  # fmt: skip
    hover = [
        "<br>".join(
            isolated(words, language) for words in (language.period(cell.period), in_short(cell, language))
        )
        for cell in cells
    ]
    reach: dict[str, Any] = {
        "type": "bar", "x": places, "base": [limit.low for limit in limits],
        "y": [limit.high - limit.low for limit in limits], "width": _thin(len(cells)),
        "marker": {"color": "#9db4b8"}, "hoverinfo": "skip",
    }  # fmt: skip
    lead: dict[str, Any] = {
        "type": "bar", "x": places, "y": [cell.lo for cell in cells], "width": 0.62,
        "marker": {"color": LEAD}, "opacity": 0.55, "hoverinfo": "skip",
    }  # fmt: skip
    band: dict[str, Any] = {
        "type": "bar", "x": places, "base": [cell.lo for cell in cells],
        "y": [cell.hi - cell.lo for cell in cells], "width": 0.62, "marker": marks(cells),
        "hovertext": hover, "hoverinfo": "text",
    }  # fmt: skip
    drawn = layout(language, height=HEIGHT) | {"xaxis": years, "yaxis": counts}
    drawn["margin"] |= {side[0]: ROOM_FOR_DIGITS * len(str(highest)) + 14}
    return {
        "data": [lead, reach, band],
        "layout": drawn,
    }


def _thin(quarters: int) -> float:
    """Return how wide a line is that looks as thin beside few bars as beside many, in widths of a bar."""
    return min(0.12, 0.006 * max(quarters, 6))


def _year(cell: Cell) -> str:
    return cell.period[:4]

"""The finding of a one-way table: which rows were named most often, said in words."""

from collections.abc import Mapping

from dash.development.base_component import Component

from dashboards.cells import Table, in_short, in_words
from dashboards.charts.bars import ranges
from dashboards.parts.findings import (
    chart,
    downloads_of,
    finding,
    not_told,
    note_on_hidden,
    note_on_mentions,
    note_on_wider,
)
from dashboards.parts.tables import by_code, data_table
from dashboards.views import View

SAID_ROWS = 5


def title_of(view: View, table: Table, names: Mapping[str, str]) -> str:
    """Return the finding in words: the rows of the highest band, or that no row rises above the first."""
    top = table.top
    if not top:
        highest = max(table.cells, key=lambda cell: cell.hi)
        return view.text(
            "In %(period)s every row has %(few)s",
            period=view.period_words,
            few=in_words(highest, view.language),
        )
    if len(top) > 2:
        return view.text(
            "%(count)s share the highest band in %(period)s: %(band)s",
            count=view.language.number(len(top)),
            period=view.period_words,
            band=in_words(top[0], view.language),
        )
    return view.text(
        "Most often in %(period)s: %(names)s (%(band)s)",
        names=view.language.listed([names.get(cell.code, cell.code) for cell in top]),
        period=view.period_words,
        band=in_words(top[0], view.language),
    )


def sentence_of(view: View, table: Table, names: Mapping[str, str]) -> str:
    """Return the picture in one sentence, from the same cells: its first rows, and how many are hidden."""
    shown = [cell for cell in table.cells if not cell.is_hidden][:SAID_ROWS]
    rows = [
        view.text(
            "%(name)s: %(band)s", name=names.get(cell.code, cell.code), band=in_words(cell, view.language)
        )
        for cell in shown
    ]
    rest = len(table.cells) - len(shown)
    if not rows:
        return view.text("No row can be told apart from the others in %(period)s.", period=view.period_words)
    said = view.text("%(period)s, as bands. %(rows)s.", period=view.period_words, rows="; ".join(rows))
    if not rest:
        return said
    more = view.language.ngettext(
        "%(num)s further row is in the table.", "%(num)s further rows are in the table.", rest
    )
    return f"{said} {more}"


def named_together(view: View, table: Table, names: Mapping[str, str]) -> list[str]:
    """Return, for each width of the first band, the names of the rows that say no more than it."""
    said = []
    for limit in sorted({cell.hi for cell in table.hidden}):
        cells = [cell for cell in table.hidden if cell.hi == limit]
        listed = view.language.listed([names.get(cell.code, cell.code) for cell in cells])
        said.append(
            view.text("Each %(few)s: %(names)s.", few=in_words(cells[0], view.language), names=listed)
        )
    return said


def one_way(
    view: View,
    dimension: str,
    *,
    caption: str,
    heading: str,
    counted: str,
    limit: int | None = None,
    about: str = "",
) -> Component:
    """Return the finding of a dimension for the period looked at, highest bands first.

    Rows of the first band look all the same, so they are named together below the chart; the table has
    every row.

    Args:
        view: what is looked at.
        dimension: `ground`, `area`, `respondent`, `channel`.
        caption: what the table holds.
        heading: what its rows are.
        counted: what its bands count.
        limit: draw only so many rows; the table always has all.
        about: what the finding is about, where a page has several.
    """
    if not view.tells(dimension):
        return not_told(view, heading)
    table = view.table(dimension).largest_first()
    names = view.names(dimension)
    shown = [cell for cell in table.cells if not cell.is_hidden]
    drawn = Table(table.cuboid, table.universe, tuple(shown[:limit] if limit else shown))
    sentence = sentence_of(view, table, names)
    is_mentions = table.universe == "mentions"
    is_drawn = bool(shown) and not view.is_plain
    notes = [
        view.text("The dark piece of each bar is the band in which the count lies.") if is_drawn else None,
        *([] if limit else named_together(view, table, names)),
        note_on_mentions(view) if is_mentions else None,
        note_on_wider(view, table.cells),
        note_on_hidden(view, table.cells),
    ]
    return finding(
        view,
        name=dimension,
        title=title_of(view, table, names),
        sentence=sentence,
        picture=chart(view, ranges(drawn, names, view.language), sentence, name=dimension)
        if is_drawn
        else None,
        table=data_table(view, by_code(table, names), caption=caption, heading=heading, counted=counted),
        notes=[note for note in notes if note],
        about=about,
        downloads=downloads_of(view, table.cuboid, view.period),
    )


def band_of_total(view: View, period: str) -> str:
    """Return the total of a period as a band in short, or an empty text if it is not published."""
    cells = [cell for cell in view.edition.cells(_total_of(period)) if cell.period == period]
    return in_short(cells[0], view.language) if cells else ""


def _total_of(period: str) -> str:
    return "quarter_total" if "-Q" in period else "year_total"

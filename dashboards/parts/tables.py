"""The table behind each figure: a real one, with a caption, a heading for each column and each row."""

from collections.abc import Mapping, Sequence

from dash import html

from dashboards.cells import Cell, Table, in_short
from dashboards.views import View


def data_table(
    view: View,
    rows: Sequence[tuple[str, Cell]],
    *,
    caption: str,
    heading: str,
    counted: str,
    further: Mapping[str, Mapping[str, str]] | None = None,
) -> html.Table:
    """Return the table of cells.

    Args:
        view: decides the language.
        rows: the words of each row and its cell, in the order shown.
        caption: what the table holds, with its period.
        heading: what the rows are.
        counted: what the bands count.
        further: more columns: heading, then the words of each cell by its code; an empty one if absent.
    """
    more = further or {}
    head = html.Tr([html.Th(words, scope="col") for words in (heading, counted, *more)])
    body = [
        html.Tr(
            [
                html.Th(words, scope="row"),
                html.Td(in_short(cell, view.language), className="few" if cell.is_hidden else "band"),
                *[html.Td(column.get(cell.code, "")) for column in more.values()],
            ]
        )
        for words, cell in rows
    ]
    return html.Table([html.Caption(caption), html.Thead(head), html.Tbody(body)], className="numbers")


def by_code(table: Table, names: Mapping[str, str]) -> list[tuple[str, Cell]]:
    """Return the rows of a table whose rows are codes, in the table's order."""
    return [(names.get(cell.code, cell.code), cell) for cell in table.cells]


def by_period(view: View, cells: Sequence[Cell]) -> list[tuple[str, Cell]]:
    """Return the rows of a table whose rows are periods."""
    return [(view.language.period(cell.period), cell) for cell in cells]

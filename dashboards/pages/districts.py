"""The districts, as tiles and as a table; in the order of their codes, never as a ranking."""

import math
from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.cells import Cell, Table, as_range, in_short, in_words
from dashboards.charts.bars import ranges
from dashboards.charts.tiles import Tile, tiles
from dashboards.parts.aria import aria
from dashboards.parts.choosers import below, connect_choices, period_chooser
from dashboards.parts.findings import chart, downloads_of, finding, not_told, note_on_hidden, note_on_wider
from dashboards.parts.tables import by_code, data_table
from dashboards.routing import Page
from dashboards.views import View
from office.languages import mark

TITLE = mark("Districts")


def rate(cell: Cell, residents: int, view: View) -> str:
    """Return the band as situations per 10,000 residents, its ends rounded outward to one decimal."""
    high = math.ceil(cell.hi * 100_000 / residents) / 10
    if cell.is_hidden:
        return view.text("up to %(limit)s", limit=view.language.number(high))
    low = math.floor(cell.lo * 100_000 / residents) / 10
    return as_range(view.language.number(low), view.language.number(high), view.language)


def note_on_residents(view: View) -> str:
    """Return whose number the counts were set against, and how sure it is."""
    year = str(view.city.residents_year)
    if view.city.is_residents_year_confirmed:
        of_year = view.text("Residents of %(year)s.", year=year)
    else:
        of_year = view.text("Residents of about %(year)s; the year is not confirmed.", year=year)
    visitors = view.text("Not everyone who may be harmed lives there: in the centre many are visitors.")
    return f"{of_year} {visitors}"


def title_of(view: View, table: Table) -> str:
    """Return the finding in words: how many districts can be told more of than their first band."""
    told = len([cell for cell in table.cells if cell.code in view.city.places and not cell.is_hidden])
    there = len([cell for cell in table.cells if cell.code in view.city.places])
    if not there:
        return view.text("Situations by district, %(period)s", period=view.period_words)
    if told == there:
        return view.text(
            "Situations were reported from every district in %(period)s", period=view.period_words
        )
    return view.text(
        "Situations were reported from at least %(told)s of %(there)s districts in %(period)s",
        told=view.language.number(told),
        there=view.language.number(there),
        period=view.period_words,
    )


def sentence_of(view: View, table: Table, names: Mapping[str, str]) -> str:
    """Return the map in one sentence, district by district in the order of their codes."""
    shown = [
        view.text(
            "%(name)s: %(band)s", name=names.get(cell.code, cell.code), band=in_words(cell, view.language)
        )
        for cell in table.cells
        if not cell.is_hidden
    ]
    if not shown:
        return view.text("No row can be told apart from the others in %(period)s.", period=view.period_words)
    return view.text("%(period)s, as bands. %(rows)s.", period=view.period_words, rows="; ".join(shown))


def tile_map(view: View, placed: Sequence[Tile], names: Mapping[str, str], sentence: str) -> html.Div:
    """Return the tiles where the districts lie; north is up in every language."""
    return html.Div(
        [
            html.Div(
                [
                    html.Span(names.get(tile.cell.code, tile.cell.code), className="name"),
                    html.Span(in_short(tile.cell, view.language), className="count"),
                ],
                className=f"tile column-{tile.column} row-{tile.row} shade-{tile.shade}",
                dir=view.language.direction,
            )
            for tile in placed
        ],
        className="tiles",
        role="img",
        **aria(label=sentence),
    )


def legend(view: View, placed: Sequence[Tile]) -> html.Ul:
    """Return what each shade stands for: how far the bands of its tiles reach.

    A shade goes by the upper end of a band. Bands differ in width, so from-to ranges of shades would overlap.
    """
    entries = []
    for shade in sorted({tile.shade for tile in placed}):
        highest = max(tile.cell.hi for tile in placed if tile.shade == shade)
        reach = view.text("up to %(limit)s", limit=view.language.number(highest))
        swatch = html.Span("", className=f"swatch shade-{shade}", **aria(hidden="true"))
        entries.append(html.Li([swatch, reach]))
    return html.Ul(entries, className="legend")


def body(view: View) -> Sequence[Component | None]:
    """Return the finding for the period looked at."""
    if not view.tells("district"):
        return [not_told(view, view.text(TITLE))]
    table = view.table("district")
    names = view.names("district")
    ordered = sorted(table.cells, key=lambda cell: (cell.code in ("outside", "unknown"), cell.code))
    table = Table(table.cuboid, table.universe, tuple(ordered))
    placed = tiles(table.cells, view.city.places)
    sentence = sentence_of(view, table, names)
    residents = view.city.residents
    rates = {
        cell.code: rate(cell, residents[cell.code], view) for cell in ordered if residents.get(cell.code)
    }
    picture: Component | None = None
    if placed:
        picture = html.Div([tile_map(view, placed, names, sentence), legend(view, placed)])
    elif not view.is_plain:
        picture = chart(view, ranges(table, names, view.language), sentence, name="district")
    heading = view.text("For every 10,000 residents")
    notes = [
        view.text("On the map, darker means a band that reaches higher.") if placed else None,
        view.text(
            "The table has the districts in the order of their numbers: where bands overlap, nobody can say "
            "which district has more, so there is no ranking."
        ),
        note_on_wider(view, ordered),
        note_on_hidden(view, ordered),
    ]
    return [
        finding(
            view,
            name="district",
            title=title_of(view, table),
            sentence=sentence,
            picture=picture,
            is_said=not placed,
            table=data_table(
                view,
                by_code(table, names),
                caption=view.text("Situations by district, %(period)s", period=view.period_words),
                heading=view.text("District"),
                counted=view.text("Situations"),
                further={heading: rates} if rates else None,
            ),
            notes=[note for note in notes if note],
            notes_of_table=[note_on_residents(view)] if rates else [],
            downloads=downloads_of(view, table.cuboid, view.period),
        )
    ]


def layout(view: View) -> Sequence[Component | None]:
    """Return the page."""
    return [
        html.P(
            view.text("The district in which the situation happened, as the person told it."),
            className="lead",
        ),
        period_chooser(view),
        below(view, body),
    ]


PAGE = Page(path="districts", title=TITLE, layout=layout, connect=connect_choices("districts", body))

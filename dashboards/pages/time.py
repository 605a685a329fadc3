"""Quarter by quarter, and whether a change may be stated."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.cells import Cell, in_words
from dashboards.change import compared
from dashboards.charts.series import quarters
from dashboards.parts.choosers import Choice, below, connect_choices, group
from dashboards.parts.findings import (
    chart,
    downloads_of,
    finding,
    note_on_hidden,
    note_on_mentions,
    note_on_wider,
)
from dashboards.parts.tables import by_period, data_table
from dashboards.routing import Page
from dashboards.views import View
from office.languages import mark

TITLE = mark("Through time")
SENTENCES = {
    "rise": mark("A rise: %(after)s in %(later)s, against %(before)s in %(earlier)s."),
    "fall": mark("A fall: %(after)s in %(later)s, against %(before)s in %(earlier)s."),
    "no_clear_change": mark("No clear change: %(after)s in %(later)s, %(before)s in %(earlier)s."),
}
TITLES = {
    "rise": mark("%(what)s: a rise since %(earlier)s"),
    "fall": mark("%(what)s: a fall since %(earlier)s"),
    "no_clear_change": mark("%(what)s: no clear change since %(earlier)s"),
}


def stated(view: View, before: Cell, after: Cell) -> str:
    """Return what may be said of two quarters."""
    say = view.language.period
    return view.text(
        SENTENCES[compared(before, after)],
        after=in_words(after, view.language),
        before=in_words(before, view.language),
        later=say(after.period),
        earlier=say(before.period),
    )


def a_year_before(period: str) -> str:
    """Return the same quarter of the year before."""
    year, _, part = period.partition("-")
    return f"{int(year) - 1}-{part}"


def pair(cells: Sequence[Cell]) -> tuple[Cell, Cell] | None:
    """Return the newest quarter and what it is set against: the same one a year before, else the last."""
    if len(cells) < 2:
        return None
    same = [cell for cell in cells if cell.period == a_year_before(cells[-1].period)]
    return (same or [cells[-2]])[0], cells[-1]


def title_of(view: View, what: str, cells: Sequence[Cell]) -> str:
    """Return the finding in words: whether the newest quarter differs."""
    two = pair(cells)
    if two is None:
        return what
    return view.text(TITLES[compared(*two)], what=what, earlier=view.language.period(two[0].period))


def through_time(view: View, row: str) -> Component:
    """Return the finding of one row, or of all situations."""
    dimension = "ground" if row else "total"
    table = view.edition.through_time(dimension, row)
    cells = table.cells
    what = view.names("ground").get(row, row) if row else view.text("All situations")
    two = pair(cells)
    sentence = view.text(
        "%(what)s, from %(first)s to %(last)s, as bands.",
        what=what,
        first=view.language.period(cells[0].period),
        last=view.language.period(cells[-1].period),
    )
    if two:
        sentence = f"{sentence} {stated(view, *two)}"
    notes = [
        note_on_mentions(view) if table.universe == "mentions" else None,
        note_on_wider(view, cells),
        note_on_hidden(view, cells),
        view.text(
            "The thin line is the 95 per cent limits of chance around the band. A rise or a fall is "
            "stated only when the limits of the two quarters do not overlap."
        ),
    ]
    return finding(
        view,
        name="through-time",
        title=title_of(view, what, cells),
        sentence=sentence,
        picture=None
        if view.is_plain
        else chart(view, quarters(cells, view.language), sentence, name="through-time"),
        table=data_table(
            view,
            by_period(view, cells),
            caption=view.text("%(what)s, by quarter", what=what),
            heading=view.text("Quarter"),
            counted=view.text("Mentions") if row else view.text("Situations"),
        ),
        notes=[note for note in notes if note],
        downloads=downloads_of(view, table.cuboid, cells[-1].period),
    )


def choices(view: View) -> list[Choice]:
    """Return all situations and each ground that has quarters."""
    grounds = dict.fromkeys(cell.code for cell in view.edition.cells("quarter_ground"))
    names = view.names("ground")
    return [
        Choice("", view.text("All situations"), view.address()),
        *[Choice(code, names.get(code, code), view.address(row=code)) for code in grounds],
    ]


def known_row(view: View) -> str:
    """Return the ground looked at, or nothing for all situations."""
    return view.row if any(cell.code == view.row for cell in view.edition.cells("quarter_ground")) else ""


def body(view: View) -> Sequence[Component | None]:
    """Return the finding of the row looked at."""
    return [through_time(view, known_row(view))]


def layout(view: View) -> Sequence[Component | None]:
    """Return the page."""
    row = known_row(view)
    return [
        html.P(
            view.text("By the quarter in which the office was told. What was published never changes."),
            className="lead",
        ),
        html.Div(
            html.Details(
                [
                    html.Summary(view.text("Choose all situations or one ground")),
                    group(view, "row", view.text("What to look at"), choices(view), row),
                ],
                open=False,  # without script too: each choice is a new page, and the figures come first
            ),
            className="chooser long",
        ),
        below(view, body),
    ]


PAGE = Page(path="time", title=TITLE, layout=layout, connect=connect_choices("time", body))

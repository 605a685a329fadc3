"""Quarter by quarter, and whether a change may be stated."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from dash import Dash, Input, Output, State, ctx, html
from dash.development.base_component import Component

from dashboards.cells import Cell, in_words
from dashboards.change import compared
from dashboards.charts.series import quarters
from dashboards.parts.choosers import Choice, group
from dashboards.parts.findings import chart, csv_link, finding, note_on_hidden, note_on_mentions
from dashboards.parts.tables import by_period, data_table
from dashboards.routing import Page, ViewAt
from dashboards.views import View
from office.languages import mark

TITLE = mark("Through time")
ALL = "all"
SENTENCES = {
    "rise": mark("A rise: %(after)s in %(later)s, against %(before)s in %(earlier)s."),
    "fall": mark("A fall: %(after)s in %(later)s, against %(before)s in %(earlier)s."),
    "no_clear_change": mark("No clear change: %(after)s in %(later)s, %(before)s in %(earlier)s."),
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


def comparisons(view: View, cells: Sequence[Cell]) -> list[str]:
    """Return what may be said of the newest quarter against the same one a year before, else the last."""
    if len(cells) < 2:
        return []
    newest = cells[-1]
    same = [cell for cell in cells if cell.period == a_year_before(newest.period)]
    return [stated(view, (same or [cells[-2]])[0], newest)]


def through_time(view: View, row: str) -> Component:
    """Return the finding of one row, or of all situations."""
    dimension = "ground" if row else "total"
    table = view.edition.through_time(dimension, row)
    cells = table.cells
    what = view.names("ground").get(row, row) if row else view.text("All situations")
    changes = comparisons(view, cells)
    sentence = view.text(
        "%(what)s, from %(first)s to %(last)s, as bands.",
        what=what,
        first=view.language.period(cells[0].period),
        last=view.language.period(cells[-1].period),
    )
    sentence = " ".join([sentence, *changes])
    notes = [
        note_on_mentions(view) if table.universe == "mentions" else None,
        note_on_hidden(view, cells),
        view.text(
            "The thin line is the 95 % limits of chance around the band. A rise or a fall is stated only "
            "when the limits of the two quarters do not overlap."
        ),
    ]
    return finding(
        view,
        name="through-time",
        title=view.text("%(what)s: %(change)s", what=what, change=changes[0]) if changes else what,
        sentence=sentence,
        picture=None if view.is_plain else chart(view, quarters(cells, view.language), sentence, name="through-time"),
        table=data_table(
            view,
            by_period(view, cells),
            caption=view.text("%(what)s, by quarter", what=what),
            heading=view.text("Quarter"),
            counted=view.text("Mentions") if row else view.text("Situations"),
        ),
        notes=[note for note in notes if note],
        downloads=[link for link in [csv_link(view, table.cuboid, cells[-1].period)] if link],
    )


def choices(view: View) -> list[Choice]:
    """Return all situations and each ground that has quarters."""
    grounds = dict.fromkeys(cell.code for cell in view.edition.cells("quarter_ground"))
    names = view.names("ground")
    return [
        Choice(ALL, view.text("All situations"), view.address()),
        *[Choice(code, names.get(code, code), view.address(row=code)) for code in grounds],
    ]


def known_row(view: View) -> str:
    """Return the ground looked at, or nothing for all situations."""
    return view.row if any(cell.code == view.row for cell in view.edition.cells("quarter_ground")) else ""


def layout(view: View) -> Sequence[Component | None]:
    """Return the page."""
    row = known_row(view)
    return [
        html.P(
            view.text("By the quarter in which the office was told. What was published never changes."), className="lead"
        ),
        html.Div(
            html.Details(
                [
                    html.Summary(view.text("Choose all situations or one ground")),
                    group(view, "row", view.text("What to look at"), choices(view), row or ALL),
                ]
            ),
            className="chooser long",
        ),
        html.Div(through_time(view, row), id="time-body"),
    ]


def _connect(name: str) -> Callable[[Dash, ViewAt], None]:
    def connect(app: Dash, view_at: ViewAt) -> None:
        @app.callback(
            Output(f"{name}-body", "children"),
            Output(f"{name}-row", "value"),
            Output("address", "search"),
            Input(f"{name}-row", "value"),
            Input("address", "search"),
            State("address", "pathname"),
            prevent_initial_call=True,
        )  # type: ignore[untyped-decorator]  # Dash ships no types for its callbacks
        def choose(row: str, search: str, pathname: str) -> tuple[Component, str, str]:
            view = view_at(pathname, search)
            if ctx.triggered_id != "address":
                view = replace(view, row="" if row == ALL else row)
            known = known_row(view)
            return through_time(view, known), known or ALL, replace(view, row=known).query

    return connect


PAGE = Page(path="time", title=TITLE, layout=layout, connect=_connect("time"))

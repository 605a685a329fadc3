"""Choosers of what is published, and of nothing else.

What the plan does not hold is shown but cannot be chosen, and the reason stands beside it. With script a
choice redraws the figures in place and writes itself into the address; without, each choice is a link.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dash import Dash, Input, Output, State, ctx, dcc, html
from dash.development.base_component import Component

from dashboards.editions import Edition
from dashboards.routing import ViewAt
from dashboards.views import View
from office.languages import mark

WHOLE_YEAR = "year"
PARTS = (WHOLE_YEAR, "Q1", "Q2", "Q3", "Q4")
NAMES = {
    WHOLE_YEAR: mark("Whole year"),
    "Q1": mark("January to March"),
    "Q2": mark("April to June"),
    "Q3": mark("July to September"),
    "Q4": mark("October to December"),
}
Body = Callable[[View], Sequence[Component | None]]


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: its value, its words and, if it can be chosen, where it leads."""

    value: str
    words: str
    address: str | None


def period_of(year: str, part: str) -> str:
    """Return the kept form of a year and its part: `2026`, `2026-Q3`."""
    return year if part == WHOLE_YEAR else f"{year}-{part}"


def parts_of(period: str) -> tuple[str, str]:
    """Return the year and the part of a period."""
    year, _, part = period.partition("-")
    return year, part or WHOLE_YEAR


def nearest(edition: Edition, year: str, part: str) -> str:
    """Return the period asked for or, if it is not published, the nearest of that year that is."""
    wanted = period_of(year, part)
    if wanted in edition.periods:
        return wanted
    same_year = [period for period in edition.periods if period.startswith(year)]
    whole = [period for period in same_year if "-" not in period]
    return (whole or same_year or [edition.first_choice])[-1]


def choices_of_part(view: View) -> list[Choice]:
    """Return the parts of the year looked at; those not published have no address."""
    year, _ = parts_of(view.period)
    return [
        Choice(
            part,
            view.text(NAMES[part]),
            view.address(period=period_of(year, part)) if period_of(year, part) in view.edition.periods else None,
        )
        for part in PARTS
    ]


def choices_of_year(view: View) -> list[Choice]:
    """Return the years of which something is published."""
    _, part = parts_of(view.period)
    return [
        Choice(year, year, view.address(period=nearest(view.edition, year, part))) for year in view.edition.years
    ]


def group(view: View, name: str, legend: str, choices: Sequence[Choice], chosen: str) -> Component:
    """Return one group of choices: radio buttons with script, links without."""
    if view.is_plain:
        return html.Div([html.Strong(legend), html.Ul([_link(one, chosen) for one in choices])], className="chips")
    options = [{"label": one.words, "value": one.value, "disabled": one.address is None} for one in choices]
    return html.Fieldset(
        [
            html.Legend(legend),
            dcc.RadioItems(
                id=f"{view.page}-{name}", options=options, value=chosen, className="radios", inline=True
            ),
        ],
        className="chips",
    )


def _link(choice: Choice, chosen: str) -> html.Li:
    if choice.address is None:
        return html.Li(html.S(choice.words))
    if choice.value == chosen:
        return html.Li(html.A(choice.words, href=choice.address, **{"aria-current": "true"}))
    return html.Li(html.A(choice.words, href=choice.address))


def why_not(view: View) -> str | None:
    """Return why some parts of the year cannot be chosen, or nothing if all can."""
    missing = [choice.words for choice in choices_of_part(view) if choice.address is None]
    if not missing:
        return None
    year, _ = parts_of(view.period)
    return view.text(
        "Not published for %(year)s: %(parts)s. A quarter is published once it has ended and been closed, "
        "a year once all of it has; what was published never changes.",
        year=year,
        parts=view.language.listed(missing),
    )


def period_chooser(view: View, body: Body) -> list[Component | None]:
    """Return the chooser of a period and, below it, what `body` shows for the period chosen."""
    year, part = parts_of(view.period)
    reason = why_not(view)
    return [
        html.Div(
            [
                group(view, "year", view.text("Year"), choices_of_year(view), year),
                group(view, "part", view.text("Part of the year"), choices_of_part(view), part),
                html.P(reason or "", id=f"{view.page}-reason", className="note"),
            ],
            className="chooser",
        ),
        html.Div(list(body(view)), id=f"{view.page}-body", **{"aria-live": "off"}),
    ]


def connect_period(page: str, body: Body) -> Callable[[Dash, ViewAt], None]:
    """Return what joins a page's period chooser to its body, and both to the address."""

    def connect(app: Dash, view_at: ViewAt) -> None:
        @app.callback(
            Output(f"{page}-body", "children"),
            Output(f"{page}-part", "options"),
            Output(f"{page}-year", "value"),
            Output(f"{page}-part", "value"),
            Output(f"{page}-reason", "children"),
            Output("address", "search"),
            Input(f"{page}-year", "value"),
            Input(f"{page}-part", "value"),
            Input("address", "search"),
            State("address", "pathname"),
            prevent_initial_call=True,
        )  # type: ignore[untyped-decorator]  # Dash ships no types for its callbacks
        def choose(year: str, part: str, search: str, pathname: str) -> tuple[Any, ...]:
            view = view_at(pathname, search)
            if ctx.triggered_id != "address":
                view = replace(view, period=nearest(view.edition, year, part))
            shown_year, shown_part = parts_of(view.period)
            options = [
                {"label": one.words, "value": one.value, "disabled": one.address is None}
                for one in choices_of_part(view)
            ]
            return list(body(view)), options, shown_year, shown_part, why_not(view) or "", view.query

    return connect

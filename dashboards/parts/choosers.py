"""Choosers of what is published, and of nothing else.

What the plan does not hold is shown but cannot be chosen, and the reason stands beside it. With script a
choice redraws the figures in place and writes itself into the address; without, each choice is a link.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, html, no_update
from dash.development.base_component import Component

from dashboards.editions import Edition
from dashboards.parts.aria import aria
from dashboards.routing import ViewAt
from dashboards.views import View
from office.errors import OfficeError
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
            view.address(period=period_of(year, part))
            if period_of(year, part) in view.edition.periods
            else None,
        )
        for part in PARTS
    ]


def choices_of_year(view: View) -> list[Choice]:
    """Return the years of which something is published."""
    _, part = parts_of(view.period)
    return [
        Choice(year, year, view.address(period=nearest(view.edition, year, part)))
        for year in view.edition.years
    ]


def group(view: View, name: str, legend: str, choices: Sequence[Choice], chosen: str) -> Component:
    """Return one group of choices: buttons with script, links without."""
    if view.is_plain:
        links = html.Ul([_link(one, chosen) for one in choices])
        return html.Div([html.Strong(legend), links], className="chips")
    title = f"{view.page}-{name}-title"
    return html.Div(
        [html.Strong(legend, id=title), html.Ul([_button(view, name, one, chosen) for one in choices])],
        className="chips",
        role="group",
        **aria(labelledby=title),
    )


def _button(view: View, name: str, choice: Choice, chosen: str) -> html.Li:
    button = html.Button(
        choice.words,
        id={"page": view.page, "choice": name, "value": choice.value},
        type="button",
        disabled=choice.address is None,
        n_clicks=0,
        **aria(pressed="true" if choice.value == chosen else "false"),
    )
    return html.Li(button)


def _link(choice: Choice, chosen: str) -> html.Li:
    if choice.address is None:
        return html.Li(html.S(choice.words))
    if choice.value == chosen:
        return html.Li(html.A(choice.words, href=choice.address, **aria(current="true")))
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


def period_chooser(view: View) -> html.Div:
    """Return the chooser of a period: its year, and which part of it."""
    year, part = parts_of(view.period)
    reason = {"page": view.page, "reason": "part"}
    return html.Div(
        [
            group(view, "year", view.text("Year"), choices_of_year(view), year),
            group(view, "part", view.text("Part of the year"), choices_of_part(view), part),
            html.P(why_not(view) or "", className="note", id=reason),
        ],
        className="chooser",
    )


def with_choice(view: View, name: str, value: str) -> View:
    """Return the view after a choice: of a year, of a part of the year, or of a row."""
    year, part = parts_of(view.period)
    if name == "year":
        return replace(view, period=nearest(view.edition, value, part))
    if name == "part":
        return replace(view, period=nearest(view.edition, year, value))
    return replace(view, row=value)


def chosen_value(view: View, name: str) -> str:
    """Return what is chosen in a group: the inverse of `with_choice`."""
    year, part = parts_of(view.period)
    return {"year": year, "part": part}.get(name, view.row)


def can_choose(view: View, name: str, value: str) -> bool:
    """Return whether a choice is published; only parts of the year looked at may not be."""
    year, _ = parts_of(view.period)
    return name != "part" or period_of(year, value) in view.edition.periods


def below(view: View, body: Body) -> html.Div:
    """Return what is drawn anew with each choice."""
    return html.Div([part for part in body(view) if part is not None], id=f"{view.page}-body")


def connect_choices(page: str, body: Body) -> Callable[[Dash, ViewAt], None]:
    """Return what joins a page's choosers to what is below them.

    A choice is written into the address, and the page follows the address, so that going back works too.
    The buttons themselves stay in place and only change their state: the keyboard does not lose its place.
    """

    def connect(app: Dash, view_at: ViewAt) -> None:
        buttons = {"page": page, "choice": ALL, "value": ALL}

        @app.callback(
            Output("address", "search", allow_duplicate=True),
            Input(buttons, "n_clicks"),
            State("address", "pathname"),
            State("address", "search"),
            prevent_initial_call=True,
        )
        def choose(clicks: list[int], pathname: str, search: str) -> Any:
            chosen = ctx.triggered_id
            if not chosen or not any(clicks):
                return no_update
            return with_choice(view_at(pathname, search), chosen["choice"], chosen["value"]).query

        @app.callback(
            Output(f"{page}-body", "children"),
            Output({"page": page, "reason": ALL}, "children"),
            Output(buttons, "aria-pressed"),
            Output(buttons, "disabled"),
            Input("address", "search"),
            State("address", "pathname"),
            State(buttons, "id"),
            State({"page": page, "reason": ALL}, "id"),
            prevent_initial_call=True,
        )
        def follow(
            search: str, pathname: str, ids: list[dict[str, str]], reasons: list[dict[str, str]]
        ) -> tuple[Any, ...]:
            try:
                view = view_at(pathname, search)
            except OfficeError:  # an address made by hand: loading it says what is wrong
                return (no_update,) * 4
            pressed = [
                "true" if chosen_value(view, one["choice"]) == one["value"] else "false" for one in ids
            ]
            disabled = [not can_choose(view, one["choice"], one["value"]) for one in ids]
            drawn = [part for part in body(view) if part is not None]
            return drawn, [why_not(view) or ""] * len(reasons), pressed, disabled

    return connect

"""The first page: how many, through time, and the grounds named most."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.pages.time import through_time
from dashboards.parts.ranking import band_of_total, one_way
from dashboards.routing import Page, nothing_to_connect
from dashboards.views import View
from office.languages import mark

TITLE = mark("Overview")
DRAWN_GROUNDS = 6


def figure_of(view: View, period: str, label: str) -> html.Div | None:
    """Return one large number with its words, or nothing if the total is not published."""
    band = band_of_total(view, period)
    if not band:
        return None
    words = view.text("%(label)s: %(period)s", label=label, period=view.language.period(period))
    return html.Div([html.Dt(words), html.Dd(band)], className="figure")


def lead(view: View) -> str:
    """Return what is counted here: what this office was told, or what somebody else's file holds."""
    if view.edition.shelf.is_imported:
        return view.text(
            "Situations of discrimination and hate that are recorded in this file. Each count is "
            "published as a band, so that no number can point to a person."
        )
    return view.text(
        "Situations of discrimination and hate that people told the office about. Each count is "
        "published as a band, so that no number can point to a person."
    )


def layout(view: View) -> Sequence[Component | None]:
    """Return the page."""
    periods = view.edition.periods
    quarters = [period for period in periods if "-Q" in period]
    years = [period for period in periods if "-Q" not in period]
    newest = [
        figure_of(view, quarters[-1], view.text("Newest quarter")) if quarters else None,
        figure_of(view, years[-1], view.text("Newest full year")) if years else None,
    ]
    return [
        html.P(lead(view), className="lead"),
        html.Dl([figure for figure in newest if figure], className="figures"),
        through_time(view, "") if quarters else None,
        one_way(
            view,
            "ground",
            caption=view.text("Mentions of each ground, %(period)s", period=view.period_words),
            heading=view.text("Ground"),
            counted=view.text("Mentions"),
            limit=DRAWN_GROUNDS,
        ),
        html.P(
            [
                html.A(view.text("All grounds"), href=view.address("grounds", period=view.period)),
                html.A(view.text("Districts"), href=view.address("districts", period=view.period)),
                html.A(view.text("How to read these figures"), href=view.address("method")),
            ],
            className="ways",
        ),
    ]


PAGE = Page(path="overview", title=TITLE, layout=layout, connect=nothing_to_connect)

"""Where in life it happened, by whom, and by which way it was told."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.parts.choosers import below, connect_choices, period_chooser
from dashboards.parts.ranking import one_way
from dashboards.routing import Page
from dashboards.views import View
from office.languages import mark

TITLE = mark("Where and by whom")


def body(view: View) -> Sequence[Component | None]:
    """Return the three findings for the period looked at."""
    counted = view.text("Situations")
    return [
        one_way(
            view,
            "area",
            caption=view.text("Situations by area of life, %(period)s", period=view.period_words),
            heading=view.text("Area of life"),
            counted=counted,
            about=view.text("Area of life"),
        ),
        one_way(
            view,
            "respondent",
            caption=view.text(
                "Situations by who is said to have done it, %(period)s", period=view.period_words
            ),
            heading=view.text("Said to have done it"),
            counted=counted,
            about=view.text("Said to have done it"),
        ),
        one_way(
            view,
            "channel",
            caption=view.text("Situations by the way they were told, %(period)s", period=view.period_words),
            heading=view.text("Way it was told"),
            counted=counted,
            about=view.text("Way it was told"),
        ),
    ]


def layout(view: View) -> Sequence[Component | None]:
    """Return the page."""
    return [
        html.P(
            view.text("In which area of life it happened, who is said to have done it, and how it was told."),
            className="lead",
        ),
        period_chooser(view),
        below(view, body),
    ]


PAGE = Page(path="areas", title=TITLE, layout=layout, connect=connect_choices("areas", body))

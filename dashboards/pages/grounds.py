"""Why people think it happened: the protected grounds named, as mentions."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.parts.choosers import below, connect_choices, period_chooser
from dashboards.parts.ranking import one_way
from dashboards.routing import Page
from dashboards.views import View
from office.languages import mark

TITLE = mark("Grounds")


def body(view: View) -> Sequence[Component | None]:
    """Return the finding for the period looked at, and what is not published beside it."""
    return [
        one_way(
            view,
            "ground",
            caption=view.text("Mentions of each ground, %(period)s", period=view.period_words),
            heading=view.text("Ground"),
            counted=view.text("Mentions"),
        ),
        html.Section(
            [
                html.H2(view.text("One ground in one district")),
                html.P(
                    view.text(
                        "Not published: most of these cells would say only “fewer than 5”, and together "
                        "they could point to a person."
                    )
                ),
                html.P(
                    [
                        html.A(view.text("Each ground through time"), href=view.address("time")),
                        html.A(
                            view.text("Each district, all grounds"),
                            href=view.address("districts", period=view.period),
                        ),
                    ],
                    className="ways",
                ),
            ],
            className="finding unpublished",
        ),
    ]


def layout(view: View) -> Sequence[Component | None]:
    """Return the page."""
    return [
        html.P(
            view.text(
                "Why people who reported think it happened to them. One report can name several grounds."
            ),
            className="lead",
        ),
        period_chooser(view),
        below(view, body),
    ]


PAGE = Page(path="grounds", title=TITLE, layout=layout, connect=connect_choices("grounds", body))

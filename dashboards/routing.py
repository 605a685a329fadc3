"""The pages, as an explicit list of values: no registry, nothing happens by being imported."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dash import Dash
from dash.development.base_component import Component

from dashboards.views import View

Layout = Callable[[View], Sequence[Component | None]]
ViewAt = Callable[[str, str], View]
"""Reads a path and a query."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Attributes:
        path: last part of its address.
        title: its name in the navigation, an English sentence for the catalogues.
        layout: what it shows for a view.
        connect: joins its choosers to its figures; called once for an app.
    """

    path: str
    title: str
    layout: Layout
    connect: Callable[[Dash, ViewAt], None]


def nothing_to_connect(app: Dash, view_at: ViewAt) -> None:
    """Connect nothing: for pages without choosers."""

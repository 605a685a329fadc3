"""Dash inside the office's own page: one app for all languages, its document made for each request.

The frame (heading, navigation, notices, footer) and a plain form of the page are plain HTML; Dash draws the
charts into the main part once its script runs. What Dash's page would say about versions of programs is
taken out.
"""

import json
import logging
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from dash import Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component
from flask import request
from werkzeug.exceptions import HTTPException

from dashboards.routing import Page
from dashboards.views import View, Views
from office.errors import OfficeError
from office.web.problems import place_of

BODY_LIMIT: Final = 256 * 1024
"""Bytes of what a chart sends when somebody chooses; the largest is a few kilobytes."""
ASSETS: Final = Path(__file__).parent / "assets"
_CONFIG: Final = re.compile(r'(<script id="_dash-config" type="application/json">)(.*)(</script>)', re.DOTALL)
_SAYS_TOO_MUCH: Final = (
    "dash_version",
    "python_version",
    "dash_version_url",
    "ddk_version",
    "plotly_version",
)

log = logging.getLogger(__name__)

DocumentOf = Callable[[View, dict[str, str]], str]
"""Makes the document of a view around the parts Dash needs in it."""


class Instrument(Dash):
    """The Dash app; `document_of` makes the HTML around it."""

    def __init__(self, views: Views, document_of: DocumentOf) -> None:
        super().__init__(
            "dashboards",
            requests_pathname_prefix="/",
            routes_pathname_prefix="/",
            assets_folder=str(ASSETS),
            suppress_callback_exceptions=True,
            update_title="",
            add_log_handler=False,
            assets_ignore=r"(LICENSE.*|.*\.css)",
        )
        self.views = views
        self.document_of = document_of
        self.logger.setLevel(logging.WARNING)
        self.server.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT
        self.server.register_error_handler(Exception, refused)

    def interpolate_index(
        self,
        metas: str = "",
        title: str = "",
        css: str = "",
        config: str = "",
        scripts: str = "",
        app_entry: str = "",
        favicon: str = "",
        renderer: str = "",
    ) -> str:
        """Return the document of the address asked for, with what Dash needs in it."""
        view = self.views.at(request.path, request.query_string.decode("ascii", "replace"))
        parts = {"css": css, "scripts": scripts, "app_entry": app_entry, "renderer": renderer}
        return self.document_of(view, parts | {"config": _CONFIG.sub(_discreet, config)})


def refused(error: Exception) -> tuple[str, int]:
    """Return the answer to what the instrument cannot do: its own scripts never ask for it.

    The log gets the error's class and place only, as everywhere in the office.
    """
    if isinstance(error, HTTPException):
        return error.name, error.code or 400
    log.warning("not drawn: %s at %s", type(error).__name__, place_of(error))
    return "Bad Request", 400


def _discreet(found: re.Match[str]) -> str:
    told: dict[str, Any] = json.loads(found[2])
    for name in _SAYS_TOO_MUCH:
        told[name] = ""
    return found[1] + json.dumps(told) + found[3]


def connected(app: Instrument, pages: tuple[Page, ...]) -> Instrument:
    """Give the app its layout and join every page's choosers to its figures."""
    layouts = {page.path: page.layout for page in pages}
    app.layout = html.Div([dcc.Location(id="address", refresh=False), html.Div(id="page")])

    @app.callback(
        Output("page", "children"),
        Input("address", "pathname"),
        State("address", "search"),
    )
    def show(pathname: str, search: str) -> Component | None:
        try:
            view = app.views.at(pathname, search)
        except OfficeError:  # the document itself already said so
            return None
        return html.Div([part for part in layouts[view.page](view) if part is not None], className="drawn")

    for page in pages:
        page.connect(app, app.views.at)
    return app

"""The dashboards' process: pages over verified releases, downloads of their files, and health."""

import os
from pathlib import Path
from typing import Final, cast

from a2wsgi import WSGIMiddleware
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboards.documents import Documents
from dashboards.editions import Words
from dashboards.instrument import ASSETS, Instrument, connected
from dashboards.pages.all import PAGES
from dashboards.settings import DashboardSettings, refuse_databases
from dashboards.shelves import LISTS, Library
from dashboards.views import City, View, Views
from office import web
from office.errors import OfficeError
from office.languages import Language, language, language_for
from office.vocabulary import load, load_city
from office.web.headers import SecurityHeaders
from office.web.problems import Problem, install

DASH_PATHS: Final = (
    "/_dash-layout",
    "/_dash-dependencies",
    "/_dash-update-component",
    "/_dash-component-suites/",
    "/assets/",
)
STYLES: Final = ("look.css", "print.css", "noscript.css", "icon.svg")
KINDS: Final = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "toml": "application/toml",
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "svg": "image/svg+xml",
    "parquet": "application/vnd.apache.parquet",
}
FONTS: Final = Path(web.__file__).parent / "static" / "fonts"
A_DAY: Final = 86_400
CHECKED_EACH_TIME: Final = {"Cache-Control": "no-cache"}


def city_of(name: str) -> City:
    """Return what the pages say of a city."""
    known = load_city(name)
    counted = known.denominators
    return City(
        name=known.name,
        places={code: district.tile for code, district in known.geography.items()},
        residents=dict(counted.populations),
        residents_year=counted.year,
        is_residents_year_confirmed=counted.is_year_confirmed,
    )


def words_of_lists(city: str) -> dict[str, dict[str, Words]]:
    """Return the words of each code by list, for releases that carry no code list of their own."""
    return {name: {item.code: item.label for item in load(name, city)} for name in LISTS.values()}


class Face:
    """Answers for the pages: finds what an address shows, and lets Dash or the plain page say it."""

    def __init__(self, library: Library, views: Views, documents: Documents, dash: ASGIApp) -> None:
        self.library = library
        self.views = views
        self.documents = documents
        self.dash = dash

    def view(self, request: Request) -> View:
        """Return what a request looks at; raise NotFound and its kin."""
        return self.views.at(request.url.path, request.url.query)

    async def first(self, request: Request) -> Response:
        """Lead to the overview of the shelf that has something, in the reader's language."""
        tag = request.path_params.get("language", "")
        spoken = language(tag, "public") if tag else self.language_of(request)
        shelf = request.path_params.get("shelf", "") or await run_in_threadpool(self.library.first_shelf)
        return RedirectResponse(
            f"/{spoken.tag}/{shelf}/overview", 303, {"Vary": "Accept-Language", "Cache-Control": "no-store"}
        )

    async def page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the page, if its address is right; Dash writes it."""
        await run_in_threadpool(self.view, Request(scope))
        await self.dash(scope, receive, send)

    async def tables(self, request: Request) -> Response:
        """Answer with the page of tables."""
        view = await run_in_threadpool(self.view, request)
        text = await run_in_threadpool(self.documents.of, view)
        return HTMLResponse(text, headers=CHECKED_EACH_TIME)

    async def file(self, request: Request) -> Response:
        """Answer with a file of a release, byte for byte as it was signed."""
        shelf, release, path = (request.path_params[name] for name in ("shelf", "release", "path"))
        name = f"{shelf}-{release}-{path.replace('/', '-')}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', **CHECKED_EACH_TIME}
        kind = KINDS.get(path.rpartition(".")[2], "application/octet-stream")
        if path == "release.json":
            raw = await run_in_threadpool(self.library.manifest, shelf, release)
            return Response(raw, headers=headers, media_type=kind)
        raw, digest = await run_in_threadpool(self.library.file, shelf, release, path)
        headers["ETag"] = f'"{digest}"'
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        return Response(raw, headers=headers, media_type=kind)

    async def ready(self, request: Request) -> Response:
        """Say whether there is a verified release to show."""
        try:
            await run_in_threadpool(self.library.ready)
        except OfficeError:
            return JSONResponse({"status": "not ready", "failing": ["release"]}, 503)
        return JSONResponse({"status": "ready"})

    def language_of(self, request: Request) -> Language:
        """Return the language of a request: its address, else the browser's wish."""
        return language_for(request.url.path, request.headers.get("accept-language"), "public")

    def problem(self, request: Request, spoken: Language, told: Problem) -> Response:
        """Return the page that says what is wrong."""
        parts = request.url.path.strip("/").split("/")
        shelf = parts[1] if len(parts) > 1 else ""
        return HTMLResponse(self.documents.of_problem(spoken, told.sentence, shelf), told.status)


async def healthy(request: Request) -> Response:
    """Say that the process runs."""
    return JSONResponse({"status": "ok"})


class _Asgi:
    """A route's endpoint that answers by itself; Starlette takes an object for an app, not a function."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)


def policy_of(hashes: list[str]) -> dict[str, str]:
    """Return the content security policy of pages with charts.

    Plotly writes styles into the page as it draws, so styles need `unsafe-inline`; scripts do not.
    """
    return {
        "default-src": "'none'",
        "script-src": " ".join(["'self'", *hashes]),
        "style-src": "'self' 'unsafe-inline'",
        "font-src": "'self'",
        "img-src": "'self' data: blob:",
        "connect-src": "'self'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }


def create_app(settings: DashboardSettings) -> FastAPI:
    """Return the dashboards over the shelf that `settings` name.

    Raises:
        DatabaseAddressFound: the environment names a database or a secret key.
    """
    refuse_databases(os.environ)
    city = city_of(settings.city)
    library = Library(
        settings.shelf,
        settings.public_keys,
        words_of_lists(settings.city),
        with_invented=settings.demo,
    )
    views = Views(library.edition, city, frozenset(page.path for page in PAGES))
    instrument = connected(Instrument(views, lambda view, parts: documents.of(view, parts)), PAGES)
    assets = {
        name: f"{instrument.get_asset_url(name)}?m={int((ASSETS / name).stat().st_mtime)}" for name in STYLES
    }
    documents = Documents(library, PAGES, city, assets, is_demo=settings.demo)
    instrument.server.config["SEND_FILE_MAX_AGE_DEFAULT"] = A_DAY
    dash = cast(ASGIApp, WSGIMiddleware(instrument.server, workers=10))
    face = Face(library, views, documents, dash)

    app = FastAPI(
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False, "operation_spans": False},
    )
    install(app, face.language_of, face.problem)
    app.add_middleware(GZipMiddleware, minimum_size=1_000, compresslevel=6)
    app.add_middleware(SecurityHeaders, csp=policy_of(list(instrument.csp_hashes())), is_indexed=True)
    app.router.routes += [
        Route("/", face.first),
        Route("/healthz", healthy),
        Route("/readyz", face.ready),
        Route("/data/{shelf}/{release}/{path:path}", face.file),
        *[
            Route(path + ("{rest:path}" if path.endswith("/") else ""), _Asgi(dash), methods=["GET", "POST"])
            for path in DASH_PATHS
        ],
        Mount("/fonts", StaticFiles(directory=FONTS)),
        Route("/{language}", face.first),
        Route("/{language}/", face.first),
        Route("/{language}/{shelf}", face.first),
        Route("/{language}/{shelf}/{page}", _Asgi(face.page)),
        Route("/{language}/{shelf}/{page}/table", face.tables),
    ]
    app.state.library = library
    return app

"""The front door of an app: everything a request passes before it reaches a page, in the right order."""

from collections.abc import Callable, Mapping, Sequence

from fastapi import FastAPI
from starlette.types import ASGIApp

from office.web import health, problems
from office.web.forms import BODY_LIMIT, FormGate
from office.web.headers import CSP, SecurityHeaders
from office.web.pages import Pages

Middleware = Callable[[ASGIApp], ASGIApp]


def install(
    app: FastAPI,
    pages: Pages,
    *,
    csp: Mapping[str, str] | str = CSP,
    body_limit: int = BODY_LIMIT,
    larger: Sequence[tuple[str, int]] = (),
    streamed: Callable[[str], int | None] = lambda _: None,
    may_listen: bool = False,
    checks: Mapping[str, health.Check] | None = None,
    is_indexed: bool = False,
    other_door: Middleware | None = None,
    turns: Middleware | None = None,
) -> None:
    """Give `app` its errors, its form gate, its headers, its static files and its health.

    From outside in: headers, unforeseen errors, form gate, pages. `larger` names path prefixes that take
    larger bodies, `streamed` those that read a body as it comes, `checks` what must answer before the app
    is ready; `is_indexed` lets search engines in, `may_listen` lets our own pages ask for the microphone.
    `other_door` stands inside the headers and outside everything else: it leads to the same pages by other
    addresses. `turns` stands inside the form gate, for an app that keeps a transaction for a whole page.
    """
    if turns is not None:
        app.add_middleware(turns)
    app.add_middleware(FormGate, body_limit=body_limit, larger=larger, streamed=streamed)
    problems.install(app, pages.language_of, pages.problem)
    if other_door is not None:
        app.add_middleware(other_door)
    app.add_middleware(SecurityHeaders, csp=csp, is_indexed=is_indexed, may_listen=may_listen)
    pages.mount_static(app)
    health.install(app, checks)

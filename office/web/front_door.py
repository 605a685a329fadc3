"""The front door of an app: everything a request passes before it reaches a page, in the right order."""

from collections.abc import Callable, Mapping, Sequence

from fastapi import FastAPI

from office.web import health, problems
from office.web.forms import BODY_LIMIT, FormGate
from office.web.headers import CSP, SecurityHeaders
from office.web.pages import Pages


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
) -> None:
    """Give `app` its errors, its form gate, its headers, its static files and its health.

    From outside in: headers, unforeseen errors, form gate, pages. `larger` names path prefixes that take
    larger bodies, `streamed` those that read a body as it comes, `checks` what must answer before the app
    is ready; `is_indexed` lets search engines in, `may_listen` lets our pages ask for the microphone.
    """
    app.add_middleware(FormGate, body_limit=body_limit, larger=larger, streamed=streamed)
    problems.install(app, pages.language_of, pages.problem)
    app.add_middleware(SecurityHeaders, csp=csp, is_indexed=is_indexed, may_listen=may_listen)
    pages.mount_static(app)
    health.install(app, checks)

"""Packs answers for slow lines, but none whose length would tell a stranger what stands on the page.

A page repeats its query in the list of languages. Who leads a browser here with words of their choice, and
sees how long the packed answers are, learns when a word is also in the story or the key (an attack known as
BREACH). So an answer that could be such a one goes unpacked.
"""

from typing import Final

from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

SMALLEST: Final = 1024
"""Bytes of an answer from which on it is packed: a page is a third then, on a slow line."""


class PackAnswers:
    """ASGI middleware: packs answers, but not those whose address a page elsewhere may have chosen."""

    def __init__(self, app: ASGIApp) -> None:
        self.plain = app
        self.packed = GZipMiddleware(app, minimum_size=SMALLEST)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        app = self.plain if scope["type"] == "http" and _may_be_a_guess(scope) else self.packed
        await app(scope, receive, send)


def _may_be_a_guess(scope: Scope) -> bool:
    """Say whether a page may hold somebody's words beside some that a stranger chose."""
    headers = Headers(scope=scope)
    is_own = headers.get("sec-fetch-site") in ("same-origin", "none")
    return bool(scope.get("query_string")) and "cookie" in headers and not is_own

"""Security headers on every answer.

The pages need no script, no frame and nothing from elsewhere, so the policy starts from nothing and
allows only the office's own styles, fonts and pictures. `Server` is not sent at all: uvicorn is started
with `server_header=False` (see `office.web.serving`).
"""

from collections.abc import Mapping
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CSP: Final[Mapping[str, str]] = {
    "default-src": "'none'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self' data:",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
"""The policy of a page without script; `data:` is for the receipt's QR code."""

CSP_WITH_OWN_SCRIPT: Final[Mapping[str, str]] = {**CSP, "script-src": "'self'", "connect-src": "'self'"}
"""The same for pages that work better with a script of ours, and fully without."""

_ALWAYS: Final = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
    ),
    "X-Robots-Tag": "noindex",
}
_TWO_YEARS: Final = "max-age=63072000; includeSubDomains"


def written(policy: Mapping[str, str] | str) -> str:
    """Return a content security policy as the header writes it."""
    if isinstance(policy, str):
        return policy
    return "; ".join(f"{directive} {sources}".strip() for directive, sources in policy.items())


class SecurityHeaders:
    """ASGI middleware that adds the headers an answer has not set itself.

    Args:
        app: what answers.
        csp: content security policy, by directive or as it is written.
        is_indexed: search engines may list these pages.
    """

    def __init__(self, app: ASGIApp, csp: Mapping[str, str] | str = CSP, *, is_indexed: bool = False) -> None:
        self.app = app
        self.headers = {**_ALWAYS, "Content-Security-Policy": written(csp), "Cache-Control": "no-store"}
        if is_indexed:
            del self.headers["X-Robots-Tag"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    given.setdefault(name, value)
                if scope.get("scheme") == "https":
                    given.setdefault("Strict-Transport-Security", _TWO_YEARS)
            await send(message)

        await self.app(scope, receive, send_with_headers)

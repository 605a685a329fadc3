"""Security headers on every answer.

The pages need no script, no frame and nothing from elsewhere, so the policy starts from nothing and
allows only the office's own styles, fonts and pictures. `Server` is not sent at all: uvicorn is started
with `server_header=False` (see `office.web.serving`).
"""

from collections.abc import Mapping
from typing import Final

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
        may_listen: our own pages may ask for the microphone, to record what somebody would rather say.
    """

    def __init__(
        self,
        app: ASGIApp,
        csp: Mapping[str, str] | str = CSP,
        *,
        is_indexed: bool = False,
        may_listen: bool = False,
    ) -> None:
        self.app = app
        named = {**_ALWAYS, "Content-Security-Policy": written(csp), "Cache-Control": "no-store"}
        if may_listen:
            allowed = named["Permissions-Policy"].replace("microphone=()", "microphone=(self)")
            named["Permissions-Policy"] = allowed
        if is_indexed:
            del named["X-Robots-Tag"]
        self.headers = [_raw(name, value) for name, value in named.items()]
        self.over_https = [*self.headers, _raw("Strict-Transport-Security", _TWO_YEARS)]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        ours = self.over_https if scope.get("scheme") == "https" else self.headers

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = list(message.get("headers", ()))
                names = {name.lower() for name, _ in given}
                message["headers"] = [*given, *(one for one in ours if one[0] not in names)]
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _raw(name: str, value: str) -> tuple[bytes, bytes]:
    return name.lower().encode("latin-1"), value.encode("latin-1")

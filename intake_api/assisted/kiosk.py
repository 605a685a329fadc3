"""Kiosk mode: a browser in a library that many people use one after the other.

A session cookie sets it, closing the browser ends it. Every page of a report closes by itself: two minutes
before, a bar asks whether somebody is still there (their text is kept when they say so); then a page asks
once more; then everything is forgotten. All of it without a script, by the `Refresh` header.
"""

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from intake_api.door import KIOSK_COOKIE
from intake_api.submission import CHANNEL

KIOSK_CHANNEL: Final = "kiosk"
IDLE: Final = 10 * 60
"""Seconds a page stays; the bar that warns comes two minutes before (`door-kiosk` in the styles)."""
LAST_CALL: Final = 60
RESTS_AT: Final = "kiosk"


def is_kiosk(request: Request) -> bool:
    """Return whether this browser is in kiosk mode."""
    return bool(request.cookies.get(KIOSK_COOKIE))


def channel_of(request: Request) -> str:
    """Return by which way a report from this browser comes when nobody files it for the person."""
    return KIOSK_CHANNEL if is_kiosk(request) else CHANNEL


class KioskResets:
    """ASGI middleware: in kiosk mode every page leads to the question whether somebody is still there."""

    def __init__(self, app: ASGIApp, idle: int = IDLE) -> None:
        self.app = app
        self.idle = idle

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, with the header that moves an abandoned page on."""
        if scope["type"] != "http" or not is_kiosk(Request(scope)):
            await self.app(scope, receive, send)
            return
        rests = RESTS_AT in scope["path"].split("/")[2:3]

        async def with_refresh(message: Message) -> None:
            if message["type"] == "http.response.start" and not rests:
                headers = MutableHeaders(scope=message)
                # The page says its language; the address may have none, or whatever somebody wrote.
                tag = headers.get("content-language")
                if tag and headers.get("content-type", "").startswith("text/html"):
                    headers["refresh"] = f"{self.idle};url=/{tag}/{RESTS_AT}/still-there"
            await send(message)

        await self.app(scope, receive, with_refresh)

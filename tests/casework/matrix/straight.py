"""A client that calls the application where it stands: no socket, no second thread, no portal between.

The matrix asks some thousands of times. A request by way of `TestClient` costs more in passing between
threads than a refused door costs the desk, so here everything runs in the one loop of this thread.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from http.cookies import SimpleCookie
from json import dumps
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

import anyio.to_thread
import httpx2
import pytest
from starlette.testclient import TestClient

Message = dict[str, Any]


async def _at_once(call: Callable[..., Any], *given: Any, **_how: Any) -> Any:
    """Do what would be done in a thread of its own."""
    return call(*given)


def without_threads(patch: pytest.MonkeyPatch) -> None:
    """Let what the application hands to a thread run where it is."""
    patch.setattr(anyio.to_thread, "run_sync", _at_once)


class Straight(TestClient):
    """One browser, with its cookies."""

    def __init__(self, app: Any, loop: asyncio.AbstractEventLoop, headers: Mapping[str, str]) -> None:
        super().__init__(app, follow_redirects=False)
        self._loop, self._own = loop, dict(headers)
        self.jar: dict[str, str] = {}

    def request(  # type: ignore[override]  # only what the matrix and its helpers send
        self,
        method: str,
        url: Any,
        *,
        data: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
        json: Any = None,
        headers: Mapping[str, str] | None = None,
        **_rest: Any,
    ) -> httpx2.Response:
        """Ask, and return the answer."""
        parts = urlsplit(str(url))
        body = urlencode(data or {}, doseq=True).encode() if method != "GET" else b""
        told = {"host": "testserver", **self._own, **{k.lower(): v for k, v in (headers or {}).items()}}
        if self.jar:
            told["cookie"] = "; ".join(f"{name}={value}" for name, value in self.jar.items())
        kind = "application/x-www-form-urlencoded"
        if json is not None:
            body, kind = dumps(json).encode(), "application/json"
        if files is not None:
            whole = httpx2.Request("POST", "http://testserver", data=dict(data or {}), files=files)
            body, kind = whole.read(), whole.headers["content-type"]
        if method != "GET":
            told |= {"content-type": kind, "content-length": str(len(body))}
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(parts.path),
            "raw_path": parts.path.encode(),
            "query_string": parts.query.encode(),
            "root_path": "",
            "headers": [(name.lower().encode(), value.encode()) for name, value in told.items()],
            "client": ("testclient", 50000),
            "server": ("testserver", 80),
            "state": {},
        }
        answer = self._loop.run_until_complete(_asked(self.app, scope, body))
        for value in answer.headers.get_list("set-cookie"):
            for name, cookie in SimpleCookie(value).items():
                self.jar[name] = cookie.value
        return answer


async def _asked(
    app: Callable[[Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Any],
    scope: Message,
    body: bytes,
) -> httpx2.Response:
    to_read = [{"type": "http.request", "body": body, "more_body": False}]
    answered: Message = {}
    parts: list[bytes] = []

    async def receive() -> Message:
        return to_read.pop() if to_read else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answered.update(message)
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))

    await app(scope, receive, send)
    return httpx2.Response(answered["status"], headers=answered["headers"], content=b"".join(parts))

"""How many requests an app answers at one time; the others wait in a line outside, first come first served.

A request of an app that keeps one transaction for a whole page holds a connection, and takes a thread at each
of its steps. If more come in than there are connections, those that wait for one hold the threads that the
others need to end: nobody gets anywhere until their time is over.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final
from weakref import WeakKeyDictionary

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

AT_ONCE: Final = 10
STRANGERS_AT_ONCE: Final = 4
"""Together fewer than the connections of a pool (15) and the threads of a server (40)."""
PATIENCE_SECONDS: Final = 30
AT_ANY_TIME: Final = ("/healthz", "/readyz", "/static/")
"""Addresses that need neither: whoever watches the process must not take a crowd for a fault."""


Late = Callable[[Request], Awaitable[Response]]
"""Answers a request whose turn did not come in time; its body is still there."""
IsInside = Callable[[Request], bool]
"""Says whether somebody has come in with this request: strangers wait in a line of their own."""


class Turns:
    """ASGI middleware: a request has its turn from the moment its body is there until its answer begins.

    Args:
        app: what answers. Whatever reads the body stands outside, so that a slow line takes nobody's turn.
        late: answers whoever has waited too long.
        is_inside: who has come in, so that a crowd at the door keeps nobody from their work.
        at_once: how many of those have their turn at one time.
        strangers: how many of the others.
        patience: seconds that a request waits for it.
    """

    def __init__(
        self,
        app: ASGIApp,
        late: Late,
        is_inside: IsInside,
        at_once: int = AT_ONCE,
        strangers: int = STRANGERS_AT_ONCE,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self.app = app
        self.late = late
        self.is_inside = is_inside
        self.at_once = at_once
        self.strangers = strangers
        self.patience = patience
        self._lines = WeakKeyDictionary[asyncio.AbstractEventLoop, dict[bool, asyncio.Semaphore]]()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request when its turn has come."""
        if scope["type"] != "http" or scope["path"].startswith(AT_ANY_TIME):
            await self.app(scope, receive, send)
            return
        free = self._line(is_inside=self.is_inside(Request(scope)))
        try:
            await asyncio.wait_for(free.acquire(), self.patience)
        except TimeoutError:
            told = await self.late(Request(scope, receive))
            await told(scope, receive, send)
            return
        has_turn = True

        def pass_on() -> None:
            nonlocal has_turn
            if has_turn:
                has_turn = False
                free.release()

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                pass_on()
            await send(message)

        try:
            await self.app(scope, receive, sent)
        finally:
            pass_on()

    def _line(self, *, is_inside: bool) -> asyncio.Semaphore:
        """Return the line of this event loop: a server has one loop, a test may have one for each request."""
        both = self._lines.setdefault(
            asyncio.get_running_loop(),
            {True: asyncio.Semaphore(self.at_once), False: asyncio.Semaphore(self.strangers)},
        )
        return both[is_inside]

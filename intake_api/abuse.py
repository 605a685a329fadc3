"""Slows down floods without asking people to prove that they are people.

What one neighbourhood of addresses sends is counted in memory, under a hash with a key that this process
made when it started and never writes down: no address is kept, logged or recoverable after the process.
Reading pages is never slowed. A training room, a shelter or a library sends hundreds of reports an hour
from one address and must never notice; a script that sends dozens a second does.

Who shares an address with a script must not pay for it. What people write fits into a small body, so large
bodies have an allowance of their own, in bytes: once it is used up they are refused by what they declare,
unread, and the forms of everybody else at that address go on.
"""

import hmac
import ipaddress
import secrets
import time
from collections import OrderedDict
from typing import Final

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from intake_api.bodies import KEPT
from office.errors import TooMany
from office.web.headers import CSP_WITH_OWN_SCRIPT, SecurityHeaders
from office.web.problems import answer

AT_ONCE: Final = 600
SMALL: Final = KEPT
"""Bytes that a body without files never exceeds; only what goes beyond is counted in bytes."""
BYTES_AT_ONCE: Final = 512 * 1024 * 1024
"""One report with twelve files of 40 MB, from a neighbourhood that sent none for a while."""
BYTES_PER_SECOND: Final = 4 * 1024 * 1024
"""500 reports an hour with 29 MB of files each."""
REMEMBERED: Final = 50_000
NEIGHBOURHOOD: Final = 56
"""Bits of an address of version 6 that are one household, office or antenna."""
CHANGES: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})
HONEYPOT: Final = "website"
"""A field no person sees; programs that fill in everything fill it in."""


class Flooded(TooMany):
    """More was sent from one neighbourhood than people can write."""

    code = "flooded"
    sentence = (
        "Too much is being sent from your network just now. What you wrote is not lost: "
        "wait a minute, go back and send again."
    )


class Allowance:
    """So much at once, and so much each second after that.

    Args:
        per_second: what is given back each second; 0 means that nothing is ever refused.
        at_once: what may be sent before anything is slowed.
    """

    def __init__(self, per_second: float, at_once: int = AT_ONCE) -> None:
        self.per_second = per_second
        self.at_once = at_once
        self._secret = secrets.token_bytes(32)
        self._left: OrderedDict[bytes, tuple[float, float]] = OrderedDict()

    def take(self, neighbourhood: str, now: float, amount: int = 1) -> bool:
        """Return whether `amount` more may be sent from here at `now` (seconds of a steady clock).

        What is refused takes nothing from the allowance.
        """
        if not self.per_second:
            return True
        name = hmac.digest(self._secret, neighbourhood.encode(), "sha256")
        left, at = self._left.pop(name, (float(self.at_once), now))
        left = min(float(self.at_once), left + (now - at) * self.per_second)
        may = left >= amount
        self._left[name] = (left - amount if may else left, now)
        while len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        return may


def heavy_allowance(posts_per_second: float) -> Allowance:
    """Return the allowance in bytes for large bodies; none is refused where no post is."""
    return Allowance(BYTES_PER_SECOND if posts_per_second else 0, BYTES_AT_ONCE)


def neighbourhood_of(address: str) -> str:
    """Return the part of an address that one household or office shares."""
    if ":" not in address:
        return address[:64]  # of version 4, which one household shares whole; or no address at all
    try:
        told = ipaddress.IPv6Address(address)
    except ValueError:
        return address[:64]
    return str(ipaddress.IPv6Network((told, NEIGHBOURHOOD), strict=False))


class SlowFloods:
    """ASGI middleware: refuses what a neighbourhood sends beyond its allowances, before reading it.

    Args:
        app: what answers.
        allowance: requests that change something.
        heavy: bytes of large bodies, of any kind of request.
    """

    def __init__(self, app: ASGIApp, allowance: Allowance, heavy: Allowance) -> None:
        self.app = app
        self.allowance = allowance
        self.heavy = heavy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, or tell to wait."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        client = scope.get("client")
        where = neighbourhood_of(client[0]) if client else ""
        declared = _declared(scope)
        now = time.monotonic()
        # The large ones first: a flood of them must not use up what others here may send.
        weight = min(declared or 0, BYTES_AT_ONCE)  # what says more is told so, once
        may = weight <= SMALL or self.heavy.take(where, now, weight)
        if may and scope["method"] in CHANGES:
            may = self.allowance.take(where, now)
        if not may:
            await self._refuse(scope, receive, send)
        elif declared is None:
            weighed = _Weighed(self.heavy, where, receive, send)
            await self.app(scope, weighed.receive, weighed.send)
        else:
            await self.app(scope, receive, send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        # The refusal stands before everything else, the headers of the other answers included.
        told = answer(Request(scope), Flooded(seconds="60"))
        refused = SecurityHeaders(told, CSP_WITH_OWN_SCRIPT, may_listen=True)
        await refused(scope, receive, _closing(send))


class _Weighed:
    """A body that does not say how large it is, taken from the allowance as it arrives."""

    def __init__(self, heavy: Allowance, where: str, receive: Receive, send: Send) -> None:
        self._heavy, self._where, self._receive, self._send = heavy, where, receive, send
        self._read = 0
        self._is_refused = False

    async def receive(self) -> Message:
        message = await self._receive()
        before, self._read = self._read, self._read + len(message.get("body", b""))
        beyond = max(0, self._read - SMALL) - max(0, before - SMALL)
        if beyond and not self._heavy.take(self._where, time.monotonic(), beyond):
            self._is_refused = True
            raise Flooded(seconds="60")
        return message

    async def send(self, message: Message) -> None:
        await (_closing(self._send) if self._is_refused else self._send)(message)


def _declared(scope: Scope) -> int | None:
    """Return the bytes of the body as the request tells them, or None if it does not."""
    headers: dict[bytes, bytes] = dict(scope["headers"])
    if b"transfer-encoding" in headers:
        return None
    told = headers.get(b"content-length", b"0")
    return int(told) if told.isdigit() else 0


def _closing(send: Send) -> Send:
    # The rest of the body is left unread, so nothing more can be said over this connection.
    async def and_close(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), (b"connection", b"close")]
        await send(message)

    return and_close

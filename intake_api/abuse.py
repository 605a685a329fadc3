"""Slows down floods without asking people to prove that they are people.

What one neighbourhood of addresses sends is counted in memory, under a hash with a key that this process
made when it started and never writes down: no address is kept, logged or recoverable after the process.
Reading pages is never slowed. A training room, a shelter or a library sends hundreds of reports an hour
from one address and must never notice; a script that sends dozens a second does.
"""

import hmac
import ipaddress
import secrets
import time
from collections import OrderedDict
from typing import Final

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from intake_api.streamed_forms import streamed_limit
from office.errors import TooMany
from office.handover.report import LARGEST_FILE
from office.web.headers import CSP_WITH_OWN_SCRIPT, SecurityHeaders
from office.web.problems import answer

AT_ONCE: Final = 600
MIB: Final = 1024 * 1024
REMEMBERED: Final = 50_000
NEIGHBOURHOOD: Final = 56
"""Bits of an address of version 6 that are one household, office or antenna."""
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

    def take(self, neighbourhood: str, now: float, weight: int = 1) -> bool:
        """Return whether so many more may be sent from here at `now` (seconds of a steady clock)."""
        if not self.per_second:
            return True
        name = hmac.digest(self._secret, neighbourhood.encode(), "sha256")
        left, at = self._left.pop(name, (float(self.at_once), now))
        left = min(float(self.at_once), left + (now - at) * self.per_second)
        may = left >= weight
        self._left[name] = (left - weight if may else left, now)
        while len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        return may


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
    """ASGI middleware: refuses what a neighbourhood sends beyond its allowance, before reading it.

    Files have an allowance of their own, in MiB: whoever sends many must not keep a neighbour's report out.
    """

    def __init__(self, app: ASGIApp, allowance: Allowance, files: Allowance) -> None:
        self.app = app
        self.allowance = allowance
        self.files = files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, or tell to wait."""
        if scope["type"] == "http" and scope["method"] == "POST":
            client = scope.get("client")
            where = neighbourhood_of(client[0]) if client else ""
            if not self._may(scope, where):
                # The refusal stands before everything else, the headers of the other answers included.
                told = answer(Request(scope), Flooded(seconds="60"))
                refused = SecurityHeaders(told, CSP_WITH_OWN_SCRIPT, may_listen=True)
                await refused(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _may(self, scope: Scope, where: str) -> bool:
        most = streamed_limit(scope["path"])
        if most is None:
            return self.allowance.take(where, time.monotonic())
        declared = Headers(scope=scope).get("content-length", "")
        size = int(declared) if declared.isdecimal() else LARGEST_FILE
        return self.files.take(where, time.monotonic(), 1 + min(size, most) // MIB)

"""Nothing is sent in a void case but what takes that back or keeps somebody out.

Each act is told what its request is, and the only door to a case refuses it, with the case held. What a
request is stands in the path of its route, so that no way of writing a number goes round it.
"""

from typing import Final

from starlette.requests import Request

from casework.states.void_rules import may_be_sent

READS: Final = ("GET", "HEAD")
BELOW: Final = "/cases/{number}/"
ABOUT_IT: Final = frozenset({"/{language}/supervision/reviews/{review}"})
"""Routes that work on no case: whether it was right to void this one is looked at afterwards."""


def sends(request: Request) -> bool:
    """Say whether a request sends something that no void case takes."""
    path = str(getattr(request.scope.get("route"), "path", ""))
    _, _, rest = path.partition(BELOW)
    return request.method not in READS and path not in ABOUT_IT and not may_be_sent(rest)

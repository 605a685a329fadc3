"""Whoever keeps out of a case changes nothing in it, from whichever page or program.

Each act is told whether its request is to change something, and the only door to a case refuses it
(`cases.access`). What a request is stands in the path of its route: a route that is added is shut for them
until it stands here with its reason.
"""

from collections.abc import Mapping
from typing import Final

from starlette.requests import Request

READS: Final = ("GET", "HEAD")
PREFIXES: Final = ("/{language}/", "/api/v1/")
CASE: Final = "cases/{number}/"
STILL: Final[Mapping[str, str]] = {
    f"{CASE}people/interest": "declaring: another ground is one more reason to keep out",
    f"{CASE}people/ending": "ending: its own guards let nobody end what keeps themselves out",
    f"{CASE}adviser": "giving it away: its own guard lets nobody who keeps out choose who has it next",
    f"{CASE}returning": "giving it back to the supervisors, who choose somebody else",
    f"{CASE}contact": "reading, with a reason on record: they read the case until it is given away",
    f"{CASE}profile/opening": "reading, with a reason on record",
    "giving": "giving several away: the guard of one holds for each, and each is told apart",
    "drafts": "what they typed is kept for themselves, and is no part of the case",
    "drafts/removal": "their own draft",
}
"""What they may still send, by its route below the language, and why."""


def changes(request: Request) -> bool:
    """Say whether a request is to change something of the cases it opens."""
    path = str(getattr(request.scope.get("route"), "path", ""))
    for prefix in PREFIXES:
        path = path.removeprefix(prefix)
    return request.method not in READS and path not in STILL

"""The office's keys, by name: who holds the private half of each.

staff      granted to members of staff, opened at sign-in, in memory only
service    a file outside the stores, for one service user
escrow     three shares on paper
signature  a file for whoever publishes releases; made anew when lost, so not in the escrow
"""

from typing import Final

from office.keys.errors import KeyUnknown
from office.signing import RELEASE_SIGNING

STAFF_KEYS: Final = ("story", "story-apart", "contact", "names")
SERVICE_KEYS: Final = ("statistics", "notice")
ESCROW: Final = "escrow"
SEALED_KEYS: Final = (*STAFF_KEYS, *SERVICE_KEYS)
ALL_KEYS: Final = (*SEALED_KEYS, ESCROW, RELEASE_SIGNING)
PUBLISHED: Final = ("story", "story-apart", "contact", "statistics", "notice", RELEASE_SIGNING)
"""Keys whose public halves everybody may know. `names` never seals; to `escrow` only the office does."""

FEWEST_HOLDERS: Final = 2


def full_name(name: str, version: int) -> str:
    """Return the name of one version, such as `story.1`."""
    return f"{name}.{version}"


def parts(key_name: str) -> tuple[str, int | None]:
    """Return name and version of `story.1`, or name and None of `story`; raise KeyUnknown."""
    name, dot, version = key_name.rpartition(".")
    if dot and version.isdecimal():
        return _known(name), int(version)
    return _known(key_name), None


def stem(key_name: str) -> str:
    """Return the name without the version, `story` of `story.1`, of a key already kept."""
    return key_name.rpartition(".")[0]


def _known(name: str) -> str:
    if name not in ALL_KEYS:
        raise KeyUnknown(key=name)
    return name

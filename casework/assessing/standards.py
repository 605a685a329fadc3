"""Who has to prove what, and what points to bias: data that lawyers review. Pure but for reading it once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from office.languages import mark
from office.vocabulary import words_in

FULL: Final = "full"
RESULTS: Final = {
    "shifts": mark("Indications shift the burden"),
    FULL: mark("Indications do not shift the burden"),
    "depends": mark("It depends"),
    "none": mark("No burden of proof"),
}
SURE: Final = {
    "verified": mark("The article was read in the law."),
    "general": mark("From general knowledge: the law must be read."),
}


@dataclass(frozen=True, slots=True)
class Standard:
    """Who has to prove what on a track.

    Attributes:
        code: its name in the file.
        result: a code of `RESULTS`.
        article: where it stands.
        sure: a code of `SURE`.
        words: what it means, by language.
        kinds: kinds of track for which it holds.
        groups: groups of the list of routes.
        routes: routes of that list.
    """

    code: str
    result: str
    article: str
    sure: str
    words: Mapping[str, str]
    kinds: tuple[str, ...]
    groups: tuple[str, ...]
    routes: tuple[str, ...]

    def words_in(self, tag: str) -> str:
        """Return what it means in the language `tag`."""
        return words_in(self.words, tag)


@dataclass(frozen=True, slots=True)
class Named:
    """A group, an indicator or an article of the checklist of bias, with its words by language."""

    code: str
    words: Mapping[str, str]
    group: str = ""

    def words_in(self, tag: str) -> str:
        """Return its words in the language `tag`."""
        return words_in(self.words, tag)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))


_STANDARDS: Final = _read("standards.toml")
_BIAS: Final = _read("bias.toml")

STANDARDS: Final = tuple(
    Standard(
        code=one["code"],
        result=one["result"],
        article=one["article"],
        sure=one["sure"],
        words=one["words"],
        kinds=tuple(one["kinds"]),
        groups=tuple(one["groups"]),
        routes=tuple(one["routes"]),
    )
    for one in _STANDARDS["standard"]
)
CONFIRMED_BY: Final[str] = _STANDARDS["meta"]["checked_by"]
"""The lawyer who confirmed the standards; empty while nobody has."""
RECORDING_DAYS: Final[int] = _STANDARDS["recordings"]["days"]
"""After about how many days recordings are usually erased."""

BIAS_VERSION: Final[str] = _BIAS["meta"]["version"]
BIAS_AUTHORITY: Final[str] = _BIAS["meta"]["authority"]
BIAS_REVIEWED_BY: Final[str] = _BIAS["meta"]["checked_by"]
GROUPS: Final = tuple(Named(one["code"], one["label"]) for one in _BIAS["group"])
INDICATORS: Final = tuple(Named(one["code"], one["label"], one["group"]) for one in _BIAS["item"])
ARTICLES: Final = tuple(Named(one["code"], one["words"]) for one in _BIAS["article"])


def standard_of(kind: str, route: str | None, group: str | None) -> Standard:
    """Return the standard of a track.

    Args:
        kind: the kind of the track.
        route: the route of the list it names, if it does.
        group: the group of that route.

    Raises:
        LookupError: the file has no standard for this kind; a test sees to it that it has.
    """
    own = next((one for one in STANDARDS if kind in one.kinds), None)
    if own is None:
        raise LookupError(kind)
    if own.result == FULL:
        return own
    narrower = [one for one in STANDARDS if route in one.routes] or [
        one for one in STANDARDS if group in one.groups
    ]
    return narrower[0] if narrower else own

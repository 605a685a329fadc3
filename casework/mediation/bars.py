"""What keeps a case from mediation, as `bars.toml` says it: by law, or by the office's own rule. Pure."""

import tomllib
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from office.languages import mark
from office.vocabulary.items import words_in

ANSWERS: Final = {"no": mark("No"), "yes": mark("Yes"), "unknown": mark("Not known yet")}
OWN_RULE: Final = mark("Rule of the office")

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks in the file itself, in codes.

    `acts` is empty where whoever looks cannot open what the person told.
    """

    acts: Set[str] = frozenset()
    conduct: Set[str] = frozenset()
    areas: Set[str] = frozenset()
    routing: Set[str] = frozenset()
    groups: Set[str] = frozenset()
    tracks: Set[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Bar:
    """One reason not to mediate.

    Attributes:
        code: its name in the store.
        effect: `bars`, or `asks` for how the person is protected.
        law: the article; empty for a rule of the office's own.
        asks: what is asked at the screening, by language; empty if nobody is asked.
        why: what is said when it is refused, by language.
        signs: codes of the file that say so by themselves.
    """

    code: str
    effect: Literal["bars", "asks"]
    law: str
    why: Words
    asks: Words = field(default_factory=dict)
    signs: Signs = Signs()

    def why_in(self, tag: str) -> str:
        """Return why, in a language."""
        return words_in(self.why, tag)

    def asks_in(self, tag: str) -> str:
        """Return what is asked, in a language."""
        return words_in(self.asks, tag)

    def stands_in(self, file: Signs) -> bool:
        """Say whether the file itself says so."""
        return any(getattr(self.signs, name) & getattr(file, name) for name in Signs.__slots__)


def _bar(told: dict[str, object]) -> Bar:
    signs = {name: frozenset(told.pop(name, ())) for name in Signs.__slots__}  # type: ignore[call-overload]  # a list of codes
    return Bar(**told, signs=Signs(**signs))  # type: ignore[arg-type]  # checked by a test of the file


BARS: Final = tuple(
    _bar(dict(one)) for one in tomllib.loads(Path(__file__).with_name("bars.toml").read_text("utf-8"))["bar"]
)
ASKED: Final = tuple(bar for bar in BARS if bar.asks)


def standing(file: Signs, said: Set[str]) -> list[Bar]:
    """Return what keeps a case from mediation, by its file or by what was said at the screening."""
    return [bar for bar in BARS if bar.code in said or bar.stands_in(file)]


def barring(found: list[Bar]) -> list[Bar]:
    """Return those that no protection outweighs."""
    return [bar for bar in found if bar.effect == "bars"]

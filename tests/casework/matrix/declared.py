"""What `doors.toml` says: people, what is behind the doors, doors, and a line for each route."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, Final

from fastapi.routing import APIRoute

FILE: Final = Path(__file__).with_name("doors.toml")
OUTSIDE: Final = ("left", "stranger")
"""Roles of nobody who works here: they are sent to the door before anything is looked up."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Something behind a door. Attributes: `adviser`, whose case it is, if that matters."""

    kind: str
    name: str
    open_to: frozenset[str]
    adviser: str = ""
    known_to: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.kind} {self.name}".strip()


NOTHING: Final = Subject("", "", frozenset())


@dataclass(frozen=True, slots=True)
class Route:
    """A route as it is declared.

    Attributes: `form`, the least that its POST must say; `answers`, what its GET is answered with; `tells`,
    why numbers stand on it of what the reader may not open; `counts`, the roles to whom it tells of the whole
    office, as is promised; `lacks`, why nobody is answered in this office, whoever may;
    `untraced`, why a refusal is not on record; `numbers`, the roles to whom it tells the numbers of the whole
    office, as is promised; `anew`, why it is another page each time.
    """

    method: str
    path: str
    of: str
    roles: frozenset[str]
    by: str
    form: dict[str, str] = field(default_factory=dict)
    answers: tuple[int, ...] = (200,)
    tells: str = ""
    counts: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    anew: str = ""
    lacks: str = ""
    untraced: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def names(self) -> set[str]:
        """What must be filled in, in the address and in the form."""
        texts = (self.path, *self.form.values())
        found = {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}
        return {name.partition(":")[0] for name in found} - {"language"}


@dataclass(frozen=True, slots=True)
class Declared:
    """The whole file."""

    people: dict[str, str]
    subjects: dict[str, tuple[Subject, ...]]
    routes: dict[str, Route]
    elsewhere: dict[str, str]

    def of(self, route: Route) -> tuple[Subject, ...]:
        """Return what is behind the doors of this kind; one of nothing where the page stands for itself."""
        return self.subjects[route.of] if route.of else (NOTHING,)

    def may(self, route: Route, subject: Subject, who: str) -> bool:
        """Say whether somebody may pass."""
        if route.lacks or self.people[who] not in route.roles:
            return False
        if subject is not NOTHING and who not in subject.open_to:
            return False
        return not route.by or who == getattr(subject, route.by)


@cache
def declared() -> Declared:
    """Return what the file says."""
    told = tomllib.loads(FILE.read_text())
    doors = told["doors"]
    kinds = dict.fromkeys(one["of"] for one in doors.values() if "of" in one)
    return Declared(
        people=told["people"],
        subjects={
            kind: tuple(_subject(kind, name, one) for name, one in told[kind].items()) for kind in kinds
        },
        routes={key: _route(key, line, doors) for key, line in told["routes"].items()},
        elsewhere=told["elsewhere"],
    )


def _subject(kind: str, name: str, one: dict[str, Any]) -> Subject:
    assert one["why"], f"{kind}.{name} says no reason"
    return Subject(
        kind, name, frozenset(one["open_to"]), one.get("adviser", ""), frozenset(one.get("known_to", ()))
    )


def _route(key: str, line: str | dict[str, Any], doors: dict[str, Any]) -> Route:
    method, _, path = key.partition(" ")
    more: dict[str, Any] = {"door": line} if isinstance(line, str) else line
    door = doors[more["door"]]
    assert door["source"], f"the door of {key} says no source"
    own = {name: more[name] for name in ("form", "tells", "lacks", "untraced", "anew") if name in more}
    own |= {name: tuple(more[name]) for name in ("answers", "counts", "numbers") if name in more}
    return Route(method, path, door.get("of", ""), frozenset(door["roles"]), door.get("by", ""), **own)


def keys_of(routes: list[Any]) -> set[str]:
    """Return how an application's routes are called in the file."""
    return {
        f"{method} {one.path}"
        for one in routes
        if isinstance(one, APIRoute)
        for method in (one.methods or set()) - {"HEAD"}
    }

"""What the macros ask of Python: choices and answers in one shape, values as they were typed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a question, or the word between two (`divider`)."""

    value: str = ""
    text: str = ""
    hint: str = ""
    label_lang: str = ""
    divider: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of a list of answers; `change` says what the link changes."""

    key: str
    value: Any
    href: str = ""
    change: str = ""


def choices(items: Iterable[Choice | Mapping[str, str] | Sequence[str]]) -> list[Choice]:
    """Return choices given as mappings, as (value, text[, hint]) or as they are, in one shape."""
    told: list[Choice] = []
    for item in items:
        if isinstance(item, Choice):
            told.append(item)
        elif isinstance(item, Mapping):
            told.append(Choice(**item))
        else:
            told.append(Choice(*item))
    return told


def answers(rows: Iterable[Answer | Mapping[str, Any]]) -> list[Answer]:
    """Return rows of a list of answers in one shape."""
    return [row if isinstance(row, Answer) else Answer(**row) for row in rows]


def values_of(given: Mapping[str, Any], name: str) -> list[str]:
    """Return all values of a field, whether one text or several were kept."""
    value = given.get(name)
    if value is None:
        return []
    if isinstance(value, list | tuple | set | frozenset):
        return [str(one) for one in value]
    return [str(value)]


def value_of(given: Mapping[str, Any], name: str) -> str:
    """Return the last value of a field as it was typed, or nothing."""
    values = values_of(given, name)
    return values[-1] if values else ""

"""Reads one list from its TOML file, and refuses what was not agreed.

Only the shape is looked at here, file by file; whether the lists fit together is for
`office.vocabulary.checks`.
"""

import tomllib
from collections.abc import Iterable, Mapping, Set
from datetime import date
from pathlib import Path
from typing import Final

from office.vocabulary.items import (
    Extra,
    Group,
    Item,
    Meta,
    Vocabulary,
    VocabularyBroken,
    Words,
)
from office.vocabulary.route_limits import RouteDeadline, WorkedExample
from office.vocabulary.shapes import Kind, Shape

META: Final = {"vocabulary", "version", "authority", "checked_by", "next_review", "confidence", "note"}
ITEM: Final = {
    "code",
    "group",
    "label",
    "definition",
    "law",
    "valid_from",
    "valid_until",
    "published_as",
    "is_offered",
    "confidence",
    "sources",
    "note",
    "deadline",
}
DEADLINE: Final = {
    "label",
    "count",
    "unit",
    "start",
    "kind",
    "august",
    "dec24_jan6",
    "roll_if_nonworking",
    "counts_start_day",
    "note",
    "article",
    "valid_from",
    "valid_until",
    "example",
}
Table = Mapping[str, object]


class Reader:
    """Reads the tables of one file and says, in every refusal, where it was."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.place = ""

    def refusal(self, problem: str) -> VocabularyBroken:
        """Return the error that names this file, the place in it and the problem."""
        return VocabularyBroken(file=self.path.name, place=self.place or "-", problem=problem)

    def document(self) -> Table:
        """Return the whole file as a table."""
        try:
            with self.path.open("rb") as file:
                return tomllib.load(file)
        except FileNotFoundError:
            raise self.refusal("there is no such file") from None
        except tomllib.TOMLDecodeError as error:
            raise self.refusal(f"not TOML: {error}") from None

    def only(self, table: Table, allowed: Iterable[str]) -> None:
        """Refuse a table that has a key nobody agreed on."""
        unknown = sorted(set(table) - set(allowed))
        if unknown:
            raise self.refusal(f"unknown keys: {', '.join(unknown)}")

    def table(self, table: Table, key: str) -> Table:
        """Return the table under `key`."""
        found = table.get(key)
        if not isinstance(found, dict):
            raise self.refusal(f"{key} must be a table")
        return found

    def tables(self, table: Table, key: str) -> list[Table]:
        """Return the tables under `key`; none is an empty list."""
        found = table.get(key, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise self.refusal(f"{key} must be a list of tables")
        return found

    def text(self, table: Table, key: str, default: str | None = None) -> str:
        """Return the text under `key`."""
        found = table.get(key, default)
        if not isinstance(found, str):
            raise self.refusal(f"{key} must be a text")
        return found

    def texts(self, table: Table, key: str) -> tuple[str, ...]:
        """Return the texts under `key`; none is an empty tuple."""
        found = table.get(key, [])
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            raise self.refusal(f"{key} must be a list of texts")
        return tuple(found)

    def number(self, table: Table, key: str) -> int:
        """Return the whole number under `key`."""
        found = table.get(key)
        if not isinstance(found, int) or isinstance(found, bool):
            raise self.refusal(f"{key} must be a whole number")
        return found

    def flag(self, table: Table, key: str, default: bool | None = None) -> bool:
        """Return the yes or no under `key`."""
        found = table.get(key, default)
        if not isinstance(found, bool):
            raise self.refusal(f"{key} must be true or false")
        return found

    def day(self, table: Table, key: str) -> date:
        """Return the day under `key`, written as a TOML date without quotes."""
        found = table.get(key)
        if type(found) is not date:
            raise self.refusal(f"{key} must be a date")
        return found

    def day_or_none(self, table: Table, key: str) -> date | None:
        """Return the day under `key`, or None when it is not said."""
        return self.day(table, key) if key in table else None

    def words(self, table: Table, key: str) -> Words:
        """Return the words under `key`, by language."""
        found = self.table(table, key)
        words: dict[str, str] = {}
        for tag, text in found.items():
            if not isinstance(text, str) or not text.strip():
                raise self.refusal(f"{key}.{tag} must be a text")
            words[tag] = text
        return words


def read_meta(reader: Reader, document: Table) -> Meta:
    """Return what the head of a file says about it."""
    reader.place = "meta"
    meta = reader.table(document, "meta")
    reader.only(meta, META)
    return Meta(
        vocabulary=reader.text(meta, "vocabulary"),
        version=reader.text(meta, "version"),
        authority=reader.text(meta, "authority"),
        checked_by=reader.text(meta, "checked_by"),
        next_review=reader.day(meta, "next_review"),
        confidence=reader.text(meta, "confidence"),
        note=reader.text(meta, "note", ""),
    )


def read_group(reader: Reader, table: Table) -> Group:
    """Return one heading of a list."""
    reader.only(table, {"code", "label"})
    reader.place = f"group {reader.text(table, 'code')}"
    return Group(code=reader.text(table, "code"), label=reader.words(table, "label"))


def read_deadline(reader: Reader, table: Table) -> RouteDeadline:
    """Return one limit of a route."""
    reader.only(table, DEADLINE)
    return RouteDeadline(
        count=reader.number(table, "count"),
        unit=reader.text(table, "unit"),
        start=reader.text(table, "start"),
        kind=reader.text(table, "kind"),
        august=reader.text(table, "august"),
        dec24_jan6=reader.text(table, "dec24_jan6"),
        roll_if_nonworking=reader.flag(table, "roll_if_nonworking"),
        counts_start_day=reader.flag(table, "counts_start_day", False),
        label=reader.text(table, "label", ""),
        note=reader.text(table, "note", ""),
        article=reader.text(table, "article", ""),
        valid_from=reader.day_or_none(table, "valid_from"),
        valid_until=reader.day_or_none(table, "valid_until"),
        examples=tuple(read_example(reader, one) for one in reader.tables(table, "example")),
    )


def read_example(reader: Reader, table: Table) -> WorkedExample:
    """Return one counting of a limit done by hand."""
    reader.only(table, {"start", "due", "counted"})
    return WorkedExample(
        start=reader.day(table, "start"), due=reader.day(table, "due"), counted=reader.text(table, "counted")
    )


def read_extra(reader: Reader, table: Table, key: str, kind: Kind) -> Extra:
    """Return what an item says under a key of its own list."""
    if kind.holds == "flag":
        return reader.flag(table, key)
    if kind.holds == "number":
        return reader.number(table, key)
    if kind.holds == "texts":
        return reader.texts(table, key)
    if kind.holds == "words":
        return reader.words(table, key)
    return reader.text(table, key)


def read_item(reader: Reader, table: Table, shape: Shape, others: Set[str] = frozenset()) -> Item:
    """Return one code of a list; `others` are keys that somebody else reads."""
    reader.place = "item without a code"
    code = reader.text(table, "code")
    reader.place = f"item {code}"
    reader.only(table, ITEM | set(shape) | others)
    extra = {key: read_extra(reader, table, key, kind) for key, kind in shape.items() if key in table}
    for key, kind in shape.items():
        if kind.is_needed and key not in table:
            raise reader.refusal(f"{key} is missing")
    return Item(
        code=code,
        label=reader.words(table, "label"),
        group=reader.text(table, "group") if "group" in table else None,
        definition=reader.words(table, "definition") if "definition" in table else None,
        law=reader.texts(table, "law"),
        valid_from=reader.day_or_none(table, "valid_from"),
        valid_until=reader.day_or_none(table, "valid_until"),
        published_as=reader.text(table, "published_as") if "published_as" in table else None,
        is_offered=reader.flag(table, "is_offered", True),
        confidence=reader.text(table, "confidence") if "confidence" in table else None,
        sources=reader.texts(table, "sources"),
        note=reader.text(table, "note", ""),
        extra=extra,
        deadlines=tuple(read_deadline(reader, one) for one in reader.tables(table, "deadline")),
    )


def read_schemes(reader: Reader, document: Table) -> dict[str, tuple[str, ...]]:
    """Return the outside lists a file maps to, each with its values."""
    reader.place = "schemes"
    if "schemes" not in document:
        return {}
    schemes = reader.table(document, "schemes")
    return {name: reader.texts(schemes, name) for name in schemes}


def read_vocabulary(name: str, path: Path, shape: Shape) -> Vocabulary:
    """Return the list `name` kept in the file `path`.

    Raises:
        VocabularyBroken: the file is missing, is not TOML, or says something nobody agreed on.
    """
    reader = Reader(path)
    document = reader.document()
    reader.only(document, {"meta", "schemes", "group", "item"})
    meta = read_meta(reader, document)
    if meta.vocabulary != name:
        raise reader.refusal(f"the file says it is {meta.vocabulary}")
    schemes = read_schemes(reader, document)
    reader.place = "groups"
    groups = tuple(read_group(reader, table) for table in reader.tables(document, "group"))
    reader.place = "items"
    items = tuple(read_item(reader, table, shape) for table in reader.tables(document, "item"))
    return Vocabulary(name=name, meta=meta, items=items, groups=groups, schemes=schemes)

"""Reads one list from its TOML file, and refuses what was not agreed.

Only the shape is looked at here, file by file; whether the lists fit together is for
`office.vocabulary.checks`.
"""

from collections.abc import Set
from pathlib import Path
from typing import Final

from office.vocabulary.items import (
    Extra,
    Group,
    Item,
    Meta,
    Vocabulary,
)
from office.vocabulary.limit_reading import read_deadline
from office.vocabulary.reader import Reader, Table
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

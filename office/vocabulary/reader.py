"""Reads what a table of a TOML file says under a key, and refuses what is not of the kind that was agreed."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from office.vocabulary.items import VocabularyBroken, Words

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

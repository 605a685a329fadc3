"""What a vocabulary is: a list of codes with labels, law and mappings, as the office keeps it.

This module knows the shape of a list and nothing of any code in it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from office.errors import Invalid, NotFound, OfficeError
from office.languages.catalogues import data_words
from office.languages.registry import folder_of, tags_of
from office.vocabulary.route_limits import RouteDeadline

LABEL_TAGS: Final = ("es", "ca-valencia", "en", "fr", "ar")
"""Languages every label of every list has."""

Words = Mapping[str, str]
"""The same words by language tag (`es`, `ca-valencia`, …)."""

Extra = bool | int | str | tuple[str, ...] | Words


class VocabularyBroken(OfficeError):
    """A vocabulary or city file is not as agreed; `detail` says which file and what."""

    code = "vocabulary_broken"
    sentence = "One of the office's lists is damaged, so this cannot be shown now."


class VocabularyUnknown(NotFound):
    """There is no list of this name."""

    code = "vocabulary_unknown"
    sentence = "There is no list of this name."


class CityUnknown(NotFound):
    """There is no folder of data for this city."""

    code = "city_unknown"
    sentence = "There is no city of this name."


class CodeUnknown(Invalid):
    """A code that its list does not have, and never had."""

    code = "code_unknown"
    sentence = "One of the choices is not in the office's list."


def written_tag(tag: str) -> str:
    """Return the tag as labels write it: `ca_ES_VALENCIA` and `ca-ES-valencia` are `ca-valencia`."""
    plain = tag.replace("_", "-").lower()
    if plain.startswith("ca") and plain.endswith("valencia"):
        return "ca-valencia"
    return plain


def words_further(words: Words, tag: str) -> str:
    """Return the words in a language that has a catalogue of them; empty if it has none, or not these."""
    known = {one.lower(): one for one in tags_of("data")}
    found = known.get(tag.replace("_", "-").lower())
    if found is None or "en" not in words:
        return ""
    return data_words(folder_of(found)).get((words.get("es", ""), words["en"]), "")


def words_in(words: Words, tag: str) -> str:
    """Return the words in the language `tag`, or in the first language there is.

    Languages that data files do not hold themselves have a catalogue of their words. A city may keep
    fewer languages than the office offers: its names are then shown as they are called there.
    `office.vocabulary.checks` reports every language that is missing.
    """
    if tag in words:
        return words[tag]
    written = written_tag(tag)
    if written in words:
        return words[written]
    if told := words_further(words, tag):
        return told
    return next(iter(words.values()), "")


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One code of a list.

    Attributes:
        code: never reused and never renamed.
        label: the code in plain words, by language.
        definition: a sentence that explains it, by language.
        law: articles it rests on.
        valid_from: first day on which it may be chosen; None means from the beginning.
        valid_until: last day on which it may be chosen; None means it still may.
        published_as: the code that stands for it outside the case team, if another.
        is_offered: False for a code that only stands for others in published data.
        extra: what only this kind of list has (see `office.vocabulary.shapes`), mappings included.
    """

    code: str
    label: Words
    group: str | None = None
    definition: Words | None = None
    law: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    published_as: str | None = None
    is_offered: bool = True
    confidence: str | None = None
    sources: tuple[str, ...] = ()
    note: str = ""
    extra: Mapping[str, Extra] = field(default_factory=dict)
    deadlines: tuple[RouteDeadline, ...] = ()

    def label_in(self, tag: str) -> str:
        """Return the label in the language `tag`."""
        return words_in(self.label, tag)

    def definition_in(self, tag: str) -> str:
        """Return the explanation in the language `tag`, or an empty text."""
        return words_in(self.definition, tag) if self.definition else ""

    def is_valid_on(self, day: date) -> bool:
        """Return whether the code may be chosen on `day`."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day <= self.valid_until)

    def has(self, name: str) -> bool:
        """Return the yes-or-no `name` of this code; one that is not said is no."""
        return self.extra.get(name) is True

    def value(self, name: str) -> str:
        """Return the text or code kept under `name`, or an empty text."""
        found = self.extra.get(name, "")
        return found if isinstance(found, str) else ""

    def number(self, name: str) -> int | None:
        """Return the whole number kept under `name`, or None."""
        found = self.extra.get(name)
        return found if isinstance(found, int) and not isinstance(found, bool) else None

    def values(self, name: str) -> tuple[str, ...]:
        """Return the texts or codes kept under `name`; a single one as a tuple of one."""
        found = self.extra.get(name, ())
        if isinstance(found, str):
            return (found,) if found else ()
        return found if isinstance(found, tuple) else ()


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """A heading under which codes of a list are shown together."""

    code: str
    label: Words

    def label_in(self, tag: str) -> str:
        """Return the heading in the language `tag`."""
        return words_in(self.label, tag)


@dataclass(frozen=True, slots=True)
class Meta:
    """Where a list comes from and who has checked it.

    Attributes:
        authority: law, body or practice the list follows.
        checked_by: name of whoever reviewed it for the office; empty when nobody has.
        next_review: day by which it should be read again.
        confidence: `verified` when the law or page was read, `general` when it still must be.
    """

    vocabulary: str
    version: str
    authority: str
    checked_by: str
    next_review: date
    confidence: str
    note: str = ""

    @property
    def is_reviewed(self) -> bool:
        """Return whether a named person has checked the list."""
        return bool(self.checked_by.strip())


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """A list of codes, in the order in which it is shown."""

    name: str
    meta: Meta
    items: tuple[Item, ...]
    groups: tuple[Group, ...] = ()
    schemes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _by_code: dict[str, Item] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_code.update({item.code: item for item in self.items})

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @property
    def codes(self) -> tuple[str, ...]:
        """Return every code, those no longer valid included."""
        return tuple(item.code for item in self.items)

    def item(self, code: str) -> Item:
        """Return the item of `code`.

        Raises:
            CodeUnknown: the list has no such code.
        """
        found = self._by_code.get(code)
        if found is None:
            raise CodeUnknown(vocabulary=self.name)
        return found

    def label(self, code: str, tag: str) -> str:
        """Return the label of `code` in the language `tag`."""
        return self.item(code).label_in(tag)

    def group(self, code: str) -> Group:
        """Return the group of this code.

        Raises:
            CodeUnknown: the list has no such group.
        """
        for group in self.groups:
            if group.code == code:
                return group
        raise CodeUnknown(vocabulary=self.name)

    def in_group(self, group: str) -> tuple[Item, ...]:
        """Return the items shown under `group`."""
        return tuple(item for item in self.items if item.group == group)

    def valid_on(self, day: date) -> tuple[Item, ...]:
        """Return the items a person may choose on `day`."""
        return tuple(item for item in self.items if item.is_offered and item.is_valid_on(day))

    def published_code(self, code: str) -> str:
        """Return the code that stands for `code` outside the case team; it is often the same."""
        return self.item(code).published_as or code

    def published_codes(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Return what stands for `codes` outside the case team: sorted, each once, unknown ones left out."""
        return tuple(sorted({self.published_code(code) for code in codes if code in self}))

    @property
    def published(self) -> tuple[Item, ...]:
        """Return the items a release may name, in order: none of them stands behind another."""
        return tuple(item for item in self.items if item.published_as is None)

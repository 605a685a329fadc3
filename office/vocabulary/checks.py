"""Whether the lists fit together: what a lawyer, a translator and the code may rely on.

`check_all()` reads every file afresh, so that a broken list is found before a process meets it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from office.clock import SystemClock
from office.vocabulary import CITIES, DATA, OWN_LISTS
from office.vocabulary.city_checks import check_city
from office.vocabulary.city_reading import FILES, OWN_FORM, read_city
from office.vocabulary.findings import Finding, error, twice, warning
from office.vocabulary.items import LABEL_TAGS, Item, Meta, Vocabulary, VocabularyBroken, Words
from office.vocabulary.limit_checks import check_deadlines
from office.vocabulary.reader import Reader
from office.vocabulary.reading import read_vocabulary
from office.vocabulary.service_reading import SERVICES
from office.vocabulary.shapes import CONFIDENCES, SHAPES, Kind

LOWER_SNAKE: Final = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
LANGUAGE_TAG: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")
CODE_SHAPES: Final[Mapping[str, re.Pattern[str]]] = {"languages": LANGUAGE_TAG}
"""Lists whose codes are somebody else's, and how those are written."""


def check_all(
    data: Path = DATA, cities: Sequence[Path] | None = None, today: date | None = None
) -> list[Finding]:
    """Return everything found in the lists of `data` and in the folders `cities`, errors first.

    Without arguments these are the lists and cities shipped with the office, looked at today.
    """
    day = today or SystemClock().now().date()
    folders = sorted(one for one in CITIES.iterdir() if one.is_dir()) if cities is None else cities
    lists, found = _read_lists(data)
    retired, broken = _read_retired(data / "retired.toml")
    found += broken
    for vocabulary in lists.values():
        found += check_list(vocabulary, lists, retired.get(vocabulary.name, frozenset()), day)
    for folder in folders:
        found += _check_folder(folder, lists, retired, day)
    return sorted(found, key=lambda finding: finding.severity)


def _check_folder(
    folder: Path, lists: Mapping[str, Vocabulary], retired: Mapping[str, frozenset[str]], today: date
) -> Iterator[Finding]:
    """Yield everything found in a city's folder, its own lists included."""
    try:
        yield from check_city(read_city(folder), lists.get("languages"), today)
    except VocabularyBroken as problem:
        yield error(folder.name, "unreadable", str(problem))
    files = {file.stem for file in folder.glob("*.toml")}
    for name in sorted(files - {*FILES, OWN_FORM, SERVICES}):
        yield error(folder.name, "unknown_list", f"{name} is not a file of a city")
    own: dict[str, Vocabulary] = {}
    for file in sorted((folder / OWN_LISTS).glob("*.toml")):
        if file.stem not in SHAPES:
            yield error(folder.name, "unknown_list", f"no list {file.stem} is known to the office")
            continue
        try:
            own[file.stem] = read_vocabulary(file.stem, file, SHAPES[file.stem])
        except VocabularyBroken as problem:
            yield error(folder.name, "unreadable", str(problem))
    together = {**lists, **own}
    for name, vocabulary in together.items() if own else ():
        for finding in check_list(vocabulary, together, retired.get(name, frozenset()), today):
            if name in own or finding.rule == "reference_unknown":
                yield replace(finding, source=f"{folder.name}/{finding.source}")


def _read_lists(data: Path) -> tuple[dict[str, Vocabulary], list[Finding]]:
    lists: dict[str, Vocabulary] = {}
    found: list[Finding] = []
    for name, shape in SHAPES.items():
        try:
            lists[name] = read_vocabulary(name, data / f"{name}.toml", shape)
        except VocabularyBroken as problem:
            found.append(error(name, "unreadable", str(problem)))
    for file in sorted(data.glob("*.toml")):
        if file.stem not in SHAPES and file.stem != "retired":
            found.append(error(file.stem, "unknown_list", "no list of this name is known to the office"))
    return lists, found


def _read_retired(path: Path) -> tuple[dict[str, frozenset[str]], list[Finding]]:
    """Return, for each list, the codes that were used once and may not come back."""
    reader = Reader(path)
    codes: dict[str, set[str]] = {}
    try:
        document = reader.document()
        reader.only(document, {"retired"})
        for table in reader.tables(document, "retired"):
            reader.only(table, {"vocabulary", "code", "retired_on", "why"})
            reader.day(table, "retired_on")
            reader.text(table, "why")
            codes.setdefault(reader.text(table, "vocabulary"), set()).add(reader.text(table, "code"))
    except VocabularyBroken as problem:
        return {}, [error("retired", "unreadable", str(problem))]
    found = [
        error("retired", "unknown_list", f"{name} is not a list of the office")
        for name in sorted(set(codes) - set(SHAPES))
    ]
    return {name: frozenset(kept) for name, kept in codes.items()}, found


def check_list(
    vocabulary: Vocabulary, lists: Mapping[str, Vocabulary], retired: frozenset[str], today: date
) -> Iterator[Finding]:
    """Yield everything found in one list; `lists` are those its codes may refer to."""
    name = vocabulary.name
    yield from check_meta(name, vocabulary.meta, len(vocabulary), today)
    yield from _check_codes(vocabulary, retired)
    for group in vocabulary.groups:
        yield from check_words(name, f"group {group.code}", group.label)
        if not vocabulary.in_group(group.code):
            yield error(name, "group_empty", f"group {group.code} has no code in it")
    for item in vocabulary.items:
        yield from _check_item(vocabulary, lists, item)
        for key, kind in SHAPES[name].items():
            yield from _check_values(vocabulary, lists, item, key, kind)
    yield from _check_published(vocabulary)


def check_meta(source: str, meta: Meta, size: int, today: date) -> Iterator[Finding]:
    """Yield what the head of a file says about review, and what it should not say."""
    if meta.confidence not in CONFIDENCES:
        yield error(source, "confidence", f"{meta.confidence} is not a confidence the office uses")
    if not meta.authority.strip():
        yield error(source, "authority", "the list names no authority")
    if not meta.is_reviewed:
        yield warning(source, "unreviewed", f"{size} codes that nobody has reviewed yet")
    if meta.next_review <= today:
        yield warning(source, "review_due", f"was to be read again by {meta.next_review.isoformat()}")


def check_words(source: str, what: str, words: Words, tags: Sequence[str] = LABEL_TAGS) -> Iterator[Finding]:
    """Yield the languages in which `what` is not said, or which nobody knows."""
    for tag in tags:
        if tag not in words:
            yield error(source, "label_missing", f"{what} is not said in {tag}")
    for tag in words:
        if tag not in LABEL_TAGS:
            yield error(source, "label_language", f"{what} is said in {tag}, which the office does not offer")


def _check_codes(vocabulary: Vocabulary, retired: frozenset[str]) -> Iterator[Finding]:
    name = vocabulary.name
    pattern = CODE_SHAPES.get(name, LOWER_SNAKE)
    for code in vocabulary.codes:
        if not pattern.fullmatch(code):
            yield error(name, "code_shape", f"{code} is not written as codes are written")
        if code in retired:
            yield error(name, "code_reused", f"{code} was retired and may not come back")
    for code in twice(vocabulary.codes):
        yield error(name, "code_twice", f"{code} stands in the list more than once")
    for code in twice(group.code for group in vocabulary.groups):
        yield error(name, "code_twice", f"group {code} stands in the list more than once")


def _check_item(vocabulary: Vocabulary, lists: Mapping[str, Vocabulary], item: Item) -> Iterator[Finding]:
    name = vocabulary.name
    yield from check_words(name, item.code, item.label)
    if item.definition is not None:
        yield from check_words(name, f"the explanation of {item.code}", item.definition)
    groups = {group.code for group in vocabulary.groups}
    if (item.group is None) != (not groups) or (item.group is not None and item.group not in groups):
        yield error(name, "group_unknown", f"{item.code} is in no group of the list")
    if item.confidence is not None and item.confidence not in CONFIDENCES:
        yield error(name, "confidence", f"{item.code}: {item.confidence} is not a confidence the office uses")
    if item.valid_from and item.valid_until and item.valid_until < item.valid_from:
        yield error(name, "validity", f"{item.code} ends before it begins")
    yield from check_deadlines(name, item, lists)


def _check_values(
    vocabulary: Vocabulary, lists: Mapping[str, Vocabulary], item: Item, key: str, kind: Kind
) -> Iterator[Finding]:
    """Yield the values of one key that no scheme, list or rule knows."""
    name = vocabulary.name
    if key not in item.extra:
        return
    given = item.values(key)
    if kind.holds == "text" and (kind.scheme or kind.allowed) and len(given) != 1:
        yield error(name, "not_one_value", f"{item.code} must have exactly one {key}")
    if kind.scheme is not None:
        known: Sequence[str] = vocabulary.schemes.get(kind.scheme, ())
        for value in given:
            if value not in known:
                yield error(
                    name, "mapping_unknown", f"{item.code}: {value} is not in the scheme {kind.scheme}"
                )
    if kind.codes_of is not None and kind.codes_of in lists:
        for value in given:
            if value not in lists[kind.codes_of]:
                yield error(name, "reference_unknown", f"{item.code}: {kind.codes_of} has no code {value}")
    for value in given:
        if kind.allowed and value not in kind.allowed:
            yield error(name, "value_unknown", f"{item.code}: {key} cannot be {value}")


def _check_published(vocabulary: Vocabulary) -> Iterator[Finding]:
    """Yield codes that would betray, in a release, what they were to hide.

    A code that stands for a single other one is only its second name: it must stand for two.
    """
    name = vocabulary.name
    standing = Counter(item.published_as for item in vocabulary.items if item.published_as)
    for item in vocabulary.items:
        target = item.published_as
        if target is None:
            if item.has("is_walled"):
                yield error(
                    name, "walled_in_the_open", f"{item.code} has no code to stand for it when published"
                )
            if not item.is_offered and item.code in standing and standing[item.code] < 2:
                yield error(name, "second_name", f"{item.code} stands for one code only, and so betrays it")
        elif target not in vocabulary:
            yield error(
                name, "published_as", f"{item.code} is published as {target}, which is not in the list"
            )
        elif vocabulary.item(target).published_as is not None:
            yield error(name, "published_as", f"{item.code} is published as {target}, which is hidden itself")

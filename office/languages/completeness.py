"""Says what a catalogue still lacks, and what in it is only claimed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from babel.messages.catalog import Catalog, Message

from office.languages.catalogues import (
    REVIEWED_BY,
    TRANSLATED_BY,
    headers_in,
    is_translated,
    path_of,
    read_catalogue,
)
from office.languages.extraction import Found
from office.languages.writing import key_of

_PLACE: Final = re.compile(r"%(?:\((\w+)\))?([#0\- +]*\d*(?:\.\d+)?)([a-zA-Z%])")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about one catalogue."""

    severity: Literal["error", "warning"]
    catalogue: str
    what: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.catalogue}: {self.what}"


def places_in(text: str) -> frozenset[str]:
    """Return the named places of a sentence, `%(name)s` as `(name)s`; `%%` is only a sign."""
    return frozenset(f"({name or ''}){kind}" for name, _, kind in _PLACE.findall(text) if kind != "%")


def findings_of(folder: str, domain: str, found: Found) -> Iterator[Finding]:
    """Return what is wrong with one catalogue, against the sentences found in the code."""
    path, name = path_of(folder, domain), f"{folder}/{domain}"
    if not path.exists():
        if found:
            yield Finding("error", name, "there is no such catalogue")
        return
    headers = headers_in(path.read_text(encoding="utf-8"))
    catalogue = read_catalogue(path)
    messages = {key_of(message): message for message in catalogue if message.id}
    for key in sorted(found.keys() - messages.keys()):
        yield Finding("error", name, f"missing: {key[1]!r}")
    for key in sorted(messages.keys() - found.keys()):
        yield Finding("error", name, f"no longer in the code: {key[1]!r}")
    for key in sorted(found.keys() & messages.keys()):
        for what in _wrong_with(messages[key], catalogue):
            yield Finding("error", name, f"{what}: {key[1]!r}")
    for header, meaning in ((TRANSLATED_BY, "translated"), (REVIEWED_BY, "reviewed")):
        if header not in headers:
            yield Finding("error", name, f"the header {header} is missing")
        elif not headers[header]:
            yield Finding("warning", name, f"{meaning} by nobody yet")


def _wrong_with(message: Message, catalogue: Catalog) -> Iterator[str]:
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
    if message.fuzzy:
        yield "fuzzy"
    if not is_translated(message.string):
        yield "not translated"
        return
    if len(ids) > 1 and len(forms) != catalogue.num_plurals:
        yield f"has {len(forms)} plural forms of {catalogue.num_plurals}"
    wanted = places_in(ids[-1])
    for form in forms:
        got = places_in(str(form))
        # The form for exactly one, two or no things may leave the number unsaid.
        if got != wanted and not (len(ids) > 1 and got == wanted - {"(num)s"}):
            yield f"its places are {sorted(got)} instead of {sorted(wanted)}"
            return

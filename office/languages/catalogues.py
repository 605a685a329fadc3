"""Catalogues of translated sentences, read from their `.po` files when a process starts.

There is one folder per language and one file per domain. Every domain stands on the domain `office`
(errors, page layout), so a sentence both share is translated once. An entry that is missing or not yet
translated shows its English sentence; `python -m office languages check` finds it.
"""

import gettext
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, unescape

CATALOGUES: Final = Path(__file__).parent / "catalogues"
SHARED: Final = "office"
DATA: Final = "data"
TRANSLATED_BY: Final = "X-Translated-By"
REVIEWED_BY: Final = "X-Reviewed-By"
_HEADER: Final = re.compile(r'^msgid ""\nmsgstr ""\n((?:".*"\n?)*)', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class TranslationsRecord:
    """Who answers for the sentences of one catalogue; empty means nobody yet."""

    translated_by: str
    reviewed_by: str

    @property
    def is_reviewed(self) -> bool:
        """Whether a named person has read the whole catalogue."""
        return bool(self.reviewed_by)


def path_of(folder: str, domain: str) -> Path:
    """Return where the catalogue of `domain` lies; `folder` is the Babel tag (`ca_ES_VALENCIA`)."""
    return CATALOGUES / folder / f"{domain}.po"


def headers_in(text: str) -> dict[str, str]:
    """Return the header lines of a catalogue's text, also those Babel does not know."""
    found = _HEADER.search(text)
    lines = "".join(unescape(line) for line in found.group(1).splitlines()) if found else ""
    return {
        name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines.splitlines())
    }


def read_catalogue(path: Path) -> Catalog:
    """Return the catalogue kept at `path`, or an empty one."""
    if not path.exists():
        return Catalog(locale=path.parent.name, domain=path.stem, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.name, domain=path.stem)


def is_translated(string: object) -> bool:
    """Return whether a message's string, or each of its plural forms, says something."""
    forms = string if isinstance(string, tuple | list) else (string,)
    return all(bool(form) for form in forms)


def _compiled(catalogue: Catalog) -> gettext.GNUTranslations:
    for message in list(catalogue):
        if message.id and not is_translated(message.string):
            catalogue.delete(message.id, message.context)
    machine = BytesIO()
    write_mo(machine, catalogue)
    machine.seek(0)
    return gettext.GNUTranslations(machine)


@lru_cache
def translations(folder: str, domain: str) -> gettext.GNUTranslations:
    """Return the compiled catalogue of one language and domain, standing on the shared one."""
    compiled = _compiled(read_catalogue(path_of(folder, domain)))
    if domain != SHARED:
        compiled.add_fallback(translations(folder, SHARED))
    return compiled


@lru_cache
def data_words(folder: str) -> Mapping[tuple[str, str], str]:
    """Return the words of data files in one language, by their Spanish and English words."""
    return {
        (str(message.context or ""), str(message.id)): str(message.string)
        for message in read_catalogue(path_of(folder, DATA))
        if message.id and message.string
    }


@lru_cache
def translations_record(tag: str, domain: str) -> TranslationsRecord:
    """Return who translated and who reviewed the catalogue of `domain` in the language `tag`."""
    from office.languages.registry import folder_of  # the registry itself stands on this module

    path = path_of(folder_of(tag), domain)
    headers = headers_in(path.read_text(encoding="utf-8")) if path.exists() else {}
    return TranslationsRecord(headers.get(TRANSLATED_BY, ""), headers.get(REVIEWED_BY, ""))

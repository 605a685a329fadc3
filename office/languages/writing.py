"""Writes catalogues so that the same sentences always give the same file: sorted, undated, unnumbered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import escape

from office.languages.catalogues import REVIEWED_BY, TRANSLATED_BY, is_translated
from office.languages.extraction import Found, Sentence

SOURCE: Final = "en"
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """A translation: one string, or one for each plural form."""

    forms: tuple[str, ...]
    many: str = ""
    is_fuzzy: bool = False


def kept_in(catalogue: Catalog) -> dict[Key, Kept]:
    """Return every translation of a catalogue, those no longer used included."""
    kept: dict[Key, Kept] = {}
    for message in (*catalogue.obsolete.values(), *catalogue):
        if message.id:
            kept[key_of(message)] = Kept(_forms(message.string), _many(message), message.fuzzy)
    return kept


def key_of(message: Message) -> Key:
    """Return what tells a message from every other."""
    one = message.id if isinstance(message.id, str) else message.id[0]
    return message.context or "", one


def _many(message: Message) -> str:
    return "" if isinstance(message.id, str) else str(message.id[1])


def _forms(string: object) -> tuple[str, ...]:
    return tuple(str(form) for form in string) if isinstance(string, tuple | list) else (str(string or ""),)


def written(
    folder: str,
    domain: str,
    found: Found,
    kept: Mapping[Key, Kept],
    headers: Mapping[str, str],
    *,
    with_obsolete: bool = True,
) -> str:
    """Return the text of a catalogue: every sentence found, with the translation kept for it, if any."""
    plurals = Catalog(locale=folder)
    lines = [
        'msgid ""',
        'msgstr ""',
        *(
            escape(f"{name}: {value}\n")
            for name, value in {
                "Project-Id-Version": "convivencia",
                "Language": folder,
                "MIME-Version": "1.0",
                "Content-Type": "text/plain; charset=utf-8",
                "Content-Transfer-Encoding": "8bit",
                "Plural-Forms": plurals.plural_forms,
                "X-Domain": domain,
                TRANSLATED_BY: headers.get(TRANSLATED_BY, ""),
                REVIEWED_BY: headers.get(REVIEWED_BY, ""),
            }.items()
        ),
        "",
    ]
    for key in sorted(found, key=lambda one: (one[1], one[0])):
        sentence = found[key]
        lines += _entry(sentence, _translation(folder, sentence, kept.get(key), plurals.num_plurals), "")
    if with_obsolete:
        gone = {key: one for key, one in kept.items() if key not in found and is_translated(one.forms)}
        for key in sorted(gone, key=lambda one: (one[1], one[0])):
            old = Sentence(key[1], gone[key].many, key[0])
            lines += _entry(old, gone[key], "#~ ")
    return "\n".join(lines).rstrip("\n") + "\n"


def _translation(folder: str, sentence: Sentence, kept: Kept | None, plural_forms: int) -> Kept:
    wanted = plural_forms if sentence.many else 1
    if folder == SOURCE:
        return Kept((sentence.one, sentence.many)[: wanted if sentence.many else 1], sentence.many)
    if kept is None or len(kept.forms) != wanted:
        return Kept(("",) * wanted, sentence.many)
    return kept


def _entry(sentence: Sentence, kept: Kept, prefix: str) -> Iterable[str]:
    lines: list[str] = [f"#: {place}" for place in sorted(sentence.places)]
    flags = (["fuzzy"] if kept.is_fuzzy else []) + (["python-format"] if "%(" in sentence.one else [])
    if flags and not prefix:
        lines.append(f"#, {', '.join(flags)}")
    if sentence.context:
        lines.append(f"{prefix}msgctxt {escape(sentence.context)}")
    lines.append(f"{prefix}msgid {escape(sentence.one)}")
    if sentence.many:
        lines.append(f"{prefix}msgid_plural {escape(sentence.many)}")
        lines += [f"{prefix}msgstr[{place}] {escape(form)}" for place, form in enumerate(kept.forms)]
    else:
        lines.append(f"{prefix}msgstr {escape(kept.forms[0])}")
    return [*lines, ""]

"""Each language the office speaks: how it is called, written, counted and dated.

A language has two names: the tag of web pages and addresses (`ca-valencia`) and the folder name that
Babel understands (`ca_ES_VALENCIA`). Babel reads `ca-valencia` as plain `ca` without a word, so tags
are never given to Babel; the table below is the only bridge.
"""

import unicodedata
from dataclasses import dataclass, field
from datetime import date, time
from datetime import date as Day
from decimal import Decimal
from functools import lru_cache
from gettext import NullTranslations
from typing import Final, Literal, get_args

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_datetime_format
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

from office.errors import NotFound
from office.languages.catalogues import translations

Domain = Literal["residents", "staff", "public", "office", "data"]
Direction = Literal["ltr", "rtl"]


class UnknownLanguage(NotFound):
    """The office does not speak this language here."""

    code = "unknown_language"
    sentence = "This page does not exist in the language that was asked for."


@dataclass(frozen=True, slots=True)
class _Entry:
    tag: str
    folder: str
    direction: Direction
    autonym: str
    # Digits of the numbers we write. Arabic is read here mostly by people from the Maghreb, where
    # European digits are usual, and they agree with telephone keys and receipt keys. Whatever
    # digits a person types are read (see `digits_read`).
    digits: str = "latn"
    dates: str | None = None
    # What ends a sentence.
    full_stop: str = "."
    # What it is called in the attribute `lang` and counted as, if another: a manner of writing a language
    # is that language for a screen reader, and who needs it is nobody's business outside the report.
    written_as: str | None = None


_ENTRIES: Final = {
    entry.tag: entry
    for entry in (
        _Entry("es", "es", "ltr", "Castellano"),
        # Easy-read Spanish (UNE 153101): a private tag, and a folder name in which Babel still reads Spanish.
        _Entry("es-x-easy", "es_FACIL", "ltr", "Español fácil", written_as="es"),
        _Entry("ca-valencia", "ca_ES_VALENCIA", "ltr", "Valencià"),
        _Entry("en", "en", "ltr", "English", dates="en_GB"),
        _Entry("fr", "fr", "ltr", "Français"),
        _Entry("ar", "ar", "rtl", "العربية"),
        _Entry("ro", "ro", "ltr", "Română"),
        _Entry("uk", "uk", "ltr", "Українська"),
        _Entry("ru", "ru", "ltr", "Русский"),
        _Entry("zh-Hans", "zh_Hans", "ltr", "简体中文", full_stop="。"),
        _Entry("it", "it", "ltr", "Italiano"),
        _Entry("ur", "ur", "rtl", "اردو", full_stop="۔"),
        _Entry("pt", "pt", "ltr", "Português", dates="pt_PT"),
    )
}
_EVERYWHERE: Final = ("es", "ca-valencia", "en", "fr", "ar")
_EASY: Final = "es-x-easy"
_AT_THE_DOOR: Final = ("ro", "uk", "ru", "zh-Hans", "it", "ur", "pt")
_SPOKEN: Final[dict[str, tuple[str, ...]]] = {
    "residents": (*_EVERYWHERE, *_AT_THE_DOOR, _EASY),
    "public": _EVERYWHERE,
    "office": (*_EVERYWHERE, *_AT_THE_DOOR, _EASY),
    "staff": ("es", "ca-valencia", "en"),
    # The words of data files: those spoken everywhere stand in the files themselves.
    "data": (*_AT_THE_DOOR, _EASY),
}


@dataclass(frozen=True, slots=True)
class Language:
    """One language in one domain: its sentences, dates and numbers.

    Attributes:
        tag: tag of web pages and addresses, `ca-valencia`.
        babel: the locale that formats dates and numbers.
        direction: `ltr` or `rtl`.
        autonym: the language's name in itself.
        written_as: the language it is a manner of writing, for `lang` and for counting; else its own tag.
        full_stop: what ends a sentence, for words that stand beside others without being a whole one.
    """

    tag: str
    babel: Locale
    direction: Direction
    autonym: str
    written_as: str
    digits: str = "latn"
    full_stop: str = "."
    _sentences: NullTranslations = field(default_factory=NullTranslations, repr=False, compare=False)

    def gettext(self, sentence: str, /, **values: object) -> str:
        """Return `sentence` in this language, its `%(name)s` places filled if values are given."""
        told = self._sentences.gettext(sentence)
        return told % values if values else told

    def ngettext(self, one: str, many: str, number: int, /, **values: object) -> str:
        """Return the sentence for `number` things; `%(num)s` is the number as it is written here."""
        told = self._sentences.ngettext(one, many, number)
        return told % {"num": self.number(number), **values}

    def pgettext(self, context: str, sentence: str, /, **values: object) -> str:
        """Return `sentence` as it is said in `context`."""
        told = self._sentences.pgettext(context, sentence)
        return told % values if values else told

    def plain_ngettext(self, one: str, many: str, number: int, /) -> str:
        """Return the plural form without filling its places; templates fill them."""
        return self._sentences.ngettext(one, many, number)

    def date(self, day: Day) -> str:
        """Return a day in full: `23 de noviembre de 2026`."""
        return format_date(day, "long", locale=self.babel)

    def short_date(self, day: Day) -> str:
        """Return a day with its month shortened: `23 nov 2026`."""
        return format_date(day, "medium", locale=self.babel)

    def day_month(self, day: Day) -> str:
        """Return a day without its year: `23 de noviembre`."""
        return format_skeleton("MMMMd", day, locale=self.babel)

    def weekday(self, day: Day) -> str:
        """Return a day in full with that of the week: `lunes, 23 de noviembre de 2026`."""
        return format_date(day, "full", locale=self.babel)

    def days_of_week(self) -> list[str]:
        """Return the names of the days of the week, Monday first."""
        names = self.babel.days["stand-alone"]["wide"]
        return [names[number] for number in range(7)]

    def clock(self, minute: int) -> str:
        """Return a minute of the day as the clock shows it: `9:30`."""
        return format_time(time(*divmod(minute, 60)), "short", locale=self.babel)

    def moment(self, day: Day, minute: int) -> str:
        """Return a minute of a day in full: `lunes, 23 de noviembre de 2026, 9:30`."""
        joined = str(get_datetime_format("full", locale=self.babel)).replace("'", "")
        return joined.replace("{1}", self.weekday(day)).replace("{0}", self.clock(minute))

    def minutes(self, count: int) -> str:
        """Return so many minutes in words, or shortened where the language knows no more: `45 minutos`."""
        unit: Final = "duration-minute"
        told = format_unit(count, unit, "long", locale=self.babel, numbering_system=self.digits)
        if unit not in told:
            return told
        return format_unit(count, unit, "short", locale=self.babel, numbering_system=self.digits)

    def month(self, month: str) -> str:
        """Return a month written `2026-11` as it is said: `noviembre de 2026`."""
        year, number = month.split("-")
        return format_skeleton("yMMMM", date(int(year), int(number), 1), locale=self.babel)

    def quarter(self, quarter: str) -> str:
        """Return a quarter written `2026-Q3` as it is said: `3.er trimestre de 2026`."""
        year, number = quarter.split("-Q")
        return format_skeleton("yQQQQ", date(int(year), 3 * int(number), 1), locale=self.babel)

    def period(self, period: str) -> str:
        """Return a year, quarter or month in its kept form as it is said."""
        if "-Q" in period:
            return self.quarter(period)
        return self.month(period) if "-" in period else period

    def number(self, number: int | float | Decimal) -> str:
        """Return a number with this language's separators and digits."""
        return format_decimal(number, locale=self.babel, numbering_system=self.digits)

    def percent(self, share: float | Decimal) -> str:
        """Return a share (0 to 1) as a percentage."""
        return format_percent(share, locale=self.babel, numbering_system=self.digits)

    def listed(self, things: list[str], style: Literal["standard", "or"] = "standard") -> str:
        """Return things joined as the language joins them: `a, b y c`."""
        return format_list(things, style=style, locale=self.babel) if things else ""


def digits_read(text: str) -> str:
    """Return `text` with every digit of any script as a European one, so `٢٣` is read as `23`."""
    return "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character for character in text
    )


def folder_of(tag: str) -> str:
    """Return the catalogue folder of a language tag, or raise UnknownLanguage."""
    if tag not in _ENTRIES:
        raise UnknownLanguage
    return _ENTRIES[tag].folder


@lru_cache
def language(tag: str, domain: Domain) -> Language:
    """Return the language `tag` with the sentences of `domain`.

    Raises:
        UnknownLanguage: this domain does not speak it.
    """
    if tag not in _SPOKEN[domain]:
        raise UnknownLanguage
    entry = _ENTRIES[tag]
    return Language(
        tag=entry.tag,
        babel=Locale.parse(entry.dates or entry.folder),
        direction=entry.direction,
        autonym=entry.autonym,
        written_as=entry.written_as or entry.tag,
        digits=entry.digits,
        full_stop=entry.full_stop,
        _sentences=translations(entry.folder, domain),
    )


@lru_cache
def languages_for(domain: Domain) -> tuple[Language, ...]:
    """Return the languages of `domain`, the office's own first."""
    return tuple(language(tag, domain) for tag in _SPOKEN[domain])


def domains() -> tuple[Domain, ...]:
    """Return every domain that has catalogues."""
    return get_args(Domain)


def tags_of(domain: Domain) -> tuple[str, ...]:
    """Return the language tags in which `domain` is offered."""
    return _SPOKEN[domain]

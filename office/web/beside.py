"""The Spanish words beside a translation nobody has reviewed, where a mistake could cost somebody dearly.

Limits, emergencies and what is safe are marked for it in the templates: `legal("…")` for a sentence,
`legal_words(…)` for words of data, `beside(…)` for what was put together before. It must not know which
sentences those are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from office.languages import Language
from office.vocabulary import words_in

SPANISH: Final = "es"
ALONE: Final = Markup("{}")
BESIDE: Final = Markup('{} <span class="office-beside" lang="es" dir="ltr">{}</span>')


@dataclass(frozen=True, slots=True)
class Beside:
    """Says a legal sentence in one language, and in Spanish too while nobody has reviewed that language.

    Attributes:
        spoken: the language of the page.
        spanish: the same sentences in Spanish.
        is_reviewed: a named person has read the whole catalogue of `spoken`.
    """

    spoken: Language
    spanish: Language
    is_reviewed: bool

    @property
    def is_shown(self) -> bool:
        """Whether the Spanish words stand beside."""
        return not self.is_reviewed and self.spoken.written_as != SPANISH

    def legal(self, sentence: str, /, **values: object) -> Markup:
        """Return a sentence of the catalogues."""
        return self.pair(self.spoken.gettext(sentence, **values), self.spanish.gettext(sentence, **values))

    def words(self, words: Mapping[str, str]) -> Markup:
        """Return words of a data file."""
        return self.pair(words_in(words, self.spoken.tag), words.get(SPANISH, ""))

    def pair(self, told: str, spanish: str) -> Markup:
        """Return what is told, with what it is in Spanish."""
        return BESIDE.format(told, spanish) if self.is_shown and spanish else ALONE.format(told)

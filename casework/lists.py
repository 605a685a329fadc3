"""The office's lists as the desk shows them: codes that may be chosen, labels in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from office.vocabulary import City, CodeUnknown, Vocabulary, load
from office.web.parts import Choice

UNKNOWN: Final = "unknown"
"""What a report says where its list has no such code of its own."""
NAMES: Final = (
    "grounds",
    "conduct",
    "acts",
    "areas",
    "respondents",
    "settings",
    "roles",
    "channels",
    "mandates",
    "responses",
    "outcomes",
    "closure",
    "remedies",
    "stages",
    "states",
    "urgency",
    "routing",
    "consents",
    "languages",
    "interpreters",
    "adviser_wishes",
    "limit_events",
    "seats",
    "routes",
)


@dataclass(frozen=True, slots=True)
class Lists:
    """Every list the desk uses, that of the city's districts included."""

    by_name: Mapping[str, Vocabulary]

    @classmethod
    def of(cls, city: City) -> "Lists":
        """Return the lists of a city."""
        return cls({**{name: load(name, city) for name in NAMES}, "districts": city.districts})

    def label(self, name: str, code: str | None, tag: str) -> str:
        """Return the label of a code; the code itself if the list never had it, so that nothing is hidden.

        What nobody said reads alike in every list, also in one without a code for it.
        """
        if not code:
            return ""
        try:
            return self.by_name[name].label(code, tag)
        except CodeUnknown:
            return self.by_name["grounds"].label(code, tag) if code == UNKNOWN else code

    def direction(self, tag: str | None) -> str:
        """Return in which direction a language is written; `auto` for one that is on no list."""
        languages = self.by_name["languages"]
        return languages.item(tag).value("direction") if tag and tag in languages else "auto"

    def labels(self, name: str, codes: str | Iterable[str], tag: str) -> list[str]:
        """Return the labels of codes joined by spaces, or of several codes."""
        each = codes.split() if isinstance(codes, str) else codes
        return [self.label(name, code, tag) for code in each]

    def kept(self, name: str, day: date, *, also: Iterable[str] = ()) -> tuple[str, ...]:
        """Return the codes that may be chosen and kept in clear on `day`, in the list's order.

        A code that tells of a person's own status is replaced by the one that stands for it outside the
        case team. `also` are codes a case has already, offered even if they were retired since.
        """
        vocabulary = self.by_name[name]
        codes = [vocabulary.published_code(item.code) for item in vocabulary.valid_on(day)]
        codes += [code for code in also if code in vocabulary or code == UNKNOWN]
        return tuple(dict.fromkeys(codes))

    def choices(self, name: str, day: date, tag: str, *, also: Iterable[str] = ()) -> list[Choice]:
        """Return those codes as choices of a form, with their explanations."""
        vocabulary = self.by_name[name]
        return [
            Choice(
                code,
                self.label(name, code, tag),
                vocabulary.item(code).definition_in(tag) if code in vocabulary else "",
            )
            for code in self.kept(name, day, also=also)
        ]

"""How codes, months, language tags and short texts are written in every handover."""

import unicodedata
from typing import Annotated, Final

from pydantic import AfterValidator, Field, StringConstraints

EASY: Final = "-x-"
"""Stands in the tag of a manner of writing, as `es-x-easy`."""
LONGEST_TITLE: Final = 160
MOST_TITLES: Final = 20

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]{0,59}$")]
Codes = Annotated[str, StringConstraints(pattern=r"^([a-z0-9][a-z0-9_]{0,59}( [a-z0-9][a-z0-9_]{0,59})*)?$")]
"""Several codes, joined by single spaces; none is an empty text."""
LanguageTag = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$")]


def language_outside(tag: str) -> str:
    """Return the language a report is known by outside its sealed story.

    That somebody reads an easy manner of writing may say something of them, so it is only known inside.
    """
    return tag.partition(EASY)[0]


def one_plain_line(text: str) -> str:
    """Return the text if it is one line of visible characters; raise ValueError.

    Refused are control characters, line ends, and the invisible ones that turn or join what stands beside
    them: a title comes from a stranger's file and is shown among the office's own words.
    """
    if any(unicodedata.category(one)[0] == "C" or unicodedata.category(one) in {"Zl", "Zp"} for one in text):
        raise ValueError("one line of visible characters")
    return text


Title = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TITLE),
    AfterValidator(one_plain_line),
]
Titles = Annotated[dict[LanguageTag, Title], Field(min_length=1, max_length=MOST_TITLES)]
"""A title in one language or several, by tag."""
Month = Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]

"""How something is blacked out of a text: by what is read, not by how it happens to be written. Pure.

Letters count as the same however they are composed, large or small. Signs that nobody sees (soft hyphens,
joiners, marks of direction) are passed over in the search and go with what was found around them.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

BLACK: Final = "█████"
"""What stands in the place of what was blacked out: as long for every name, so that it tells no length."""


def blacked(text: str, phrases: Iterable[str]) -> str:
    """Return a text without the phrases; large and small letters and the kind of blank make no difference.

    Each phrase is looked for in the whole text, so that none hides another that overlaps it. A text in which
    one is found comes back composed (NFC); a text in which none is comes back as it was.
    """
    whole = unicodedata.normalize("NFC", text)
    letters, places = _read(whole)
    found = sorted(
        (places[start][0], places[end - 1][1]) for phrase in phrases for start, end in _spans(letters, phrase)
    )
    if not found:
        return text
    kept, until = [], 0
    for start, end in _joined(found):
        kept += [whole[until:start], BLACK]
        until = end
    return "".join([*kept, whole[until:]])


def not_found(texts: Sequence[str], phrases: Iterable[str]) -> tuple[str, ...]:
    """Return the phrases that stand in none of the texts: mistyped, or already gone."""
    return tuple(one for one in phrases if all(blacked(text, [one]) == text for text in texts))


def _read(whole: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the letters of a text as they are read, and from where to where each is written.

    A letter and its accents are one, also with an unseen sign between them.
    """
    marked: list[tuple[str, int, int]] = []
    for at, sign in enumerate(whole):
        if _is_unseen(sign):
            continue
        if marked and unicodedata.category(sign).startswith("M"):
            before, start, _ = marked[-1]
            marked[-1] = before + sign, start, at + 1
        else:
            marked.append((sign, at, at + 1))
    letters, places = [], []
    for signs, start, end in marked:
        composed = unicodedata.normalize("NFC", signs)
        letters.append(composed)
        places += [(start, end)] * len(composed)
    return "".join(letters), places


def _spans(letters: str, phrase: str) -> list[tuple[int, int]]:
    """Return where a phrase stands, also where it overlaps itself."""
    words = _read(unicodedata.normalize("NFC", phrase))[0].split()
    if not words:
        return []
    wanted = r"\s+".join(re.escape(word) for word in words)
    every = re.finditer(f"(?=({wanted}))", letters, flags=re.IGNORECASE)
    return [one.span(1) for one in every]


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join spans that overlap or touch, given in order."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) == "Cf" or sign == "\u034f" or "\ufe00" <= sign <= "\ufe0f"

"""To whom a dossier goes, where it stands, what can be in it, and how something is blacked out. Pure."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from office.languages import mark

TO: Final = {
    "prosecutor": mark("The public prosecutor"),
    "court": mark("A court"),
    "authority": mark("Another authority"),
}
STATES: Final = {
    "draft": mark("Draft"),
    "consented": mark("The person consented"),
    "made": mark("Made"),
    "revoked": mark("Consent taken back"),
}
IN: Final = "in"
LEFT_OUT: Final = {
    "third": mark("Left out: it shows or names other people"),
    "not_needed": mark("Left out: not needed there"),
    "not_wanted": mark("Left out: the person does not want it"),
}
"""Why a file is not in a dossier. A file goes in whole or not at all: nothing is blacked out in one."""
LANGUAGES: Final = ("es", "ca-valencia")
"""In which a dossier is titled; what stands in its documents stays as it was written."""
BLACK: Final = "█████"
"""What stands in the place of what was blacked out: as long for every name, so that it tells no length."""
SHORTEST: Final = 2
"""Characters of the shortest text that can be blacked out."""


def phrases_in(written: str) -> tuple[str, ...]:
    """Return the texts to black out, one a line, each once; the longest first, so that none hides another."""
    lines = dict.fromkeys(" ".join(line.split()) for line in written.splitlines() if line.strip())
    return tuple(sorted(lines, key=lambda one: (-len(one), one)))


def blacked(text: str, phrases: Iterable[str]) -> str:
    """Return a text without the phrases; large and small letters and the kind of blank make no difference."""
    wanted = [r"\s+".join(re.escape(word) for word in phrase.split()) for phrase in phrases]
    if not wanted:
        return text
    return re.sub("|".join(f"(?:{one})" for one in wanted), BLACK, text, flags=re.IGNORECASE)


def not_found(texts: Sequence[str], phrases: Iterable[str]) -> tuple[str, ...]:
    """Return the phrases that stand in none of the texts: mistyped, or already gone."""
    return tuple(one for one in phrases if all(blacked(text, [one]) == text for text in texts))

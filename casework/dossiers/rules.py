"""To whom a dossier goes, where it stands and what can be in it. Pure."""

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
    "copied": mark("Left out: a copy without other people is in its place"),
}
"""Why a file is not in a dossier. One goes in as it is or not at all; without others goes its copy."""
COPIED: Final = "copied"
LANGUAGES: Final = ("es", "ca-valencia")
"""In which a dossier is titled; what stands in its documents stays as it was written."""
SHORTEST: Final = 2
"""Characters of the shortest text that can be blacked out."""


def phrases_in(written: str) -> tuple[str, ...]:
    """Return the texts to black out, one a line, each once, the longest first."""
    lines = dict.fromkeys(" ".join(line.split()) for line in written.splitlines() if line.strip())
    return tuple(sorted(lines, key=lambda one: (-len(one), one)))

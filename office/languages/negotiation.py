"""Which language to answer in: the address says it, else the browser's wishes, else the office's own."""

from collections.abc import Sequence

from office.languages.registry import Domain, Language, languages_for

_LONGEST_HEADER = 500


def _wishes(header: str) -> list[str]:
    weighed: list[tuple[float, int, str]] = []
    for place, part in enumerate(header[:_LONGEST_HEADER].split(",")):
        tag, _, parameters = part.strip().partition(";")
        quality = parameters.strip().removeprefix("q=").strip()
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            continue
        if tag and 0 < weight <= 1:
            weighed.append((-weight, place, tag.strip().lower()))
    return [tag for _, _, tag in sorted(weighed)]


def _fits(wish: str, offered: Language) -> bool:
    # A person whose phone speaks any Catalan reads the Valencian pages.
    return wish == offered.tag or wish.split("-")[0] == offered.tag.split("-")[0]


def negotiated(accept_language: str | None, offered: Sequence[Language]) -> Language:
    """Return the offered language that fits an `Accept-Language` header best, else the first."""
    for wish in _wishes(accept_language or ""):
        for candidate in offered:
            if _fits(wish, candidate):
                return candidate
    return offered[0]


def language_for(path: str, accept_language: str | None, domain: Domain) -> Language:
    """Return the language of an address (`/ar/report/when`), else the one negotiated."""
    offered = languages_for(domain)
    first = path.strip("/").partition("/")[0]
    for candidate in offered:
        if candidate.tag == first:
            return candidate
    return negotiated(accept_language, offered)

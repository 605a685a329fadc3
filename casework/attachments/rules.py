"""How a file may be looked at, by its type, and under which name it is given out. Pure."""

import re
import unicodedata
from typing import Final, Literal
from urllib.parse import quote

Way = Literal["picture", "pages", "text", "sound", "film", "download"]
"""How a file is looked at; `download` says: only the original, and only after a warning."""

WAYS: Final[dict[str, Way]] = {
    "image/jpeg": "picture",
    "image/png": "picture",
    "image/webp": "picture",
    "image/gif": "picture",
    "application/pdf": "pages",
    "text/plain": "text",
    "text/csv": "text",
    "audio/aac": "sound",
    "audio/flac": "sound",
    "audio/mp4": "sound",
    "audio/mpeg": "sound",
    "audio/ogg": "sound",
    "audio/wav": "sound",
    "audio/webm": "sound",
    "audio/x-m4a": "sound",
    "audio/x-wav": "sound",
    "video/mp4": "film",
    "video/ogg": "film",
    "video/quicktime": "film",
    "video/webm": "film",
}
"""The only types that are shown. Everything else is downloaded: office files, and whatever nobody knows."""

LONGEST_NAME: Final = 120
MOST_TEXT: Final = 200_000
"""Characters of a text file that are shown."""


def base_type(media_type: str) -> str:
    """Return a media type without its parameters."""
    return media_type.partition(";")[0].strip().lower()


def way_of(media_type: str) -> Way:
    """Return how a file of this type is looked at."""
    return WAYS.get(base_type(media_type), "download")


def safe_name(name: str) -> str:
    """Return a file's name without folders, control characters and marks that turn the writing around."""
    plain = "".join("_" if sign in '/\\:*?"<>|' else sign for sign in unicodedata.normalize("NFC", name))
    plain = "".join(sign for sign in plain if unicodedata.category(sign)[0] != "C")
    plain = plain.strip(" .")
    if len(plain) > LONGEST_NAME:
        stem, dot, ending = plain.rpartition(".")
        plain = stem[: LONGEST_NAME - 20] + dot + ending[:19] if dot else plain[:LONGEST_NAME]
    return plain or "file"


def disposition(name: str) -> str:
    """Return the header that makes a browser save a file under its name and never open it (RFC 6266)."""
    safe = safe_name(name)
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", safe)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, safe='')}"


def text_shown(clear: bytes) -> tuple[str, bool]:
    """Return a text file as it is read, and whether its end was left out.

    Signs that control a screen or turn the writing around are taken out.
    """
    try:
        text = clear.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = clear.decode("cp1252", errors="replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign)[0] != "C")
    return kept[:MOST_TEXT], len(kept) > MOST_TEXT

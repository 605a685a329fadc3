"""What a file is, by its first bytes: its name says nothing, and nothing in it is decoded here.

Pictures and PDF are decoded when somebody looks at them, in a process of its own (`attachments.cleaner`).
Of a packed file only the list of its parts is read, and the first hundred bytes of one of them.
"""

import lzma
import re
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Final

from casework.documents.errors import KindNotTaken

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OPEN_TEXT: Final = "application/vnd.oasis.opendocument.text"
MAIL: Final = "message/rfc822"
NO_FILMS: Final = frozenset(
    (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif", b"avis", b"qt  ", b"crx ")
)
SOUNDS: Final = (b"M4A ", b"M4B ")
CODECS: Final = (b"OpusHead", b"\x01vorbis", b"Speex", b"\x7fFLAC")
MARKUP: Final = re.compile(r"\s*<(!doctype|html|\?xml|svg|script|head|body)", re.IGNORECASE)
CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
HEADER: Final = re.compile(r"[!-9;-~]+:[ \t]?[^\n]*(\n[ \t][^\n]*)*\n")
OF_MAIL: Final = ("from:", "date:", "message-id:", "received:", "mime-version:")
MOST_HEADERS: Final = 64 * 1024


def media_type_of(clear: bytes) -> str:
    """Return what a file is.

    Raises:
        KindNotTaken: none of what is taken, or nobody knows.
    """
    for is_one, told in LOOKERS:
        if is_one(clear):
            return told(clear)
    return _text(clear)


def _packed(clear: bytes) -> str:
    """Return whether it is a text of Word or OpenDocument; one that holds programs is not taken."""
    try:
        with zipfile.ZipFile(BytesIO(clear)) as archive:
            names = set(archive.namelist())
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise KindNotTaken
            if {"word/document.xml", "[Content_Types].xml"} <= names:
                return WORD
            if "mimetype" in names:
                with archive.open("mimetype") as told:
                    if told.read(100).strip() == OPEN_TEXT.encode():
                        return OPEN_TEXT
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, EOFError, OSError, ValueError):
        raise KindNotTaken from None
    raise KindNotTaken


def _boxes(clear: bytes) -> str:
    brand = clear[8:12]
    if brand in NO_FILMS or b"moov" not in clear:
        raise KindNotTaken
    if brand in SOUNDS:
        return "audio/mp4"
    return "video/mp4" if re.search(rb"hdlr.{8}vide", clear, re.DOTALL) else "audio/mp4"


def _ogg(clear: bytes) -> str:
    if any(codec in clear[:512] for codec in CODECS):
        return "audio/ogg"
    raise KindNotTaken


def _text(clear: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = clear.decode(encoding).replace("\r\n", "\n")
        except UnicodeDecodeError:
            continue
        if MARKUP.match(text) or CONTROLS.search(text):
            raise KindNotTaken
        return MAIL if _is_mail(text) else "text/plain"
    raise KindNotTaken


def _is_mail(text: str) -> bool:
    """Say whether a text begins with headers of which two are those every e-mail has."""
    names, at = set[str](), 0
    while (found := HEADER.match(text, at)) and at < MOST_HEADERS:
        names.add(found[0].partition(":")[0].lower() + ":")
        at = found.end()
    return at > 0 and text.startswith("\n", at) and len(names & set(OF_MAIL)) >= 2


def _is_mp3(clear: bytes) -> bool:
    """Say whether it begins with a tag of MP3 or a frame of MPEG audio, layer III."""
    if clear.startswith(b"ID3"):
        return True
    head = clear[:4]
    return (
        len(head) == 4
        and head[0] == 0xFF
        and head[1] & 0xE6 == 0xE2
        and head[2] >> 4 not in (0, 15)
        and (head[2] >> 2) & 3 != 3
    )


def _plain(media_type: str) -> Callable[[bytes], str]:
    return lambda _clear: media_type


LOOKERS: Final[tuple[tuple[Callable[[bytes], bool], Callable[[bytes], str]], ...]] = (
    (lambda clear: b"%PDF-" in clear[:1024], _plain("application/pdf")),
    (lambda clear: clear.startswith(b"\xff\xd8\xff"), _plain("image/jpeg")),
    (lambda clear: clear.startswith(b"\x89PNG\r\n\x1a\n"), _plain("image/png")),
    (lambda clear: clear.startswith(b"RIFF") and clear[8:12] == b"WEBP", _plain("image/webp")),
    (lambda clear: clear.startswith(b"PK\x03\x04"), _packed),
    (lambda clear: clear[4:8] == b"ftyp", _boxes),
    (lambda clear: clear.startswith(b"OggS"), _ogg),
    (_is_mp3, _plain("audio/mpeg")),
)

"""Which kinds of file we take, and how each is known by its content and really decoded.

Runs only in the process of `inspector`, which has little memory, little time and no way out: what is
read here comes from strangers. A file's name says nothing about what it is.
"""

import re
import struct
import zipfile
from collections.abc import Callable
from typing import BinaryIO, Final

import puremagic

HEAD: Final = 4096
MOST_PIXELS: Final = 120_000_000
MOST_UNPACKED: Final = 600 * 1024 * 1024
READ_AT_ONCE: Final = 1024 * 1024
FEWEST_FRAMES: Final = 3

PICTURES: Final = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "image/gif": "GIF",
}
OFFICE: Final = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
OPEN_DOCUMENT: Final = {
    b"application/vnd.oasis.opendocument.text": "application/vnd.oasis.opendocument.text",
    b"application/vnd.oasis.opendocument.spreadsheet": "application/vnd.oasis.opendocument.spreadsheet",
}
HEIC_BRANDS: Final = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")
OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EBML: Final = b"\x1a\x45\xdf\xa3"
MARKUP: Final = re.compile(r"\s*<(!doctype|html|\?xml|svg|script|head|body)", re.IGNORECASE)
CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


class NotTaken(Exception):
    """The file is not taken; `reason` is one of `empty`, `unknown`, `locked`, `damaged`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def kind_of(file: BinaryIO, size: int) -> str:
    """Return the media type of a file that was really decoded, as far as we can.

    Raises:
        NotTaken: it is of another kind, locked, damaged or empty.
    """
    if not size:
        raise NotTaken("empty")
    head = file.read(HEAD)
    file.seek(0)
    looker = _looker(head)
    try:
        return looker(file, size)
    except NotTaken:
        raise
    except MemoryError:
        raise NotTaken("damaged") from None
    except Exception as error:  # whatever a decoder says of a stranger's bytes: they do not open
        raise NotTaken("damaged") from error


def _looker(head: bytes) -> Callable[[BinaryIO, int], str]:
    if head[4:8] == b"ftyp":
        return _boxes
    if head.startswith(EBML):
        return _webm
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return _wav
    if head.startswith(b"OggS"):
        return _ogg
    if head.startswith(b"PK\x03\x04"):
        return _packed
    if head.startswith(OLD_OFFICE):
        return _old_office
    if b"%PDF-" in head[:1024]:
        return _pdf
    if head.startswith(b"{\\rtf1"):
        return _rich_text
    if head.startswith(b"ID3") or (head[0] == 0xFF and head[1:2] and _frame_length(head[:4])):
        return _mp3
    if _guessed(head) in PICTURES:
        return _picture
    return _text


def _guessed(head: bytes) -> str:
    try:
        return str(puremagic.magic_string(head)[0].mime_type)
    except (puremagic.PureError, IndexError, ValueError):
        return ""


def _picture(file: BinaryIO, size: int) -> str:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(file, formats=list(PICTURES.values())) as picture:
        name = picture.format
        if picture.width * picture.height > MOST_PIXELS:
            raise NotTaken("damaged")
        picture.draft("RGB", (1024, 1024))
        picture.load()
    return next(media for media, told in PICTURES.items() if told == name)


def _pdf(file: BinaryIO, size: int) -> str:
    import pikepdf

    try:
        with pikepdf.open(file) as document:
            if not len(document.pages):
                raise NotTaken("damaged")
    except pikepdf.PasswordError:
        raise NotTaken("locked") from None
    return "application/pdf"


def _packed(file: BinaryIO, size: int) -> str:
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
        names = {entry.filename for entry in entries}
        media = next((media for name, media in OFFICE.items() if name in names), "")
        if not media and "mimetype" in names:
            media = OPEN_DOCUMENT.get(archive.read("mimetype")[:100].strip(), "")
        if not media or any(name.lower().endswith("vbaproject.bin") for name in names):
            raise NotTaken("unknown")
        if any(entry.flag_bits & 1 for entry in entries):
            raise NotTaken("locked")
        if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            raise NotTaken("damaged")
        if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise NotTaken("locked")
        if archive.testzip() is not None:
            raise NotTaken("damaged")
    return media


def _old_office(file: BinaryIO, size: int) -> str:
    # A Word or Excel file with a password is packed into the container of the old formats.
    is_locked = "EncryptedPackage".encode("utf-16-le") in file.read()
    raise NotTaken("locked" if is_locked else "unknown")


def _rich_text(file: BinaryIO, size: int) -> str:
    file.seek(max(0, size - 64))
    if not file.read().rstrip(b"\0\r\n\t ").endswith(b"}"):
        raise NotTaken("damaged")
    return "application/rtf"


def _text(file: BinaryIO, size: int) -> str:
    content = file.read()
    for encoding in ("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if MARKUP.match(text) or CONTROLS.search(text):
            raise NotTaken("unknown")
        return "text/plain"
    raise NotTaken("unknown")


def _boxes(file: BinaryIO, size: int) -> str:
    """Walk the boxes of an ISO media file (ISO/IEC 14496-12) to its very end."""
    brand, found, at = b"", dict[bytes, int](), 0
    while at < size:
        file.seek(at)
        length, name = struct.unpack(">I4s", file.read(8))
        if length == 1:
            (length,) = struct.unpack(">Q", file.read(8))
        length = length or size - at
        if name == b"ftyp":
            brand = file.read(4)
        if length < 8 or at + length > size:
            raise NotTaken("damaged")
        found[name] = at
        at += length
    if brand in HEIC_BRANDS:
        return "image/heic"
    if b"moov" not in found or not ({b"mdat", b"moof"} & found.keys()):
        raise NotTaken("damaged")
    if brand == b"qt  ":
        return "video/quicktime"
    return "video/mp4" if _has_picture(file, found[b"moov"]) else "audio/mp4"


def _has_picture(file: BinaryIO, at: int) -> bool:
    file.seek(at)
    (length,) = struct.unpack(">I", file.read(4))
    file.seek(at)
    handlers = re.findall(rb"hdlr.{4}.{4}(.{4})", file.read(length), re.DOTALL)
    return b"vide" in handlers


def _webm(file: BinaryIO, size: int) -> str:
    head = file.read(64 * 1024)
    if b"webm" not in head[:64] and b"matroska" not in head[:64]:
        raise NotTaken("unknown")
    if b"\x18\x53\x80\x67" not in head or b"\x1f\x43\xb6\x75" not in head + file.read(READ_AT_ONCE):
        raise NotTaken("damaged")  # no segment, or no cluster with any picture or sound
    return "video/webm" if b"V_" in head else "audio/webm"


def _wav(file: BinaryIO, size: int) -> str:
    at, found = 12, set[bytes]()
    while at + 8 <= size:
        file.seek(at)
        name, length = struct.unpack("<4sI", file.read(8))
        found.add(name)
        at += 8 + length + length % 2
    if not {b"fmt ", b"data"} <= found or at > size + 1:
        raise NotTaken("damaged")
    return "audio/wav"


def _ogg(file: BinaryIO, size: int) -> str:
    head = file.read(512)
    file.seek(0)
    at = 0
    while at < size:
        file.seek(at)
        page = file.read(27)
        if len(page) < 27 or page[:4] != b"OggS":
            raise NotTaken("damaged")
        lengths = file.read(page[26])
        at += 27 + page[26] + sum(lengths)
    if at > size:
        raise NotTaken("damaged")
    if not any(codec in head for codec in (b"OpusHead", b"\x01vorbis", b"Speex", b"\x7fFLAC")):
        raise NotTaken("unknown")
    return "audio/ogg"


RATES: Final = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
KILOBITS: Final = (
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)


def _frame_length(head: bytes) -> int:
    """Return the bytes of the frame of MPEG audio, layer III, that begins so; 0 if none does."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return 0
    version, rate, bits = (head[1] >> 3) & 3, (head[2] >> 2) & 3, head[2] >> 4
    if version == 1 or rate == 3 or bits in (0, 15):
        return 0
    kilobits = KILOBITS[0 if version == 3 else 1][bits]
    per_frame = 144_000 if version == 3 else 72_000
    return per_frame * kilobits // RATES[version][rate] + ((head[2] >> 1) & 1)


def _mp3(file: BinaryIO, size: int) -> str:
    head = file.read(10)
    at = 0
    if head.startswith(b"ID3"):
        at = 10 + sum((part & 0x7F) << shift for part, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
    for _ in range(FEWEST_FRAMES):
        file.seek(at)
        length = _frame_length(file.read(4))
        if not length or at + length > size:
            raise NotTaken("damaged")
        at += length
    return "audio/mpeg"

"""Files as people send them, small but real, and what stands in the mailbox afterwards."""

import io
import wave
import zipfile
from typing import Any

import numpy as np
import pikepdf
from PIL import Image

from office.handover.report import SentFile
from office.sealing.pieces import open_piece
from office.stores.mailbox import UploadPiece

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def photo(kind: str = "JPEG", size: tuple[int, int] = (60, 40), colour: str = "red") -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, colour).save(made, kind)
    return made.getvalue()


def noisy_photo(side: int = 1600) -> bytes:
    """A photo of some MiB, so that it has several pieces."""
    made = io.BytesIO()
    dots = np.random.default_rng(7).integers(0, 255, (side, side, 3), dtype=np.uint8)
    Image.fromarray(dots).save(made, "PNG", compress_level=1)
    return made.getvalue()


def pdf(password: str = "") -> bytes:
    made = io.BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    locked = pikepdf.Encryption(owner=password, user=password) if password else None
    document.save(made, encryption=locked) if locked else document.save(made)
    return made.getvalue()


def packed(entries: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return made.getvalue()


def docx() -> bytes:
    return packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"})


def odt(manifest: bytes = b"<manifest/>") -> bytes:
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": manifest,
            "content.xml": b"<office/>",
        }
    )


def voice(seconds: float = 2.0, rate: int = 16_000, pitch: float = 180.0) -> bytes:
    """Something like a voice: a tone with its overtones."""
    at = np.arange(int(seconds * rate)) / rate
    sound = sum(np.sin(2 * np.pi * pitch * harmonic * at) / harmonic for harmonic in (1, 2, 3))
    made = io.BytesIO()
    with wave.open(made, "wb") as told:
        told.setnchannels(1)
        told.setsampwidth(2)
        told.setframerate(rate)
        told.writeframes((np.asarray(sound) * 8000).astype("<i2").tobytes())
    return made.getvalue()


def box(name: bytes, content: bytes) -> bytes:
    return (8 + len(content)).to_bytes(4, "big") + name + content


def mp4(brand: bytes = b"isom", handler: bytes = b"vide") -> bytes:
    heard = box(b"hdlr", bytes(4) + bytes(4) + handler + bytes(12))
    return (
        box(b"ftyp", brand + bytes(4))
        + box(b"moov", box(b"trak", heard))
        + box(b"mdat", bytes(range(256)) * 4)
    )


def webm(codec: bytes = b"A_OPUS") -> bytes:
    return b"\x1a\x45\xdf\xa3\x84webm" + b"\x18\x53\x80\x67" + codec + b"\x1f\x43\xb6\x75" + bytes(200)


def ogg() -> bytes:
    def page(content: bytes) -> bytes:
        return b"OggS" + bytes(22) + bytes([1, len(content)]) + content

    return page(b"OpusHead" + bytes(11)) + page(b"OpusTags" + bytes(40)) + page(bytes(100))


def mp3(frames: int = 6) -> bytes:
    frame = b"\xff\xfb\x90\x00"  # MPEG 1, layer III, 128 kbit/s, 44.1 kHz: 417 bytes
    return b"".join(frame + bytes(413) for _ in range(frames))


def opened(sent: SentFile, pieces: list[UploadPiece]) -> bytes:
    """A file as the office opens it: by its key, from the pieces in the mailbox."""
    found = sorted((one for one in pieces if one.file_id == sent.file_id), key=lambda one: one.number)
    assert [one.number for one in found] == list(range(sent.pieces))
    key = bytes.fromhex(sent.key)
    return b"".join(open_piece(key, one.number, one.sealed) for one in found)


def chosen(*files: tuple[str, bytes], field: str = "file") -> list[tuple[str, tuple[str, bytes, str]]]:
    """Files as a browser sends them in a form."""
    return [(field, (name, content, "application/octet-stream")) for name, content in files]


def add(browser: Any, *files: tuple[str, bytes], tag: str = "en", page: str = "files", **fields: str) -> Any:
    told = {"then": "check", "go": "add", **fields}
    sent = chosen(*files) or chosen(("", b""))  # a field in which nothing was chosen is sent all the same
    return browser.client.post(f"/{tag}/report/{page}", data=told, files=sent)

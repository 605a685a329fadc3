"""Clean copies of pictures and PDFs, made by a process of its own (`cleaner`): in memory, within limits."""

import json
import subprocess
import sys
import threading
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casework.attachments.errors import FileCannotBeShown

CLEANER: Final = Path(__file__).with_name("cleaner.py")
LONGEST: Final = 20
"""Seconds one copy may take by the clock on the wall; its processor time has a lower limit of its own."""
MOST_SHOWN: Final = 64 * 1024 * 1024
_AT_ONCE: Final = threading.BoundedSemaphore(2)


@dataclass(frozen=True, slots=True)
class Copy:
    """Pictures of a file: the one it is, or pages of a document, whose number is `total`."""

    total: int
    pictures: tuple[bytes, ...]

    @property
    def addresses(self) -> list[str]:
        """The pictures as addresses that hold them whole, so that one page is one request."""
        return [f"data:{_type_of(one)};base64,{b64encode(one).decode()}" for one in self.pictures]


def clean_picture(clear: bytes) -> Copy:
    """Return a picture upright and without its metadata; raise FileCannotBeShown."""
    return _cleaned(clear, "picture", 1)


def clean_pages(clear: bytes, first: int) -> Copy:
    """Return pages of a PDF as pictures, from the page `first` (counted from 1); raise FileCannotBeShown."""
    return _cleaned(clear, "pages", first)


def _cleaned(clear: bytes, kind: str, first: int) -> Copy:
    command = [sys.executable, "-I", str(CLEANER), kind, str(first)]
    with _AT_ONCE:
        try:
            done = subprocess.run(
                command, input=clear, capture_output=True, timeout=LONGEST, check=False, env={}, cwd="/"
            )
        except subprocess.TimeoutExpired:
            raise FileCannotBeShown from None
    if done.returncode or len(done.stdout) > MOST_SHOWN:
        raise FileCannotBeShown
    return _read(done.stdout)


def _read(said: bytes) -> Copy:
    """Return what the cleaner said; whatever it is, only PNG and JPEG pass."""
    head, _, rest = said.partition(b"\n")
    try:
        told = json.loads(head)
        total, sizes = int(told["total"]), [int(size) for size in told["sizes"]]
    except (ValueError, KeyError, TypeError):
        raise FileCannotBeShown from None
    pictures, at = [], 0
    for size in sizes:
        pictures.append(rest[at : at + size])
        at += size
    if at != len(rest) or not pictures or not all(_type_of(one) for one in pictures):
        raise FileCannotBeShown
    return Copy(total, tuple(pictures))


def _type_of(picture: bytes) -> str:
    if picture.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    return "image/jpeg" if picture.startswith(b"\xff\xd8\xff") else ""

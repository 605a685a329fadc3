"""Clean copies of pictures and PDFs, made by a process of its own (`cleaner`): in memory, within limits."""

import json
import os
import subprocess
import sys
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
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
    with _AT_ONCE, _in_memory(clear) as given:
        said, code = _asked(command, given)
    if code or len(said) > MOST_SHOWN:
        raise FileCannotBeShown
    return _read(said)


def _asked(command: list[str], given: int) -> tuple[bytes, int]:
    """Return what a process says, no more than one byte too much of it, and how it ended."""
    with subprocess.Popen(
        command, stdin=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, cwd="/"
    ) as process:
        late = threading.Timer(LONGEST, process.kill)
        late.start()
        try:
            said = process.stdout.read(MOST_SHOWN + 1) if process.stdout else b""
            if len(said) > MOST_SHOWN:
                process.kill()
            return said, process.wait()
        finally:
            late.cancel()


@contextmanager
def _in_memory(clear: bytes) -> Iterator[int]:
    """Give the file a number under which a process of ours reads it; it is written to no disk."""
    number = os.memfd_create("clear", os.MFD_CLOEXEC)
    try:
        with os.fdopen(os.dup(number), "wb") as file:
            file.write(clear)
        os.lseek(number, 0, os.SEEK_SET)
        yield number
    finally:
        os.close(number)


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

"""The name of a file as we keep it: one plain line, without the number of a document.

A number is taken out of a name at once and the page says so: the name tells nothing that the file does not,
and whoever needs the number in it still has the file as it was. Names that telephones, cameras and
computers give by themselves are full of days and counters, which look like numbers of documents and stay.
"""

import re
import unicodedata
from pathlib import PurePosixPath
from typing import Final

from office.identity_numbers import REMOVED, find

LONGEST_NAME: Final = 120
NAMELESS: Final = "file"
WAVE: Final = ".wav"
_DAY: Final = r"(?:19|20)\d\d[ ._-](?:0[1-9]|1[0-2])[ ._-](?:[0-2]\d|3[01])"
_OF_A_DEVICE: Final = re.compile(
    rf"(?:IMG|VID|AUD|PTT|DOC|STK|DSC|MVI|MOV|PXL|PIC|SCR)[ _-]?\d+|{_DAY}(?:[ ._-][ ._\d-]*[A-Z]?)?",
    re.IGNORECASE,
)


def plain_name(told: str) -> str:
    """Return the name of a file as it came: the last part, one line, not too long, with its ending."""
    return _shortened(_plain(told))


def name_to_keep(told: str) -> str:
    """Return the plain name of a file without the numbers of documents in it."""
    name = _plain(told)
    for start, end in reversed(_numbers_in(name)):
        name = name[:start] + REMOVED + name[end:]
    return _shortened(name)


def name_as_wave(told: str) -> str:
    """Return the same with the ending of what we make of a recording; its old one would be no longer true."""
    return f"{PurePosixPath(name_to_keep(told)).stem[: LONGEST_NAME - len(WAVE)]}{WAVE}"


def has_number(told: str) -> bool:
    """Return whether the name of a file seems to hold the number of a document."""
    return bool(_numbers_in(_plain(told)))


def _numbers_in(name: str) -> list[tuple[int, int]]:
    found = ((one.start, one.end) for one in find(name))
    return [(start, end) for start, end in found if not _OF_A_DEVICE.fullmatch(name[start:end])]


def _plain(told: str) -> str:
    last = told.replace("\\", "/").rpartition("/")[2]
    visible = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    return " ".join(visible.split()).strip(". ") or NAMELESS


def _shortened(name: str) -> str:
    if len(name) <= LONGEST_NAME:
        return name
    ending = PurePosixPath(name).suffix[:12]
    return name[: LONGEST_NAME - len(ending)] + ending

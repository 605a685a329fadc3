"""Which pages of ours read a form with files as it comes, and how many bytes of it."""

import re
from typing import Final

from office.handover.report import LARGEST_FILE, MOST_FILES
from office.sealing.pieces import PIECE_BYTES

ROOM_FOR_THE_REST: Final = 1024 * 1024
WHOLE_FORM: Final = MOST_FILES * LARGEST_FILE + ROOM_FOR_THE_REST
STREAMED: Final = (
    (re.compile(r"/[A-Za-z-]+/(report|return)/(files|voice)"), WHOLE_FORM),
    (re.compile(r"/[A-Za-z-]+/(report|return)/files/piece/[0-9a-f-]{32,36}/[0-9]{1,3}"), PIECE_BYTES),
    (re.compile(r"/api/v1/files"), LARGEST_FILE + ROOM_FOR_THE_REST),
)


def streamed_limit(path: str) -> int | None:
    """Return how many bytes the page at `path` reads as they come, or None if it does not."""
    return next((limit for pattern, limit in STREAMED if pattern.fullmatch(path)), None)

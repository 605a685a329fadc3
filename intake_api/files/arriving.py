"""Bytes on their way in: an end to what comes too slowly, and whole pieces of the rest."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Final

from intake_api.files.errors import FileNotWhole, FileTooBig
from office.handover.report import LARGEST_FILE
from office.sealing.pieces import PIECE_BYTES

LEAST_SPEED: Final = 4 * 1024
"""Bytes a second, on the whole; a bad line has 10 kB."""
GRACE: Final = 60.0
LONGEST: Final = 15 * 60.0
SILENCE: Final = 60.0
"""Seconds after which we no longer wait for a byte to tell that it came too late."""
Chunks = AsyncIterator[bytes]


def seconds_for(size: int) -> float:
    """Return within how many seconds so many bytes must have come."""
    return min(LONGEST, GRACE + size / LEAST_SPEED)


async def in_time(chunks: Chunks) -> Chunks:
    """Give the same bytes, for somebody who holds a place that others wait for.

    Raises:
        FileNotWhole: they come too slowly; whoever reads on gets the rest without holding the place.
    """
    begun, size = time.monotonic(), 0
    while True:
        left = begun + seconds_for(size) - time.monotonic()
        if left <= 0:
            raise FileNotWhole
        try:
            chunk = await asyncio.wait_for(anext(chunks), left + SILENCE)
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise FileNotWhole from None
        size += len(chunk)
        yield chunk


async def whole_pieces(chunks: Chunks) -> Chunks:
    """Give the same bytes in whole pieces; raise FileTooBig as soon as there are too many."""
    held, size = bytearray(), 0
    async for chunk in chunks:
        size += len(chunk)
        if size > LARGEST_FILE:
            raise FileTooBig
        held += chunk
        while len(held) >= PIECE_BYTES:
            yield bytes(held[:PIECE_BYTES])
            del held[:PIECE_BYTES]
    if held:
        yield bytes(held)


def length_of(size: int, number: int) -> int:
    """Return the bytes the piece of this number has in a file of `size` bytes."""
    return max(0, min(PIECE_BYTES, size - number * PIECE_BYTES))

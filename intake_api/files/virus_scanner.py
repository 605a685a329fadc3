"""Speaks with a virus scanner (clamd, command INSTREAM) on this machine, where there is one.

No scanner, or one that fails, never stops anybody: the file is marked "not checked" and staff see it.
Protocol: clamd(8). `zINSTREAM\\0`, then pieces with their length in four bytes, then four zero bytes; the
answer is `stream: OK` or `stream: NAME FOUND`.
"""

import asyncio
import logging
from collections.abc import Iterable
from contextlib import suppress
from typing import Final, Literal

from intake_api.files.errors import FileInfected

VirusCheck = Literal["clean", "not_checked"]
LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")
PATIENCE: Final = 60.0
LONGEST_ANSWER: Final = 4096

log = logging.getLogger(__name__)


class Scanner:
    """A scanner at an address: `/run/clamav/clamd.ctl`, or `127.0.0.1:3310`; an empty one means none."""

    def __init__(self, address: str, patience: float = PATIENCE) -> None:
        self.address = address
        self.patience = patience

    async def check(self, pieces: Iterable[bytes]) -> VirusCheck:
        """Return whether the file was looked at and is clean.

        Raises:
            FileInfected: the scanner knows what is in it.
        """
        if not self.address:
            return "not_checked"
        try:
            answer = await asyncio.wait_for(self._ask(pieces), self.patience)
        except (OSError, TimeoutError, ValueError) as error:
            log.warning("virus scanner: %s, the file is marked as not checked", type(error).__name__)
            return "not_checked"
        if answer.endswith(b"FOUND"):
            raise FileInfected
        if answer.endswith(b"OK"):
            return "clean"
        log.warning("virus scanner: an answer we do not know, the file is marked as not checked")
        return "not_checked"

    async def _ask(self, pieces: Iterable[bytes]) -> bytes:
        reader, writer = await self._connected()
        try:
            with suppress(ConnectionError):  # a scanner that has seen enough answers and hangs up
                writer.write(b"zINSTREAM\0")
                for piece in pieces:
                    if piece:
                        writer.write(len(piece).to_bytes(4, "big") + piece)
                        await writer.drain()
                writer.write(bytes(4))
                await writer.drain()
            return (await reader.read(LONGEST_ANSWER)).rstrip(b"\0\n ")
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self.address.startswith("/"):
            return await asyncio.open_unix_connection(self.address)
        host, _, port = self.address.rpartition(":")
        if host not in LOOPBACK:  # what people send in confidence leaves this machine for nobody
            raise ValueError("the scanner must be on this machine")
        return await asyncio.open_connection(host, int(port))

"""Has a file looked into by a process of its own, and altered if that is wished; nothing is written to disk.

The clear file lies in memory that has no name (memfd) while it is looked at. Few are looked at at a time,
so that a thousand senders cost no more memory than two; few wait, and none for ever.
"""

import asyncio
import hashlib
import json
import logging
import os
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from intake_api.files.errors import (
    FileCheckFailed,
    FileDamaged,
    FileEmpty,
    FileKindUnknown,
    FileLocked,
    FileRefused,
    TooManyFilesWaiting,
    VoiceNotAltered,
    VoiceTooLong,
)
from intake_api.files.virus_scanner import Scanner, VirusCheck
from office.sealing.pieces import PIECE_BYTES

AT_ONCE: Final = 2
ARRIVING: Final = 8
MOST_WAITING: Final = 64
TURN_PATIENCE: Final = 45.0
"""Seconds; a reverse proxy gives up after sixty."""
PATIENCE: Final = 90.0
REASONS: Final[dict[str, type[FileRefused]]] = {
    "empty": FileEmpty,
    "unknown": FileKindUnknown,
    "locked": FileLocked,
    "damaged": FileDamaged,
    "not_altered": VoiceNotAltered,
    "too_long_to_alter": VoiceTooLong,
}
WITHOUT_ANSWER: Final[dict[str, type[FileRefused]]] = {"look": FileDamaged, "alter": VoiceNotAltered}
"""What is said of a file at which the process was ended by its limits, or by us."""
ROOT: Final = Path(__file__).resolve().parents[2]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Examined:
    """What a file is, and whether a scanner has looked at it."""

    media_type: str
    virus_check: VirusCheck

    @property
    def is_sound(self) -> bool:
        """Whether somebody may speak in it."""
        return self.media_type.startswith("audio/") or self.media_type in ("video/webm", "video/mp4")


class MemoryFile:
    """A file in memory that a process of ours can read by its number."""

    def __init__(self) -> None:
        self.number = os.memfd_create("file", os.MFD_CLOEXEC)
        self.size = 0

    def add(self, piece: bytes) -> None:
        """Write more at the end."""
        left = memoryview(piece)
        while left:
            left = left[os.write(self.number, left) :]
        self.size += len(piece)

    def pieces(self) -> Iterator[bytes]:
        """Give what is in it, piece by piece."""
        at = 0
        while piece := os.pread(self.number, PIECE_BYTES, at):
            at += len(piece)
            yield piece

    def sha256(self) -> str:
        """Return the SHA-256 of what is in it."""
        digest = hashlib.sha256()
        for piece in self.pieces():
            digest.update(piece)
        return digest.hexdigest()

    def close(self) -> None:
        """Let go of the memory."""
        with suppress(OSError):
            os.close(self.number)


class Turns:
    """Places for few at a time, and a short queue before them."""

    def __init__(self, at_once: int) -> None:
        self.free = asyncio.Semaphore(at_once)
        self._waiting = 0

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """Wait for a place and hold it; raise TooManyFilesWaiting if too many wait, or for too long."""
        if self.free.locked() and self._waiting >= MOST_WAITING:
            raise TooManyFilesWaiting
        self._waiting += 1
        try:
            async with asyncio.timeout(TURN_PATIENCE):
                await self.free.acquire()
        except TimeoutError:
            raise TooManyFilesWaiting from None
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self.free.release()


class Examiner:
    """Looks into files.

    Args:
        scanner: of viruses; where there is none, files are marked as not checked.
    """

    def __init__(self, scanner: Scanner) -> None:
        self.scanner = scanner
        self._turns = Turns(AT_ONCE)
        self._arriving = Turns(ARRIVING)

    @asynccontextmanager
    async def turn(self, *, is_arriving: bool = False) -> AsyncIterator[MemoryFile]:
        """Wait until there is room in memory for one file; it is gone afterwards.

        One that is still arriving takes no turn of those that are here: a slow line must not hold them up.

        Raises:
            TooManyFilesWaiting: it is another's turn for too long.
        """
        async with (self._arriving if is_arriving else self._turns).one():
            file = MemoryFile()
            try:
                yield file
            finally:
                file.close()

    def working(self) -> asyncio.Semaphore:
        """Return the turns in which a file that arrived outside of them is looked into and altered.

        Whoever waits here holds one of the few places for what arrives, so no other bound is needed.
        """
        return self._turns.free

    async def examine(self, file: MemoryFile) -> Examined:
        """Return what the file is.

        Raises:
            FileRefused: empty, of a kind we do not take, locked, damaged or infected.
            FileCheckFailed: we could not look.
        """
        virus_check = await self.scanner.check(file.pieces())
        told = await _asked("look", file)
        return Examined(told["media_type"], virus_check)

    async def altered(self, file: MemoryFile) -> tuple[MemoryFile, Examined]:
        """Return the recording with another voice, and what it is then.

        Raises:
            VoiceTooLong: it is longer than we alter.
            VoiceNotAltered: we cannot read the sound in it, or not whole, or not in time.
        """
        into = MemoryFile()
        try:
            await _asked("alter", file, into)
            into.size = os.fstat(into.number).st_size
            return into, await self.examine(into)
        except BaseException:
            into.close()
            raise


async def _asked(command: str, *files: MemoryFile) -> dict[str, str]:
    for file in files:
        os.lseek(file.number, 0, os.SEEK_SET)
    numbers = [file.number for file in files]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "intake_api.files.inspector", command, *map(str, numbers),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,  # what a decoder says may repeat what is in the file
        pass_fds=numbers,
        env={"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1"},
        cwd="/",
    )  # fmt: skip
    try:
        said, _ = await asyncio.wait_for(process.communicate(), PATIENCE)
        if process.returncode and process.returncode < 0:  # its limits ended it
            raise WITHOUT_ANSWER[command]
        told = {str(name): str(value) for name, value in json.loads(said).items()}
    except TimeoutError:
        raise WITHOUT_ANSWER[command] from None
    except ValueError:
        log.error("file inspector: ended with %s", process.returncode)
        raise FileCheckFailed from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if problem := told.get("problem"):
        raise REASONS.get(problem, FileDamaged)
    return told

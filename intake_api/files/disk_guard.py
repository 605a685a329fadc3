"""Keeps room on the disk of an embedded mailbox: files are refused first, reports without files last.

A mailbox kept by a server has a disk of its own, which its operators watch.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from intake_api.files.errors import NoRoomForFiles
from intake_api.letterbox import STORE
from office.stores.errors import StoreUnavailable


@dataclass(frozen=True, slots=True)
class DiskGuard:
    """Looks how much of the disk is free before anything is taken.

    Attributes:
        file: where an embedded mailbox lies, or None.
        share_for_files: below this part of the disk no file is taken.
        share_for_reports: below this smaller part nothing is taken at all.
    """

    file: Path | None
    share_for_files: float
    share_for_reports: float

    def room_for_files(self, size: int = 0) -> None:
        """Raise NoRoomForFiles if too little would stay free with `size` more bytes."""
        if self._free_after(size) < self.share_for_files:
            raise NoRoomForFiles

    def room_for_reports(self) -> None:
        """Raise StoreUnavailable if what is left is too little even for reports."""
        if self._free_after(0) < self.share_for_reports:
            raise StoreUnavailable(store=STORE, reason="full")

    def _free_after(self, size: int) -> float:
        if self.file is None:
            return 1.0
        try:
            disk = shutil.disk_usage(self.file.parent)
        except OSError:
            return 1.0  # the store itself will say what is wrong
        return (disk.free - size) / disk.total if disk.total else 1.0

"""When the timeline was last examined, and what was found: a small file beside the signed heads.

It lies outside the database, because a database that was tampered with must not be asked whether it was.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from casework.timeline.rules import Finding
from office.sealing.public_keys import replace_file

NAME: Final = "last-verification"
CLEAR_FOR_ALL: Final = 0o644
MOST_ROWS: Final = 20


@dataclass(frozen=True, slots=True)
class Verified:
    """One examination: when, over how many rows, and which rows of which chains are not as written."""

    at: datetime
    rows: int
    wrong: tuple[tuple[str, int], ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found."""
        return not self.wrong


def keep_verified(folder: Path, at: datetime, rows: int, found: Sequence[Finding]) -> None:
    """Keep that the timeline was examined; of many findings the first."""
    wrong = [[one.chain, one.seq] for one in found[:MOST_ROWS]]
    told = {"at": at.isoformat(timespec="seconds"), "rows": rows, "wrong": wrong}
    replace_file(folder / NAME, json.dumps(told).encode() + b"\n", mode=CLEAR_FOR_ALL)


def last_verified(folder: Path) -> Verified | None:
    """Return the last examination; None if none is known, or what is known cannot be read."""
    try:
        told = json.loads((folder / NAME).read_text("utf-8"))
        wrong = tuple((str(chain), int(seq)) for chain, seq in told["wrong"])
        return Verified(datetime.fromisoformat(told["at"]), int(told["rows"]), wrong)
    except (OSError, ValueError, KeyError, TypeError):
        return None

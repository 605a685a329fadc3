"""The operators' journal of key acts, taken into the office's timeline: once, and compared ever after.

Operators' commands have no timeline of their own (see `office.keys.events`); they write a line of JSON for
each act. Each line taken up leaves its number and its hash in the event, so a second look adds nothing and a
line edited or cut later is found.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sqlmodel import Session, col, select

from casework.staff.recording import record_key_event
from casework.timeline.rules import OFFICE, Finding
from casework.timeline.tables import ChainHead, Event
from office.keys.events import event_of

CHAIN: Final = "journal"
"""What findings about the journal name instead of a chain."""
MARK: Final = '%"journal_line":%'


def take_up(session: Session, path: Path) -> int:
    """Add what the journal says since the last look to the office's chain; return how many lines."""
    session.exec(select(ChainHead).where(ChainHead.chain == OFFICE).with_for_update()).one_or_none()
    taken = len(_taken_up(session))
    count = 0
    for number, line in enumerate(_lines(path), start=1):
        if number <= taken:
            continue
        try:
            event = event_of(line)
        except (ValueError, KeyError, TypeError):
            break  # told by `findings`; what stands behind it waits, so that the order stays
        record_key_event(session, event, (number, _hash(line)))
        count += 1
    return count


def findings(session: Session, path: Path) -> Iterator[Finding]:
    """Yield where the journal is not what was taken up from it, or cannot be read."""
    lines = _lines(path)
    taken = _taken_up(session)
    for number, digest in enumerate(taken, start=1):
        if number > len(lines):
            yield Finding(CHAIN, number, "missing, though it was taken up")
        elif _hash(lines[number - 1]) != digest:
            yield Finding(CHAIN, number, "is not what was taken up")
    if len(lines) > len(taken):
        yield Finding(CHAIN, len(taken) + 1, "cannot be read")


def _taken_up(session: Session) -> list[str]:
    wanted = select(Event.detail).where(Event.chain == OFFICE, col(Event.detail).like(MARK))
    return [json.loads(detail)["journal_hash"] for detail in session.exec(wanted.order_by(col(Event.seq)))]


def _lines(path: Path) -> list[str]:
    text = path.read_text("utf-8", errors="replace") if path.exists() else ""
    return [line for line in text.splitlines() if line]


def _hash(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()

"""What a ceremony tells the office's timeline: who, when, about whom, which keys. No names, no secrets."""

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Literal
from uuid import UUID

from sqlmodel import Session

Kind = Literal[
    "keys_begun",
    "staff_invited",
    "invitation_accepted",
    "signed_in",
    "factor_renewed",
    "key_granted",
    "key_revoked",
    "holder_left",
    "key_rotated",
    "escrow_opened",
    "escrow_renewed",
]


@dataclass(frozen=True, slots=True)
class KeyEvent:
    """One act of a ceremony.

    Attributes:
        kind: what was done.
        at: when, in UTC.
        by: who did it; None for an operator at the machine.
        subject: the member of staff it was done to or for.
        key_names: the keys concerned, each with its version (`story.1`).
        told: whom the office tells about it.
        reason: why, in the words of whoever did it; may need sealing in the timeline.
    """

    kind: Kind
    at: datetime
    by: UUID | None = None
    subject: UUID | None = None
    key_names: tuple[str, ...] = ()
    told: tuple[UUID, ...] = ()
    reason: str = ""


Recorder = Callable[[Session, KeyEvent], None]
"""Writes the event to the timeline, inside the transaction of the act itself."""

FOR_OPERATORS_ONLY: Final = 0o600


def recorded(session: Session, event: KeyEvent, record: Recorder | None) -> KeyEvent:
    """Return `event`, once it was given to `record`."""
    if record is not None:
        record(session, event)
    return event


def append_to_journal(path: Path, events: list[KeyEvent]) -> None:
    """Add events to the operators' journal, a line of JSON each, on the disk before this returns.

    The operators' commands have no timeline; casework takes the journal up.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps(asdict(event), default=str) + "\n" for event in events)
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, FOR_OPERATORS_ONLY)
    try:
        os.write(handle, lines.encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def read_journal(path: Path) -> list[KeyEvent]:
    """Return the events of a journal in their order; none if there is no journal."""
    if not path.exists():
        return []
    return [event_of(line) for line in path.read_text("utf-8").splitlines() if line]


def event_of(line: str) -> KeyEvent:
    """Return the event a line of the journal tells.

    Raises:
        ValueError, KeyError, TypeError: it is no such line.
    """
    told: dict[str, object] = json.loads(line)

    def person(name: str) -> UUID | None:
        return UUID(str(told[name])) if told[name] else None

    names, people = told["key_names"], told["told"]
    return KeyEvent(
        kind=told["kind"],  # type: ignore[arg-type]  # one of ours, as we wrote it
        at=datetime.fromisoformat(str(told["at"])),
        by=person("by"),
        subject=person("subject"),
        key_names=tuple(str(name) for name in names) if isinstance(names, list) else (),
        told=tuple(UUID(str(each)) for each in people) if isinstance(people, list) else (),
        reason=str(told["reason"]),
    )

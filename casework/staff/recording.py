"""Key events, as the office's timeline keeps them."""

from sqlmodel import Session

from casework.timeline.actions import record
from office.keys.events import KeyEvent


def record_key_event(session: Session, event: KeyEvent, journal: tuple[int, str] | None = None) -> None:
    """Write one act of a key ceremony to the office's chain; a reason in words stays out of it.

    `journal` is the number and the hash of the line that told of it, if operators did it.
    """
    line, digest = journal or (None, None)
    record(
        session,
        event.kind,
        at=event.at,
        by=event.by,
        subject=str(event.subject) if event.subject else None,
        keys=list(event.key_names) or None,
        told=[str(one) for one in event.told] or None,
        journal_line=line,
        journal_hash=digest,
    )

"""Adding to the timeline: the only way an event is made."""

from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from sqlmodel import Session, select

from casework.timeline.rules import BEGINNING, OFFICE, canonical, link_hash
from casework.timeline.tables import ChainHead, Event

BY_PROGRAM: Final = "by_program"
"""The name under which a session tells that a program asks, and an event that one did."""


def record(
    session: Session,
    kind: str,
    *,
    at: datetime,
    by: UUID | None,
    case_id: UUID | None = None,
    **detail: str | int | list[str] | None,
) -> Event:
    """Add one event to the case's chain, or to the office's when no case is named.

    The head of the chain is held until the transaction ends, so that two people who act at once
    write one after the other. What a person's program does, its session says; the person answers for it.
    """
    if session.info.get(BY_PROGRAM):
        detail[BY_PROGRAM] = True
    chain = str(case_id) if case_id else OFFICE
    head = _held(session, chain) or ChainHead(chain=chain, seq=0, hash=BEGINNING)
    at = at.astimezone(UTC)
    told = canonical({name: value for name, value in detail.items() if value is not None})
    seq, previous = head.seq + 1, head.hash
    own = link_hash(chain=chain, seq=seq, at=at, kind=kind, by=by, detail=told, previous_hash=previous)
    event = Event(
        chain=chain, seq=seq, at=at, kind=kind, by=by, detail=told, previous_hash=previous, hash=own
    )
    head.seq, head.hash = seq, own
    session.add(event)
    session.add(head)
    session.flush()
    return event


def hold_office(session: Session) -> None:
    """Let nobody else add to the office's chain until this transaction ends.

    For an act that first looks what there is (the next number, whether somebody was faster) on rows which
    its process may not lock, because it may not change them.
    """
    _held(session, OFFICE)


def _held(session: Session, chain: str) -> ChainHead | None:
    return session.exec(select(ChainHead).where(ChainHead.chain == chain).with_for_update()).one_or_none()

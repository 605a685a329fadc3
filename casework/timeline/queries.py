"""Reading the timeline."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from uuid import UUID

from sqlmodel import Session, col, select

from casework.timeline.rules import OFFICE
from casework.timeline.tables import ChainHead, Event
from office.stores.keyroom import Staff

PAGE = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as people read it: who is named by the name shown in the office."""

    seq: int
    at: datetime
    kind: str
    who: str
    detail: dict[str, object]


def entries(
    session: Session,
    case_id: UUID | None,
    *,
    before: int | None = None,
    limit: int = PAGE,
    only: str = "",
    without: str = "",
    by: UUID | None = None,
    begins: str = "",
    among: Collection[str] | None = None,
) -> list[Entry]:
    """Return the newest events of a case (or of the office).

    Args:
        session: the request's transaction.
        case_id: whose events; the office's own if None.
        before: only events before this one, when turning the page.
        limit: events on a page.
        only: only events of this kind.
        without: no events of this kind.
        by: only what this member of staff did.
        begins: only events whose kind begins so.
        among: only events of these kinds.
    """
    chain = str(case_id) if case_id else OFFICE
    wanted = select(Event).where(Event.chain == chain)
    if before is not None:
        wanted = wanted.where(col(Event.seq) < before)
    if only:
        wanted = wanted.where(Event.kind == only)
    if by is not None:
        wanted = wanted.where(Event.by == by)
    if begins:
        wanted = wanted.where(col(Event.kind).startswith(begins, autoescape=True))
    if among is not None:
        wanted = wanted.where(col(Event.kind).in_(among))
    if without:
        wanted = wanted.where(Event.kind != without)
    found = session.exec(wanted.order_by(col(Event.seq).desc()).limit(limit)).all()
    names = names_of(session, [event.by for event in found if event.by])
    return [entry_of(event, names.get(event.by, "") if event.by else "") for event in found]


def entry_of(event: Event, who: str) -> Entry:
    """Return an event as people read it; `who` is the shown name of who did it."""
    at = (
        event.at if event.at.tzinfo else event.at.replace(tzinfo=UTC)
    )  # SQLite gives it back without its zone
    return Entry(event.seq, at, event.kind, who, json.loads(event.detail))


def names_of(session: Session, ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return the shown names of these members of staff."""
    rows = session.exec(select(Staff.id, Staff.display_name).where(col(Staff.id).in_(set(ids)))).all()
    return dict(rows)


def chains(session: Session) -> Iterator[tuple[str, Iterator[Event]]]:
    """Yield every chain with its events in order, a part at a time."""
    rows = session.exec(
        select(Event).order_by(col(Event.chain), col(Event.seq)).execution_options(yield_per=1000)
    )
    yield from groupby(rows, key=lambda event: event.chain)


def heads(session: Session) -> dict[str, tuple[int, bytes]]:
    """Return where each chain says it stands."""
    return {head.chain: (head.seq, head.hash) for head in session.exec(select(ChainHead))}

"""The queue of reports nobody has settled yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, func, select

from casework.inbox.tables import InboxReport
from casework.staff.keys import names_held
from casework.staff.sessions import SignedIn

PAGE = 25


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the queue, as it is written in the address of the next page."""

    urgency_rank: int
    iso_week: str
    id: UUID

    @classmethod
    def read(cls, written: str) -> "Place | None":
        """Return the place, or None if the address was tampered with: then the queue starts anew."""
        try:
            rank, week, report_id = written.split("_")
            return cls(int(rank), week, UUID(report_id))
        except ValueError:
            return None

    def written(self) -> str:
        """Return the place as the address carries it."""
        return f"{self.urgency_rank}_{self.iso_week}_{self.id}"


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of the queue, after which place it begins, how many wait in all, and where the next starts."""

    reports: Sequence[InboxReport]
    after: str
    waiting: int
    next: str | None


def queue(session: Session, who: SignedIn, *, after: str = "", limit: int = PAGE) -> Queue:
    """Return the reports this person may open: the urgent first, then the oldest weeks."""
    may_open = _may_open(session, who)
    rank, week, own = col(InboxReport.urgency_rank), col(InboxReport.iso_week), col(InboxReport.id)
    wanted = select(InboxReport).where(*may_open)
    place = Place.read(after)
    if place is not None:
        wanted = wanted.where(
            or_(
                rank < place.urgency_rank,
                and_(rank == place.urgency_rank, week > place.iso_week),
                and_(rank == place.urgency_rank, week == place.iso_week, own > place.id),
            )
        )
    found = session.exec(wanted.order_by(rank.desc(), week, own).limit(limit + 1)).all()
    waiting = waiting_total(session, who)
    shown, more = found[:limit], len(found) > limit
    last = shown[-1] if more else None
    next_place = Place(last.urgency_rank, last.iso_week, last.id).written() if last else None
    return Queue(shown, place.written() if place else "", waiting, next_place)


def waiting_total(session: Session, who: SignedIn) -> int:
    """Return how many reports wait that this person may open."""
    return session.exec(select(func.count()).select_from(InboxReport).where(*_may_open(session, who))).one()


def _may_open(session: Session, who: SignedIn) -> tuple[ColumnElement[bool], ...]:
    held = names_held(session, who.id)
    return col(InboxReport.state) == "received", col(InboxReport.key_name).in_(held)

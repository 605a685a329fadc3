"""The queue of reports: those nobody has settled yet, and those whose person wrote again since."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from casework.inbox.asking import COLUMNS, InboxAsked
from casework.inbox.tables import InboxReport
from casework.listing.ordering import Key, by_place, order_of, page_of
from casework.messages.queries import unread
from casework.messages.tables import IncomingMessage
from casework.staff.keys import names_held
from casework.staff.sessions import SignedIn

PAGE: Final = 25


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of the queue, how many there are with these filters and in all, and where the next starts.

    Attributes:
        written: the numbers of those whose person wrote since they reported.
        unsettled: how many of those found nobody has settled yet.
    """

    reports: Sequence[InboxReport]
    found: int
    waiting: int
    next: str | None
    written: frozenset[str] = frozenset()
    unsettled: int = 0


def queue(
    session: Session,
    who: SignedIn,
    asked: InboxAsked,
    ordered: Mapping[str, Sequence[str]],
    *,
    limit: int | None = PAGE,
) -> Queue:
    """Return the reports this person may open, by themselves the urgent first, then the oldest weeks.

    Args:
        session: the request's transaction.
        who: who asks.
        asked: what is asked for.
        ordered: codes of languages and channels in the order of their words.
        limit: reports on a page; None for all.
    """
    urgent = Key(col(InboxReport.urgency_rank), int, falls=True)
    week, number = Key(col(InboxReport.iso_week)), Key(col(InboxReport.case_number))
    keys = {
        "urgent": (urgent, week, number),
        "received": (week, urgent, number),
        "language": (by_place(col(InboxReport.language), ordered["language"]), urgent, week, number),
        "channel": (by_place(col(InboxReport.channel_code), ordered["channel"]), urgent, week, number),
    }
    conditions = (*waits_for(session, who), *_filtered(asked))
    wanted = select(InboxReport).where(*conditions)
    order = order_of(asked, keys, col(InboxReport.id))
    rows, following = page_of(session, wanted, order, asked.after, limit)
    reports = [report for (report,) in rows]
    return Queue(
        reports,
        session.exec(select(func.count()).select_from(InboxReport).where(*conditions)).one(),
        waiting_total(session, who),
        following,
        frozenset(unread(session, [report.case_number for report in reports])),
        session.exec(
            select(func.count()).select_from(InboxReport).where(*conditions, InboxReport.state == "received")
        ).one(),
    )


def waiting_total(session: Session, who: SignedIn) -> int:
    """Return how many reports wait that this person may open."""
    return session.exec(select(func.count()).select_from(InboxReport).where(*waits_for(session, who))).one()


def codes_there(session: Session, who: SignedIn) -> dict[str, set[str]]:
    """Return which codes the reports have that wait and that this person may open, by filter."""
    columns = [getattr(InboxReport, column) for column in COLUMNS.values()]
    wanted: Any = select(*columns).where(*waits_for(session, who)).distinct()
    rows = session.exec(wanted).all()
    return {name: {row[place] for row in rows} for place, name in enumerate(COLUMNS)}


def _filtered(asked: InboxAsked) -> Iterator[ColumnElement[bool]]:
    for name, column in COLUMNS.items():
        if getattr(asked, name):
            yield col(getattr(InboxReport, column)) == getattr(asked, name)
    if asked.state == "again":
        again = select(IncomingMessage.case_number).where(col(IncomingMessage.opened_on).is_(None))
        yield col(InboxReport.case_number).in_(again)
    elif asked.state:
        is_opened = col(InboxReport.opened_on).is_not(None)
        yield (col(InboxReport.state) == "received") & (is_opened if asked.state == "opened" else ~is_opened)


def waits_for(session: Session, who: SignedIn) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that a report waits for this person, or that its person wrote to it since."""
    received, settled = aliased(InboxReport), aliased(InboxReport)
    again = (
        select(col(settled.id))
        .join(IncomingMessage, col(IncomingMessage.case_number) == col(settled.case_number))
        .where(col(IncomingMessage.opened_on).is_(None), col(settled.state) == "not_taken_up")
    )
    waiting = select(col(received.id)).where(col(received.state) == "received").union_all(again)
    held = names_held(session, who.id)
    return col(InboxReport.id).in_(waiting), col(InboxReport.key_name).in_(held)

"""The cases a person may open, and how many of their messages wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, func, select

from casework.cases.rules import version_in
from casework.cases.tables import CaseFile, CaseKeyGrant
from casework.deadlines.still_open import lacks_scan
from casework.feedback.tables import Feedback
from casework.messages.queries import unread
from casework.messages.tables import ConsentChangeRow, IncomingMessage
from casework.staff.sessions import SignedIn
from casework.timeline.queries import names_of

PAGE = 25
SENT = (
    (IncomingMessage, col(IncomingMessage.opened_on)),
    (ConsentChangeRow, col(ConsentChangeRow.applied_on)),
    (Feedback, col(Feedback.opened_on)),
)
"""What a person sends to their case, and the day that says somebody opened it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One case in a list."""

    case: CaseFile
    unread: int
    adviser: str


@dataclass(frozen=True, slots=True)
class CaseList:
    """One page of a list, after which place it begins (empty for the first), and where the next begins."""

    lines: Sequence[Line]
    after: str
    next: str | None


def may_open(who: SignedIn) -> ColumnElement[bool]:
    """Return the condition that a case has a present grant for this person."""
    return held_by(who.id)


def held_by(staff_id: UUID) -> ColumnElement[bool]:
    """Return the same for somebody who is not signed in."""
    granted = (
        select(CaseKeyGrant.id)
        .where(
            CaseKeyGrant.case_id == CaseFile.id,
            CaseKeyGrant.version == CaseFile.key_version,
            CaseKeyGrant.holder_id == staff_id,
            col(CaseKeyGrant.revoked_on).is_(None),
        )
        .exists()
    )
    return granted


def cases_of(
    session: Session,
    who: SignedIn,
    *,
    only_own: bool,
    is_closed: bool,
    lacks_scan_before: date | None = None,
    after: str = "",
    limit: int = PAGE,
) -> CaseList:
    """Return the cases this person may open, the newest first.

    Args:
        session: the request's transaction.
        who: who asks.
        only_own: those assigned to them; otherwise all they hold a key of.
        is_closed: closed ones instead of open ones.
        lacks_scan_before: only those opened before this day in which nobody has looked which limits run.
        after: place after which the page begins, as the address carries it.
        limit: cases on a page.
    """
    opened, own = col(CaseFile.opened_on), col(CaseFile.id)
    closed = col(CaseFile.closed_on)
    wanted = select(CaseFile).where(may_open(who), closed.is_not(None) if is_closed else closed.is_(None))
    if only_own:
        wanted = wanted.where(CaseFile.assigned_to == who.id)
    if lacks_scan_before is not None:
        wanted = wanted.where(lacks_scan(lacks_scan_before))
    place = _place(after)
    if place is not None:
        day, last = place
        wanted = wanted.where(or_(opened < day, and_(opened == day, own > last)))
    found = session.exec(wanted.order_by(opened.desc(), own).limit(limit + 1)).all()
    here, more = found[:limit], len(found) > limit
    waiting = unread(session, [case.reference for case in here])
    names = names_of(session, [case.assigned_to for case in here])
    lines = [Line(case, waiting.get(case.reference, 0), names.get(case.assigned_to, "")) for case in here]
    here_after = f"{place[0].isoformat()}_{place[1]}" if place else ""
    return CaseList(lines, here_after, f"{here[-1].opened_on.isoformat()}_{here[-1].id}" if more else None)


def unread_total(session: Session, who: SignedIn) -> int:
    """Return how many messages wait unread in the cases this person may open."""
    return session.exec(
        select(func.count())
        .select_from(IncomingMessage)
        .join(CaseFile, col(CaseFile.reference) == col(IncomingMessage.case_number))
        .where(col(IncomingMessage.opened_on).is_(None), may_open(who))
    ).one()


def waiting_for_a_key(session: Session, who: SignedIn) -> Sequence[str]:
    """Return the numbers of the cases this person may open that wait for a new key, the longest first."""
    return session.exec(
        select(CaseFile.reference)
        .where(col(CaseFile.key_due_on).is_not(None), may_open(who))
        .order_by(col(CaseFile.key_due_on), col(CaseFile.id))
    ).all()


def left_behind(session: Session, who: SignedIn) -> list[CaseFile]:
    """Return the cases this person may open for which something waits under an older key."""
    found: dict[UUID, CaseFile] = {}
    for sent, done_on in SENT:
        wanted = (
            select(CaseFile, sent.key_name)
            .join(sent, col(sent.case_number) == col(CaseFile.reference))
            .where(done_on.is_(None), CaseFile.key_version > 1, may_open(who))
            .distinct()
        )
        for case, name in session.exec(wanted):
            if 0 < version_in(name, case.reference) < case.key_version:
                found[case.id] = case
    return list(found.values())


def older_versions(session: Session, case: CaseFile) -> set[int]:
    """Return the older versions of the case's key under which something waits that nobody has opened."""
    names = {
        name
        for sent, done_on in SENT
        for name in session.exec(
            select(sent.key_name).where(sent.case_number == case.reference, done_on.is_(None))
        )
    }
    return {version for name in names if 0 < (version := version_in(name, case.reference)) < case.key_version}


def waiting_total(session: Session) -> int:
    """Return how many cases of the whole office wait for a new key."""
    wanted = select(func.count()).select_from(CaseFile).where(col(CaseFile.key_due_on).is_not(None))
    return session.exec(wanted).one()


def given_without_a_key(session: Session, who: SignedIn) -> int:
    """Return how many cases of this person wait to be sealed anew before they can open them."""
    return session.exec(
        select(func.count())
        .select_from(CaseFile)
        .where(CaseFile.assigned_to == who.id, col(CaseFile.key_due_on).is_not(None), ~may_open(who))
    ).one()


def _place(written: str) -> tuple[date, UUID] | None:
    day, _, own = written.partition("_")
    try:
        return date.fromisoformat(day), UUID(own)
    except ValueError:
        return None

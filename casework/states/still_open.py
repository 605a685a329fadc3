"""What is still open in a case that is to be closed: listed to whoever asks and to whoever decides."""

from collections.abc import Collection, Sequence
from hashlib import sha256
from uuid import UUID

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.tables import CaseFile
from casework.deadlines.errors import DeadlinesOpen
from casework.deadlines.still_open import open_deadlines
from casework.deadlines.words import write
from casework.mediation.errors import MediationOpen
from casework.mediation.queries import open_mediation
from casework.referrals.tables import Referral
from casework.states.errors import ReferralsOpen
from casework.tasks.errors import TasksOpen
from casework.tasks.still_open import open_tasks
from casework.tracks.errors import TracksOpen
from casework.tracks.queries import open_tracks

WAITS = ("drafted", "consented", "sent", "no_answer")
"""Referrals the office has to see to; what a body has taken on goes on without it."""
GOES_ON = ("accepted", "working")


def open_referrals(session: Session, case_id: UUID, states: tuple[str, ...] = WAITS) -> Sequence[Referral]:
    """Return the referrals of a case in these states, the earliest first."""
    return session.exec(
        select(Referral)
        .where(Referral.case_id == case_id, col(Referral.state).in_(states))
        .order_by(col(Referral.drafted_on), col(Referral.body_code), col(Referral.id))
    ).all()


def ids_open(session: Session, case_id: UUID) -> list[str]:
    """Return the ids of everything that is open in a case, in their order."""
    mediation = open_mediation(session, case_id)
    found = [
        *(one.id for one in open_deadlines(session, case_id)),
        *(one.track.id for one in open_tracks(session, case_id)),
        *([mediation.mediation.id] if mediation is not None else []),
        *(one.id for one in open_tasks(session, case_id)),
        *(one.id for one in open_referrals(session, case_id)),
    ]
    return sorted(one.hex for one in found)


def listing_of(ids: Sequence[str]) -> str:
    """Return a short word for what is open, by which a page says what it listed."""
    return sha256(" ".join(ids).encode()).hexdigest()[:16]


def refuse_unexplained(session: Session, case: CaseFile, despite: str, ended: Collection[UUID] = ()) -> None:
    """Refuse to ask for closing over what is open without a word why; of `ended` tracks it is said how.

    Raises:
        DeadlinesOpen, TracksOpen, MediationOpen, TasksOpen, ReferralsOpen: the first of what is open.
    """
    if despite:
        return
    if open_deadlines(session, case.id):
        raise DeadlinesOpen(case=case.reference)
    if any(one.track.id not in ended for one in open_tracks(session, case.id)):
        raise TracksOpen(case=case.reference)
    if open_mediation(session, case.id) is not None:
        raise MediationOpen(case=case.reference)
    if open_tasks(session, case.id):
        raise TasksOpen(case=case.reference)
    if open_referrals(session, case.id):
        raise ReferralsOpen(case=case.reference)


def refuse_open_referrals(
    session: Session, case: CaseFile, act: Act, reason: str, *, is_kept: bool
) -> list[str]:
    """Return the bodies whose referrals wait; none, or it is written why that is all right.

    The reason is sealed to the case, unless it was kept already for what else is open.

    Raises:
        ReferralsOpen: there are some, and no reason.
    """
    rows = open_referrals(session, case.id)
    if not rows:
        return []
    if not reason:
        raise ReferralsOpen(case=case.reference)
    if not is_kept:
        write(session, case, "closing", reason, act)
    return [row.body_code for row in rows]

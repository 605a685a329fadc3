"""Which cases a person may open, what waits in them, and which wait for a key."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, func, select

from casework.appointments.tables import IncomingBooking
from casework.cases.rules import version_in
from casework.cases.tables import CaseFile, CaseKeyGrant
from casework.feedback.tables import Feedback
from casework.messages.tables import ConsentChangeRow, IncomingMessage
from casework.staff.sessions import SignedIn

SENT = (
    (IncomingMessage, col(IncomingMessage.opened_on)),
    (ConsentChangeRow, col(ConsentChangeRow.applied_on)),
    (Feedback, col(Feedback.opened_on)),
    (IncomingBooking, col(IncomingBooking.opened_on)),
)
"""What a person sends to their case, and the day that says somebody opened it."""


def may_open(who: SignedIn) -> ColumnElement[bool]:
    """Return the condition that a case has a present grant for this person."""
    return held_by(who.id)


def held_by(staff_id: UUID, case: type[CaseFile] = CaseFile) -> ColumnElement[bool]:
    """Return the same for somebody who need not be signed in; `case` may go by another name in a query."""
    granted = (
        select(CaseKeyGrant.id)
        .where(
            CaseKeyGrant.case_id == case.id,
            CaseKeyGrant.version == case.key_version,
            CaseKeyGrant.holder_id == staff_id,
            col(CaseKeyGrant.revoked_on).is_(None),
        )
        .correlate(case)
        .exists()
    )
    return granted


def held_cases(who: SignedIn) -> ColumnElement[bool]:
    """Return the conditions that join `case_key_grant` to the cases it opens for this person.

    The same cases as `may_open`, for questions that are faster asked from somebody's own grants on.
    """
    return and_(
        col(CaseKeyGrant.case_id) == col(CaseFile.id),
        col(CaseKeyGrant.version) == col(CaseFile.key_version),
        col(CaseKeyGrant.holder_id) == who.id,
        col(CaseKeyGrant.revoked_on).is_(None),
    )


def unread_total(session: Session, who: SignedIn) -> int:
    """Return how many messages, and answers about appointments, wait in the cases this person may open."""
    found = 0
    for sent in (IncomingMessage, IncomingBooking):
        own = select(CaseFile.id).where(CaseFile.reference == sent.case_number, may_open(who))
        wanted = select(func.count()).select_from(sent)
        found += session.exec(wanted.where(col(sent.opened_on).is_(None), own.exists())).one()
    return found


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
        waiting = select(sent.case_number).where(done_on.is_(None))
        wanted = (
            select(CaseFile, sent.key_name)
            .join(sent, col(sent.case_number) == col(CaseFile.reference))
            .where(col(CaseFile.reference).in_(waiting), done_on.is_(None))
            .where(CaseFile.key_version > 1, may_open(who))
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

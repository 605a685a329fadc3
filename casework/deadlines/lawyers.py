"""Who may confirm days of the law: members of staff somebody named, with a day.

It is a yes or no of the account and no role: a small office's lawyer is also its adviser or supervisor, and
not every adviser is a lawyer. Nobody names themselves.
"""

from uuid import UUID

from sqlmodel import Session, select

from casework.acts import Act
from casework.deadlines.tables import Lawyer
from casework.timeline.actions import record


def name_lawyer(session: Session, staff_id: UUID, act: Act) -> None:
    """Say that a member of staff confirms days of the law."""
    if not is_lawyer(session, staff_id):
        session.add(Lawyer(staff_id=staff_id, named_by=act.who.id, named_on=act.on))
        session.flush()
        record(session, "lawyer_named", at=act.at, by=act.who.id, subject=str(staff_id))


def unname_lawyer(session: Session, staff_id: UUID, act: Act) -> None:
    """Say that a member of staff confirms no more days; those confirmed before keep their name."""
    named = session.get(Lawyer, staff_id)
    if named is not None:
        session.delete(named)
        session.flush()
        record(session, "lawyer_unnamed", at=act.at, by=act.who.id, subject=str(staff_id))


def is_lawyer(session: Session, staff_id: UUID) -> bool:
    """Say whether a member of staff confirms days of the law."""
    return session.exec(select(Lawyer.staff_id).where(Lawyer.staff_id == staff_id)).first() is not None


def lawyers(session: Session) -> set[UUID]:
    """Return who is named."""
    return set(session.exec(select(Lawyer.staff_id)))

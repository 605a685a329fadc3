"""Who may mediate: members of staff somebody named, and never in a case they had, read or keep out of.

As with lawyers it is a yes or no of the account and no role, and nobody names themselves.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, delete, select

from casework.acts import Act
from casework.cases.tables import CaseFile, CaseKeyGrant
from casework.conflicts.tables import CaseWall
from casework.mediation.tables import Mediator, MediatorNote
from casework.merges.standing import family_of
from casework.timeline.actions import record
from casework.timeline.rules import OFFICE
from casework.timeline.tables import Event
from office.stores.keyroom import Staff


def name_mediator(session: Session, staff_id: UUID, act: Act) -> None:
    """Say that a member of staff mediates."""
    if not is_mediator(session, staff_id):
        session.add(Mediator(staff_id=staff_id, named_by=act.who.id, named_on=act.on))
        session.flush()
        record(session, "mediator_named", at=act.at, by=act.who.id, subject=str(staff_id))


def unname_mediator(session: Session, staff_id: UUID, act: Act) -> None:
    """Say that a member of staff mediates no more: their mediations are shut to them at once.

    What was handed over to them is deleted.
    """
    named = session.get(Mediator, staff_id)
    if named is not None:
        session.delete(named)
        session.exec(
            delete(MediatorNote).where(
                col(MediatorNote.staff_id) == staff_id, col(MediatorNote.kind_code) == "extract"
            )
        )
        session.flush()
        record(session, "mediator_unnamed", at=act.at, by=act.who.id, subject=str(staff_id))


def is_mediator(session: Session, staff_id: UUID) -> bool:
    """Say whether a member of staff mediates."""
    return session.exec(select(Mediator.staff_id).where(Mediator.staff_id == staff_id)).first() is not None


def mediators(session: Session) -> set[UUID]:
    """Return who is named."""
    return set(session.exec(select(Mediator.staff_id)))


def stands_between(session: Session, case: CaseFile, staff_id: UUID) -> bool:
    """Say whether somebody never held a key of the case, nor of one read with it, and keeps out of none."""
    ids = family_of(session, case.id)
    held = select(CaseKeyGrant.id).where(
        col(CaseKeyGrant.case_id).in_(ids), CaseKeyGrant.holder_id == staff_id
    )
    walled = select(CaseWall.id).where(col(CaseWall.case_id).in_(ids), CaseWall.staff_id == staff_id)
    return (
        case.assigned_to != staff_id
        and session.exec(held.limit(1)).first() is None
        and session.exec(walled.limit(1)).first() is None
    )


def possible_mediators(session: Session, case: CaseFile) -> Sequence[Staff]:
    """Return who may mediate in a case, by name: named, there, never of the case, and who did not read it.

    Whoever opened its report before it became a case knows what the mediator shall not know.
    """
    wanted = (
        select(Staff)
        .join(Mediator, col(Mediator.staff_id) == col(Staff.id))
        .where(col(Staff.active), col(Staff.public_key).is_not(None))
        .order_by(Staff.display_name)
    )
    readers = set(
        session.exec(
            select(Event.by).where(
                Event.chain == OFFICE,
                Event.kind == "report_read",
                col(Event.detail).contains(f'"{case.reference}"', autoescape=True),
            )
        )
    )
    return [
        one for one in session.exec(wanted) if one.id not in readers and stands_between(session, case, one.id)
    ]

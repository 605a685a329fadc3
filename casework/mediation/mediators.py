"""Who may mediate: mediators by role and whoever is named; never in a case they had, read or keep out of.

Naming is, as with lawyers, a yes or no of the account, and nobody names themselves.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, or_, select

from casework.acts import Act
from casework.cases.tables import CaseFile, CaseKeyGrant
from casework.conflicts.tables import CaseWall
from casework.mediation.tables import Mediator, MediatorNote
from casework.merges.standing import family_of
from casework.staff.rules import MAY, Permission
from casework.timeline.actions import record
from casework.timeline.rules import OFFICE
from casework.timeline.tables import Event
from office.keys.people import changed
from office.stores.keyroom import Staff


def name_mediator(session: Session, staff_id: UUID, act: Act) -> None:
    """Say that a member of staff mediates."""
    if session.get(Mediator, staff_id) is None:
        session.add(Mediator(staff_id=staff_id, named_by=act.who.id, named_on=act.on))
        session.flush()
        record(session, "mediator_named", at=act.at, by=act.who.id, subject=str(staff_id))


def unname_mediator(session: Session, staff_id: UUID, act: Act) -> None:
    """Say that somebody who was named, or leaves, mediates no more: mediations are shut to them at once.

    What was handed over to them is deleted, with a line in the timeline also of one who mediated by role.
    """
    named = session.get(Mediator, staff_id)
    deleted = session.exec(
        delete(MediatorNote).where(
            col(MediatorNote.staff_id) == staff_id, col(MediatorNote.kind_code) == "extract"
        )
    )
    if named is not None:
        session.delete(named)
        session.flush()
    if named is not None or changed(deleted):
        record(session, "mediator_unnamed", at=act.at, by=act.who.id, subject=str(staff_id))


def is_mediator(session: Session, staff_id: UUID) -> bool:
    """Say whether a member of staff mediates."""
    return session.exec(select(Staff.id).where(Staff.id == staff_id, _mediates())).first() is not None


def mediators(session: Session) -> set[UUID]:
    """Return who is named, whatever their role."""
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
    """Return who may mediate in a case, by name: a mediator, there, never of the case, who did not read it.

    Whoever opened its report before it became a case knows what the mediator shall not know.
    """
    wanted = (
        select(Staff)
        .where(_mediates(), col(Staff.active), col(Staff.public_key).is_not(None))
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


def _mediates() -> ColumnElement[bool]:
    by_role = [role for role, doors in MAY.items() if Permission.MEDIATE in doors]
    named = select(Mediator.staff_id)
    return or_(col(Staff.role_code).in_(by_role), col(Staff.id).in_(named))

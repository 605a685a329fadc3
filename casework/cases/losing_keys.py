"""When somebody leaves, or loses their own key: their grants end, their open cases pass on, new keys are due.

Nobody's key is needed for it, so whoever answers for the staff can do it without holding a case.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, or_, select

from casework.acts import Act
from casework.appointments.changing_hands import leave_to_the_new_adviser
from casework.appointments.slots import shut_of
from casework.cases.errors import CannotAssign, CannotTakeAll, LastOfACase
from casework.cases.holders import can_hold
from casework.cases.tables import CaseFile, CaseKey, CaseKeyGrant
from casework.conflicts.guards import kept_out
from casework.deadlines.reminder_addresses import forget_address
from casework.drafts.keeping import forget_all_of
from casework.drafts.tables import StaffDraft
from casework.mediation.mediators import unname_mediator
from casework.profile.keys import take_back_profile, take_back_profiles
from casework.staff.devices import forget_sign_ins
from casework.states.settling import let_asks_of_the_gone_go, settle_with_adviser
from casework.tasks.still_open import pass_on, pass_on_of
from casework.timeline.actions import record
from office.stores.keyroom import Staff


def leave_cases(session: Session, person: Staff, to: Staff | None, act: Act) -> None:
    """Give the open cases of somebody who leaves to `to`, and end every case grant they have.

    Each case they held waits for a new key from now on; see `renewing`.

    Raises:
        CannotAssign: `to` may take no case or keeps out of one of them, or nobody was named.
        CannotTakeAll: `to` may not take those that concern the city.
        LastOfACase: nobody else could open one of the cases.
    """
    if _is_the_last(session, person.id):
        raise LastOfACase
    open_cases = session.exec(
        select(CaseFile)
        .where(CaseFile.assigned_to == person.id, col(CaseFile.closed_on).is_(None))
        .order_by(col(CaseFile.id))
        .with_for_update()
    ).all()
    for routing in {case.routing_code for case in open_cases}:
        if to is None or not can_hold(session, to, routing_code="normal"):
            raise CannotAssign(staff=str(person.id))
        if not can_hold(session, to, routing_code=routing):
            raise CannotTakeAll(staff=str(person.id))
    if to is not None and any(to.id in kept_out(session, case.id) for case in open_cases):
        raise CannotAssign(staff=str(person.id))
    take_back_cases(session, person.id, act.on)
    for case in open_cases:
        if to is None:
            raise CannotAssign(case=case.reference)
        pass_on_case(session, case, to, act)
    _leave_nothing(session, person, act)
    pass_on_of(session, person.id, to.id if to is not None else None)


def leave_without_giving(session: Session, person: Staff, act: Act) -> None:
    """End every case grant of somebody who leaves; who takes their open cases is said by others, later.

    For whoever ends an access and must not say who reads a case.

    Raises:
        LastOfACase: nobody else could open one of the cases.
    """
    if _is_the_last(session, person.id):
        raise LastOfACase
    take_back_cases(session, person.id, act.on)
    _leave_nothing(session, person, act)


def _leave_nothing(session: Session, person: Staff, act: Act) -> None:
    """Forget where they signed in and are reminded, end what they mediate or asked for, free their hours."""
    let_asks_of_the_gone_go(session, person.id, act)
    forget_address(session, person.id)
    forget_sign_ins(session, person.id)
    unname_mediator(session, person.id, act)
    shut_of(session, person.id)


def has_open_cases(session: Session, person_id: UUID) -> bool:
    """Say whether open cases are assigned to this member of staff."""
    wanted = select(CaseFile.id).where(CaseFile.assigned_to == person_id, col(CaseFile.closed_on).is_(None))
    return session.exec(wanted.limit(1)).first() is not None


def take_back_cases(session: Session, holder_id: UUID, on: date) -> None:
    """End every case grant of this person, remove the sealed keys and their drafts; new keys are due."""
    forget_all_of(session, holder_id)
    take_back_profiles(session, holder_id, on)
    held = select(CaseKeyGrant.case_id).where(
        CaseKeyGrant.holder_id == holder_id, col(CaseKeyGrant.revoked_on).is_(None)
    )
    _make_due(session, held, on)
    session.execute(
        update(CaseKeyGrant)
        .where(col(CaseKeyGrant.holder_id) == holder_id, col(CaseKeyGrant.revoked_on).is_(None))
        .values(revoked_on=on, sealed_private_key=b"")
    )


def take_back_case(session: Session, case: CaseFile, holder_id: UUID, on: date) -> None:
    """End every grant that one person has of one case, with what they began about it; a new key is due."""
    session.execute(
        update(CaseKeyGrant)
        .where(
            col(CaseKeyGrant.case_id) == case.id,
            col(CaseKeyGrant.holder_id) == holder_id,
            col(CaseKeyGrant.revoked_on).is_(None),
        )
        .values(revoked_on=on, sealed_private_key=b"")
    )
    take_back_profile(session, case.id, holder_id, on)
    session.execute(
        delete(StaffDraft).where(
            col(StaffDraft.case_number) == case.reference, col(StaffDraft.staff_id) == holder_id
        )
    )
    case.key_due_on = case.key_due_on or on
    session.add(case)
    session.flush()


def pass_on_case(session: Session, case: CaseFile, to: Staff, act: Act) -> None:
    """Give a case to somebody without anybody's key, on its record; a new one is due."""
    was, case.assigned_to = case.assigned_to, to.id
    case.assigned_on, case.looked_on = act.on, None
    pass_on(session, case.id, was, to.id)
    leave_to_the_new_adviser(session, case, act)
    settle_with_adviser(session, case, act)
    case.version += 1
    case.key_due_on = case.key_due_on or act.on
    session.add(case)
    session.flush()
    record(
        session,
        "case_passed_on",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        was_assigned_to=str(was),
        to=str(to.id),
    )


def take_back_of_those_gone(session: Session, on: date) -> None:
    """End the case grants of those who left, or lost their own key, at the operators' terminal."""
    gone = select(Staff.id).where(or_(col(Staff.active).is_(False), col(Staff.public_key).is_(None)))
    wanted = select(CaseKeyGrant.holder_id).where(
        col(CaseKeyGrant.holder_id).in_(gone), col(CaseKeyGrant.revoked_on).is_(None)
    )
    for holder_id in session.exec(wanted.distinct()).all():
        take_back_cases(session, holder_id, on)


def ask_for_new_grants(session: Session, person_id: UUID, on: date) -> None:
    """Take back what was sealed to a key this person has lost, and have their cases sealed to the new one."""
    take_back_cases(session, person_id, on)
    with_a_key = select(CaseFile.id).join(CaseKey, col(CaseKey.case_id) == col(CaseFile.id))
    _make_due(session, with_a_key.where(CaseFile.assigned_to == person_id), on)


def _make_due(session: Session, cases: object, on: date) -> None:
    session.execute(
        update(CaseFile)
        .where(col(CaseFile.id).in_(cases), col(CaseFile.key_due_on).is_(None))  # type: ignore[arg-type]  # a select
        .values(key_due_on=on)
        .execution_options(synchronize_session="fetch")
    )


def _is_the_last(session: Session, holder_id: UUID) -> bool:
    """Say whether some case could be opened by nobody without this person."""
    other = aliased(CaseKeyGrant)
    others = (
        select(other.id)
        .join(Staff, col(Staff.id) == col(other.holder_id))
        .where(
            other.case_id == CaseKeyGrant.case_id,
            other.version == CaseKeyGrant.version,
            other.holder_id != holder_id,
            col(other.revoked_on).is_(None),
            col(Staff.active),
            col(Staff.public_key).is_not(None),
        )
    )
    alone = (
        select(CaseKeyGrant.id)
        .join(CaseFile, col(CaseFile.id) == col(CaseKeyGrant.case_id))
        .where(
            CaseKeyGrant.holder_id == holder_id,
            CaseKeyGrant.version == CaseFile.key_version,
            col(CaseKeyGrant.revoked_on).is_(None),
            ~others.exists(),
        )
    )
    return session.exec(alone.limit(1)).first() is not None

"""What a case may not do while a conflict of interest is open, and who may not have it."""

from uuid import UUID

from sqlmodel import Session, col, select

from casework.cases.tables import CaseFile
from casework.conflicts.errors import AdviserKeepsOut, ConflictUndecided
from casework.conflicts.tables import CaseWall, ConflictCheck
from casework.mediation.tables import MediationStep


def kept_out(session: Session, case_id: UUID, *, but_for_service: bool = False) -> frozenset[UUID]:
    """Return who keeps out of a case; whoever was to mediate in it never has it either.

    `but_for_service` leaves out those whom only the service of the city keeps out that the case is about.
    """
    wanted = select(CaseWall.staff_id).where(CaseWall.case_id == case_id)
    if but_for_service:
        wanted = wanted.where(col(CaseWall.is_for_service).is_(False))
    walled = session.exec(wanted).all()
    mediated = session.exec(
        select(MediationStep.mediator_id).where(
            MediationStep.case_id == case_id, col(MediationStep.mediator_id).is_not(None)
        )
    ).all()
    return frozenset({*walled, *(one for one in mediated if one is not None)})


def refuse_kept_out(session: Session, case: CaseFile, staff_id: UUID) -> None:
    """Refuse what somebody who keeps out of a case would do in it, while they still have it.

    Raises:
        AdviserKeepsOut: they do.
    """
    if staff_id in kept_out(session, case.id):
        raise AdviserKeepsOut(case=case.reference)


def waits_for_a_decision(session: Session, case_id: UUID) -> bool:
    """Say whether a match of this case is undecided."""
    wanted = select(ConflictCheck.id).where(
        ConflictCheck.case_id == case_id, col(ConflictCheck.decision_code).is_(None)
    )
    return session.exec(wanted.limit(1)).first() is not None


def require_free_to_go_on(session: Session, case: CaseFile) -> None:
    """Refuse to go on in a case with an open conflict of interest.

    Raises:
        ConflictUndecided: a supervisor has to decide about a match.
        AdviserKeepsOut: a supervisor has to give it to somebody else.
    """
    if waits_for_a_decision(session, case.id):
        raise ConflictUndecided(case=case.reference)
    if case.assigned_to in kept_out(session, case.id):
        raise AdviserKeepsOut(case=case.reference)

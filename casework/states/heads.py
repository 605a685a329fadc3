"""Which requests to close a case wait for the head of the office: those no second supervisor can decide.

What the head agrees to is what was open then. If something else opens afterwards, the head is asked anew.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from casework.cases.holders import holders_beside
from casework.cases.tables import CaseFile
from casework.conflicts.guards import kept_out
from casework.staff.rules import MAY, Permission
from casework.states.still_open import ids_open
from casework.states.tables import ClosingRequest
from office.stores.keyroom import Staff


def needs_the_head(session: Session, case: CaseFile, row: ClosingRequest) -> bool:
    """Say whether no supervisor but whoever asked has the case, so that the head agrees instead."""
    asker = session.get_one(Staff, row.asked_by)
    out = kept_out(session, case.id)
    return not holders_beside(session, asker, routing_code=case.routing_code, without=out)


def heads_for(session: Session, case: CaseFile, row: ClosingRequest) -> Sequence[Staff]:
    """Return who can agree as the head of the office, by name: nobody who keeps out of the case or asked.

    Whoever was invited and has not come yet cannot.
    """
    roles = [role for role, doors in MAY.items() if Permission.CLOSINGS in doors]
    found = session.exec(
        select(Staff)
        .where(col(Staff.role_code).in_(roles), col(Staff.active), col(Staff.public_key).is_not(None))
        .order_by(Staff.display_name)
    ).all()
    out = kept_out(session, case.id) | {row.asked_by}
    return [one for one in found if one.id not in out]


def agreement_stands(session: Session, case: CaseFile, row: ClosingRequest) -> bool:
    """Say whether the head agreed to all that is open now, and does not keep out of the case since."""
    if row.agreed_by is None or row.agreed_by in kept_out(session, case.id):
        return False
    return set(ids_open(session, case.id)) <= set((row.agreed_over or "").split())


def waiting_for_the_head(session: Session, head_id: UUID) -> list[tuple[ClosingRequest, CaseFile]]:
    """Return the requests that no second supervisor can decide and no agreement covers, the oldest first.

    Those of cases this head keeps out of are not there for them.
    """
    found = session.exec(
        select(ClosingRequest, CaseFile)
        .join(CaseFile, col(CaseFile.id) == col(ClosingRequest.case_id))
        .where(col(ClosingRequest.settled_on).is_(None))
        .order_by(col(ClosingRequest.asked_on), col(CaseFile.reference))
    ).all()
    return [
        (row, case)
        for row, case in found
        if needs_the_head(session, case, row)
        and head_id not in kept_out(session, case.id)
        and not agreement_stands(session, case, row)
    ]

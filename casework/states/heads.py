"""Which requests to close a case wait for the head of the office: those no second supervisor can decide."""

from uuid import UUID

from sqlmodel import Session, col, select

from casework.cases.holders import holders_beside
from casework.cases.tables import CaseFile
from casework.conflicts.guards import kept_out
from casework.states.tables import ClosingRequest
from office.stores.keyroom import Staff


def needs_the_head(session: Session, case: CaseFile, row: ClosingRequest) -> bool:
    """Say whether no supervisor but whoever asked has the case, so that the head agrees instead."""
    asker = session.get_one(Staff, row.asked_by)
    out = kept_out(session, case.id)
    return not holders_beside(session, asker, routing_code=case.routing_code, without=out)


def waiting_for_the_head(session: Session, head_id: UUID) -> list[tuple[ClosingRequest, CaseFile]]:
    """Return the requests that no second supervisor can decide and nobody agreed to, the oldest first.

    Those of cases this head keeps out of are not there for them.
    """
    found = session.exec(
        select(ClosingRequest, CaseFile)
        .join(CaseFile, col(CaseFile.id) == col(ClosingRequest.case_id))
        .where(col(ClosingRequest.settled_on).is_(None), col(ClosingRequest.agreed_on).is_(None))
        .order_by(col(ClosingRequest.asked_on), col(CaseFile.reference))
    ).all()
    return [
        (row, case)
        for row, case in found
        if needs_the_head(session, case, row) and head_id not in kept_out(session, case.id)
    ]

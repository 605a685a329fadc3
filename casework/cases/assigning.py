"""Giving a case to another adviser: whoever leaves it loses the key, and what comes later has a new one."""

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.appointments.changing_hands import leave_to_the_new_adviser
from casework.cases.errors import CannotAssign, CaseAlreadyClosed, CaseChanged
from casework.cases.holders import can_hold, holders_beside
from casework.cases.queries import may_open
from casework.cases.renewing import seal_anew
from casework.cases.tables import CaseFile
from casework.conflicts.errors import AdviserKeepsOut
from casework.conflicts.guards import kept_out
from casework.merges.standing import go_along
from casework.states.settling import settle_with_adviser
from casework.tasks.still_open import pass_on
from casework.timeline.actions import record
from office.stores.keyroom import Staff


def change_hands(
    session: Session, case: CaseFile, adviser: Staff, reason_code: str, act: Act, *, version: int
) -> list[CaseFile]:
    """Give the case to `adviser` under a new key, and take every grant from whoever is not a holder now.

    An old key together with an old backup opens what was there then, and nothing that comes later. The cases
    read together with it go along. Returns all that changed hands, this one first.

    Raises:
        CaseChanged: somebody changed it since `version`.
        CaseAlreadyClosed: it has an outcome.
        CannotAssign: `adviser` has it already or may not take it.
        AdviserKeepsOut: whoever acts keeps out of the case.
    """
    require_can_take(session, case, adviser, act, version=version)
    all_of_them = [case, *go_along(session, case)]
    for one in all_of_them:
        _give(session, one, adviser, reason_code, act)
    return all_of_them


def _give(session: Session, case: CaseFile, adviser: Staff, reason_code: str, act: Act) -> None:
    out, routing = kept_out(session, case.id), case.routing_code
    was = case.assigned_to
    holders = [adviser, *holders_beside(session, adviser, routing_code=routing, without=out)]
    seal_anew(session, case, holders, act, adviser_id=adviser.id)
    case.assigned_to, case.assigned_on, case.looked_on = adviser.id, act.on, None
    pass_on(session, case.id, was, adviser.id)
    leave_to_the_new_adviser(session, case, act)
    settle_with_adviser(session, case, act)
    case.version += 1
    session.add(case)
    session.flush()
    record(
        session,
        "case_reassigned",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        was_assigned_to=str(was),
        to=str(adviser.id),
        reason=reason_code,
        key_holders=[str(holder.id) for holder in holders],
    )


def require_can_take(session: Session, case: CaseFile, adviser: Staff, act: Act, *, version: int) -> None:
    """Refuse if `adviser` may not be given the case now, before anything is sealed.

    Raises:
        CaseChanged, CaseAlreadyClosed, CannotAssign, AdviserKeepsOut: see `change_hands`.
    """
    if case.version != version:
        raise CaseChanged(case=case.reference)
    if case.is_closed:
        raise CaseAlreadyClosed(case=case.reference)
    along = go_along(session, case)
    seen = select(CaseFile.id).where(col(CaseFile.id).in_([one.id for one in along]), may_open(act.who))
    if len(session.exec(seen).all()) < len(along):
        raise CannotAssign(case=case.reference)  # one goes along that they cannot seal anew
    out = kept_out(session, case.id).union(*(kept_out(session, one.id) for one in along))
    if act.who.id in out:
        raise AdviserKeepsOut(case=case.reference)
    if adviser.id == case.assigned_to or not can_hold(
        session, adviser, routing_code=case.routing_code, without=out
    ):
        raise CannotAssign(case=case.reference)

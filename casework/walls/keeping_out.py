"""Who keeps out of a case because of the service it is about, and no longer than that is so.

What an interest of their own or a decision keeps out goes on; only what the service put up ends with it.
"""

from uuid import UUID

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.queries import may_open
from casework.cases.tables import CaseFile
from casework.conflicts.guards import kept_out
from casework.conflicts.tables import CaseWall
from casework.merges.standing import read_together
from casework.timeline.actions import record
from casework.walls.rules import counts
from casework.walls.standing import declarations, people_of_service, wall_of


def out_for(session: Session, case: CaseFile, service: str, act: Act) -> frozenset[UUID]:
    """Return who keeps out of a case if it is about this service; the one it is about now if none is said."""
    wall = wall_of(session, case)
    about = service or (wall.service_code if wall else "")
    return kept_out(session, case.id, but_for_service=True) | people_of_service(session, about, act)


def end_unsupported(session: Session, case: CaseFile, act: Act) -> bool:
    """End what keeps people out for a service that no wall around the case names, or no declaration any more.

    Says whether anything ended. It opens nothing by itself: the next key of the case does.
    """
    walls = [wall_of(session, one) for one in (case, *read_together(session, case))]
    people = {
        person for wall in walls if wall for person in people_of_service(session, wall.service_code, act)
    }
    over = [row for row in _rows(session, case) if row.staff_id not in people]
    for row in over:
        session.delete(row)
        session.flush()
        record(
            session,
            "kept_out_ended",
            at=act.at,
            by=act.who.id,
            case_id=case.id,
            subject=str(row.staff_id),
        )
    return bool(over)


def end_after_the_years(session: Session, act: Act) -> None:
    """End what keeps people out for a service once the years after they left it are over.

    It is done at a look at the cases, for those that whoever looks may open: they are sealed anew then, for
    whoever may hold them now.
    """
    left = {one.staff_id for one in declarations(session) if not counts(one.ended_on, act.on)}
    if not left:
        return
    walled = select(CaseWall.case_id).where(col(CaseWall.is_for_service), col(CaseWall.staff_id).in_(left))
    cases = session.exec(
        select(CaseFile)
        .where(col(CaseFile.id).in_(walled), may_open(act.who))
        .order_by(col(CaseFile.id))
        .with_for_update(of=CaseFile)
    ).all()
    for case in cases:
        if end_unsupported(session, case, act):
            case.key_due_on = case.key_due_on or act.on
            session.add(case)
    session.flush()


def _rows(session: Session, case: CaseFile) -> list[CaseWall]:
    wanted = select(CaseWall).where(CaseWall.case_id == case.id, col(CaseWall.is_for_service))
    return list(session.exec(wanted.order_by(col(CaseWall.made_on), col(CaseWall.staff_id))))

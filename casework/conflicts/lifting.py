"""Ending that somebody keeps out of a case: a second person says so, with a reason. None of it commits.

What only a service of the city put up is not ended here: that goes with the wall around the case.
"""

from uuid import UUID

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.holders import present_holders
from casework.cases.queries import may_open
from casework.cases.renewing import renew
from casework.cases.sealed_rows import seal_row
from casework.cases.tables import CaseFile
from casework.conflicts.actions import note_wall
from casework.conflicts.errors import CannotEndOwn, KeepingOutEnded, WallNotFound
from casework.conflicts.further import further_of, standing_as
from casework.conflicts.guards import kept_out, refuse_kept_out
from casework.conflicts.tables import CaseWall, WallDown
from casework.merges.standing import family_of, hold_together, read_together
from casework.staff.rules import Permission
from casework.timeline.actions import record
from casework.walls.errors import WallBeyondReach
from casework.walls.standing import people_of_service, wall_of
from casework.written import id_in


def end_keeping_out(session: Session, case: CaseFile, named: str, reason: str, act: Act) -> list[CaseFile]:
    """Let somebody have a case again, and those read together with it; return those they hold at once.

    All reasons for which they keep out end by it: `named` is what the page showed of them
    (`further.standing_as`). Of who declared an interest `reason` is their own word. Who is a supervisor, or
    still has the case, gets its new key; anybody else can be given the case again.

    Raises:
        WallNotFound: whoever acts is no supervisor, or a service of the city keeps them out.
        KeepingOutEnded: they do not keep out any more, or for other reasons than the page showed.
        CannotEndOwn: whoever acts keeps out themselves, or put one of the reasons on record.
        AdviserKeepsOut: whoever acts keeps out of the case for another reason.
        WallBeyondReach: a case that is read together with it is not theirs to open.
    """
    staff_id = id_in(named.partition(".")[0])
    if staff_id is None or not act.who.may(Permission.SUPERVISE):
        raise WallNotFound(case=case.reference)
    hold_together(session, family_of(session, case.id))
    if staff_id == act.who.id:
        raise CannotEndOwn(case=case.reference)
    refuse_kept_out(session, case, act.who.id)
    family = (case, *read_together(session, case))
    ids = [one.id for one in family]
    seen = session.exec(select(CaseFile.id).where(col(CaseFile.id).in_(ids), may_open(act.who))).all()
    if len(seen) < len(family):
        raise WallBeyondReach(case=case.reference)
    walls = {
        wall.case_id: wall
        for wall in session.exec(
            select(CaseWall).where(col(CaseWall.case_id).in_(ids), CaseWall.staff_id == staff_id)
        )
    }
    if case.id not in walls:
        raise KeepingOutEnded(case=case.reference)
    if walls[case.id].is_for_service:
        raise WallNotFound(case=case.reference)
    own = [(one, walls[one.id]) for one in family if one.id in walls and not walls[one.id].is_for_service]
    further = further_of(session, ids, staff_id)
    if act.who.id in {wall.made_by for _, wall in own} | {one.by for one in further}:
        raise CannotEndOwn(case=case.reference)
    if named != standing_as(walls[case.id], further):
        raise KeepingOutEnded(case=case.reference)
    return [one for one, wall in own if _end(session, one, wall, reason, act)]


def put_up_by(session: Session, case: CaseFile, staff_id: UUID) -> set[UUID]:
    """Return whose keeping out of a case, or of one read together with it, this person put on record."""
    ids = [one.id for one in (case, *read_together(session, case))]
    wanted = select(CaseWall.staff_id).where(
        col(CaseWall.case_id).in_(ids), CaseWall.made_by == staff_id, col(CaseWall.is_for_service).is_(False)
    )
    return set(session.exec(wanted))


def _end(session: Session, case: CaseFile, wall: CaseWall, reason: str, act: Act) -> bool:
    """End it in one case; say whether they hold the case again by that."""
    staff_id = wall.staff_id
    row = WallDown(
        case_id=case.id,
        staff_id=staff_id,
        relation_code=wall.relation_code,
        made_on=wall.made_on,
        made_by=wall.made_by,
        down_on=act.on,
        down_by=act.who.id,
    )
    seal_row(session, case, row, reason.encode())
    session.delete(wall)
    session.flush()
    record(session, "keeping_out_ended", at=act.at, by=act.who.id, case_id=case.id, subject=str(staff_id))
    around = wall_of(session, case)
    if around is not None and staff_id in people_of_service(session, around.service_code, act):
        note_wall(session, case, staff_id, "service", act, for_service=True)
    holders = present_holders(session, case)
    if staff_id in kept_out(session, case.id) or staff_id not in {one.id for one in holders}:
        return False
    renew(session, case, holders, act)
    return True

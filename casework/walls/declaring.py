"""Who of the staff works for, manages or depends on a service of the city; kept by the head of the office.

Whoever does keeps out of every case against it, whatever keys they hold: at once, and in those to come.
"""

from contextlib import suppress
from uuid import UUID

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.holders import can_hold
from casework.cases.losing_keys import pass_on_case, take_back_case
from casework.cases.queries import held_by
from casework.cases.tables import CaseFile
from casework.conflicts.actions import note_wall
from casework.conflicts.guards import kept_out
from casework.merges.standing import family_of, hold_together
from casework.tasks.still_open import pass_on
from casework.timeline.actions import record
from casework.walls.errors import NotOwnService
from casework.walls.rules import UNNAMED, touches
from casework.walls.standing import hold_belonging, is_apart, people_of_service, wall_of
from casework.walls.tables import CityWall, StaffService
from office.stores.keyroom import Staff


class _RoseMeanwhile(Exception):
    """A wall rose while the cases were being held."""


def declare(session: Session, person: Staff, service: str, relation: str, act: Act) -> None:
    """Note that somebody belongs to a service, and keep them out of the cases against it. Twice is once."""
    cases = _hold_cases_against(session, service, act)
    wanted = select(StaffService.id).where(
        StaffService.staff_id == person.id,
        StaffService.service_code == service,
        StaffService.relation_code == relation,
        col(StaffService.ended_on).is_(None),
    )
    if session.exec(wanted).first() is not None:
        return
    session.add(
        StaffService(
            staff_id=person.id,
            service_code=service,
            relation_code=relation,
            declared_on=act.on,
            declared_by=act.who.id,
        )
    )
    session.flush()
    record(
        session,
        "service_declared",
        at=act.at,
        by=act.who.id,
        subject=str(person.id),
        service=service,
        works=relation,
    )
    for case in cases:
        _keep_out(session, case, person, act)


def end(session: Session, row_id: UUID, act: Act) -> None:
    """Note that somebody belongs to a service no more; they keep out of cases against it for two years.

    Raises:
        NotOwnService: there is no such row, it ended, or it is about whoever acts.
    """
    row = session.get(StaffService, row_id, with_for_update=True)
    if row is None or row.ended_on is not None or row.staff_id == act.who.id:
        raise NotOwnService
    row.ended_on, row.ended_by = act.on, act.who.id
    session.add(row)
    session.flush()
    record(
        session,
        "service_ended",
        at=act.at,
        by=act.who.id,
        subject=str(row.staff_id),
        service=row.service_code,
        works=row.relation_code,
    )


def keep_out_late(session: Session, case: CaseFile, act: Act) -> bool:
    """Keep out whoever belongs to the service and was not kept out when the wall rose or they were noted.

    So it is where the office changed since which service is part of which. Says whether there was somebody.
    """
    wall = wall_of(session, case) if is_apart(case) else None
    if wall is None:
        return False
    late = people_of_service(session, wall.service_code, act) - kept_out(session, case.id)
    if late:
        session.refresh(case, with_for_update=True)
    for person in sorted(late, key=str):
        _keep_out(session, case, session.get_one(Staff, person), act)
    return bool(late)


def _hold_cases_against(session: Session, service: str, act: Act) -> list[CaseFile]:
    """Return the cases against a service, held, and hold who belongs to it.

    First the cases, then the belonging, as where a wall is raised: else each could wait for the other. If a
    wall rose in between, all is let go and begun anew.
    """
    ids: frozenset[UUID] | None = None
    while ids is None:
        with suppress(_RoseMeanwhile), session.begin_nested():
            found = _ids_against(session, service, act)
            hold_together(session, found)
            hold_belonging(session)
            now = _ids_against(session, service, act)
            if not now <= found:
                raise _RoseMeanwhile
            ids = now  # a wall may have come down while this waited
    held = select(CaseFile).where(col(CaseFile.id).in_(ids)).order_by(col(CaseFile.id))
    return list(session.exec(held.execution_options(populate_existing=True)))


def _ids_against(session: Session, service: str, act: Act) -> frozenset[UUID]:
    """Return the ids of the cases behind a standing wall about this service, and of those read with them."""
    walls = session.exec(
        select(CityWall.case_id, CityWall.service_code).where(col(CityWall.down_on).is_(None))
    ).all()
    services = act.city.services
    ids = {
        case_id for case_id, code in walls if code not in ("", UNNAMED) and touches(code, service, services)
    }
    return frozenset[UUID]().union(*(family_of(session, one) for one in ids))


def _keep_out(session: Session, case: CaseFile, person: Staff, act: Act) -> None:
    """Put up the wall, and end their grants if somebody else holds the case; a new key is due then.

    Of a case that nobody else could open they keep the key until a supervisor has handed it over, as with an
    interest they declare themselves: the case does not go on before that.
    """
    if person.id in kept_out(session, case.id):
        return
    note_wall(session, case, person.id, "service", act, for_service=True)
    out = kept_out(session, case.id)
    others = session.exec(
        select(Staff).where(Staff.id != person.id, col(Staff.active)).order_by(Staff.display_name)
    ).all()
    able = [one for one in others if _may_go_on(session, case, one, out)]
    if not able:
        return
    take_back_case(session, case, person.id, act.on)
    if case.assigned_to == person.id:
        pass_on_case(session, case, able[0], act)
    else:
        pass_on(session, case.id, person.id, case.assigned_to)


def _may_go_on(session: Session, case: CaseFile, person: Staff, out: frozenset[UUID]) -> bool:
    """Say whether somebody holds the case and may have it."""
    holds = select(CaseFile.id).where(CaseFile.id == case.id, held_by(person.id))
    able = can_hold(session, person, routing_code=case.routing_code, without=out)
    return able and session.exec(holds).first() is not None

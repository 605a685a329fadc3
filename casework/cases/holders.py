"""Who may hold a case: the adviser it is given to, and the supervisors beside."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from casework.cases.tables import CaseFile
from casework.conflicts.guards import kept_out
from casework.staff.keys import holds_any, names_held
from casework.staff.rules import MAY, Permission, may
from office.stores.keyroom import Staff

STORY = "story"
APART = "story-apart"


def can_hold(session: Session, person: Staff, *, routing_code: str, without: Collection[UUID] = ()) -> bool:
    """Say whether this member of staff may be given the case.

    The role alone opens nothing: somebody who held the stories must have given them that key. Else whoever
    may invite staff could invite a reader. A report against the city goes only to those who hold
    `story-apart`, whatever their role; no case goes to those who keep out of it (`without`).
    """
    if person.id in without or not _can_work(person):
        return False
    names = names_held(session, person.id)
    return holds_any(names, APART) or (routing_code != "city" and holds_any(names, STORY))


def _can_work(person: Staff) -> bool:
    """Say whether somebody works in cases and has a key of their own."""
    return person.active and person.public_key is not None and may(person.role_code, Permission.CASES)


def possible_advisers(
    session: Session, *, routing_code: str, without: Collection[UUID] = ()
) -> Sequence[Staff]:
    """Return who may be given a case, by name."""
    roles = [role for role, doors in MAY.items() if Permission.CASES in doors]
    found = session.exec(
        select(Staff).where(col(Staff.role_code).in_(roles)).order_by(Staff.display_name)
    ).all()
    return [
        person for person in found if can_hold(session, person, routing_code=routing_code, without=without)
    ]


def present_holders(session: Session, case: CaseFile) -> Sequence[Staff]:
    """Return who is to hold the case as things stand: its adviser, if they can, and the supervisors.

    The adviser has it already: who made a new key of their own gets it again before they get the stories.
    """
    adviser, out = session.get_one(Staff, case.assigned_to), kept_out(session, case.id)
    beside = holders_beside(session, adviser, routing_code=case.routing_code, without=out)
    is_able = _can_work(adviser)  # also if they keep out, until it is handed over
    if case.routing_code == "city":
        is_able = can_hold(session, adviser, routing_code="city")
    return [adviser, *beside] if is_able else beside


def holders_beside(
    session: Session, adviser: Staff, *, routing_code: str, without: Collection[UUID] = ()
) -> Sequence[Staff]:
    """Return the supervisors who hold every case of this routing, without the adviser.

    Of a case that is not against the city they hold the stories themselves; see `can_hold`.
    """
    return [
        person
        for person in possible_advisers(session, routing_code=routing_code, without=without)
        if person.id != adviser.id
        and may(person.role_code, Permission.SUPERVISE)
        and holds_any(names_held(session, person.id), STORY if routing_code != "city" else APART)
    ]

"""How a wall rises around a case that turns out to be against the city, in the transaction of what told it.

The case gets a new key for those who may hold cases against the city, and nobody else. With it goes whatever
hung on the old one: open tasks pass on, drafts are deleted, cover, lists and calendar follow the grants.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.appointments.changing_hands import leave_to_the_new_adviser
from casework.cases.holders import can_hold, possible_advisers
from casework.cases.queries import may_open
from casework.cases.renewing import seal_anew
from casework.cases.tables import CaseFile
from casework.conflicts.actions import wall_off
from casework.mediation.notes import forget_extract
from casework.mediation.queries import open_mediation
from casework.merges.standing import read_together
from casework.staff.rules import Permission, may
from casework.states.settling import let_closing_go, settle_with_adviser
from casework.timeline.actions import record
from casework.walls.errors import NobodyMayHold, WallBeyondReach, WallNotConfirmed
from casework.walls.keeping_out import end_unsupported, out_for
from casework.walls.rules import UNNAMED
from casework.walls.standing import APART, hold_belonging, is_apart, people_of_service, wall_of
from casework.walls.tables import CityWall
from office.stores.keyroom import Staff


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What somebody said yes to: which service it is about, and who takes the case if its adviser may not."""

    service: str = ""
    taker: UUID | None = None


@dataclass(frozen=True, slots=True)
class Rise:
    """What a wall would do, before it is done.

    Attributes:
        cases: what is walled off, the case itself first.
        out: who keeps out of them, the people of the service among them.
        adviser: who has the case now.
        stays: they go on having it.
        takers: supervisors one of whom is to have it if they do not.
        beside: who holds it beside its adviser.
    """

    cases: tuple[CaseFile, ...]
    out: frozenset[UUID]
    adviser: Staff
    stays: bool
    takers: Sequence[Staff]

    def holders(self, taker: UUID | None) -> list[Staff]:
        """Return who holds the case afterwards, its adviser first."""
        first = [self.adviser] if self.stays else [one for one in self.takers if one.id == taker]
        return [*first, *(one for one in self.takers if one.id not in {own.id for own in first})]

    def keeps(self, staff_id: UUID) -> bool:
        """Say whether somebody holds the case afterwards."""
        return staff_id in {one.id for one in self.holders(None)}


def rise_of(session: Session, case: CaseFile, act: Act, service: str = "") -> Rise:
    """Return what a wall around a case, and around those read together with it, would do.

    A case that stands apart already may get another service: then it is about that one's people.

    Raises:
        WallBeyondReach: one of the cases is not theirs to seal anew.
        NobodyMayHold: nobody could have it.
    """
    cases = (case, *read_together(session, case))
    seen = select(CaseFile.id).where(col(CaseFile.id).in_([one.id for one in cases]), may_open(act.who))
    if len(session.exec(seen).all()) < len(cases):
        raise WallBeyondReach(case=case.reference)
    out = frozenset[UUID]().union(*(out_for(session, one, service, act) for one in cases))
    adviser = session.get_one(Staff, case.assigned_to)
    able = possible_advisers(session, routing_code=APART, without=out)
    takers = [one for one in able if may(one.role_code, Permission.SUPERVISE)]
    stays = all(
        can_hold(session, session.get_one(Staff, one.assigned_to), routing_code=APART, without=out)
        for one in cases
    )
    if not takers and not stays:
        raise NobodyMayHold(case=case.reference)
    return Rise(cases, out, adviser, stays, takers)


def raise_wall(
    session: Session, case: CaseFile, cause: str, act: Act, *, confirmed: Confirmed | None
) -> None:
    """Wall off a case and those read together with it, or say of a walled one which service it is about.

    Raises:
        WallNotConfirmed: nobody has said yes, or whoever was chosen to have it may not have it.
        WallBeyondReach, NobodyMayHold: see `rise_of`.
    """
    hold_belonging(session)
    rise = rise_of(session, case, act, confirmed.service if confirmed else "")
    if confirmed is None:
        raise WallNotConfirmed(case=case.reference)
    taker = next((one for one in rise.takers if one.id == confirmed.taker), None)
    if not rise.stays and taker is None:
        raise WallNotConfirmed(case=case.reference)
    for one in rise.cases:
        _wall(session, one, cause, confirmed.service, rise, taker, act)
    for one in rise.cases:  # when the walls of all of them say the same
        end_unsupported(session, one, act)


def _wall(
    session: Session,
    case: CaseFile,
    cause: str,
    service: str,
    rise: Rise,
    taker: Staff | None,
    act: Act,
) -> None:
    had = session.get_one(Staff, case.assigned_to)
    is_able = can_hold(session, had, routing_code=APART, without=rise.out)
    adviser = had if is_able or taker is None else taker
    rises = not is_apart(case)
    case.routing_code = APART
    if adviser.id != had.id:
        case.assigned_to, case.assigned_on, case.looked_on = adviser.id, act.on, None
        settle_with_adviser(session, case, act)
    elif rises:  # nobody is told that the case is closed by whoever thought it an ordinary one
        let_closing_go(session, case, act)
    case.version += 1
    session.add(case)
    session.flush()
    holders = [adviser, *(one for one in rise.takers if one.id != adviser.id)]
    _note(session, case, cause, service, had, act)
    lost = seal_anew(session, case, holders, act)
    if adviser.id != had.id:
        leave_to_the_new_adviser(session, case, act)
    if rises:
        _end_mediation(session, case, act)
    for person in sorted(people_of_service(session, service, act), key=str):
        wall_off(session, case, person, "service", act, for_service=True)
    told: dict[str, str | list[str]] = {
        "service": service or UNNAMED,
        "was_assigned_to": str(had.id),
        "to": str(adviser.id),
        "lost": sorted(str(one) for one in lost),
        "key_holders": [str(holder.id) for holder in holders],
    }
    at, by = act.at, act.who.id
    if rises:
        record(session, "wall_risen", at=at, by=by, case_id=case.id, cause=cause, **told)
    else:
        record(session, "wall_service", at=at, by=by, case_id=case.id, **told)


def _note(session: Session, case: CaseFile, cause: str, service: str, had: Staff, act: Act) -> None:
    wall = wall_of(session, case)
    if wall is None:
        wall = CityWall(
            case_id=case.id, cause_code=cause, risen_on=act.on, risen_by=act.who.id, was_with=had.id
        )
    wall.service_code = service or wall.service_code
    session.add(wall)
    session.flush()


def _end_mediation(session: Session, case: CaseFile, act: Act) -> None:
    """Shut an open mediation to its mediator: the city's own office does not stand between."""
    one = open_mediation(session, case.id)
    if one is not None and one.mediation.mediator_id is not None:
        forget_extract(session, one)
        wall_off(session, case, one.mediation.mediator_id, "decision", act)

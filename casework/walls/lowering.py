"""Taking a wall down that rose by mistake: one person who holds the case asks, another agrees."""

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.holders import can_hold, holders_beside
from casework.cases.queries import may_open
from casework.cases.renewing import seal_anew
from casework.cases.sealed_rows import open_rows, seal_row
from casework.cases.tables import CaseFile
from casework.conflicts.guards import kept_out, refuse_kept_out
from casework.merges.standing import read_together
from casework.timeline.actions import record
from casework.walls.content import DownWords
from casework.walls.errors import (
    NobodyTakesItBack,
    NoWall,
    StillTheCity,
    TwoPeople,
    WallBeyondReach,
    WallChanged,
)
from casework.walls.keeping_out import end_unsupported
from casework.walls.naming import says_the_city
from casework.walls.standing import wall_of
from casework.walls.tables import CityWall
from office.stores.keyroom import Staff


def ask_down(session: Session, case: CaseFile, reason: str, act: Act) -> None:
    """Ask that the wall be taken down, with a reason that is sealed to the case.

    Raises:
        NoWall: there is none.
        WallChanged: somebody has asked already.
        StillTheCity: the case still says that the city is the respondent.
        WallBeyondReach: a case that is read together with it is not theirs to open.
        AdviserKeepsOut: whoever acts keeps out of the case.
    """
    wall = _standing(session, case)
    refuse_kept_out(session, case, act.who.id)
    if wall.asked_on is not None:
        raise WallChanged(case=case.reference)
    _refuse_the_city(session, _family(session, case, act), act)
    _keep_reason(session, case, wall, reason, act)
    session.flush()
    record(session, "wall_down_asked", at=act.at, by=act.who.id, case_id=case.id)


def keep_standing(session: Session, case: CaseFile, act: Act) -> None:
    """Say that the wall stays: whoever holds the case refuses, or takes back what they asked.

    Raises:
        NoWall: there is none.
        WallChanged: nobody asks for it any more.
        AdviserKeepsOut: whoever acts keeps out of the case.
    """
    wall = _standing(session, case)
    refuse_kept_out(session, case, act.who.id)
    if wall.asked_on is None:
        raise WallChanged(case=case.reference)
    wall.asked_on = wall.asked_by = wall.sealed = wall.key_version = None
    session.add(wall)
    session.flush()
    record(session, "wall_kept", at=act.at, by=act.who.id, case_id=case.id)


def agree_down(session: Session, case: CaseFile, act: Act) -> None:
    """Agree as the second person: the case is an ordinary one again, under a new key.

    What is read together with it comes out from behind its wall too: one tells of the other.

    Raises:
        NoWall: there is none.
        WallChanged: nobody asks for it any more.
        TwoPeople: they asked for it themselves.
        StillTheCity, WallBeyondReach, AdviserKeepsOut: see `ask_down`.
        NobodyTakesItBack: nobody could open it afterwards.
    """
    wall = _standing(session, case)
    refuse_kept_out(session, case, act.who.id)
    if wall.asked_by is None:
        raise WallChanged(case=case.reference)
    if wall.asked_by == act.who.id:
        raise TwoPeople(case=case.reference)
    family = _family(session, case, act)
    _refuse_the_city(session, family, act)
    asked, reason = wall.asked_by, reason_of(session, case, wall, act)
    for one in family:
        own = _standing(session, one)
        if own.asked_by in (None, act.who.id):
            _keep_reason(session, one, own, reason, act)
            own.asked_by = asked
        own.down_on, own.down_by = act.on, act.who.id
        session.add(own)
    session.flush()
    for one in family:
        _lower(session, one, act)


def reason_of(session: Session, case: CaseFile, wall: CityWall, act: Act) -> str:
    """Return why somebody asks that the wall be taken down; empty while nobody does."""
    words = open_rows(session, case, [wall], act)[0]
    return DownWords.model_validate_json(words).reason if words else ""


def _standing(session: Session, case: CaseFile) -> CityWall:
    wall = wall_of(session, case, hold=True)
    if wall is None:
        raise NoWall(case=case.reference)
    return wall


def _family(session: Session, case: CaseFile, act: Act) -> tuple[CaseFile, ...]:
    cases = (case, *read_together(session, case))
    ids = [one.id for one in cases]
    seen = session.exec(select(CaseFile.id).where(col(CaseFile.id).in_(ids), may_open(act.who))).all()
    if len(seen) < len(cases):
        raise WallBeyondReach(case=case.reference)
    return cases


def _refuse_the_city(session: Session, family: tuple[CaseFile, ...], act: Act) -> None:
    if any(says_the_city(session, one, act) for one in family):
        raise StillTheCity(case=family[0].reference)


def _keep_reason(session: Session, case: CaseFile, wall: CityWall, reason: str, act: Act) -> None:
    with session.no_autoflush:  # the store takes who asked and why together
        seal_row(session, case, wall, DownWords(reason=reason).as_bytes())
        wall.asked_on, wall.asked_by = act.on, act.who.id


def _lower(session: Session, case: CaseFile, act: Act) -> None:
    end_unsupported(session, case, act)
    out = kept_out(session, case.id)
    adviser = session.get_one(Staff, case.assigned_to)
    case.routing_code = "normal"
    beside = holders_beside(session, adviser, routing_code="normal", without=out)
    holders = [adviser, *beside] if can_hold(session, adviser, routing_code="normal", without=out) else beside
    if not holders:
        raise NobodyTakesItBack(case=case.reference)
    case.version += 1
    session.add(case)
    session.flush()
    lost = seal_anew(session, case, holders, act)
    record(
        session,
        "wall_down",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        lost=sorted(str(one) for one in lost),
        key_holders=[str(holder.id) for holder in holders],
    )

"""Naming a service of the city as the respondent of a case: the name is compared, and the wall rises."""

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.sealed_rows import open_rows
from casework.cases.tables import CaseFile
from casework.conflicts.actions import add_party
from casework.conflicts.content import PartyName
from casework.conflicts.correcting import Standing, correct_party
from casework.conflicts.queries import called_of
from casework.conflicts.rules import RESPONDENT
from casework.conflicts.tables import CaseParty
from casework.walls.raising import Confirmed, raise_wall
from casework.walls.rules import BY_PEOPLE
from casework.walls.saying import say_service
from casework.walls.standing import is_apart
from office.routing import routing_of


def add_somebody(
    session: Session,
    case: CaseFile,
    called: PartyName,
    *,
    role_code: str,
    kind_code: str,
    side_code: str | None = None,
    act: Act,
    confirmed: Confirmed | None,
) -> CaseParty:
    """Add somebody to a case; a respondent who is a service of the city walls the case off.

    Of a case that stands apart, and of which nobody said the service yet, it says the service.

    Raises:
        NamesKeyNeeded: whoever acts cannot compare the name.
        WallNotConfirmed, WallBeyondReach, NobodyMayHold: see `walls.raising`.
    """
    party = add_party(
        session, case, called, role_code=role_code, kind_code=kind_code, side_code=side_code, act=act
    )
    if role_code == RESPONDENT and called.service:
        _wall_off(session, case, called.service, act, confirmed)
    return party


def correct_somebody(
    session: Session,
    case: CaseFile,
    party: CaseParty,
    called: PartyName,
    standing: Standing,
    act: Act,
    *,
    version: int,
    confirmed: Confirmed | None,
) -> None:
    """Correct somebody in a case; who turns out to be a service of the city walls it off, as when added.

    Raises:
        PartyChanged, PartInHarm, NamesKeyNeeded: see `conflicts.correcting`.
        WallNotConfirmed, WallBeyondReach, NobodyMayHold: see `walls.raising`.
    """
    before = called_of(session, case, party, act).service if party.role_code == RESPONDENT else ""
    correct_party(session, case, party, called, standing, act, version=version)
    if standing.role_code == RESPONDENT and called.service and called.service != before:
        _wall_off(session, case, called.service, act, confirmed)


def _wall_off(session: Session, case: CaseFile, service: str, act: Act, confirmed: Confirmed | None) -> None:
    if is_apart(case):
        say_service(session, case, service, BY_PEOPLE, act, confirmed=confirmed)
    else:
        raise_wall(session, case, BY_PEOPLE, act, confirmed=confirmed)


def says_the_city(session: Session, case: CaseFile, act: Act) -> bool:
    """Say whether the codes of a case, or somebody named in it, still say that it is against the city."""
    if routing_of(case.respondent_code, act.city) == "city":
        return True
    parties = session.exec(
        select(CaseParty).where(
            CaseParty.case_id == case.id,
            CaseParty.role_code == RESPONDENT,
            col(CaseParty.removed_on).is_(None),
        )
    ).all()
    opened = open_rows(session, case, parties, act)
    return any(PartyName.model_validate_json(one).service for one in opened)

"""Naming a service of the city as the respondent of a case: the name is compared, and the wall rises."""

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.sealed_rows import open_rows
from casework.cases.tables import CaseFile
from casework.conflicts.actions import add_party
from casework.conflicts.content import PartyName
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
    act: Act,
    confirmed: Confirmed | None,
) -> CaseParty:
    """Add somebody to a case; a respondent who is a service of the city walls the case off.

    Of a case that stands apart, and of which nobody said the service yet, it says the service.

    Raises:
        NamesKeyNeeded: whoever acts cannot compare the name.
        WallNotConfirmed, WallBeyondReach, NobodyMayHold: see `walls.raising`.
    """
    party = add_party(session, case, called, role_code=role_code, kind_code=kind_code, act=act)
    if role_code != RESPONDENT or not called.service:
        return party
    if is_apart(case):
        say_service(session, case, called.service, BY_PEOPLE, act, confirmed=confirmed)
    else:
        raise_wall(session, case, BY_PEOPLE, act, confirmed=confirmed)
    return party


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

"""The wall of a case whose report came against the city: it stands before anybody gets the case's key."""

from uuid import UUID

from sqlmodel import Session

from casework.acts import Act
from casework.cases.tables import CaseFile
from casework.conflicts.actions import wall_off
from casework.walls.rules import AT_THE_DOOR, service_of_respondent
from casework.walls.standing import APART, hold_belonging, is_apart, people_of_service
from casework.walls.tables import CityWall


def out_at_the_door(
    session: Session,
    routing_code: str,
    respondent_code: str,
    act: Act,
    *,
    service: str = "",
    hold: bool = False,
) -> frozenset[UUID]:
    """Return who keeps out of what a report tells: the people of the service that its respondent says.

    Where it says none, of `service`, which whoever takes it up says.
    With `hold` nobody is said to belong to it before the wall stands.
    """
    if routing_code != APART:
        return frozenset()
    if hold:
        hold_belonging(session)
    return people_of_service(session, service_of_respondent(respondent_code, act.city) or service, act)


def wall_at_the_door(session: Session, case: CaseFile, service: str, act: Act) -> None:
    """Note the wall of a case whose report came against the city, and who of its service keeps out.

    `service` is what whoever took it up says it is about; empty where nobody knows or the report says it.
    """
    if not is_apart(case):
        return
    service = service_of_respondent(case.respondent_code, act.city) or service
    session.add(
        CityWall(
            case_id=case.id,
            cause_code=AT_THE_DOOR,
            service_code=service,
            risen_on=act.on,
        )
    )
    session.flush()
    for person in sorted(people_of_service(session, service, act), key=str):
        wall_off(session, case, person, "service", act, for_service=True)

"""Saying of a case that stands apart already which service of the city it is about."""

from sqlmodel import Session

from casework.acts import Act
from casework.cases.tables import CaseFile
from casework.walls.raising import Confirmed, raise_wall, rise_of
from casework.walls.rules import UNNAMED
from casework.walls.standing import wall_of


def say_service(
    session: Session, case: CaseFile, service: str, cause: str, act: Act, *, confirmed: Confirmed | None
) -> None:
    """Keep a service's people out of a case whose wall names none yet; who loses nothing is asked nothing.

    Raises:
        WallNotConfirmed, WallBeyondReach, NobodyMayHold: see `walls.raising`.
    """
    wall = wall_of(session, case)
    if service in ("", UNNAMED) or (wall is not None and wall.service_code not in ("", UNNAMED)):
        return
    if confirmed is None:
        rise = rise_of(session, case, act, service)
        confirmed = Confirmed(service) if rise.stays and rise.keeps(act.who.id) else None
    raise_wall(session, case, cause, act, confirmed=confirmed)

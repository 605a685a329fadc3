"""What was asked of a supervisor falls away when a case has another adviser or ends; no wall stands here."""

from collections.abc import Callable
from uuid import UUID

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.tables import CaseFile
from casework.states.errors import ClosingAsked
from casework.states.events import event_of
from casework.states.queries import open_request, open_return
from casework.states.tables import ClosingRequest
from casework.timeline.actions import record
from casework.walls.tables import CityWall


def settle_with_adviser(session: Session, case: CaseFile, act: Act) -> None:
    """Let go what the adviser before asked for: whoever has the case now asks anew."""
    back = open_return(session, case.id)
    if back is not None:
        back.settled_on = act.on
        session.add(back)
    let_closing_go(session, case, act)


def let_closing_go(session: Session, case: CaseFile, act: Act) -> None:
    """Take back what was asked about the end of a case; its timeline says so to who has it now."""
    request = open_request(session, case.id)
    if request is not None:
        request.settled_code, request.settled_by, request.settled_on = "taken_back", act.who.id, act.on
        session.add(request)
        record(session, event_of(request, "taken_back"), at=act.at, by=act.who.id, case_id=case.id)
    session.flush()


def let_asks_go(session: Session, case: CaseFile, act: Act, is_gone: Callable[[UUID], bool]) -> None:
    """Withdraw what people asked for who are put out of a case: to close it, or to take its wall down.

    Nobody decides any more on what somebody asked for who may not act in it; whoever has the case asks anew.
    """
    request = open_request(session, case.id)
    if request is not None and is_gone(request.asked_by):
        let_closing_go(session, case, act)
    wall = session.exec(
        select(CityWall).where(CityWall.case_id == case.id, col(CityWall.down_on).is_(None))
    ).first()
    if wall is not None and wall.asked_by is not None and is_gone(wall.asked_by):
        wall.asked_on = wall.asked_by = wall.sealed = wall.key_version = None
        session.add(wall)
        session.flush()
        record(session, "wall_kept", at=act.at, by=act.who.id, case_id=case.id)


def let_asks_of_the_gone_go(session: Session, person_id: UUID, act: Act) -> None:
    """Withdraw what somebody who leaves asked for, in every case."""
    closings = select(ClosingRequest.case_id).where(
        ClosingRequest.asked_by == person_id, col(ClosingRequest.settled_on).is_(None)
    )
    downs = select(CityWall.case_id).where(CityWall.asked_by == person_id, col(CityWall.down_on).is_(None))
    ids = {*session.exec(closings), *session.exec(downs)}
    held = select(CaseFile).where(col(CaseFile.id).in_(ids)).order_by(col(CaseFile.id)).with_for_update()
    for case in session.exec(held).all():
        let_asks_go(session, case, act, lambda one: one == person_id)


def refuse_while_closing(session: Session, case: CaseFile) -> None:
    """Refuse to go on in a case that waits to be closed.

    Raises:
        ClosingAsked: somebody asked, and nobody has decided.
    """
    if open_request(session, case.id) is not None:
        raise ClosingAsked(case=case.reference)

"""What was asked of a supervisor falls away when a case has another adviser or ends; no wall stands here."""

from sqlmodel import Session

from casework.acts import Act
from casework.cases.tables import CaseFile
from casework.states.errors import ClosingAsked
from casework.states.queries import open_request, open_return
from casework.timeline.actions import record


def settle_with_adviser(session: Session, case: CaseFile, act: Act) -> None:
    """Let go what the adviser before asked for: whoever has the case now asks anew."""
    back = open_return(session, case.id)
    if back is not None:
        back.settled_on = act.on
        session.add(back)
    let_closing_go(session, case, act)


def let_closing_go(session: Session, case: CaseFile, act: Act) -> None:
    """Take the request to close a case back, if there is one; its timeline says so to whoever has it now."""
    request = open_request(session, case.id)
    if request is not None:
        request.settled_code, request.settled_by, request.settled_on = "taken_back", act.who.id, act.on
        session.add(request)
        record(session, "closing_taken_back", at=act.at, by=act.who.id, case_id=case.id)
    session.flush()


def refuse_while_closing(session: Session, case: CaseFile) -> None:
    """Refuse to go on in a case that waits to be closed.

    Raises:
        ClosingAsked: somebody asked, and nobody has decided.
    """
    if open_request(session, case.id) is not None:
        raise ClosingAsked(case=case.reference)

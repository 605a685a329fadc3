"""An adviser gives a case back, before the person was advised. It does not commit."""

from sqlmodel import Session

from casework.acts import Act
from casework.cases.errors import CaseChanged
from casework.cases.tables import CaseFile
from casework.messages.actions import note
from casework.states.errors import CannotReturn
from casework.states.queries import facts_of, open_return
from casework.states.rules import may_return
from casework.states.tables import CaseReturn
from casework.timeline.actions import record


def give_back(
    session: Session, case: CaseFile, reason_code: str, words: str, act: Act, *, version: int
) -> None:
    """Ask the supervisors to give the case to somebody else; until they do it stays with its adviser.

    What the adviser wrote is kept as a note.

    Raises:
        CaseChanged: somebody changed it since `version`.
        CannotReturn: whoever acts is not its adviser, or it is past its assessment or given back already.
    """
    if case.version != version:
        raise CaseChanged(case=case.reference)
    if case.assigned_to != act.who.id or not may_return(facts_of(session, case, act.on, act.city)):
        raise CannotReturn(case=case.reference)
    session.add(
        CaseReturn(case_id=case.id, reason_code=reason_code, returned_by=act.who.id, returned_on=act.on)
    )
    case.version += 1
    session.add(case)
    session.flush()
    record(session, "case_given_back", at=act.at, by=act.who.id, case_id=case.id, reason=reason_code)
    note(session, case, words, act)


def keep_with_adviser(session: Session, case: CaseFile, act: Act, *, version: int) -> None:
    """Say that a case that was given back stays with its adviser: who gave it back, or a supervisor.

    Raises:
        CaseChanged: somebody changed it since `version`, or it is not given back any more.
    """
    back = open_return(session, case.id)
    if case.version != version or back is None:
        raise CaseChanged(case=case.reference)
    back.settled_on = act.on
    session.add(back)
    case.version += 1
    session.add(case)
    session.flush()
    record(session, "giving_back_ended", at=act.at, by=act.who.id, case_id=case.id)

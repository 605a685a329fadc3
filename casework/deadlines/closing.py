"""A case with open deadlines is closed only by a supervisor, with a written reason."""

from sqlmodel import Session

from casework.acts import Act
from casework.cases.tables import CaseFile
from casework.deadlines.errors import DeadlinesOpen
from casework.deadlines.still_open import open_deadlines
from casework.deadlines.words import write
from casework.staff.rules import Permission


def refuse_open_deadlines(session: Session, case: CaseFile, act: Act, reason: str) -> list[str]:
    """Return the routes of the deadlines that are open; none, or a supervisor wrote why that is all right.

    The reason is sealed to the case; the deadlines stay open and on record.

    Raises:
        DeadlinesOpen: there are some, and no reason, or whoever acts is no supervisor.
    """
    rows = open_deadlines(session, case.id)
    if not rows:
        return []
    if not reason or not act.who.may(Permission.SUPERVISE):
        raise DeadlinesOpen(case=case.reference)
    write(session, case, "closing", reason, act)
    return [row.route_code for row in rows]

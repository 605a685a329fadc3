"""A case with open deadlines is closed only by a supervisor, with a written reason."""

from sqlmodel import Session

from casework.acts import Act
from casework.cases.tables import CaseFile
from casework.deadlines.errors import DeadlinesOpen
from casework.deadlines.still_open import open_deadlines
from casework.deadlines.words import write


def refuse_open_deadlines(session: Session, case: CaseFile, act: Act, reason: str) -> list[str]:
    """Return the routes of the deadlines that are open; none, or it is written why that is all right.

    The reason is sealed to the case; the deadlines stay open and on record.

    Raises:
        DeadlinesOpen: there are some, and no reason.
    """
    rows = open_deadlines(session, case.id)
    if not rows:
        return []
    if not reason:
        raise DeadlinesOpen(case=case.reference)
    write(session, case, "closing", reason, act)
    return [row.route_code for row in rows]

"""A case with an open mediation is closed only by a supervisor, with a reason."""

from sqlmodel import Session

from casework.acts import Act
from casework.cases.tables import CaseFile
from casework.deadlines.words import write
from casework.mediation.errors import MediationOpen
from casework.mediation.notes import forget_extract
from casework.mediation.queries import open_mediation


def refuse_open_mediation(
    session: Session, case: CaseFile, act: Act, reason: str, *, is_kept: bool
) -> str | None:
    """Return where an open mediation stands, if it is written why that is all right; None without one.

    What was handed over to the mediator is deleted. The reason is sealed to the case, unless it was kept
    already for what else is open.

    Raises:
        MediationOpen: there is one, and no reason.
    """
    found = open_mediation(session, case.id)
    if found is None:
        return None
    if not reason:
        raise MediationOpen(case=case.reference)
    forget_extract(session, found)
    if not is_kept:
        write(session, case, "closing", reason, act)
    return found.state

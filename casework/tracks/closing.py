"""A case with open tracks is closed only by a supervisor, with the reason that also covers open deadlines."""

from sqlmodel import Session

from casework.acts import Act
from casework.cases.tables import CaseFile
from casework.deadlines.still_open import open_deadlines
from casework.deadlines.words import write
from casework.tracks.errors import TracksOpen
from casework.tracks.queries import open_tracks


def refuse_open_tracks(session: Session, case: CaseFile, act: Act, reason: str) -> list[str]:
    """Return the kinds of the tracks that are open; none, or it is written why that is all right.

    The reason is sealed to the case, once: with the deadlines if some of these are open too.

    Raises:
        TracksOpen: there are some, and no reason.
    """
    found = open_tracks(session, case.id)
    if not found:
        return []
    if not reason:
        raise TracksOpen(case=case.reference)
    if not open_deadlines(session, case.id):
        write(session, case, "closing", reason, act)
    return [one.track.kind_code for one in found]

"""A case with tracks left open is closed only by a supervisor; the reason covers open deadlines too."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session

from casework.acts import Act
from casework.cases.tables import CaseFile
from casework.deadlines.still_open import open_deadlines
from casework.deadlines.words import write
from casework.tracks.errors import TracksOpen
from casework.tracks.queries import open_tracks


def refuse_open_tracks(
    session: Session, case: CaseFile, act: Act, reason: str, ended: Collection[UUID] = ()
) -> list[str]:
    """Return the kinds of the tracks that are left open; none, or it is written why that is all right.

    Of those in `ended` it is said how they ended. The reason is sealed to the case, once: with the deadlines
    if some of these are open too.

    Raises:
        TracksOpen: there are some, and no reason.
    """
    found = [one for one in open_tracks(session, case.id) if one.track.id not in ended]
    if not found:
        return []
    if not reason:
        raise TracksOpen(case=case.reference)
    if not open_deadlines(session, case.id):
        write(session, case, "closing", reason, act)
    return [one.track.kind_code for one in found]

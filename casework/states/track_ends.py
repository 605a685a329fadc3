"""What is said of tracks that are open when their case is to be closed. Who calls has been to its door."""

from collections.abc import Mapping
from uuid import UUID

from sqlmodel import Session, col, select

from casework.cases.tables import CaseFile
from casework.states.tables import CLOSING, ClosingRequest, TrackEnd
from casework.tracks.outcomes import LEFT_OPEN
from casework.tracks.queries import open_tracks
from casework.tracks.tables import CaseTrack


def said_ended(said: Mapping[UUID, str]) -> frozenset[UUID]:
    """Return the tracks of which it is said how they ended; one that is left open waits for a reason."""
    return frozenset(track_id for track_id, code in said.items() if code != LEFT_OPEN)


def keep_said(session: Session, case: CaseFile, row: ClosingRequest, said: Mapping[UUID, str]) -> None:
    """Keep what is said of each track that is open, with the request to close; nothing of any other."""
    session.flush()
    for one in open_tracks(session, case.id):
        own = one.track.id
        session.add(TrackEnd(request_id=row.id, track_id=own, end_code=said.get(own, LEFT_OPEN)))
    session.flush()


def said_of(session: Session, row: ClosingRequest) -> dict[UUID, str]:
    """Return what was said of each track with a request."""
    found = session.exec(select(TrackEnd).where(TrackEnd.request_id == row.id))
    return {one.track_id: one.end_code for one in found}


def said_when_closed(session: Session, case_id: UUID) -> dict[UUID, str]:
    """Return what was said of each track with the request by which a case was closed last."""
    wanted = select(ClosingRequest).where(
        ClosingRequest.case_id == case_id,
        ClosingRequest.kind_code == CLOSING,
        ClosingRequest.settled_code == "closed",
    )
    row = session.exec(wanted.order_by(col(ClosingRequest.seq).desc())).first()
    return {} if row is None else said_of(session, row)


def in_words_of_log(session: Session, row: ClosingRequest) -> list[str]:
    """Return kind and end of each track of which something is said, as the timeline keeps them."""
    found = session.exec(
        select(CaseTrack.kind_code, TrackEnd.end_code)
        .join(CaseTrack, col(CaseTrack.id) == col(TrackEnd.track_id))
        .where(TrackEnd.request_id == row.id)
    ).all()
    return sorted(f"{kind} {end}" for kind, end in found)

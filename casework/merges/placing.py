"""Placing what came to a leading case in the one put under it: sealed anew, on the record of both."""

from uuid import UUID

from sqlmodel import Session, func, select

from casework.acts import Act
from casework.cases.holders import present_holders
from casework.cases.sealed_rows import SealedRow, move_rows
from casework.cases.tables import CaseFile
from casework.conflicts.actions import add_party, remove_party
from casework.conflicts.queries import called_of
from casework.conflicts.tables import CaseParty
from casework.hearings.tables import CaseHearing
from casework.merges.queries import Addition
from casework.messages.tables import CaseMessage
from casework.taking_back.tables import TakenBack
from casework.tasks.tables import CaseTask
from casework.timeline.actions import record
from casework.tracks.tables import CaseTrack, Remedy, RemedyCheck, TrackStep


def place(session: Session, leading: CaseFile, under: CaseFile, one: Addition, act: Act) -> None:
    """Move one addition out of the leading case into the other.

    Raises:
        ConflictUndecided: a name waits for a decision.
        NamesKeyNeeded: whoever acts cannot compare names.
    """
    _MOVES[one.kind](session, leading, under, one.id, act)
    at, by, what = act.at, act.who.id, one.kind
    told = {"put_under": under.reference, "added": what}
    record(session, "addition_placed", at=at, by=by, case_id=leading.id, **told)
    told = {"leads": leading.reference, "added": what}
    record(session, "addition_placed", at=at, by=by, case_id=under.id, **told)


def _task(session: Session, leading: CaseFile, under: CaseFile, own: UUID, act: Act) -> None:
    row = session.get_one(CaseTask, own)
    move_rows(session, leading, under, [row], act)
    if row.is_open and row.staff_id not in {person.id for person in present_holders(session, under)}:
        row.staff_id = under.assigned_to
        session.add(row)


def _track(session: Session, leading: CaseFile, under: CaseFile, own: UUID, act: Act) -> None:
    """Move a track with its steps, hearings, what was taken back of those, remedies and looks at them."""
    track = session.get_one(CaseTrack, own)
    steps = session.exec(select(TrackStep).where(TrackStep.track_id == own)).all()
    remedies = session.exec(select(Remedy).where(Remedy.track_id == own)).all()
    looks = session.exec(select(RemedyCheck).join(Remedy).where(Remedy.track_id == own)).all()
    hearings = session.exec(select(CaseHearing).where(CaseHearing.track_id == own)).all()
    taken = session.exec(select(TakenBack).join(CaseHearing).where(CaseHearing.track_id == own)).all()
    track.case_id = under.id
    session.add(track)
    rows: list[SealedRow] = [*steps, *remedies, *looks, *hearings, *taken]
    move_rows(session, leading, under, rows, act)


def _note(session: Session, leading: CaseFile, under: CaseFile, own: UUID, act: Act) -> None:
    """Move a note to the end of the other thread; it keeps its day and its writer."""
    row = session.get_one(CaseMessage, own)
    last = session.exec(select(func.max(CaseMessage.seq)).where(CaseMessage.case_id == under.id)).one()
    row.seq = (last or 0) + 1
    move_rows(session, leading, under, [row], act)


def _party(session: Session, leading: CaseFile, under: CaseFile, own: UUID, act: Act) -> None:
    """Take somebody out of the one case and add them to the other, where the name is compared anew."""
    row = session.get_one(CaseParty, own)
    called = called_of(session, leading, row, act)
    remove_party(session, leading, own, act)
    add_party(session, under, called, role_code=row.role_code, kind_code=row.kind_code, act=act)


_MOVES = {"task": _task, "track": _track, "note": _note, "party": _party}

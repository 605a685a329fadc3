"""Placing what came to a leading case in the one put under it: sealed anew, on the record of both."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import Session, func, select

from casework.acts import Act
from casework.cases.holders import present_holders
from casework.cases.sealed_rows import SealedRow, move_rows, seal_row
from casework.cases.tables import CaseFile
from casework.conflicts.actions import add_party, remove_party
from casework.conflicts.content import PartyName
from casework.conflicts.queries import called_of
from casework.conflicts.tables import CaseParty
from casework.hearings.tables import CaseHearing
from casework.merges.queries import Addition
from casework.messages.tables import CaseMessage
from casework.taking_back.tables import TakenBack
from casework.tasks.still_open import give
from casework.tasks.tables import CaseTask
from casework.timeline.actions import record
from casework.tracks.tables import CaseTrack, Remedy, RemedyCheck, TrackStep


def place(session: Session, leading: CaseFile, under: CaseFile, moving: Sequence[Addition], act: Act) -> None:
    """Move additions out of the leading case into the other.

    Raises:
        ConflictUndecided: a name waits for a decision.
        NamesKeyNeeded: whoever acts cannot compare names.
    """
    for one in moving:
        if one.kind != "party":
            _MOVES[one.kind](session, leading, under, one.id, act)
        _note_placed(session, leading, under, one, act)
    _parties(session, leading, under, [one.id for one in moving if one.kind == "party"], act)


def _note_placed(session: Session, leading: CaseFile, under: CaseFile, one: Addition, act: Act) -> None:
    at, by, what = act.at, act.who.id, one.kind
    told = {"put_under": under.reference, "added": what}
    record(session, "addition_placed", at=at, by=by, case_id=leading.id, **told)
    told = {"leads": leading.reference, "added": what}
    record(session, "addition_placed", at=at, by=by, case_id=under.id, **told)


def _task(session: Session, leading: CaseFile, under: CaseFile, own: UUID, act: Act) -> None:
    """Move a task with what was taken back of it; who does not hold the other case does not do it there."""
    row = session.get_one(CaseTask, own)
    taken = session.exec(select(TakenBack).where(TakenBack.task_id == own)).all()
    move_rows(session, leading, under, [row, *taken], act)
    if row.is_open and row.staff_id not in {person.id for person in present_holders(session, under)}:
        give(row, under.assigned_to)
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


def _parties(session: Session, leading: CaseFile, under: CaseFile, ids: Sequence[UUID], act: Act) -> None:
    """Take people out of the one case and add them to the other, where each name is compared anew.

    Who answers for somebody goes on answering where both moved; nobody is named who stands in another case.
    """
    rows = [session.get_one(CaseParty, own) for own in ids]
    known = [(row, called_of(session, leading, row, act)) for row in rows]
    added: dict[UUID, CaseParty] = {}
    for row, called in known:
        remove_party(session, leading, row.id, act)
        added[row.id] = add_party(
            session,
            under,
            _answered_for(called, {}),
            role_code=row.role_code,
            kind_code=row.kind_code,
            side_code=row.side_code,
            act=act,
        )
    for row, called in known:
        again = _answered_for(called, added)
        if again.details.guardian:
            seal_row(session, under, added[row.id], again.as_bytes())
    session.flush()


def _answered_for(called: PartyName, added: Mapping[UUID, CaseParty]) -> PartyName:
    """Return somebody with who answers for them, if that one moved too."""
    own = called.details.guardian
    guardian = added[own].id if own and own in added else None
    return called.model_copy(update={"details": called.details.model_copy(update={"guardian": guardian})})


_MOVES = {"task": _task, "track": _track, "note": _note}

"""What is done with tracks and remedies. Each act is one change of the case and one event; none commits."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session

from casework.acts import Act
from casework.cases.errors import CaseAlreadyClosed, CaseChanged
from casework.cases.sealed_rows import seal_row
from casework.cases.tables import CaseFile
from casework.conflicts.guards import require_free_to_go_on
from casework.merges.standing import refuse_put_under
from casework.timeline.actions import record
from casework.tracks.content import CheckText, RemedyText, StepText
from casework.tracks.errors import StepRefused
from casework.tracks.queries import Standing, checks_of
from casework.tracks.rules import MEDIATED, TAKEN_BACK, first_step, not_taken_back, refused
from casework.tracks.tables import CaseTrack, Remedy, RemedyCheck, TrackStep


def open_track(
    session: Session, case: CaseFile, kind: str, route: str | None, note: str, act: Act, *, version: int
) -> CaseTrack:
    """Open a track with its first step.

    Raises:
        CaseAlreadyClosed: tracks are opened only in an open case.
        PutUnder: they are opened in the case under which this one is read.
        CaseChanged, ConflictUndecided, AdviserKeepsOut: see `_begin`.
    """
    _begin(session, case, version)
    if case.is_closed:
        raise CaseAlreadyClosed(case=case.reference)
    refuse_put_under(session, case)
    track = CaseTrack(
        case_id=case.id, kind_code=kind, route_code=route, opened_on=act.on, opened_by=act.who.id
    )
    session.add(track)
    session.flush()
    _put(session, case, Standing(track, ()), first_step(kind), act.on, StepText(note=note), act)
    _end(session, case)
    record(
        session,
        "track_opened",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        track_kind=kind,
        route=route,
        track=str(track.id),
    )
    return track


def open_agreed(
    session: Session,
    case: CaseFile,
    text: str,
    promises: Sequence[str],
    on: date,
    check_on: date,
    act: Act,
) -> CaseTrack:
    """Open the track of what was agreed in a mediation, with a remedy for each promise.

    Whoever mediated need not hold the case: they seal to it and cannot open it again.
    """
    track = CaseTrack(case_id=case.id, kind_code=MEDIATED, opened_on=act.on, opened_by=act.who.id)
    session.add(track)
    session.flush()
    standing = Standing(track, ())
    _put(session, case, standing, first_step(MEDIATED), on, StepText(note=text), act, result="settled")
    for kind in promises:
        row = Remedy(
            case_id=case.id, track_id=track.id, type_code=kind, promised_on=on, check_on=check_on,
            noted_on=act.on, noted_by=act.who.id,
        )  # fmt: skip
        seal_row(session, case, row, RemedyText().as_bytes())
    _end(session, case)
    record(
        session,
        "track_opened",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        track_kind=MEDIATED,
        track=str(track.id),
    )
    return track


def note_step(
    session: Session,
    case: CaseFile,
    one: Standing,
    code: str,
    on: date,
    text: StepText,
    act: Act,
    *,
    version: int,
    result: str | None = None,
) -> None:
    """Note the next step of a track; also in a closed case, whose tracks end later.

    Raises:
        CaseChanged, ConflictUndecided, AdviserKeepsOut: see `_begin`.
        StepRefused: a guard keeps the track where it is.
    """
    _begin(session, case, version)
    guard = refused(one.track.kind_code, one.steps, code, on)
    if guard:
        raise StepRefused(case=case.reference, guard=guard)
    _put(session, case, one, code, on, text, act, result=result)
    _end(session, case)
    _tell(session, case, one, code, act, result)


def take_back(
    session: Session, case: CaseFile, one: Standing, step_id: UUID, why: str, act: Act, *, version: int
) -> None:
    """Take the newest step in force back by another step; it stays on record.

    Raises:
        CaseChanged, ConflictUndecided, AdviserKeepsOut: see `_begin`.
        StepRefused: it is not the newest in force, or the first of the track.
    """
    _begin(session, case, version)
    guard = not_taken_back(one.steps, step_id)
    if guard:
        raise StepRefused(case=case.reference, guard=guard)
    _put(session, case, one, TAKEN_BACK, act.on, StepText(note=why), act, takes_back=step_id)
    _end(session, case)
    _tell(session, case, one, TAKEN_BACK, act, None)


def add_remedy(
    session: Session,
    case: CaseFile,
    one: Standing,
    kind: str,
    promised_on: date,
    check_on: date,
    text: RemedyText,
    act: Act,
    *,
    version: int,
) -> Remedy:
    """Note what somebody promised or was ordered to do, and when to look whether it was done.

    Raises:
        CaseChanged, ConflictUndecided, AdviserKeepsOut: see `_begin`.
    """
    _begin(session, case, version)
    row = Remedy(
        case_id=case.id,
        track_id=one.track.id,
        type_code=kind,
        promised_on=promised_on,
        check_on=check_on,
        noted_on=act.on,
        noted_by=act.who.id,
    )
    seal_row(session, case, row, text.as_bytes())
    _end(session, case)
    record(
        session,
        "remedy_added",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        remedy=kind,
        track=str(one.track.id),
    )
    return row


def check_remedy(
    session: Session,
    case: CaseFile,
    remedy: Remedy,
    complied: str,
    next_on: date | None,
    note: str,
    act: Act,
    *,
    version: int,
) -> None:
    """Note whether a remedy was complied with; an earlier look stays on record.

    Raises:
        CaseChanged, ConflictUndecided, AdviserKeepsOut: see `_begin`.
    """
    _begin(session, case, version)
    row = RemedyCheck(
        case_id=case.id,
        remedy_id=remedy.id,
        seq=len(checks_of(session, remedy)) + 1,
        complied_code=complied,
        checked_on=act.on,
        next_on=next_on,
        noted_by=act.who.id,
    )
    seal_row(session, case, row, CheckText(note=note).as_bytes())
    _end(session, case)
    record(
        session,
        "remedy_checked",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        remedy=remedy.type_code,
        complied=complied,
        track=str(remedy.track_id),
    )


def _begin(session: Session, case: CaseFile, version: int) -> None:
    """Refuse what was made from an older page, and work on a case that waits for a decision.

    Raises:
        CaseChanged: somebody changed the case since `version`.
        ConflictUndecided, AdviserKeepsOut: see `conflicts.guards`.
    """
    require_free_to_go_on(session, case)
    if case.version != version:
        raise CaseChanged(case=case.reference)


def _end(session: Session, case: CaseFile) -> None:
    case.version += 1
    session.add(case)
    session.flush()


def _put(
    session: Session,
    case: CaseFile,
    one: Standing,
    code: str,
    on: date,
    text: StepText,
    act: Act,
    *,
    result: str | None = None,
    takes_back: UUID | None = None,
) -> None:
    row = TrackStep(
        case_id=case.id,
        track_id=one.track.id,
        seq=len(one.steps) + 1,
        step_code=code,
        result_code=result,
        takes_back=takes_back,
        happened_on=on,
        noted_on=act.on,
        noted_by=act.who.id,
    )
    seal_row(session, case, row, text.as_bytes())


def _tell(session: Session, case: CaseFile, one: Standing, code: str, act: Act, result: str | None) -> None:
    record(
        session,
        "track_step",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        track_kind=one.track.kind_code,
        step=code,
        result=result,
        track=str(one.track.id),
    )

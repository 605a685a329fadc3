"""What is done with hearings. Each act is one change of the case and one event; none commits."""

from datetime import date

from sqlmodel import Session

from casework.acts import Act
from casework.cases.errors import CaseAlreadyClosed, CaseChanged
from casework.cases.sealed_rows import seal_row
from casework.cases.tables import CaseFile
from casework.conflicts.guards import require_free_to_go_on
from casework.hearings.content import HearingWords
from casework.hearings.errors import HearingRefused
from casework.hearings.queries import ShownHearing
from casework.hearings.rules import CANCELLED, HELD, MISSED, POSTPONED, refused
from casework.hearings.tables import CaseHearing
from casework.timeline.actions import record
from casework.tracks.queries import Standing, track_of


def add_hearing(
    session: Session,
    case: CaseFile,
    one: Standing,
    kind: str,
    on: date,
    minute: int,
    words: HearingWords,
    act: Act,
    *,
    version: int,
    is_held: bool = False,
) -> CaseHearing:
    """Note a hearing that is to come, or one that was held already.

    Raises:
        ConflictUndecided, AdviserKeepsOut: see `conflicts.guards`.
        CaseChanged: somebody changed the case since `version`.
        CaseAlreadyClosed: it is closed.
        HearingRefused: the track does not lie before somebody who decides.
    """
    require_free_to_go_on(session, case)
    if case.version != version:
        raise CaseChanged(case=case.reference)
    if case.is_closed:
        raise CaseAlreadyClosed(case=case.reference)
    guard = refused(one.track.kind_code, one.state)
    if guard:
        raise HearingRefused(case=case.reference, guard=guard)
    row = CaseHearing(
        case_id=case.id,
        track_id=one.track.id,
        on_day=on,
        minute=minute,
        kind_code=kind,
        noted_on=act.on,
        noted_by=act.who.id,
    )
    if is_held:
        _settle(row, HELD, act)
    _keep(session, case, row, words)
    _record(session, "hearing_held" if is_held else "hearing_set", case, row, act)
    return row


def end_hearing(
    session: Session, case: CaseFile, one: ShownHearing, end: str, ended: str, act: Act, *, version: int
) -> None:
    """Note that a hearing was held, missed or cancelled, and how it ended.

    Raises:
        ConflictUndecided, AdviserKeepsOut: see `conflicts.guards`.
        CaseChanged: its end is noted already, or somebody changed it since `version`.
    """
    _begin(session, case, one.row, version)
    _settle(one.row, end, act)
    one.row.version += 1
    _keep(session, case, one.row, one.words.model_copy(update={"ended": ended}))
    _record(
        session,
        {HELD: "hearing_held", MISSED: "hearing_missed", CANCELLED: "hearing_cancelled"}[end],
        case,
        one.row,
        act,
    )


def postpone(
    session: Session,
    case: CaseFile,
    one: ShownHearing,
    on: date,
    minute: int,
    place: str,
    ended: str,
    act: Act,
    *,
    version: int,
) -> CaseHearing:
    """Note that a hearing was put off: another takes its place, and this one names it.

    Raises:
        ConflictUndecided, AdviserKeepsOut: see `conflicts.guards`.
        CaseChanged: its end is noted already, or somebody changed it since `version`.
        HearingRefused: the track does not lie before somebody who decides any more.
    """
    _begin(session, case, one.row, version)
    old = one.row
    standing = track_of(session, case, str(old.track_id))
    if guard := refused(standing.track.kind_code, standing.state):
        raise HearingRefused(case=case.reference, guard=guard)
    new = CaseHearing(
        case_id=case.id,
        track_id=old.track_id,
        on_day=on,
        minute=minute,
        kind_code=old.kind_code,
        noted_on=act.on,
        noted_by=act.who.id,
    )
    _keep(session, case, new, one.words.model_copy(update={"place": place or one.words.place}))
    _settle(old, POSTPONED, act)
    old.next_id = new.id
    old.version += 1
    _keep(session, case, old, one.words.model_copy(update={"ended": ended}))
    _record(session, "hearing_postponed", case, old, act)
    return new


def _begin(session: Session, case: CaseFile, row: CaseHearing, version: int) -> None:
    require_free_to_go_on(session, case)
    if not row.is_open or row.version != version:
        raise CaseChanged(case=case.reference)


def _settle(row: CaseHearing, end: str, act: Act) -> None:
    row.state_code, row.settled_on, row.settled_by = end, act.on, act.who.id


def _keep(session: Session, case: CaseFile, row: CaseHearing, words: HearingWords) -> None:
    seal_row(session, case, row, words.as_bytes())
    case.version += 1
    session.add(case)
    session.flush()


def _record(session: Session, kind: str, case: CaseFile, row: CaseHearing, act: Act) -> None:
    record(session, kind, at=act.at, by=act.who.id, case_id=case.id, hearing_kind=row.kind_code)

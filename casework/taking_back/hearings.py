"""Taking back how a hearing ended: it is to come again, and what was noted stays on record. None commits."""

from sqlmodel import Session

from casework.acts import Act
from casework.cases.sealed_rows import seal_row
from casework.cases.tables import CaseFile
from casework.conflicts.guards import require_free_to_go_on
from casework.deadlines.reminder_addresses import forget_hearing_warnings
from casework.hearings.actions import end_hearing
from casework.hearings.queries import ShownHearing, hearing_of
from casework.hearings.rules import CANCELLED, SET, refused
from casework.hearings.tables import CaseHearing
from casework.taking_back.actions import begin, keep
from casework.taking_back.content import HearingBack
from casework.taking_back.errors import HearingWentOn, TrackWentOn
from casework.taking_back.rules import hearing_ended_as
from casework.taking_back.tables import TakenBack
from casework.timeline.actions import record
from casework.tracks.queries import track_of


def take_back_hearing(
    session: Session, case: CaseFile, one: ShownHearing, reason: str, act: Act, *, version: int
) -> None:
    """Let a hearing be to come again whose end was noted by mistake; whoever has the case is warned anew.

    One to which it had been put off is cancelled with it, and says why.

    Raises:
        CaseChanged, CaseAlreadyClosed, AlreadyTakenBack: see `actions.begin`.
        ConflictUndecided, AdviserKeepsOut: see `conflicts.guards`.
        HearingWentOn: the one to which it was put off has had an end of its own.
        TrackWentOn: its track was decided or ended later.
    """
    row = one.row
    begin(case, row.settled_on is not None, version)
    require_free_to_go_on(session, case)
    if _went_on_after(session, case, row):
        raise TrackWentOn(case=case.reference)
    following = hearing_of(session, case, str(row.next_id), act) if row.next_id else None
    if following is not None and following.row.state_code not in (SET, CANCELLED):
        raise HearingWentOn(case=case.reference)
    was = row.state_code
    words = HearingBack(reason=reason, ended=one.words.ended)
    keep(session, case, TakenBack(hearing_id=row.id), row, was, words.as_bytes(), act)
    row.state_code = SET
    row.settled_on = row.settled_by = row.next_id = None
    row.version += 1
    seal_row(session, case, row, one.words.model_copy(update={"ended": ""}).as_bytes())
    case.version += 1
    session.add(case)
    session.flush()
    forget_hearing_warnings(session, row)
    record(
        session,
        "hearing_taken_back",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        hearing_kind=row.kind_code,
        ended_as=hearing_ended_as(was),
    )
    if following is not None and following.row.is_open:
        end_hearing(session, case, following, CANCELLED, reason, act, version=following.row.version)


def _went_on_after(session: Session, case: CaseFile, row: CaseHearing) -> bool:
    """Say whether its track was decided or ended on a later day than its end was noted."""
    one = track_of(session, case, str(row.track_id))
    is_later = row.settled_on is not None and one.newest.noted_on > row.settled_on
    return is_later and refused(one.track.kind_code, one.state) is not None

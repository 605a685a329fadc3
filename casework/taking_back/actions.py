"""Taking back how a deadline or a task ended. Each act is one change of the case and one event; none commits.

Nothing is lost by it: what was noted stays in the timeline and in a row of its own, what was written about
it (the report of a missed day too) stays where it lies, and the day binds again from the moment on.
"""

from sqlmodel import Session

from casework.acts import Act
from casework.cases.errors import CaseAlreadyClosed, CaseChanged
from casework.cases.holders import present_holders
from casework.cases.sealed_rows import seal_row
from casework.cases.tables import CaseFile
from casework.conflicts.guards import kept_out, require_free_to_go_on
from casework.deadlines.reminder_addresses import forget_warnings
from casework.deadlines.rows import end, told
from casework.deadlines.still_open import open_deadlines
from casework.deadlines.tables import Deadline
from casework.hearings.tables import CaseHearing
from casework.merges.rules import is_of_the_person
from casework.merges.standing import refuse_put_under
from casework.safe_contact.guards import require_safe
from casework.taking_back.errors import AlreadyTakenBack, KeptAgain
from casework.taking_back.rules import OF_DEADLINE, OF_TASK, ended_as
from casework.taking_back.tables import TakenBack
from casework.tasks.rules import OPEN, way_to_the_person
from casework.tasks.still_open import give
from casework.tasks.tables import CaseTask
from casework.timeline.actions import record


def take_back_deadline(
    session: Session, case: CaseFile, row: Deadline, reason: str, act: Act, *, version: int
) -> None:
    """Let a deadline bind again that was noted as met, missed or waived by mistake.

    A lawyer who stood for its day stands for it as before. Whoever has the case is warned of it anew.

    Raises:
        CaseChanged, CaseAlreadyClosed, AlreadyTakenBack: see `begin`.
        KeptAgain: the same clock runs already, kept after this one had ended.
    """
    begin(case, row.state in OF_DEADLINE, version)
    if any(_is_same(one, row) for one in open_deadlines(session, case.id)):
        raise KeptAgain(case=case.reference)
    was = row.state
    kept = TakenBack(deadline_id=row.id, met_on=row.met_on, waived_by_code=row.waived_by_code)
    keep(session, case, kept, row, was, reason.encode(), act)
    row.state = "confirmed" if row.confirmed_by else "computed"
    row.settled_by = row.settled_on = row.met_on = row.waived_by_code = None
    session.add(row)
    forget_warnings(session, row)
    end(session, case, act)
    record(
        session,
        "deadline_taken_back",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        ended_as=ended_as(was, is_ours=row.is_ours),
        **told(row),
    )


def take_back_task(
    session: Session, case: CaseFile, row: CaseTask, reason: str, act: Act, *, version: int
) -> None:
    """Let a task be open again that was noted as done or dropped by mistake, if it can still be done.

    Whoever does not hold the case any more does not get it back: then it is its adviser's.

    Raises:
        CaseChanged, CaseAlreadyClosed, AlreadyTakenBack: see `begin`.
        PutUnder: it is not with the person, and the case is read under another.
        ConflictUndecided, AdviserKeepsOut: it would reach the person; see `conflicts.guards`.
        WayNotSafe: it would reach the person by a way that is not safe any more.
    """
    begin(case, row.state_code in OF_TASK, version)
    if not is_of_the_person(row.kind_code, row.with_code):
        refuse_put_under(session, case)
    way = way_to_the_person(row.kind_code, row.with_code)
    if way is not None:
        require_free_to_go_on(session, case)
        require_safe(session, case, way)
    was, noted_on = row.state_code, row.settled_on
    keep(session, case, TakenBack(task_id=row.id), row, was, reason.encode(), act)
    if row.staff_id not in {one.id for one in present_holders(session, case)} - kept_out(session, case.id):
        give(row, case.assigned_to)
    row.state_code, row.settled_by, row.settled_on = OPEN, None, None
    session.add(row)
    case.version += 1
    session.add(case)
    session.flush()
    record(
        session,
        "task_taken_back",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        task=row.kind_code,
        ended_as=was,
        noted_on=noted_on.isoformat() if noted_on else None,
        **{"with": row.with_code},
    )


def _is_same(one: Deadline, row: Deadline) -> bool:
    runs, ran = ((each.route_code, each.label, each.counted_from, each.counted_until) for each in (one, row))
    return runs == ran and (one.track_id == row.track_id or None in (one.track_id, row.track_id))


def begin(case: CaseFile, has_ended: bool, version: int) -> None:
    """Refuse what was made from an older page.

    Raises:
        AlreadyTakenBack: it has not ended, or not by what somebody noted.
        CaseChanged: somebody changed the case since `version`.
        CaseAlreadyClosed: in a closed case nothing begins again; the case is opened again first.
    """
    if not has_ended:
        raise AlreadyTakenBack(case=case.reference)
    if case.version != version:
        raise CaseChanged(case=case.reference)
    if case.is_closed:
        raise CaseAlreadyClosed(case=case.reference)


def keep(
    session: Session,
    case: CaseFile,
    kept: TakenBack,
    thing: Deadline | CaseTask | CaseHearing,
    was: str,
    words: bytes,
    act: Act,
) -> None:
    """Keep what had been noted of something, and seal with it what is said of that.

    Raises:
        AlreadyTakenBack: nobody has noted an end of it.
    """
    if thing.settled_by is None or thing.settled_on is None:
        raise AlreadyTakenBack(case=case.reference)
    kept.case_id, kept.was_code = case.id, was
    kept.noted_by, kept.noted_on = thing.settled_by, thing.settled_on
    kept.taken_by, kept.taken_on = act.who.id, act.on
    if words:
        seal_row(session, case, kept, words)
    session.add(kept)
    session.flush()

"""Opening a closed case again: it begins with triage, and the person is told."""

from datetime import date

from sqlmodel import Session

from casework.acts import Act
from casework.cases.actions import renew_coded_record
from casework.cases.errors import CaseChanged, CaseNotClosed
from casework.cases.holders import present_holders
from casework.cases.rules import FIRST_STAGE
from casework.cases.tables import CaseFile
from casework.conflicts.guards import require_free_to_go_on
from casework.deadlines.still_open import renew_first_limit
from casework.messages.actions import tell_state
from casework.states.errors import CaseVoid
from casework.timeline.actions import record


def reopen_case(
    session: Session,
    case: CaseFile,
    reason_code: str,
    act: Act,
    *,
    version: int,
    next_on: date | None,
    text: str,
) -> None:
    """Take up a closed case again and tell the person where it stands.

    Where its adviser may not have it any more, whoever opens it again becomes its adviser. How it had ended
    stays in the timeline; what is counted of it changes with the next hand-over.

    Raises:
        CaseChanged: somebody changed it since `version`.
        CaseNotClosed: it is open. CaseVoid: it is taken back by two instead (`states.voiding`).
        ConflictUndecided, AdviserKeepsOut: see `conflicts.guards`.
    """
    if not case.is_closed:
        raise CaseNotClosed(case=case.reference)
    if case.is_void:
        raise CaseVoid(case=case.reference)
    if case.version != version:
        raise CaseChanged(case=case.reference)
    require_free_to_go_on(session, case)
    had_ended = case.outcome_code
    case.stage_code, case.closed_on, case.outcome_code, case.reason_code = FIRST_STAGE, None, None, None
    was = case.assigned_to
    if was not in {person.id for person in present_holders(session, case)}:  # they left meanwhile
        case.assigned_to, case.assigned_on = act.who.id, act.on
    case.looked_on = act.on if case.assigned_to == act.who.id else None
    case.version += 1
    session.add(case)
    session.flush()
    renew_first_limit(session, case, act)
    renew_coded_record(session, case, act)
    record(
        session,
        "case_reopened",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        reason=reason_code,
        outcome=had_ended,
        assigned_to=str(case.assigned_to) if case.assigned_to != was else None,
    )
    tell_state(session, case, act, next_on=next_on, text=text)

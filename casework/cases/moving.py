"""Moving a case on: what is missing is said all at once, and the person hears where it stands."""

from datetime import date

from sqlmodel import Session

from casework.acts import Act
from casework.cases.actions import renew_coded_record
from casework.cases.errors import CaseAlreadyClosed, CaseChanged, MoveNotAllowed
from casework.cases.rules import TOLD_AS, may_go
from casework.cases.tables import CaseFile
from casework.conflicts.guards import require_free_to_go_on
from casework.messages.actions import note, tell_state
from casework.states.errors import MoveRefused
from casework.states.queries import missing
from casework.states.rules import WITH_REASON, guards_of
from casework.states.settling import refuse_while_closing
from casework.timeline.actions import record
from office.handover.reply import StateCode


def move_case(
    session: Session,
    case: CaseFile,
    stage: str,
    act: Act,
    *,
    version: int,
    next_on: date | None,
    text: str,
    state: StateCode = TOLD_AS,
    without: str = "",
) -> None:
    """Move the case to another stage and tell the person where it stands.

    `without` is why it goes on although something is missing, where that is a way round: kept as a note.

    Raises:
        CaseChanged: somebody changed it since `version`.
        CaseAlreadyClosed: it has an outcome.
        MoveNotAllowed: a case does not go there from here.
        ClosingAsked: it waits to be closed.
        MoveRefused: a guard fails; it says all that do.
        ConflictUndecided, AdviserKeepsOut: see `conflicts.guards`.
    """
    if case.version != version:
        raise CaseChanged(case=case.reference)
    if case.is_closed:
        raise CaseAlreadyClosed(case=case.reference)
    refuse_while_closing(session, case)
    if stage != case.stage_code:
        if not may_go(case.stage_code, stage):
            raise MoveNotAllowed(case=case.reference)
        lacks = missing(session, case, guards_of(case.stage_code, stage))
        if lacks and not (without and WITH_REASON.issuperset(lacks)):
            raise MoveRefused(lacks, case=case.reference)
    else:
        lacks = ()
    require_free_to_go_on(session, case)
    if stage != case.stage_code:
        was, case.stage_code = case.stage_code, stage
        record(
            session,
            "stage_changed",
            at=act.at,
            by=act.who.id,
            case_id=case.id,
            was=was,
            now=stage,
            without=list(lacks) or None,
        )
        if lacks:
            note(session, case, without, act)
        renew_coded_record(session, case, act)
    case.version += 1
    session.add(case)
    session.flush()
    tell_state(session, case, act, state=state, next_on=next_on, text=text)

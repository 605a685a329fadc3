"""A case that was opened in error is void: one asks, another agrees, and so it is taken back. None commits.

A void case is closed without an outcome. What was open in it stays as it was and binds nobody: no list, no
mail and no figure shows the days of a closed case. Taken back, it begins anew and they run as before.
"""

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.actions import renew_coded_record
from casework.cases.content import story_of
from casework.cases.errors import CaseNotClosed
from casework.cases.holders import present_holders
from casework.cases.queries import may_open
from casework.cases.rules import FIRST_STAGE
from casework.cases.sealed_rows import open_rows, seal_row
from casework.cases.tables import CaseFile
from casework.coding.actions import drop_coded_records
from casework.conflicts.guards import require_free_to_go_on
from casework.deadlines.still_open import open_deadlines, renew_first_limit
from casework.messages.actions import say_state_of_case, tell_state
from casework.safe_contact.guards import require_safe
from casework.safe_contact.rules import OWN_WAY
from casework.states.content import VoidWords
from casework.states.deciding import changed, require_open, require_version, settle, to_decide
from casework.states.errors import GoesOnNowhere, TwiceUnseen, VoidRefused
from casework.states.heads import needs_the_head
from casework.states.queries import last_request
from casework.states.settling import refuse_while_closing, settle_with_adviser
from casework.states.tables import BACK, VOID, ClosingRequest
from casework.states.void_guards import no_error
from casework.states.void_rules import TWICE
from casework.tasks.still_open import open_tasks
from casework.timeline.actions import record
from casework.tracks.queries import open_tracks
from office.deadlines.promises import FIRST_ANSWER, promised_on


def ask_to_void(
    session: Session,
    case: CaseFile,
    reason_code: str,
    goes_on: CaseFile | None,
    words: VoidWords,
    act: Act,
    *,
    version: int,
) -> None:
    """Ask that a case be void; nothing is told to the person, and nothing changes but that it waits.

    `goes_on` is the case in which the same report goes on, and there is one if it was opened twice.

    Raises:
        CaseChanged: somebody changed it since `version`.
        CaseAlreadyClosed: it has an outcome, or is void.
        ClosingAsked: somebody asked already to close or to void it.
        VoidRefused: something says that it was no error.
        GoesOnNowhere: the other case is itself, closed, void or of the demonstration while this is not.
        TwiceUnseen: it was opened twice, and no second supervisor has it who could see that.
        WayNotSafe: there are words for the person, and the receipt's page is never safe.
    """
    require_open(case, version)
    refuse_while_closing(session, case)
    _refuse_no_error(session, case)
    _refuse_nowhere(session, case, reason_code, goes_on.id if goes_on else None)
    _refuse_unsafe(session, case, words)
    row = _ask(session, case, VOID, reason_code, words, act, goes_on=goes_on)
    if reason_code == TWICE and needs_the_head(session, case, row):
        raise TwiceUnseen(case=case.reference)
    record(session, "void_asked", at=act.at, by=act.who.id, case_id=case.id, void_reason=reason_code)


def make_void(session: Session, case: CaseFile, act: Act, *, version: int) -> None:
    """Make a case void as it was asked, and tell the person. What is counted of it is deleted.

    Raises:
        CaseAlreadyClosed, CaseChanged, ClosingSettled, CannotDecideClosing: see `deciding.to_decide`.
        VoidRefused, GoesOnNowhere, WayNotSafe: see `ask_to_void`; something came meanwhile.
        TwiceUnseen: whoever decides cannot open the case in which the report goes on, or is who asked.
    """
    row = to_decide(session, case, (VOID,), act, version)
    _refuse_no_error(session, case)
    _refuse_nowhere(session, case, row.reason_code, row.goes_on_id)
    if row.reason_code == TWICE and not sees_both(session, row, act):
        raise TwiceUnseen(case=case.reference)
    words = words_of(session, case, row, act)
    _refuse_unsafe(session, case, words)
    stopped = {
        "over_deadlines": [one.route_code for one in open_deadlines(session, case.id)],
        "over_tracks": [one.track.kind_code for one in open_tracks(session, case.id)],
        "over_tasks": [one.kind_code for one in open_tasks(session, case.id)],
    }
    settle(session, row, "closed", act)
    settle_with_adviser(session, case, act)
    case.stage_code, case.closed_on, case.voided_on, case.next_on = "closed", act.on, act.on, None
    changed(session, case)
    drop_coded_records(session, case_id=case.id, report_id=case.report_id)
    say_state_of_case(session, case, "closed", act, story_of(session, case, act), None, words.text)
    goes_on = session.get(CaseFile, row.goes_on_id) if row.goes_on_id else None
    record(
        session,
        "case_voided",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        void_reason=row.reason_code,
        goes_on=goes_on.reference if goes_on else None,
        **{name: codes or None for name, codes in stopped.items()},
        asked_by=str(row.asked_by),
    )


def ask_back(session: Session, case: CaseFile, words: VoidWords, act: Act, *, version: int) -> None:
    """Ask that a case be no longer void.

    Raises:
        CaseNotClosed: it is not void. CaseChanged: somebody changed it since `version`.
        ClosingAsked: somebody asked already.
        WayNotSafe: there are words for the person, and the receipt's page is never safe.
    """
    if not case.is_void:
        raise CaseNotClosed(case=case.reference)
    require_version(case, version)
    refuse_while_closing(session, case)
    _refuse_unsafe(session, case, words)
    _ask(session, case, BACK, "", words, act)
    record(session, "void_back_asked", at=act.at, by=act.who.id, case_id=case.id)


def take_void_back(session: Session, case: CaseFile, act: Act, *, version: int) -> None:
    """Take a voiding back as it was asked: the case begins with triage, and the person is told.

    They are promised a day anew: the one they had was told to be no more, and may be over.

    Where its adviser may not have it any more, whoever decides becomes its adviser.

    Raises:
        CaseChanged, ClosingSettled, CannotDecideClosing: see `deciding.to_decide`.
        ConflictUndecided, AdviserKeepsOut: see `conflicts.guards`.
    """
    row = to_decide(session, case, (BACK,), act, version)
    require_free_to_go_on(session, case)
    words = words_of(session, case, row, act)
    settle(session, row, "closed", act)
    case.stage_code, case.closed_on, case.voided_on = FIRST_STAGE, None, None
    was = case.assigned_to
    if was not in {person.id for person in present_holders(session, case)}:  # they left meanwhile
        case.assigned_to, case.assigned_on = act.who.id, act.on
    case.looked_on = act.on if case.assigned_to == act.who.id else None
    changed(session, case)
    renew_first_limit(session, case, act)
    renew_coded_record(session, case, act)
    record(
        session,
        "void_undone",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        assigned_to=str(case.assigned_to) if case.assigned_to != was else None,
        asked_by=str(row.asked_by),
    )
    tell_state(session, case, act, next_on=promised_on(act.city, FIRST_ANSWER, act.on), text=words.text)


def words_of(session: Session, case: CaseFile, row: ClosingRequest, act: Act) -> VoidWords:
    """Return what was written with a request, in clear."""
    return VoidWords.model_validate_json(open_rows(session, case, [row], act)[0])


def sees_both(session: Session, row: ClosingRequest, act: Act) -> bool:
    """Say whether whoever acts did not ask and may open the case in which the report is said to go on."""
    wanted = select(CaseFile.id).where(CaseFile.id == row.goes_on_id, may_open(act.who))
    return row.asked_by != act.who.id and session.exec(wanted).first() is not None


def voided_by(session: Session, case: CaseFile) -> ClosingRequest | None:
    """Return the request by which a void case became so."""
    wanted = select(ClosingRequest).where(
        ClosingRequest.case_id == case.id,
        ClosingRequest.kind_code == VOID,
        ClosingRequest.settled_code == "closed",
    )
    return session.exec(wanted.order_by(col(ClosingRequest.seq).desc())).first()


def _ask(
    session: Session,
    case: CaseFile,
    kind: str,
    reason_code: str,
    words: VoidWords,
    act: Act,
    *,
    goes_on: CaseFile | None = None,
) -> ClosingRequest:
    before = last_request(session, case.id)
    row = ClosingRequest(
        case_id=case.id,
        seq=before.seq + 1 if before else 1,
        kind_code=kind,
        goes_on_id=goes_on.id if goes_on else None,
        outcome_code="",
        reason_code=reason_code,
        asked_by=act.who.id,
        asked_on=act.on,
    )
    seal_row(session, case, row, words.as_bytes())
    changed(session, case)
    return row


def _refuse_no_error(session: Session, case: CaseFile) -> None:
    guards = no_error(session, case)
    if guards:
        raise VoidRefused(guards, case=case.reference)


def _refuse_nowhere(session: Session, case: CaseFile, reason_code: str, other_id: object) -> None:
    """Refuse a case opened twice of which nobody says, or can say any more, in which case it goes on."""
    if reason_code != TWICE:
        return
    other = session.get(CaseFile, other_id) if other_id else None
    fits = (
        other is not None
        and other.id != case.id
        and not other.is_closed
        and other.is_demonstration == case.is_demonstration
    )
    if not fits:
        raise GoesOnNowhere(case=case.reference)


def _refuse_unsafe(session: Session, case: CaseFile, words: VoidWords) -> None:
    if words.text and case.reporter_public_key is not None:
        require_safe(session, case, OWN_WAY)

"""Closing a case takes two: one asks, another decides. Each act is one change and one event; none commits."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from casework.acts import Act
from casework.appointments.waiting import refuse_open_appointment
from casework.cases.actions import close_case
from casework.cases.errors import CaseAlreadyClosed, CaseChanged
from casework.cases.rules import joined
from casework.cases.sealed_rows import open_rows, seal_row
from casework.cases.tables import CaseFile
from casework.conflicts.guards import require_free_to_go_on
from casework.merges.standing import refuse_merged_open
from casework.messages.actions import note
from casework.safe_contact.guards import require_safe
from casework.safe_contact.rules import OWN_WAY
from casework.staff.rules import Permission
from casework.states.content import ClosingWords
from casework.states.errors import CannotDecideClosing, ClosingSettled
from casework.states.queries import last_request, open_request
from casework.states.settling import refuse_while_closing
from casework.states.still_open import refuse_unexplained
from casework.states.tables import ClosingRequest
from casework.timeline.actions import record


@dataclass(frozen=True, slots=True)
class End:
    """How a case is to end, as codes of the lists `responses`, `outcomes` and `closure`."""

    response_codes: Sequence[str]
    outcome_code: str
    reason_code: str


def ask_to_close(
    session: Session, case: CaseFile, end: End, words: ClosingWords, act: Act, *, version: int
) -> None:
    """Ask that a case be closed; nothing is told to the person, and nothing changes but that it waits.

    Raises:
        CaseChanged: somebody changed it since `version`.
        CaseAlreadyClosed: it has an outcome.
        ClosingAsked: somebody asked already.
        MergedOpen: a case that is read under it is open.
        WayNotSafe: there are words for the person, and the receipt's page is never safe.
        AppointmentOpen: the person is still to come, or to choose a time.
        DeadlinesOpen, TracksOpen, MediationOpen, TasksOpen, ReferralsOpen: something is, and no word why.
        ConflictUndecided, AdviserKeepsOut: see `conflicts.guards`.
    """
    _require(case, version)
    require_free_to_go_on(session, case)
    refuse_while_closing(session, case)
    refuse_merged_open(session, case)
    refuse_open_appointment(session, case)
    if words.text:
        require_safe(session, case, OWN_WAY)
    refuse_unexplained(session, case, words.despite)
    before = last_request(session, case.id)
    row = ClosingRequest(
        case_id=case.id,
        seq=before.seq + 1 if before else 1,
        response_codes=joined(end.response_codes),
        outcome_code=end.outcome_code,
        reason_code=end.reason_code,
        asked_by=act.who.id,
        asked_on=act.on,
    )
    seal_row(session, case, row, words.as_bytes())
    _changed(session, case)
    record(
        session,
        "closing_asked",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        outcome=end.outcome_code,
        reason=end.reason_code,
        responses=row.response_codes.split(),
    )


def words_of(session: Session, case: CaseFile, row: ClosingRequest, act: Act) -> ClosingWords:
    """Return what was written with a request, in clear."""
    return ClosingWords.model_validate_json(open_rows(session, case, [row], act)[0])


def may_decide(row: ClosingRequest, act: Act) -> bool:
    """Say whether whoever acts may close the case: a second supervisor, or who asked once the head agreed."""
    if row.asked_by == act.who.id:
        return row.agreed_on is not None
    return act.who.may(Permission.SUPERVISE)


def close_as_asked(session: Session, case: CaseFile, act: Act, *, version: int, despite: str) -> None:
    """Close the case as it was asked, and tell the person. `despite` is the own reason of whoever closes it.

    Raises:
        CaseChanged: somebody changed it since `version`.
        ClosingSettled: nobody asks any more.
        CannotDecideClosing: see `may_decide`.
        And what `close_case` raises.
    """
    row = _waiting(session, case, act, version)
    words = words_of(session, case, row, act)
    _settle(session, row, "closed", act)
    close_case(
        session,
        case,
        act,
        response_codes=row.response_codes.split(),
        outcome_code=row.outcome_code,
        reason_code=row.reason_code,
        text=words.text,
        version=version,
        despite_deadlines=despite,
        asked_by=row.asked_by,
        head_agreed=row.agreed_on is not None,
    )


def send_back(session: Session, case: CaseFile, words: str, act: Act, *, version: int) -> None:
    """Send the request back with words, which are kept as a note.

    Raises:
        CaseChanged, ClosingSettled, CannotDecideClosing: see `close_as_asked`.
    """
    row = _waiting(session, case, act, version)
    _settle(session, row, "sent_back", act)
    _changed(session, case)
    record(session, "closing_sent_back", at=act.at, by=act.who.id, case_id=case.id)
    note(session, case, words, act)


def take_back(session: Session, case: CaseFile, act: Act, *, version: int) -> None:
    """Take the request back: whoever holds the case may, so that nobody has to wait to go on.

    Raises:
        CaseChanged: somebody changed it since `version`.
        ClosingSettled: nobody asks any more.
    """
    _require(case, version)
    row = open_request(session, case.id)
    if row is None:
        raise ClosingSettled(case=case.reference)
    _settle(session, row, "taken_back", act)
    _changed(session, case)
    record(session, "closing_taken_back", at=act.at, by=act.who.id, case_id=case.id)


def head_decides(
    session: Session, case: CaseFile, row: ClosingRequest, words: str, act: Act, *, agrees: bool
) -> None:
    """Agree as the head of the office, so that whoever asked may close the case, or send the request back.

    Raises:
        ClosingSettled: it is decided or agreed to already.
    """
    if row.settled_on is not None or row.agreed_on is not None or row.asked_by == act.who.id:
        raise ClosingSettled(case=case.reference)
    if agrees:
        row.agreed_by, row.agreed_on = act.who.id, act.on
        session.add(row)
        session.flush()
        record(session, "closing_agreed", at=act.at, by=act.who.id, case_id=case.id)
        return
    _settle(session, row, "sent_back", act)
    record(session, "closing_sent_back", at=act.at, by=act.who.id, case_id=case.id)
    note(session, case, words, act)


def _waiting(session: Session, case: CaseFile, act: Act, version: int) -> ClosingRequest:
    _require(case, version)
    row = open_request(session, case.id)
    if row is None:
        raise ClosingSettled(case=case.reference)
    if not may_decide(row, act):
        raise CannotDecideClosing(case=case.reference)
    return row


def _settle(session: Session, row: ClosingRequest, code: str, act: Act) -> None:
    row.settled_code, row.settled_by, row.settled_on = code, act.who.id, act.on
    session.add(row)
    session.flush()


def _require(case: CaseFile, version: int) -> None:
    if case.is_closed:
        raise CaseAlreadyClosed(case=case.reference)
    if case.version != version:
        raise CaseChanged(case=case.reference)


def _changed(session: Session, case: CaseFile) -> None:
    case.version += 1
    session.add(case)
    session.flush()

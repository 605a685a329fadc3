"""Closing a case takes two: one asks, another closes it. One change and one event each; none commits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlmodel import Session

from casework.acts import Act
from casework.appointments.waiting import refuse_open_appointment
from casework.cases.actions import close_case
from casework.cases.rules import joined
from casework.cases.sealed_rows import open_rows, seal_row
from casework.cases.tables import CaseFile
from casework.conflicts.guards import require_free_to_go_on
from casework.hearings.standing import refuse_open_hearings
from casework.merges.standing import refuse_merged_open
from casework.safe_contact.guards import require_safe
from casework.safe_contact.rules import OWN_WAY
from casework.states.content import ClosingWords
from casework.states.deciding import changed, require_open, settle, to_decide
from casework.states.queries import last_request
from casework.states.settling import refuse_while_closing
from casework.states.still_open import refuse_unexplained
from casework.states.tables import CLOSING, ClosingRequest
from casework.states.track_ends import in_words_of_log, keep_said, said_ended, said_of
from casework.timeline.actions import record


@dataclass(frozen=True, slots=True)
class End:
    """How a case is to end, as codes of the lists `responses`, `outcomes` and `closure`.

    Attributes:
        tracks: how each open track ended, codes of `outcomes.SAID`; without a word it is left open.
    """

    response_codes: Sequence[str]
    outcome_code: str
    reason_code: str
    tracks: Mapping[UUID, str] = field(default_factory=dict)


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
        HearingsOpen: somebody who decides is still to see them.
        DeadlinesOpen, TracksOpen, MediationOpen, TasksOpen, ReferralsOpen: something is, and no word why.
        ConflictUndecided, AdviserKeepsOut: see `conflicts.guards`.
    """
    require_open(case, version)
    require_free_to_go_on(session, case)
    refuse_while_closing(session, case)
    refuse_merged_open(session, case)
    refuse_open_appointment(session, case)
    refuse_open_hearings(session, case)
    if words.text:
        require_safe(session, case, OWN_WAY)
    refuse_unexplained(session, case, words.despite, said_ended(end.tracks))
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
    keep_said(session, case, row, end.tracks)
    changed(session, case)
    record(
        session,
        "closing_asked",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        outcome=end.outcome_code,
        reason=end.reason_code,
        responses=row.response_codes.split(),
        tracks_ended=in_words_of_log(session, row) or None,
    )


def words_of(session: Session, case: CaseFile, row: ClosingRequest, act: Act) -> ClosingWords:
    """Return what was written with a request, in clear."""
    return ClosingWords.model_validate_json(open_rows(session, case, [row], act)[0])


def close_as_asked(session: Session, case: CaseFile, act: Act, *, version: int, despite: str) -> None:
    """Close the case as it was asked, and tell the person. `despite` is the own reason of whoever closes it.

    Raises:
        CaseChanged: somebody changed it since `version`.
        ClosingSettled: nobody asks any more.
        CannotDecideClosing, AgreementOutgrown: see `deciding.to_decide`.
        And what `close_case` raises.
    """
    row = to_decide(session, case, (CLOSING,), act, version)
    words = words_of(session, case, row, act)
    settle(session, row, "closed", act)
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
        tracks=said_of(session, row),
        asked_by=row.asked_by,
        head_agreed=row.agreed_on is not None,
    )

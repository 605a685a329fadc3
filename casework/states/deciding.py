"""What somebody asks about the end of a case, and the second person who decides; none of it commits."""

from typing import Final

from sqlmodel import Session

from casework.acts import Act
from casework.cases.errors import CaseAlreadyClosed, CaseChanged
from casework.cases.tables import CaseFile
from casework.messages.actions import note
from casework.staff.rules import Permission
from casework.states.errors import (
    AgreementOutgrown,
    CannotDecideClosing,
    ClosingSettled,
    MoreIsOpen,
    TooMuchOpen,
    TwiceUnseen,
)
from casework.states.events import event_of
from casework.states.heads import agreement_stands
from casework.states.queries import open_request
from casework.states.still_open import ids_open, listing_of
from casework.states.tables import BACK, VOID, ClosingRequest
from casework.states.void_rules import TWICE
from casework.timeline.actions import record

MOST_OPEN: Final = 600
"""Things that may be open when the head agrees: their ids fit into the request."""
Kinds = tuple[str, ...]
"""Which requests a page is about, of `tables.KINDS`."""


def may_decide(session: Session, case: CaseFile, row: ClosingRequest, act: Act) -> bool:
    """Say whether whoever acts may do it: a second supervisor, or who asked once the head agreed."""
    if row.asked_by == act.who.id:
        return agreement_stands(session, case, row)
    return act.who.may(Permission.SUPERVISE)


def require_version(case: CaseFile, version: int) -> None:
    """Raise CaseChanged if somebody changed the case since the page was made."""
    if case.version != version:
        raise CaseChanged(case=case.reference)


def require_open(case: CaseFile, version: int) -> None:
    """Raise CaseAlreadyClosed, or CaseChanged."""
    if case.is_closed:
        raise CaseAlreadyClosed(case=case.reference)
    require_version(case, version)


def changed(session: Session, case: CaseFile) -> None:
    """Count a change of the case, so that older pages of it notice."""
    case.version += 1
    session.add(case)
    session.flush()


def waiting(session: Session, case: CaseFile, kinds: Kinds, version: int) -> ClosingRequest:
    """Return what is asked and not decided.

    Raises:
        CaseAlreadyClosed: it is closed, and something else is asked than to take a voiding back.
        CaseChanged: somebody changed it since `version`.
        ClosingSettled: nobody asks any more.
    """
    row = open_request(session, case.id)
    if row is not None and row.kind_code == BACK and BACK in kinds:
        require_version(case, version)
    else:
        require_open(case, version)
    if row is None or row.kind_code not in kinds:
        raise ClosingSettled(case=case.reference)
    return row


def to_decide(session: Session, case: CaseFile, kinds: Kinds, act: Act, version: int) -> ClosingRequest:
    """Return what is asked, to whoever may decide it.

    Raises:
        CaseAlreadyClosed, CaseChanged, ClosingSettled: see `waiting`.
        AgreementOutgrown: more has opened since the head agreed, or they keep out.
        CannotDecideClosing: see `may_decide`.
    """
    row = waiting(session, case, kinds, version)
    if not may_decide(session, case, row, act):
        if row.asked_by == act.who.id and row.agreed_on is not None:
            raise AgreementOutgrown(case=case.reference)
        raise CannotDecideClosing(case=case.reference)
    return row


def settle(session: Session, row: ClosingRequest, code: str, act: Act) -> None:
    """Say how a request ended, a code of `tables.SETTLED`."""
    row.settled_code, row.settled_by, row.settled_on = code, act.who.id, act.on
    session.add(row)
    session.flush()


def send_back(session: Session, case: CaseFile, kinds: Kinds, words: str, act: Act, *, version: int) -> None:
    """Send the request back with words, which are kept as a note.

    Raises:
        CaseAlreadyClosed, CaseChanged, ClosingSettled, CannotDecideClosing: see `to_decide`.
    """
    row = to_decide(session, case, kinds, act, version)
    settle(session, row, "sent_back", act)
    changed(session, case)
    record(session, event_of(row, "sent_back"), at=act.at, by=act.who.id, case_id=case.id)
    note(session, case, words, act)


def take_back(session: Session, case: CaseFile, kinds: Kinds, act: Act, *, version: int) -> None:
    """Take the request back: whoever holds the case may, so that nobody has to wait to go on.

    Raises:
        CaseAlreadyClosed, CaseChanged, ClosingSettled: see `waiting`.
    """
    row = waiting(session, case, kinds, version)
    settle(session, row, "taken_back", act)
    changed(session, case)
    record(session, event_of(row, "taken_back"), at=act.at, by=act.who.id, case_id=case.id)


def head_decides(
    session: Session,
    case: CaseFile,
    row: ClosingRequest,
    words: str,
    act: Act,
    *,
    agrees: bool,
    listed: str,
) -> None:
    """Agree as the head of the office, so that whoever asked may do it, or send the request back.

    `listed` is what the page listed as open (`still_open.listing_of`): nobody agrees to what was not there.

    Raises:
        ClosingSettled: it is decided, or agreed to already.
        MoreIsOpen: what is open is not what the page listed.
        TooMuchOpen: more than `MOST_OPEN`.
        TwiceUnseen: it is that the case was opened twice; the head opens neither.
    """
    if row.settled_on is not None or agreement_stands(session, case, row) or row.asked_by == act.who.id:
        raise ClosingSettled(case=case.reference)
    if agrees:
        if row.kind_code == VOID and row.reason_code == TWICE:
            raise TwiceUnseen(case=case.reference)
        ids = ids_open(session, case.id)
        if listing_of(ids) != listed:
            raise MoreIsOpen(case=case.reference)
        if len(ids) > MOST_OPEN:
            raise TooMuchOpen(case=case.reference)
        row.agreed_by, row.agreed_on, row.agreed_over = act.who.id, act.on, " ".join(ids)
        session.add(row)
        session.flush()
        record(session, event_of(row, "agreed"), at=act.at, by=act.who.id, case_id=case.id)
        return
    settle(session, row, "sent_back", act)
    record(session, event_of(row, "sent_back"), at=act.at, by=act.who.id, case_id=case.id)
    note(session, case, words, act)

"""Taking over a new receipt key, and issuing a receipt again after an agreed proof."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from pydantic import ValidationError
from sqlmodel import Session

from casework.acts import Act
from casework.cases.content import left_contact
from casework.cases.errors import CaseChanged, CaseNotFound
from casework.cases.tables import CaseFile
from casework.inbox.tables import InboxReport
from casework.messages.replies import Addressee, say_again
from casework.messages.tables import Outbox
from casework.receipts.errors import CannotReissue
from casework.receipts.queries import (
    AT_A_LOOK,
    cases_with_new_keys,
    is_key_waiting,
    reports_with_new_keys,
    said_in_case,
    said_of_report,
    unverified_keys,
    waiting_keys,
)
from casework.receipts.tables import ReceiptKeyChange
from casework.receipts.verifying import put_right, verify
from casework.timeline.actions import record
from casework.transactions import attempt
from office.handover.reply import Reply
from office.routing import routed
from office.sealing.boxes import CannotOpen
from office.sealing.receipts import derive, new_key, new_salt, proof_hash


class NewReceipt(NamedTuple):
    """A receipt issued again; its key is shown once and kept nowhere."""

    case_number: str
    key: str

    def __repr__(self) -> str:
        return "NewReceipt(…)"


def take_over_some(session: Session, act: Act) -> int:
    """Take over the new keys that wait in cases and reports whoever acts may open; return how many.

    A case of which something cannot be read goes on waiting and holds up no other.
    """
    verify(session, unverified_keys(session, act), act)
    done = 0
    for case in cases_with_new_keys(session, act, at_most=AT_A_LOOK):
        done += take_over(session, case, act)
    for report in reports_with_new_keys(session, act, at_most=AT_A_LOOK):
        done += take_over_of_report(session, report, act)
    return done


def take_over(session: Session, case: CaseFile, act: Act) -> bool:
    """Seal what was said in a case to the person's new key, if one waits; say whether that was done.

    Everything said from now on is sealed to it too.
    """
    verify(session, unverified_keys(session, act, case.reference), act)
    if not is_key_waiting(session, case.reference):
        return False
    session.refresh(case, with_for_update=True)  # the case before its keys, as everywhere
    waiting = waiting_keys(session, case.reference)
    newest = _newer(waiting, case)
    try:
        with attempt(session):
            said = said_in_case(session, case, act) if newest else []
            _apply(session, case, waiting, newest, case.reference, said, act, case_id=case.id)
    except (CannotOpen, CaseNotFound, ValidationError):
        return False
    return newest is not None


def take_over_of_report(session: Session, report: InboxReport, act: Act) -> bool:
    """The same for a report that is no case: where it stands is said again under the new key."""
    put_right(session, report, act)
    verify(session, unverified_keys(session, act, report.case_number), act)
    if not is_key_waiting(session, report.case_number):
        return False
    waiting = waiting_keys(session, report.case_number)
    newest = _newer(waiting, report)
    said = said_of_report(session, report, act) if newest else []
    _apply(session, report, waiting, newest, report.case_number, said, act)
    return newest is not None


def reissue(session: Session, case: CaseFile, proof_code: str, act: Act, *, version: int) -> NewReceipt:
    """Make a new receipt for a case whose person lost theirs and showed who they are.

    The old key dies when the courier brings this one. Staff have seen it, so the person's first visit makes
    another; only then is what was said sealed anew, for nothing is shown before.

    Raises:
        CannotReissue: no contact was left, or there never was a receipt.
        CaseChanged: somebody changed the case since `version`.
    """
    if case.version != version:
        raise CaseChanged(case=case.reference)
    if case.reporter_public_key is None or not left_contact(session, case):
        raise CannotReissue(case=case.reference)
    key, salt = new_key(), routed(new_salt(), "city" if case.routing_code == "city" else "normal")
    derived = derive(key, salt)
    case.former_reporter_key = case.reporter_public_key
    case.reporter_public_key = derived.sealing_key.public
    case.reporter_key_version += 1
    case.version += 1
    session.add(case)
    session.add(
        Outbox(
            kind="receipt",
            case_number=case.reference,
            iso_week=act.week,
            reporter_key_version=case.reporter_key_version,
            receipt_salt=salt,
            receipt_proof_hash=proof_hash(derived.proof),
            receipt_public_key=derived.sealing_key.public,
        )
    )
    record(
        session,
        "receipt_reissued",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        reason=proof_code,
        key_version=case.reporter_key_version,
    )
    return NewReceipt(case.reference, key)


def _newer(waiting: Sequence[ReceiptKeyChange], of: CaseFile | InboxReport) -> ReceiptKeyChange | None:
    """Return the newest key that waits, unless a later one is known already.

    One of the same version is the person's own, made before a receipt issued again came to the mailbox: that
    receipt was not put in its place, so the person's holds.
    """
    newest = waiting[-1] if waiting else None
    return newest if newest and newest.reporter_key_version >= of.reporter_key_version else None


def _apply(
    session: Session,
    of: CaseFile | InboxReport,
    waiting: Sequence[ReceiptKeyChange],
    newest: ReceiptKeyChange | None,
    number: str,
    said: Sequence[Reply],
    act: Act,
    *,
    case_id: UUID | None = None,
) -> None:
    for one in waiting:
        one.applied_on = act.on
        session.add(one)
    if newest is None:
        session.flush()
        return
    of.reporter_public_key = newest.reporter_public_key
    of.reporter_key_version = newest.reporter_key_version
    session.add(of)
    session.flush()
    say_again(session, Addressee(number, of.reporter_public_key, of.reporter_key_version), said, act)
    record(
        session,
        "receipt_key_changed",
        at=act.at,
        by=act.who.id,
        case_id=case_id,
        report=None if case_id else number,
        key_version=newest.reporter_key_version,
        sealed_anew=len(said),
    )

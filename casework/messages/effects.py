"""What follows when somebody agrees to something, or no longer: the same whoever wrote it down."""

from sqlmodel import Session, select

from casework.acts import Act
from casework.cases.tables import CaseFile
from casework.coding.actions import drop_coded_records
from casework.dossiers.withdrawing import revoke_all
from casework.inbox.tables import InboxReport
from casework.messages.consents import applied_changes, changed_in
from casework.messages.replies import Addressee, say_consents
from casework.messages.tables import ConsentChangeRow
from casework.referrals.withdrawing import withdraw_all


def put_into_effect(session: Session, change: ConsentChangeRow, case: CaseFile | None, act: Act) -> int:
    """Let a change of consents hold from now on, and tell the person's receipt; return how much was deleted.

    Taking `count` back deletes the coded records at once; taking `refer` back ends referrals and dossiers.

    Args:
        session: the transaction.
        change: with the codes that were given and taken back.
        case: the case it belongs to, or None while it is a report.
        act: who applies it, and when.
    """
    change.seq = len(applied_changes(session, change.case_number)) + 1
    change.sealed, change.applied_on = None, act.on
    session.add(change)
    report = session.exec(select(InboxReport).where(InboxReport.case_number == change.case_number)).first()
    dropped = 0
    if "count" in change.withdrawn_codes.split():
        dropped = drop_coded_records(
            session, case_id=case.id if case else None, report_id=report.id if report else None
        )
    if case is not None and "refer" in change.withdrawn_codes.split():
        withdraw_all(session, case.id, by=act.who.id, at=act.at, on=act.on)
        revoke_all(session, case.id, by=act.who.id, at=act.at, on=act.on)
    said_to = case or (report if report is not None and report.opened_on is not None else None)
    if said_to is not None:  # who opens a report tells all of them, and only then has checked its key
        to = Addressee(change.case_number, said_to.reporter_public_key, said_to.reporter_key_version)
        say_consents(session, to, changed_in(change), act)
    return dropped

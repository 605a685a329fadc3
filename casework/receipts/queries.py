"""New receipt keys that wait to be taken over, and what had been said to their person."""

from collections.abc import Sequence
from typing import Final

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from casework.acts import Act
from casework.appointments.telling import said_again
from casework.cases.content import story_of
from casework.cases.queries import may_open
from casework.cases.tables import CaseFile
from casework.inbox.tables import InboxReport
from casework.messages.actions import consents_of
from casework.messages.consents import applied_changes, consents_now
from casework.messages.incoming import UNREADABLE
from casework.messages.queries import thread
from casework.receipts.tables import ReceiptKeyChange
from casework.staff.keys import names_held, office_key
from office.deadlines.promises import FIRST_ANSWER, promised_on
from office.handover.reply import Reply
from office.handover.report import ReportStory
from office.sealing.boxes import unseal

AT_A_LOOK: Final = 25
"""New keys taken over for one page that is looked at: somebody waits for it."""


def unverified_keys(session: Session, act: Act, case_number: str | None = None) -> Sequence[ReceiptKeyChange]:
    """Return the new keys nobody has checked yet: of one case number, or those under an office key held."""
    wanted = select(ReceiptKeyChange).where(
        col(ReceiptKeyChange.verified_on).is_(None), col(ReceiptKeyChange.applied_on).is_(None)
    )
    if case_number is None:
        held = names_held(session, act.who.id)
        mine = select(CaseFile.reference).where(may_open(act.who))
        wanted = wanted.where(
            col(ReceiptKeyChange.key_name).in_(held) | col(ReceiptKeyChange.case_number).in_(mine)
        )
    else:
        wanted = wanted.where(ReceiptKeyChange.case_number == case_number)
    return session.exec(wanted.order_by(col(ReceiptKeyChange.id)).limit(AT_A_LOOK).with_for_update()).all()


def waiting_keys(session: Session, case_number: str) -> Sequence[ReceiptKeyChange]:
    """Return the verified new keys of one case number that nobody has taken over, the newest last."""
    return session.exec(
        select(ReceiptKeyChange)
        .where(
            ReceiptKeyChange.case_number == case_number,
            col(ReceiptKeyChange.verified_on).is_not(None),
            col(ReceiptKeyChange.applied_on).is_(None),
        )
        .order_by(col(ReceiptKeyChange.reporter_key_version), col(ReceiptKeyChange.received_on))
        .with_for_update()
    ).all()


def is_key_waiting(session: Session, case_number: str) -> bool:
    """Say whether a new key of this case number waits; holds nothing."""
    waits = _waiting_numbers().where(ReceiptKeyChange.case_number == case_number)
    return session.exec(waits).first() is not None


def cases_with_new_keys(session: Session, act: Act, *, at_most: int) -> Sequence[CaseFile]:
    """Return the cases whoever acts may open whose person has a new key that waits."""
    wanted = select(CaseFile).where(may_open(act.who), col(CaseFile.reference).in_(_waiting_numbers()))
    return session.exec(wanted.order_by(col(CaseFile.id)).limit(at_most).with_for_update()).all()


def reports_with_new_keys(session: Session, act: Act, *, at_most: int) -> Sequence[InboxReport]:
    """Return the reports that are no case and whose key whoever acts holds, with a new key that waits."""
    wanted = select(InboxReport).where(
        InboxReport.state != "opened_as_case",
        col(InboxReport.key_name).in_(names_held(session, act.who.id)),
        col(InboxReport.case_number).in_(_waiting_numbers()),
    )
    return session.exec(wanted.order_by(col(InboxReport.id)).limit(at_most).with_for_update()).all()


def said_in_case(session: Session, case: CaseFile, act: Act) -> list[Reply]:
    """Return what was said to the person in a case, oldest first, opened in memory.

    Raises:
        CaseNotFound, CannotOpen, ValidationError: something of the thread cannot be read.
    """
    said = [
        Reply(
            kind="status" if one.entry.state_code else "message",
            said_on=one.on,
            text=one.entry.text,
            state_code=one.entry.state_code,
            next_on=one.entry.next_on,
            from_role="office" if one.entry.state_code else "adviser",
        )
        for one in thread(session, case, act)
        if one.direction == "out"
    ]
    now = consents_of(session, case, story_of(session, case, act))
    said += said_again(session, case, act)
    return [*said, Reply(kind="consents", said_on=act.on, consents=now)]


def said_of_report(session: Session, report: InboxReport, act: Act) -> list[Reply]:
    """Return where a report that is no case stands; the last word on one not taken up is nowhere any more."""
    if report.settled_on is not None:
        state = Reply(kind="status", said_on=report.settled_on, state_code="closed")
    elif report.opened_on is not None:
        next_on = promised_on(act.city, FIRST_ANSWER, report.opened_on)
        state = Reply(kind="status", said_on=report.opened_on, state_code="read", next_on=next_on)
    else:
        return []
    try:
        key, about = office_key(session, act.who, report.key_name), f"story/{report.case_number}"
        story = ReportStory.model_validate_json(unseal(report.sealed_story or b"", key, about=about))
    except UNREADABLE:
        return [state]
    now = consents_now(story.consents, applied_changes(session, report.case_number))
    return [state, Reply(kind="consents", said_on=act.on, consents=now)]


def _waiting_numbers() -> SelectOfScalar[str]:
    """Return the few numbers under which something waits: what the store begins with, not with all."""
    return select(ReceiptKeyChange.case_number).where(
        col(ReceiptKeyChange.verified_on).is_not(None), col(ReceiptKeyChange.applied_on).is_(None)
    )

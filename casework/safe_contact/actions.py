"""Noting which ways of contact are safe. Each act is one change and one event; none commits."""

from sqlmodel import Session, select

from casework.acts import Act
from casework.cases.errors import CaseChanged
from casework.cases.sealed_rows import seal_row
from casework.cases.tables import CaseFile
from casework.safe_contact.content import SafeWords
from casework.safe_contact.rules import NEVER, Window, said_in_report
from casework.safe_contact.tables import SafeContact
from casework.tasks.still_open import drop_by_way
from casework.timeline.actions import record
from office.handover.report import ReportContact


def keep_said_in_report(session: Session, case: CaseFile, contact: ReportContact, act: Act) -> None:
    """Note what the report says of its way of contact, when the contact is opened for the first time.

    What somebody of the office noted before is never changed by it. It belongs to the act that opened the
    contact, and has no event of its own.
    """
    for way, rule in said_in_report(contact).items():
        if _row(session, case, way) is not None:
            continue
        row = SafeContact(case_id=case.id, way_code=way, rule_code=rule, set_by=act.who.id, set_on=act.on)
        seal_row(session, case, row, SafeWords(words=contact.safe_note, is_from_report=True).as_bytes())
        session.flush()


def set_rule(
    session: Session,
    case: CaseFile,
    way: str,
    rule: str,
    words: SafeWords,
    act: Act,
    *,
    version: int,
    window: Window | None = None,
) -> int:
    """Note what holds for a way of contact, with the reason; return how many open tasks that ended.

    A way that is never safe takes its open tasks with it: they are dropped. Notices by a way that is safe
    only in a window wait for it, and for somebody to note it where there is none.

    Raises:
        CaseChanged: somebody changed the case since `version`.
    """
    if case.version != version:
        raise CaseChanged(case=case.reference)
    row = _row(session, case, way)
    was = row.rule_code if row is not None else ""
    row = row or SafeContact(case_id=case.id, way_code=way)
    row.rule_code, row.set_by, row.set_on = rule, act.who.id, act.on
    row.window_days = window.days if window else None
    row.from_hour, row.to_hour = (window.from_hour, window.to_hour) if window else (None, None)
    seal_row(session, case, row, words.as_bytes())
    dropped = drop_by_way(session, case.id, way, act) if rule == NEVER else 0
    case.version += 1
    session.add(case)
    session.flush()
    record(
        session,
        "safe_contact_set",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        way=way,
        rule=rule,
        rule_before=was or None,
        dropped_tasks=dropped or None,
    )
    return dropped


def _row(session: Session, case: CaseFile, way: str) -> SafeContact | None:
    return session.exec(
        select(SafeContact).where(SafeContact.case_id == case.id, SafeContact.way_code == way)
    ).first()

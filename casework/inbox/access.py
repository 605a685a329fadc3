"""The only door to a report in the inbox."""

from sqlmodel import Session, select

from casework.inbox.errors import ReportNotFound
from casework.inbox.tables import InboxReport
from casework.staff.keys import names_held
from casework.staff.rules import Permission
from casework.staff.sessions import SignedIn
from office.ids import CaseNumberInvalid, checked_case_number


def report_for(session: Session, who: SignedIn, number: str, *, to_change: bool = False) -> InboxReport:
    """Return the report, or raise ReportNotFound alike for a missing, a settled and a walled one.

    Reports against the city are sealed to `story-apart`: without a grant of that key they do not exist.
    """
    try:
        case_number = checked_case_number(number)
    except CaseNumberInvalid:
        raise ReportNotFound from None
    if not who.may(Permission.INBOX):
        raise ReportNotFound(report=case_number)
    wanted = select(InboxReport).where(InboxReport.case_number == case_number)
    if to_change:
        wanted = wanted.with_for_update()
    report = session.exec(wanted).first()
    if report is None:
        raise ReportNotFound(report=case_number)
    if report.key_name not in names_held(session, who.id):
        raise ReportNotFound(report=case_number)
    if report.sealed_story is None:
        raise ReportNotFound(report=case_number)
    return report

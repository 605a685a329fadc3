"""Who may keep and see a draft: whoever may open what it is about, now."""

from sqlmodel import Session, col, select

from casework.cases.queries import held_by
from casework.cases.tables import CaseFile
from casework.drafts.places import Place
from casework.inbox.tables import InboxReport
from casework.staff.keys import names_held
from casework.staff.rules import Permission, may
from office.stores.keyroom import Staff


def may_write_at(session: Session, staff: Staff, place: Place) -> bool:
    """Say whether somebody may open the case or the report of a place; nobody needs to be signed in."""
    if place.number is None:
        return True
    if place.path.startswith("cases/"):
        if not may(staff.role_code, Permission.CASES):
            return False
        case = select(CaseFile.id).where(CaseFile.reference == place.number, held_by(staff.id))
        return session.exec(case).first() is not None
    if not may(staff.role_code, Permission.INBOX):
        return False
    report = select(InboxReport.id).where(
        InboxReport.case_number == place.number,
        col(InboxReport.key_name).in_(names_held(session, staff.id)),
        InboxReport.state == "received",
        col(InboxReport.sealed_story).is_not(None),
    )
    return session.exec(report).first() is not None

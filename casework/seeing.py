"""What a person may open of a handful of case numbers: cases by their grants, reports by the keys they hold.

For pages that name other reports and cases than the one they are about. Numbers that are missing and numbers
that are walled are both simply not there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.access import case_for
from casework.cases.errors import CaseNotFound
from casework.cases.queries import may_open
from casework.cases.tables import CaseFile
from casework.inbox.access import report_for
from casework.inbox.tables import InboxReport
from casework.staff.keys import names_held
from casework.staff.rules import Permission
from casework.staff.sessions import SignedIn

AT_ONCE = 500
Record = CaseFile | InboxReport


@dataclass(frozen=True, slots=True)
class Seen:
    """A report or case somebody may open, by what stands clear of it."""

    number: str
    record: Record

    @property
    def is_case(self) -> bool:
        """Whether it was taken up."""
        return isinstance(self.record, CaseFile)

    @property
    def path(self) -> str:
        """Its address, below the language."""
        return f"cases/{self.number}" if self.is_case else f"inbox/{self.number}"

    @property
    def told_on(self) -> date:
        """The day it came."""
        return self.record.reported_on if isinstance(self.record, CaseFile) else self.record.received_on

    @property
    def list_name(self) -> str:
        """The list in which `state` stands."""
        return "outcomes" if isinstance(self.record, CaseFile) and self.record.outcome_code else "stages"

    @property
    def state(self) -> str:
        """Where it stands: a stage, an outcome, or the stage of a report nobody has taken up."""
        if isinstance(self.record, CaseFile):
            return self.record.outcome_code or self.record.stage_code
        return "registered" if self.record.state == "received" else "closed"


def reports_seen_by(session: Session, who: SignedIn) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that a report is one this person may open."""
    if not who.may(Permission.INBOX):
        return (col(InboxReport.id).is_(None),)
    held = names_held(session, who.id)
    return col(InboxReport.key_name).in_(held), col(InboxReport.sealed_story).is_not(None)


def seen(session: Session, who: SignedIn, numbers: Iterable[str]) -> dict[str, Seen]:
    """Return those of these numbers that this person may open, in the order given."""
    asked, found = list(dict.fromkeys(numbers)), dict[str, Record]()
    for start in range(0, len(asked), AT_ONCE):
        part = asked[start : start + AT_ONCE]
        reports = select(InboxReport).where(
            col(InboxReport.case_number).in_(part), *reports_seen_by(session, who)
        )
        found.update({report.case_number: report for report in session.exec(reports)})
        if who.may(Permission.CASES):
            cases = select(CaseFile).where(col(CaseFile.reference).in_(part), may_open(who))
            found.update({case.reference: case for case in session.exec(cases)})
    return {number: Seen(number, found[number]) for number in asked if number in found}


def record_for(session: Session, act: Act, number: str) -> Record:
    """Return a case or a report to change it, by its own door; raise CaseNotFound or ReportNotFound."""
    try:
        return case_for(session, act, number, to_change=True)
    except CaseNotFound:
        return report_for(session, act.who, number, to_change=True)


def number_of(record: Record) -> str:
    """Return the case number of a report or case."""
    return record.reference if isinstance(record, CaseFile) else record.case_number


def case_id_of(record: Record) -> UUID | None:
    """Return the case to whose chain events go; None is the office's."""
    return record.id if isinstance(record, CaseFile) else None


def report_of(record: Record) -> str | None:
    """Return the number an event in the office's chain names; a case's own chain names none."""
    return None if isinstance(record, CaseFile) else record.case_number

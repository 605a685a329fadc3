"""What supervisors are told of the deadlines by mail, once a week: counts, and nothing that shows a case.

Whatever sends it reads days and states. It holds no key, and its mail names no case, person or matter. Cases
against the city are not counted: whoever reads it may lack their key, and a sum would tell of them.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlmodel import Session, col, func, select

from casework.cases.tables import CaseFile
from casework.deadlines.queries import rule_of
from casework.deadlines.rules import scan_due_before
from casework.deadlines.still_open import lacks_scan
from casework.deadlines.tables import OPEN, Deadline
from office.languages import Language, mark
from office.vocabulary import Calendar

SUBJECT: Final = mark("This week's list")
LINES: Final = {
    "overdue": mark("Past their last day and not settled: %(num)s"),
    "today": mark("Last day today: %(num)s"),
    "week": mark("Last day within seven days: %(num)s"),
    "unconfirmed": mark("Confirmed by no lawyer: %(num)s"),
    "unscanned": mark("Without a list of what runs, after three working days: %(num)s"),
}
WHERE: Final = mark("Which they are is at the desk, behind your own sign-in.")


@dataclass(frozen=True, slots=True)
class Week:
    """How many deadlines of open cases ask for something, and how many cases lack a scan, by `LINES`."""

    counts: dict[str, int]

    def told(self, language: Language) -> str:
        """Return the text of the mail."""
        lines = [
            language.gettext(LINES[what], num=language.number(count)) for what, count in self.counts.items()
        ]
        return "\n".join([*lines, "", language.gettext(WHERE)])


def week_of(session: Session, today: date, calendar: Calendar) -> Week:
    """Return the counts of all cases but those against the city, whoever has them.

    Raises:
        CalendarYearMissing: nobody has said which days are off this year.
    """
    counts = {
        which: session.exec(
            select(func.count())
            .select_from(Deadline)
            .join(CaseFile, col(CaseFile.id) == col(Deadline.case_id))
            .where(
                col(Deadline.state).in_(OPEN),
                col(CaseFile.closed_on).is_(None),
                col(CaseFile.routing_code) != "city",
                rule_of(which, today),
            )
        ).one()
        for which in ("overdue", "today", "week", "unconfirmed")
    }
    unscanned = (
        select(func.count())
        .select_from(CaseFile)
        .where(lacks_scan(scan_due_before(calendar, today)), col(CaseFile.routing_code) != "city")
    )
    return Week({**counts, "unscanned": session.exec(unscanned).one()})

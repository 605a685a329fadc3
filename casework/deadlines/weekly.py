"""What supervisors are told of deadlines, remedies and hearings, once a week: counts that show no case.

Whatever sends it reads days and states. It holds no key, and its mail names no case, person or matter. Cases
against the city are not counted: whoever reads it may lack their key, and a sum would tell of them.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlmodel import Session, col, func, select

from casework.cases.tables import CaseFile
from casework.deadlines.conditions import rule_of
from casework.deadlines.rules import scan_due_before
from casework.deadlines.still_open import lacks_scan
from casework.deadlines.tables import OPEN, Deadline
from casework.hearings.reminding import in_the_week
from casework.tracks.looks import look_is
from casework.tracks.tables import Remedy
from office.languages import Language, mark
from office.vocabulary import City

SUBJECT: Final = mark("This week's list")
LINES: Final = {
    "overdue": mark("Past their last day and not settled: %(num)s"),
    "today": mark("Last day today: %(num)s"),
    "week": mark("Last day within seven days: %(num)s"),
    "unconfirmed": mark("Confirmed by no lawyer: %(num)s"),
    "unscanned": mark("Without a list of what runs, after three working days: %(num)s"),
    "remedies": mark("Remedies nobody has looked at on the day noted: %(num)s"),
    "hearings": mark("Hearings today or within seven days: %(num)s"),
}
WHERE: Final = mark("Which they are is at the desk, behind your own sign-in.")


@dataclass(frozen=True, slots=True)
class Week:
    """How many deadlines, cases without a scan, remedies and hearings ask for something, by `LINES`."""

    counts: dict[str, int]

    def told(self, language: Language) -> str:
        """Return the text of the mail."""
        lines = [
            language.gettext(LINES[what], num=language.number(count)) for what, count in self.counts.items()
        ]
        return "\n".join([*lines, "", language.gettext(WHERE)])


def week_of(session: Session, today: date, city: City) -> Week:
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
                rule_of(which, today, city),
            )
        ).one()
        for which in ("overdue", "today", "week", "unconfirmed")
    }
    unscanned = (
        select(func.count())
        .select_from(CaseFile)
        .where(lacks_scan(scan_due_before(city.calendar, today)), col(CaseFile.routing_code) != "city")
    )
    remedies = (
        select(func.count())
        .select_from(Remedy)
        .join(CaseFile, col(CaseFile.id) == col(Remedy.case_id))
        .where(
            col(CaseFile.closed_on).is_(None),
            col(CaseFile.routing_code) != "city",
            look_is(lambda day: day < today),
        )
    )
    told = {"unscanned": unscanned, "remedies": remedies}
    others = {which: session.exec(wanted).one() for which, wanted in told.items()}
    return Week({**counts, **others, "hearings": in_the_week(session, today)})

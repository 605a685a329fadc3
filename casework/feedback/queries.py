"""What people said at the end: counted by quarter, and the matters in which something is to be learned."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import Session, col, func

from casework.cases.queries import may_open
from casework.cases.tables import CaseFile
from casework.feedback.rules import SAID, Band, band_of
from casework.feedback.tables import Feedback
from casework.inbox.tables import InboxReport
from casework.staff.keys import names_held
from casework.staff.sessions import SignedIn
from casework.timeline.queries import names_of
from office.clock import month_of, quarter_of

SHOWN = 25


@dataclass(frozen=True, slots=True)
class Quarter:
    """What was said in one quarter, in bands, and how many have not been opened yet."""

    quarter: str
    said: dict[str, Band]
    waiting: Band


@dataclass(frozen=True, slots=True)
class NotHelped:
    """A case whose person said that it did not help, or a report that was settled without a case.

    Attributes:
        case_number: of the case or report.
        received_on: the day on which this came.
        adviser: who has the case.
        reason: why the report was settled without one, as a code; empty for a case.
        settled_on: the day on which it was.
    """

    case_number: str
    received_on: date
    adviser: str = ""
    reason: str = ""
    settled_on: date | None = None

    @property
    def path(self) -> str:
        """Its address, below the language."""
        return f"inbox/{self.case_number}" if self.reason else f"cases/{self.case_number}"


def by_quarter(session: Session) -> list[Quarter]:
    """Return what was said, by the quarter in which it came, the newest first."""
    rows = session.execute(
        select(col(Feedback.received_on), col(Feedback.helped_code), func.count())
        .where(col(Feedback.helped_code).is_not(None) | col(Feedback.opened_on).is_(None))
        .group_by(col(Feedback.received_on), col(Feedback.helped_code))
    ).all()
    counted: dict[str, Counter[str]] = {}
    for day, code, count in rows:
        counted.setdefault(quarter_of(month_of(day)), Counter())[code or "waiting"] += count
    return [
        Quarter(quarter, {code: band_of(counts[code]) for code in SAID}, band_of(counts["waiting"]))
        for quarter, counts in sorted(counted.items(), reverse=True)
    ]


def not_helped(session: Session, who: SignedIn) -> list[NotHelped]:
    """Return the newest cases and reports this person may open whose person said that it did not help."""
    found = [*_cases(session, who), *_reports(session, who)]
    return sorted(found, key=lambda one: one.received_on, reverse=True)[:SHOWN]


def _cases(session: Session, who: SignedIn) -> list[NotHelped]:
    rows = session.execute(
        select(col(Feedback.case_number), col(Feedback.received_on), col(CaseFile.assigned_to))
        .join(CaseFile, col(CaseFile.reference) == col(Feedback.case_number))
        .where(col(Feedback.helped_code) == "no", may_open(who))
        .order_by(col(Feedback.received_on).desc(), col(Feedback.id))
        .limit(SHOWN)
    ).all()
    names = names_of(session, [adviser for _, _, adviser in rows])
    return [NotHelped(number, day, names.get(adviser, "")) for number, day, adviser in rows]


def _reports(session: Session, who: SignedIn) -> list[NotHelped]:
    rows = session.execute(
        select(
            col(Feedback.case_number),
            col(Feedback.received_on),
            col(InboxReport.reason_code),
            col(InboxReport.settled_on),
        )
        .join(InboxReport, col(InboxReport.case_number) == col(Feedback.case_number))
        .where(
            col(Feedback.helped_code) == "no",
            col(InboxReport.state) == "not_taken_up",
            col(InboxReport.key_name).in_(names_held(session, who.id)),
        )
        .order_by(col(Feedback.received_on).desc(), col(Feedback.id))
        .limit(SHOWN)
    ).all()
    return [
        NotHelped(number, day, reason=reason, settled_on=settled) for number, day, reason, settled in rows
    ]

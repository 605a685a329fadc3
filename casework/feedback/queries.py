"""What people said at the end: counted by quarter, and the cases in which something is to be learned."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import Session, col, func

from casework.cases.queries import may_open
from casework.cases.tables import CaseFile
from casework.feedback.rules import SAID, Band, band_of
from casework.feedback.tables import Feedback
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
    """A case whose person said that it did not help."""

    case_number: str
    received_on: date
    adviser: str


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
    """Return the newest cases this person may open of which somebody said that it did not help."""
    rows = session.execute(
        select(col(Feedback.case_number), col(Feedback.received_on), col(CaseFile.assigned_to))
        .join(CaseFile, col(CaseFile.reference) == col(Feedback.case_number))
        .where(col(Feedback.helped_code) == "no", may_open(who))
        .order_by(col(Feedback.received_on).desc(), col(Feedback.id))
        .limit(SHOWN)
    ).all()
    names = names_of(session, [adviser for _, _, adviser in rows])
    return [NotHelped(number, day, names.get(adviser, "")) for number, day, adviser in rows]

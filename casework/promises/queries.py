"""What is late: for whoever may open it by number, for the head of the office in counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, null, select
from sqlmodel import Session, col, func

from casework.cases.queries import may_open
from casework.cases.tables import CaseFile
from casework.inbox.tables import InboxReport
from casework.promises.rules import PROMISES, last_late_week
from casework.staff.keys import names_held
from casework.staff.sessions import SignedIn
from casework.timeline.queries import names_of
from office.deadlines.promises import ACKNOWLEDGEMENT, FIRST_ANSWER, kept_by
from office.vocabulary import City

Rules = tuple[ColumnElement[bool], ...]
SHOWN: Final = 50
"""Lines of each promise that are shown; the count says how many there are."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is late: the number of a case or report, since when, and whose it is."""

    number: str
    due: date | None
    adviser: str
    is_case: bool
    routing_code: str


@dataclass(frozen=True, slots=True)
class Late:
    """One promise: how often it is late, and the oldest of those that may be seen."""

    promise: str
    count: int
    lines: tuple[Line, ...] = ()


def late_counts(session: Session, city: City, today: date, who: SignedIn | None = None) -> dict[str, int]:
    """Return how many are late, by promise: of those `who` may open, or of the whole office."""
    counts = dict.fromkeys(PROMISES, 0)
    for promise, rules in _late(session, city, today, who).items():
        table = _table(promise)
        counts[promise] = session.execute(select(func.count()).select_from(table).where(*rules)).scalar_one()
    return counts


def late_promises(session: Session, city: City, today: date, who: SignedIn) -> list[Late]:
    """Return what is late among what this person may open, the oldest weeks first."""
    counts = late_counts(session, city, today, who)
    found = []
    for promise, rules in _late(session, city, today, who).items():
        rows = session.execute(_oldest(promise, rules)).all()
        names = names_of(session, [row.assigned_to for row in rows if row.assigned_to])
        lines = tuple(
            Line(
                row.number,
                kept_by(city, promise, row.week),
                names.get(row.assigned_to, ""),
                _table(promise) is CaseFile,
                row.routing_code,
            )
            for row in rows
        )
        found.append(Late(promise, counts[promise], lines))
    return found


def _table(promise: str) -> type[CaseFile] | type[InboxReport]:
    return InboxReport if promise == ACKNOWLEDGEMENT else CaseFile


def _oldest(promise: str, rules: Rules) -> Select[Any]:
    if _table(promise) is InboxReport:
        week = col(InboxReport.iso_week)
        columns: tuple[Any, ...] = (
            col(InboxReport.case_number).label("number"),
            week.label("week"),
            col(InboxReport.routing_code).label("routing_code"),
            null().label("assigned_to"),  # nobody's yet
        )
        return select(*columns).where(*rules).order_by(week, col(InboxReport.id)).limit(SHOWN)
    week = col(CaseFile.reported_week)
    columns = (
        col(CaseFile.reference).label("number"),
        week.label("week"),
        col(CaseFile.routing_code).label("routing_code"),
        col(CaseFile.assigned_to).label("assigned_to"),
    )
    return select(*columns).where(*rules).order_by(week, col(CaseFile.id)).limit(SHOWN)


def _late(session: Session, city: City, today: date, who: SignedIn | None) -> Mapping[str, Rules]:
    """Return the conditions under which each promise is late; one nobody made is not among them."""
    late: dict[str, Rules] = {}
    for promise in PROMISES:
        week = last_late_week(city, promise, today)
        if week is None:
            continue
        if promise == ACKNOWLEDGEMENT:
            own: Rules = (
                col(InboxReport.state) == "received",
                col(InboxReport.opened_on).is_(None),
                col(InboxReport.iso_week) <= week,
            )
            seen: Rules = () if who is None else (col(InboxReport.key_name).in_(names_held(session, who.id)),)
        else:
            own = (col(CaseFile.closed_on).is_(None), col(CaseFile.reported_week) <= week)
            if promise == FIRST_ANSWER:
                can_read = col(CaseFile.reporter_public_key).is_not(None)
                own = (*own, col(CaseFile.first_answered_on).is_(None), can_read)
            seen = () if who is None else (may_open(who),)
        late[promise] = (*own, *seen)
    return late

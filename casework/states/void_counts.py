"""How many cases are void, by the month in which they became so and by reason: seen by those who look on.

Only what there is has a line, so that what somebody may not know of never shows as none.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from casework.cases.queries import may_open
from casework.cases.tables import CaseFile
from casework.conflicts.guards import kept_out
from casework.staff.sessions import SignedIn
from casework.states.tables import VOID, ClosingRequest
from office.clock import month_of

DAYS_BACK: Final = 366


@dataclass(frozen=True, slots=True)
class VoidCount:
    """So many cases became void in a month for a reason, a code of `void_rules.REASONS`."""

    month: str
    reason: str
    cases: int


def voids_seen_by(session: Session, who: SignedIn, today: date) -> list[VoidCount]:
    """Return the counts of the cases that somebody may open, the newest month first."""
    return _counted(_void(session, today, may_open(who)).values())


def voids_for_head(session: Session, head_id: UUID, today: date) -> list[VoidCount]:
    """Return the counts of all cases but those this head keeps out of, the newest month first."""
    found = _void(session, today)
    return _counted([one for own, one in found.items() if head_id not in kept_out(session, own)])


def _void(session: Session, today: date, *rules: ColumnElement[bool]) -> dict[UUID, tuple[str, str]]:
    """Return month and reason of each void case, as it became so last."""
    wanted = (
        select(CaseFile, ClosingRequest)
        .join(ClosingRequest, col(ClosingRequest.case_id) == col(CaseFile.id))
        .where(
            col(CaseFile.voided_on) >= today - timedelta(days=DAYS_BACK),
            ClosingRequest.kind_code == VOID,
            ClosingRequest.settled_code == "closed",
            *rules,
        )
        .order_by(col(ClosingRequest.seq))
    )
    return {
        case.id: (month_of(case.voided_on), row.reason_code)
        for case, row in session.exec(wanted)
        if case.voided_on
    }


def _counted(found: Iterable[tuple[str, str]]) -> list[VoidCount]:
    counts = Counter(found)
    by_reason = sorted(counts.items(), key=lambda one: one[0][1])
    return [
        VoidCount(month, reason, cases)
        for (month, reason), cases in sorted(by_reason, key=lambda one: one[0][0], reverse=True)
    ]

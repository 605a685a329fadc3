"""Which hearings come near, for mails that tell how many. Days and states only: nothing is opened.

Whoever reads this here holds no key, and may read neither the hour of a hearing nor what it is.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlmodel import Session, col, func, select

from casework.cases.queries import held_by
from casework.cases.tables import CaseFile
from casework.hearings.rules import SET
from casework.hearings.tables import CaseHearing

AHEAD: Final[Sequence[int]] = tuple(
    sorted(
        {0, *tomllib.loads(Path(__file__).with_name("alerts.toml").read_text("utf-8"))["days_ahead"]},
        reverse=True,
    )
)
"""Days left on which somebody is warned, the most first; 0 is the day itself."""
A_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class NearHearing:
    """A hearing of which somebody is to be warned; `step` is the warning reached, one of `AHEAD`."""

    id: UUID
    case_id: UUID
    on: date
    step: int

    @property
    def warned_on(self) -> date:
        """The first day of that warning."""
        return self.on - timedelta(days=self.step)


def near_hearings(session: Session, staff_id: UUID, today: date) -> list[NearHearing]:
    """Return the hearings that come near of the open cases somebody has and can open, the earliest first.

    Of one that was held, missed, cancelled or put off nobody is warned, nor of a day that is past.
    """
    wanted = (
        select(col(CaseHearing.id), col(CaseHearing.case_id), col(CaseHearing.on_day))
        .join(CaseFile, col(CaseFile.id) == col(CaseHearing.case_id))
        .where(
            CaseHearing.state_code == SET,
            col(CaseHearing.on_day).between(today, today + timedelta(days=AHEAD[0])),
            col(CaseFile.closed_on).is_(None),
            col(CaseFile.assigned_to) == staff_id,
            held_by(staff_id),
        )
        .order_by(col(CaseHearing.on_day), col(CaseHearing.id))
    )
    return [
        NearHearing(id, case_id, on, min(step for step in AHEAD if (on - today).days <= step))
        for id, case_id, on in session.exec(wanted)
    ]


def in_the_week(session: Session, today: date) -> int:
    """Return how many hearings are today or within seven days, of all cases but those against the city."""
    wanted = (
        select(func.count())
        .select_from(CaseHearing)
        .join(CaseFile, col(CaseFile.id) == col(CaseHearing.case_id))
        .where(
            CaseHearing.state_code == SET,
            col(CaseHearing.on_day).between(today, today + A_WEEK),
            col(CaseFile.closed_on).is_(None),
            col(CaseFile.routing_code) != "city",
        )
    )
    return session.exec(wanted).one()

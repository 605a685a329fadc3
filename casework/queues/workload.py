"""How much work each adviser has, as a help for whoever gives cases away. Nobody is ranked by it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from casework.cases.holders import possible_advisers
from casework.cases.queries import may_open
from casework.cases.tables import CaseFile
from casework.deadlines.tables import OPEN, Deadline
from casework.merges.standing import stands_under
from casework.queues.rules import weight
from casework.staff.sessions import SignedIn


@dataclass(frozen=True, slots=True)
class Load:
    """The open cases of one adviser, of those the reader may open."""

    adviser_id: UUID
    name: str
    cases: int
    soon: int
    danger: int
    deadlines: int
    proceedings: int

    @property
    def weight(self) -> int:
        """What they weigh together, by the office's own weights."""
        return weight(
            {
                "case": self.cases,
                "soon": self.soon,
                "danger": self.danger,
                "deadline": self.deadlines,
                "proceedings": self.proceedings,
            }
        )


def loads(session: Session, who: SignedIn) -> Sequence[Load]:
    """Return the workload of everybody who may be given cases, by name; only of cases the reader may open.

    Cases read together are one case with the deadlines of all of them.
    """
    urgency, stage = col(CaseFile.urgency_code), col(CaseFile.stage_code)
    seen = (may_open(who), col(CaseFile.closed_on).is_(None))
    counted = session.execute(
        columns(
            col(CaseFile.assigned_to),
            func.count(),
            func.count().filter(urgency == "soon"),
            func.count().filter(urgency == "danger"),
            func.count().filter(stage == "proceedings"),
        )
        .where(*seen, ~stands_under())
        .group_by(col(CaseFile.assigned_to))
    )
    deadlines = session.exec(
        select(CaseFile.assigned_to, func.count())
        .join(Deadline, col(Deadline.case_id) == col(CaseFile.id))
        .where(*seen, col(Deadline.state).in_(OPEN))
        .group_by(col(CaseFile.assigned_to))
    )
    binding = defaultdict(int, deadlines.all())
    own = {person: numbers for person, *numbers in counted}
    found = []
    for person in possible_advisers(session, routing_code="normal"):
        cases, soon, danger, proceedings = own.get(person.id, (0, 0, 0, 0))
        found.append(
            Load(person.id, person.display_name, cases, soon, danger, binding[person.id], proceedings)
        )
    return found

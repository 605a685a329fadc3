"""How much work each adviser has, as a help for whoever gives cases away. Nobody is ranked by it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from casework.cases.holders import possible_advisers
from casework.cases.queries import may_open
from casework.cases.tables import CaseFile
from casework.deadlines.tables import OPEN, Deadline
from casework.hearings.standing import soon_by_adviser
from casework.merges.standing import stands_under
from casework.queues.rules import weight
from casework.staff.sessions import SignedIn
from casework.tasks.on_hold import is_held
from casework.tracks.queries import weighed_tracks


@dataclass(frozen=True, slots=True)
class Load:
    """The open cases of one adviser, of those the reader may open.

    `held` are those in which somebody outside acts next: they weigh nothing until that day is past, but
    their deadlines and hearings do, for these run on.
    """

    adviser_id: UUID
    name: str
    cases: int
    soon: int
    danger: int
    deadlines: int
    proceedings: int
    tracks: int
    pending: int
    hearings: int
    held: int

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
                "track": self.tracks,
                "pending": self.pending,
                "hearing": self.hearings,
            }
        )


def loads(session: Session, who: SignedIn, today: date) -> Sequence[Load]:
    """Return the workload of everybody who may be given cases, by name; only of cases the reader may open.

    Cases read together are one case with the deadlines of all of them.
    """
    urgency, stage, held = col(CaseFile.urgency_code), col(CaseFile.stage_code), is_held(today)
    seen = (may_open(who), col(CaseFile.closed_on).is_(None))
    counted = session.execute(
        columns(
            col(CaseFile.assigned_to),
            func.count().filter(~held),
            func.count().filter(~held, urgency == "soon"),
            func.count().filter(~held, urgency == "danger"),
            func.count().filter(~held, stage == "proceedings"),
            func.count().filter(held),
        )
        .where(*seen, ~stands_under(who))
        .group_by(col(CaseFile.assigned_to))
    )
    deadlines = session.exec(
        select(CaseFile.assigned_to, func.count())
        .join(Deadline, col(Deadline.case_id) == col(CaseFile.id))
        .where(*seen, col(Deadline.state).in_(OPEN))
        .group_by(col(CaseFile.assigned_to))
    )
    binding = defaultdict(int, deadlines.all())
    hearings = soon_by_adviser(session, today, *seen)
    tracks = weighed_tracks(session, *seen, ~held)
    own = {person: numbers for person, *numbers in counted}
    found = []
    for person in possible_advisers(session, routing_code="normal"):
        cases, soon, danger, proceedings, waiting = own.get(person.id, (0, 0, 0, 0, 0))
        open_ones, pending = tracks.get(person.id, (0, 0))
        found.append(
            Load(
                person.id,
                person.display_name,
                cases,
                soon,
                danger,
                binding[person.id],
                proceedings,
                open_ones,
                pending,
                hearings.get(person.id, 0),
                waiting,
            )
        )
    return found

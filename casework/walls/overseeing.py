"""What is overseen of the walls: how many, which days, how often somebody looked; never what is inside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.tables import CaseFile, CaseKeyGrant
from casework.timeline.tables import Event
from casework.traces.rules import sort_of
from casework.walls.standing import people_of_service
from casework.walls.tables import CityWall

LOOKS = ("read", "taken")


@dataclass(frozen=True, slots=True)
class SeenWall:
    """One wall as it is overseen.

    Attributes:
        wall: its days, its cause and whether the person was told of the way outside.
        number: of its case, for the data protection officer's questions about it.
        looks: pages of the case that were opened or printed since it rose.
        readers: how many people opened them.
        holders: how many people can open it now.
    """

    wall: CityWall
    number: str
    looks: int
    readers: int
    holders: int


def walls_seen(session: Session, act: Act) -> list[SeenWall]:
    """Return every wall there is or was, the newest first, but those whose service is the reader's own."""
    rows = session.exec(
        select(CityWall, CaseFile)
        .join(CaseFile, col(CaseFile.id) == col(CityWall.case_id))
        .order_by(col(CityWall.risen_on).desc(), col(CaseFile.reference), col(CityWall.id))
    ).all()
    return [
        _seen(session, wall, case, act)
        for wall, case in rows
        if act.who.id not in people_of_service(session, wall.service_code, act)
    ]


def in_months(walls: Sequence[SeenWall]) -> list[tuple[str, int, int]]:
    """Return the months in which walls rose, the newest first: how many rose, how many of them stand."""
    months: dict[str, list[CityWall]] = {}
    for one in walls:
        months.setdefault(one.wall.risen_on.isoformat()[:7], []).append(one.wall)
    return [(month, len(own), sum(wall.down_on is None for wall in own)) for month, own in months.items()]


def _seen(session: Session, wall: CityWall, case: CaseFile, act: Act) -> SeenWall:
    since = datetime.combine(wall.risen_on, time.min, act.zone).astimezone(UTC)
    events = session.exec(
        select(Event.kind, Event.by).where(Event.chain == str(case.id), col(Event.at) >= since)
    ).all()
    looks = [by for kind, by in events if by is not None and sort_of(kind) in LOOKS]
    return SeenWall(wall, case.reference, len(looks), len(set(looks)), _holders(session, case))


def _holders(session: Session, case: CaseFile) -> int:
    return len(
        session.exec(
            select(CaseKeyGrant.holder_id).where(
                CaseKeyGrant.case_id == case.id,
                CaseKeyGrant.version == case.key_version,
                col(CaseKeyGrant.revoked_on).is_(None),
            )
        ).all()
    )

"""Further reasons for which somebody keeps out of a case.

A wall is one row with the reason for which it was put up first; each further one is an event of the case. So
whoever ends it sees all of them, and nobody ends what stands for a reason of their own.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.tables import CaseFile
from casework.conflicts.tables import CaseWall
from casework.timeline.actions import record
from casework.timeline.tables import Event

FURTHER: Final = "kept_out_further"
ENDED: Final = "keeping_out_ended"


@dataclass(frozen=True, slots=True)
class Further:
    """One more reason: what somebody is to the case, who put it on record and when."""

    relation: str
    by: UUID
    on: date


def note_further(session: Session, case: CaseFile, wall: CaseWall, relation: str, act: Act) -> None:
    """Note one more reason on the record of a case; one that stands already is noted once."""
    if (relation, act.who.id) == (wall.relation_code, wall.made_by):
        return
    known = further_of(session, {case.id}, wall.staff_id)
    if all((one.relation, one.by) != (relation, act.who.id) for one in known):
        told = {"subject": str(wall.staff_id), "relation": relation}
        record(session, "kept_out_further", at=act.at, by=act.who.id, case_id=case.id, **told)


def further_of(session: Session, case_ids: Collection[UUID], staff_id: UUID) -> list[Further]:
    """Return the further reasons that stand in any of these cases, the oldest first in each."""
    chains = sorted(str(one) for one in case_ids)
    wanted = select(Event).where(col(Event.chain).in_(chains), col(Event.kind).in_((FURTHER, ENDED)))
    found: dict[str, list[Further]] = {}
    for one in session.exec(wanted.order_by(col(Event.chain), col(Event.seq))):
        detail = json.loads(one.detail)
        if detail.get("subject") != str(staff_id):
            continue
        if one.kind == FURTHER and one.by is not None:
            found.setdefault(one.chain, []).append(Further(detail["relation"], one.by, one.at.date()))
        else:
            found.pop(one.chain, None)
    return [one for chain in sorted(found) for one in found[chain]]


def standing_as(wall: CaseWall, further: Collection[Further]) -> str:
    """Return how a form names what it ends: another wall, or one more reason, and it is not that any more."""
    return f"{wall.staff_id}.{wall.id}.{len(further)}"

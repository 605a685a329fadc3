"""What a person says their report is about, and which links were confirmed; of a walled side, nothing."""

import json
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, or_, select

from casework.incidents.tables import CaseLink
from casework.seeing import Seen, seen
from casework.staff.sessions import SignedIn
from casework.timeline.rules import OFFICE
from casework.timeline.tables import Event
from office.handover.report import ReportStory

DECLINED = "link_declined"


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of another report. `seen` is None where the reader may not open that one."""

    relation: str
    number: str
    seen: Seen | None
    is_declined: bool


@dataclass(frozen=True, slots=True)
class Linked:
    """A confirmed link as it is seen from one side. `follows`: this one is about the other."""

    relation: str
    follows: bool
    seen: Seen


def said_about(
    session: Session, who: SignedIn, story: ReportStory, number: str, case_id: UUID | None
) -> Said | None:
    """Return what the person says their report is about, until somebody has confirmed it."""
    about = story.about
    if about is None or about.case_number == number or link_between(session, number, about.case_number):
        return None
    other = seen(session, who, [about.case_number]).get(about.case_number)
    declined = other is not None and _is_declined(session, number, about.case_number, case_id)
    return Said(about.relation, about.case_number, other, declined)


def linked(session: Session, who: SignedIn, number: str) -> list[Linked]:
    """Return the confirmed links of a report or case whose other side this person may open too."""
    wanted = select(CaseLink).where(or_(CaseLink.from_number == number, CaseLink.to_number == number))
    found = session.exec(wanted.order_by(col(CaseLink.made_on), col(CaseLink.id))).all()
    others = {link.id: link.to_number if link.from_number == number else link.from_number for link in found}
    visible = seen(session, who, others.values())
    return [
        Linked(link.relation, link.from_number == number, visible[others[link.id]])
        for link in found
        if others[link.id] in visible
    ]


def link_between(session: Session, one: str, other: str) -> CaseLink | None:
    """Return the confirmed link of two numbers, whichever follows the other."""
    pair = (one, other)
    wanted = select(CaseLink).where(col(CaseLink.from_number).in_(pair), col(CaseLink.to_number).in_(pair))
    return session.exec(wanted).first()


def _is_declined(session: Session, number: str, other: str, case_id: UUID | None) -> bool:
    """Say whether somebody declined it, while it was a report or since it is a case."""
    chains = [OFFICE, *([str(case_id)] if case_id else [])]
    wanted = select(Event.detail).where(Event.kind == DECLINED, col(Event.chain).in_(chains))
    told = (json.loads(detail) for detail in session.exec(wanted))
    return any(one.get("own") == number and one.get("other") == other for one in told)

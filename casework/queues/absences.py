"""Who is away, who covers, and what the cover sees: numbers and days, never what a key would open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.holders import can_hold
from casework.cases.queries import held_by
from casework.cases.tables import CaseFile
from casework.conflicts.guards import kept_out
from casework.deadlines.conditions import act_on, is_ours
from casework.deadlines.tables import OPEN, Deadline
from casework.hearings.standing import hearings_until
from casework.hearings.tables import CaseHearing
from casework.queues.errors import AbsenceNotFound, AbsencesOverlap
from casework.queues.tables import Absence
from casework.staff.rules import Permission
from casework.timeline.actions import hold_office, record
from casework.timeline.queries import names_of
from office.stores.keyroom import Staff

LONGEST_DAYS: Final = 366


@dataclass(frozen=True, slots=True)
class Away:
    """An absence with the names of who is away and who covers."""

    absence: Absence
    name: str
    cover: str


@dataclass(frozen=True, slots=True)
class CoveredCase:
    """A case of somebody who is away, as the cover sees it.

    Attributes:
        deadlines: days to act by that still bind and fall before the absence ends, the earliest first.
        hearings: days and hours of its hearings that fall before the absence ends, the earliest first.
        next_on: the day by which the person hears again, if it falls before the absence ends.
        may_open: the cover holds the key of it anyway.
    """

    case: CaseFile
    deadlines: Sequence[Deadline]
    hearings: Sequence[CaseHearing]
    next_on: date | None
    may_open: bool

    @property
    def first_on(self) -> date:
        """The first day on which something is due; the last day there is, if nothing is."""
        days = [*(row.act_on for row in self.deadlines), *(row.on_day for row in self.hearings)]
        return min([*days, *([self.next_on] if self.next_on else [])], default=date.max)


def note_absence(
    session: Session, person: Staff, cover: Staff, first_on: date, last_on: date, act: Act
) -> None:
    """Note that somebody is away and who covers; the form has checked who may be named.

    Raises:
        AbsencesOverlap: another absence of theirs that is not ended has some of these days.
    """
    hold_office(session)
    others = select(Absence.id).where(
        Absence.staff_id == person.id,
        col(Absence.ended_on).is_(None),
        col(Absence.first_on) <= last_on,
        col(Absence.last_on) >= first_on,
    )
    if session.exec(others.limit(1)).first() is not None:
        raise AbsencesOverlap
    session.add(
        Absence(
            staff_id=person.id,
            cover_id=cover.id,
            first_on=first_on,
            last_on=last_on,
            made_by=act.who.id,
            made_on=act.on,
        )
    )
    record(
        session,
        "absence_noted",
        at=act.at,
        by=act.who.id,
        subject=str(person.id),
        cover=str(cover.id),
        first_on=first_on.isoformat(),
        last_on=last_on.isoformat(),
    )


def end_absence(session: Session, written: str, act: Act) -> None:
    """End an absence: one's own, or anybody's for a supervisor.

    Raises:
        AbsenceNotFound: there is none, it is ended, or somebody else's.
    """
    try:
        own = UUID(written)
    except ValueError:
        raise AbsenceNotFound from None
    found = session.exec(select(Absence).where(col(Absence.id) == own).with_for_update()).first()
    if found is None or found.ended_on is not None or not may_end(found, act):
        raise AbsenceNotFound
    found.ended_on, found.ended_by = act.on, act.who.id
    session.add(found)
    record(session, "absence_ended", at=act.at, by=act.who.id, subject=str(found.staff_id))


def may_end(absence: Absence, act: Act) -> bool:
    """Say whether whoever acts may end this absence."""
    return absence.staff_id == act.who.id or act.who.may(Permission.SUPERVISE)


def absences(session: Session, today: date) -> list[Away]:
    """Return who is away now or will be, the first first."""
    wanted = select(Absence).where(col(Absence.ended_on).is_(None), col(Absence.last_on) >= today)
    rows = session.exec(wanted.order_by(col(Absence.first_on), col(Absence.id))).all()
    names = names_of(session, [id for row in rows for id in (row.staff_id, row.cover_id)])
    return [Away(row, names.get(row.staff_id, ""), names.get(row.cover_id, "")) for row in rows]


def covered(session: Session, act: Act) -> list[tuple[Away, list[CoveredCase]]]:
    """Return what whoever acts covers today: each absence with the cases of who is away.

    A case of which they keep out, or against the city without the key for it, is not there at all.
    """
    person = session.get_one(Staff, act.who.id)
    ours = [one for one in absences(session, act.on) if _covers(one.absence, act)]
    return [(away, _cases(session, away.absence, person)) for away in ours]


def covered_total(session: Session, act: Act) -> int:
    """Return how many cases whoever acts covers today."""
    return sum(len(cases) for _, cases in covered(session, act))


def _covers(absence: Absence, act: Act) -> bool:
    return absence.cover_id == act.who.id and absence.first_on <= act.on


def _cases(session: Session, absence: Absence, cover: Staff) -> list[CoveredCase]:
    wanted = select(CaseFile, held_by(cover.id)).where(
        CaseFile.assigned_to == absence.staff_id, col(CaseFile.closed_on).is_(None)
    )
    rows = [
        (case, bool(holds))
        for case, holds in session.exec(wanted.order_by(col(CaseFile.id)))
        if can_hold(session, cover, routing_code=case.routing_code, without=kept_out(session, case.id))
    ]
    due: dict[UUID, list[Deadline]] = {case.id: [] for case, _ in rows}
    binding = select(Deadline).where(
        col(Deadline.case_id).in_(due),
        col(Deadline.state).in_(OPEN),
        is_ours(),
        act_on() <= absence.last_on,
    )
    for deadline in session.exec(binding.order_by(act_on(), col(Deadline.id))):
        due[deadline.case_id].append(deadline)
    hearings = hearings_until(session, due, absence.last_on)
    found = []
    for case, holds in rows:
        promised = case.next_on if case.next_on and case.next_on <= absence.last_on else None
        found.append(CoveredCase(case, due[case.id], hearings.get(case.id, ()), promised, holds))
    return sorted(found, key=lambda one: (one.first_on, one.case.reference))

"""Which wall stands around a case, and who of the staff belongs to a service of the city."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.tables import CaseFile
from casework.walls.rules import UNNAMED, counts, touches
from casework.walls.tables import CityWall, StaffService

TURN: Final = 7_201
"""Number of the PostgreSQL advisory lock that lets one at a time write a wall or who belongs to a service."""
APART = "city"
"""The routing of a case that stands apart, as the envelope of a report against the city says it."""


def is_apart(case: CaseFile) -> bool:
    """Say whether a case stands apart."""
    return case.routing_code == APART


def wall_of(session: Session, case: CaseFile, *, hold: bool = False) -> CityWall | None:
    """Return the wall that stands around a case; `hold` it for a change."""
    wanted = select(CityWall).where(CityWall.case_id == case.id, col(CityWall.down_on).is_(None))
    if hold:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return session.exec(wanted).first()


def declarations(session: Session, staff_id: UUID | None = None) -> Sequence[StaffService]:
    """Return what was declared of one member of staff, or of all, the newest first."""
    wanted = select(StaffService)
    if staff_id is not None:
        wanted = wanted.where(StaffService.staff_id == staff_id)
    return session.exec(
        wanted.order_by(
            col(StaffService.declared_on).desc(), col(StaffService.service_code), col(StaffService.id)
        )
    ).all()


def hold_belonging(session: Session) -> None:
    """Wait for whoever is just saying who belongs to a service, or raising a wall; they wait for this too.

    Each reads what the other writes, so one must see the other's. Whoever holds cases held them before.
    """
    if session.get_bind().dialect.name == "postgresql":  # on SQLite one writes at a time anyway
        session.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": TURN})


def people_of_service(session: Session, service: str, act: Act) -> frozenset[UUID]:
    """Return who works for, manages or depends on a service, or did within two years.

    Of a service nobody named, nobody: then only the key tells who may hold the case.
    """
    if not service or service == UNNAMED:
        return frozenset()
    return frozenset(
        one.staff_id
        for one in declarations(session)
        if counts(one.ended_on, act.on) and touches(one.service_code, service, act.city.services)
    )

"""Which incident a report or case belongs to, by its number. Knows nothing of who may see it."""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel import Session, col, select

from casework.incidents.tables import Incident, IncidentMember

AT_ONCE = 500


def group_word_of(session: Session, number: str) -> str | None:
    """Return the random word all accounts of the incident share, or None for a report of its own."""
    wanted = (
        select(Incident.group_word)
        .join(IncidentMember, col(IncidentMember.incident_id) == col(Incident.id))
        .where(IncidentMember.case_number == number)
    )
    return session.exec(wanted).first()


def incident_of(session: Session, number: str) -> Incident | None:
    """Return the incident a report or case belongs to; whoever may open that one may know it."""
    member = session.get(IncidentMember, number)
    return session.get(Incident, member.incident_id) if member else None


def incidents_of(session: Session, numbers: Iterable[str]) -> dict[str, UUID]:
    """Return the incident of each of these numbers that belongs to one."""
    asked, found = sorted(set(numbers)), {}
    for start in range(0, len(asked), AT_ONCE):
        part = col(IncidentMember.case_number).in_(asked[start : start + AT_ONCE])
        rows = session.exec(select(IncidentMember.case_number, IncidentMember.incident_id).where(part))
        found.update(dict(rows.all()))
    return found

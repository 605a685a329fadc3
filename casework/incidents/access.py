"""The only door to an incident: an account of it that one may open."""

from uuid import UUID

from sqlmodel import Session

from casework.acts import Act
from casework.incidents.errors import IncidentNotFound
from casework.incidents.queries import accounts_of
from casework.incidents.tables import Incident
from casework.seeing import Seen
from casework.staff.rules import Permission


def incident_for(session: Session, act: Act, incident_id: str) -> tuple[Incident, list[Seen]]:
    """Return an incident with the accounts this person may open.

    Raises:
        IncidentNotFound: there is none, or none of its accounts is theirs to open: the two look alike.
    """
    try:
        wanted = UUID(incident_id)
    except ValueError:
        raise IncidentNotFound from None
    if not act.who.may(Permission.INBOX):
        raise IncidentNotFound(incident=str(wanted))
    incident = session.get(Incident, wanted)
    if incident is None:
        raise IncidentNotFound(incident=str(wanted))
    visible = accounts_of(session, act.who, incident.id)
    if not visible:
        raise IncidentNotFound(incident=str(wanted))
    return incident, visible

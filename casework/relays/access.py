"""The only door to an access of those who file for others."""

from uuid import UUID

from sqlmodel import Session

from casework.acts import Act
from casework.relays.errors import RelayNotFound
from casework.relays.tables import Relay
from casework.staff.rules import Permission


def relay_for(session: Session, act: Act, relay_id: str) -> Relay:
    """Return the access; raise RelayNotFound alike for a missing one and for somebody it is not for."""
    if not act.who.may(Permission.STAFF):
        raise RelayNotFound
    try:
        relay = session.get(Relay, UUID(relay_id), with_for_update=True)
    except ValueError:
        raise RelayNotFound from None
    if relay is None:
        raise RelayNotFound(relay=relay_id)
    return relay

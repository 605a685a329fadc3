"""The only door to an access of those who file for others."""

from uuid import UUID

from sqlmodel import Session

from casework.acts import Act
from casework.relays.errors import RelayNotFound
from casework.relays.rules import OPERATOR
from casework.relays.tables import Relay
from casework.staff.rules import Permission


def relay_for(session: Session, act: Act, relay_id: str) -> Relay:
    """Return the access; raise RelayNotFound alike for a missing one and for somebody it is not for.

    An outreach worker ends what they made for themselves, and nothing else.
    """
    is_own_only = not act.who.may(Permission.STAFF)
    if is_own_only and not act.who.may(Permission.ASSIST):
        raise RelayNotFound
    try:
        relay = session.get(Relay, UUID(relay_id), with_for_update=True)
    except ValueError:
        raise RelayNotFound from None
    if relay is None or (is_own_only and (relay.made_by != act.who.id or relay.kind != OPERATOR)):
        raise RelayNotFound(relay=relay_id)
    return relay

"""Who may file for others, as the page lists them."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from casework.relays.rules import OPERATOR
from casework.relays.tables import Relay


def relays_made_by(session: Session, staff_id: UUID) -> Sequence[Relay]:
    """Return the accesses somebody made for themselves, to type in for people, in the same order."""
    return [one for one in all_relays(session) if one.made_by == staff_id and one.kind == OPERATOR]


def all_relays(session: Session) -> Sequence[Relay]:
    """Return every access ever given: those that hold first, then by name."""
    return session.exec(
        select(Relay).order_by(col(Relay.revoked_on).is_not(None), col(Relay.name), col(Relay.made_on))
    ).all()

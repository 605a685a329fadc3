"""Who may file for others, as the page lists them."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from casework.relays.tables import Relay


def all_relays(session: Session) -> Sequence[Relay]:
    """Return every access ever given: those that hold first, then by name."""
    return session.exec(
        select(Relay).order_by(col(Relay.revoked_on).is_not(None), col(Relay.name), col(Relay.made_on))
    ).all()

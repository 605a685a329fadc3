"""Giving somebody an access to file for others, and ending it. One act is one change and one event."""

from datetime import date
from uuid import UUID

from sqlmodel import Session

from casework.acts import Act
from casework.relays.errors import RelayAlreadyEnded
from casework.relays.queries import relays_made_by
from casework.relays.tables import Relay
from casework.timeline.actions import record
from office.sealing.relay_tokens import new_token, token_hash, token_key


def make_relay(
    session: Session, kind: str, name: str, channel_code: str, valid_until: date, act: Act
) -> tuple[Relay, str]:
    """Return a new access and its token, which is shown once and kept nowhere."""
    token = new_token()
    relay = Relay(
        kind=kind,
        name=name,
        token_hash=token_hash(token),
        public_key=token_key(token).public,
        channel_code=channel_code,
        made_on=act.on,
        made_by=act.who.id,
        valid_until=valid_until,
    )
    session.add(relay)
    session.flush()
    record(
        session,
        "relay_made",
        at=act.at,
        by=act.who.id,
        relay=str(relay.id),
        relay_kind=kind,
        channel=channel_code,
    )
    return relay, token


def end_own_relays(session: Session, staff_id: UUID, act: Act) -> None:
    """End the accesses that somebody who leaves made for themselves, to type in for people."""
    for relay in relays_made_by(session, staff_id):
        if relay.revoked_on is None:
            end_relay(session, relay, act)


def end_relay(session: Session, relay: Relay, act: Act) -> None:
    """End an access; the courier takes it, and all sight of reports, out of the mailbox at its next round.

    Raises:
        RelayAlreadyEnded: somebody was faster.
    """
    if relay.revoked_on is not None:
        raise RelayAlreadyEnded(relay=str(relay.id))
    relay.revoked_on = act.on
    session.add(relay)
    record(session, "relay_ended", at=act.at, by=act.who.id, relay=str(relay.id), channel=relay.channel_code)

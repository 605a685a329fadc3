"""The office keys a signed-in person can open, by the grants sealed to their own key."""

from uuid import UUID

from sqlmodel import Session, col, select

from casework.staff.errors import KeyNotHeld
from casework.staff.sessions import SignedIn
from office.keys import errors
from office.keys.holders import open_key
from office.sealing.boxes import SealingKey
from office.stores.keyroom import KeyGrant


def names_held(session: Session, holder_id: UUID) -> frozenset[str]:
    """Return the full names (`story.1`) of the office keys this person may open now."""
    wanted = select(KeyGrant.key_name).where(
        KeyGrant.holder_id == holder_id, col(KeyGrant.revoked_on).is_(None)
    )
    return frozenset(session.exec(wanted))


def holds_any(names: frozenset[str], key: str) -> bool:
    """Say whether some version of `key` (`story-apart`) is among the full names."""
    return any(name.rpartition(".")[0] == key for name in names)


def office_key(session: Session, who: SignedIn, key_name: str) -> SealingKey:
    """Return the private half of an office key, opened with the person's own key.

    Raises:
        KeyNotHeld: no grant, or one that was taken back; it looks like something that does not exist.
    """
    try:
        return open_key(session, who, key_name)
    except errors.KeyNotHeld:
        raise KeyNotHeld(key=key_name) from None

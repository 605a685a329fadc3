"""Who holds which office key now, and opening what one holds. Nothing here changes the keyroom."""

from uuid import UUID

from sqlmodel import Session, col, select

from office.keys.errors import KeyNotHeld, NotBegun
from office.keys.names import FEWEST_HOLDERS, STAFF_KEYS, full_name
from office.keys.personal import Holder
from office.sealing.boxes import SealingKey, unseal
from office.stores.keyroom import KeyGrant, OfficeKey, Staff


def newest(session: Session, name: str) -> OfficeKey:
    """Return the newest version of a key; raise NotBegun if there is none."""
    found = session.exec(
        select(OfficeKey).where(OfficeKey.name == name).order_by(col(OfficeKey.version).desc())
    ).first()
    if found is None:
        raise NotBegun(key=name)
    return found


def open_keys(session: Session, holder: Holder) -> dict[str, SealingKey]:
    """Return every office key the person holds now, open, by its full name (`story.1`)."""
    return {each.key_name: opened_grant(each, holder) for each in held_by(session, holder.id)}


def open_key(session: Session, holder: Holder, key_name: str) -> SealingKey:
    """Return one office key, open; raise KeyNotHeld without a grant or with one that was taken back."""
    found = grant_of(session, key_name, holder.id)
    if found is None:
        raise KeyNotHeld(key=key_name)
    return opened_grant(found, holder)


def holders(session: Session) -> dict[str, tuple[Staff, ...]]:
    """Return who can open the newest version of each staff key now."""
    return {
        full_name(row.name, row.version): tuple(holders_of(session, full_name(row.name, row.version)))
        for row in (newest(session, name) for name in STAFF_KEYS)
    }


def holders_warning(session: Session) -> dict[str, int]:
    """Return the keys that fewer than two active members of staff can open, and how many can."""
    return {
        key_name: len(people) for key_name, people in holders(session).items() if len(people) < FEWEST_HOLDERS
    }


def held_by_somebody_gone(session: Session) -> tuple[str, ...]:
    """Return the staff keys to be rotated: somebody had the newest version who does not hold it now."""
    found = []
    for name in STAFF_KEYS:
        key_name = full_name(name, newest(session, name).version)
        had = session.exec(select(KeyGrant.holder_id).where(KeyGrant.key_name == key_name)).all()
        if set(had) - {person.id for person in holders_of(session, key_name)}:
            found.append(name)
    return tuple(found)


def held_by(session: Session, holder: UUID) -> list[KeyGrant]:
    """Return the grants a person has now, by key name."""
    wanted = select(KeyGrant).where(KeyGrant.holder_id == holder, col(KeyGrant.revoked_on).is_(None))
    return list(session.exec(wanted.order_by(KeyGrant.key_name)))


def grant_of(session: Session, key_name: str, holder: UUID) -> KeyGrant | None:
    """Return a person's grant of one version of a key, if they have it now."""
    wanted = select(KeyGrant).where(
        KeyGrant.key_name == key_name, KeyGrant.holder_id == holder, col(KeyGrant.revoked_on).is_(None)
    )
    return session.exec(wanted).first()


def holders_of(session: Session, key_name: str) -> list[Staff]:
    """Return the active members of staff who can open one version of a key."""
    wanted = (
        select(Staff)
        .join(KeyGrant, col(KeyGrant.holder_id) == Staff.id)
        .where(KeyGrant.key_name == key_name, col(KeyGrant.revoked_on).is_(None), Staff.active)
        .order_by(Staff.sign_in_name)
    )
    return [person for person in session.exec(wanted) if person.public_key is not None]


def others(session: Session, key_name: str, holder: UUID) -> bool:
    """Return whether somebody besides `holder` can open this version."""
    return any(person.id != holder for person in holders_of(session, key_name))


def opened_grant(grant: KeyGrant, holder: Holder) -> SealingKey:
    """Return the key in a grant, opened with the holder's own; raise CannotOpen if it was altered."""
    about = f"grant/{grant.key_name}"
    return SealingKey.from_private_bytes(unseal(grant.sealed_private_key, holder.key, about=about))

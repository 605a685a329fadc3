"""Office keys made, given, taken back and renewed. Each act is one change and one event."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, select

from office.keys.errors import (
    HolderUnknown,
    HolderWithoutKey,
    KeyNotHeld,
    KeyUnknown,
    LastHolder,
    RoleHoldsNoKey,
)
from office.keys.events import KeyEvent, Recorder, recorded
from office.keys.files import KeyFiles
from office.keys.holders import grant_of, held_by, holders_of, newest, opened_grant, others
from office.keys.names import (
    ESCROW,
    SEALED_KEYS,
    SERVICE_KEYS,
    STAFF_KEYS,
    full_name,
    parts,
    stem,
)
from office.keys.personal import Holder
from office.sealing.boxes import SealingKey, seal
from office.settings import DemonstrationOnly
from office.signing import RELEASE_SIGNING, new_private_key, public_half
from office.stores.keyroom import HOLD_NO_KEY, KeyGrant, OfficeKey, Staff


@dataclass(frozen=True, slots=True)
class Rotated:
    """A key has a new version. `publish` the public halves after the commit."""

    key_name: str
    event: KeyEvent


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody holds no key any more, and these keys should be rotated soon."""

    to_rotate: tuple[str, ...]
    event: KeyEvent


def add_version(
    session: Session, name: str, key: SealingKey, holders: Iterable[Staff], *, by: UUID | None, at: datetime
) -> str:
    """Keep a new version of a sealed key: its public half, its escrow box, a grant for each holder."""
    earlier = session.exec(select(OfficeKey).where(OfficeKey.name == name)).all()
    version = max((each.version for each in earlier), default=0) + 1
    key_name = full_name(name, version)
    for each in earlier:
        if each.retired_on is None:
            each.retired_on = max(at.date(), each.made_on)
            session.add(each)
    escrow = newest(session, ESCROW)
    session.add(
        OfficeKey(
            name=name,
            version=version,
            public_key=key.public,
            made_on=at.date(),
            sealed_to_escrow=seal(key.private_bytes, escrow.public_key, about=f"escrow/{key_name}"),
        )
    )
    for holder in holders:
        give(session, key_name, key, holder, by=by, at=at)
    session.flush()
    return key_name


def give(
    session: Session, key_name: str, key: SealingKey, holder: Staff, *, by: UUID | None, at: datetime
) -> None:
    """Seal an open key to a holder's own key; nothing happens if they hold it already.

    Raises:
        RoleHoldsNoKey: nobody of their role holds a key.
        HolderWithoutKey: they have not used their invitation yet.
    """
    if holder.role_code in HOLD_NO_KEY:
        raise RoleHoldsNoKey
    if holder.public_key is None:
        raise HolderWithoutKey
    if grant_of(session, key_name, holder.id) is not None:
        return
    session.add(
        KeyGrant(
            key_name=key_name,
            holder_id=holder.id,
            sealed_private_key=seal(key.private_bytes, holder.public_key, about=f"grant/{key_name}"),
            granted_by=by,
            granted_on=at.date(),
        )
    )
    session.flush()


def grant(
    session: Session,
    name: str,
    *,
    by: Holder,
    to: UUID,
    at: datetime,
    record: Recorder | None = None,
) -> KeyEvent:
    """Give a key that `by` holds to another member of staff: one version (`story.1`), or all (`story`).

    Raises:
        KeyUnknown: no staff key of this name.
        KeyNotHeld: `by` does not hold it.
        HolderUnknown, HolderWithoutKey: `to` left, or has no key of their own yet.
        RoleHoldsNoKey: `to` is of a role to whom no key is given.
        DemonstrationOnly: one of the two belongs to the demonstration and the other does not.
    """
    wanted, version = parts(name)
    if wanted not in STAFF_KEYS:
        raise KeyUnknown(key=name)
    held = {
        each.key_name: each for each in held_by(session, by.id) if _is_meant(each.key_name, wanted, version)
    }
    if not held:
        raise KeyNotHeld(key=name)
    giver, taker = session.get(Staff, by.id), session.get(Staff, to)
    if giver is None or not giver.active or taker is None or not taker.active:
        raise HolderUnknown
    if giver.is_demonstration != taker.is_demonstration:
        raise DemonstrationOnly(staff=str(to))
    for key_name, each in held.items():
        give(session, key_name, opened_grant(each, by), taker, by=by.id, at=at)
    event = KeyEvent("key_granted", at, by=by.id, subject=to, key_names=tuple(sorted(held)))
    return recorded(session, event, record)


def revoke(
    session: Session,
    name: str,
    *,
    holder: UUID,
    by: UUID | None,
    at: datetime,
    even_the_last: bool = False,
    record: Recorder | None = None,
) -> KeyEvent:
    """Take a key back, one version or all, and remove its box: only an old backup still has it.

    What the person may have kept cannot be taken back, so rotate the key afterwards.

    Raises:
        KeyNotHeld: they do not hold it.
        LastHolder: nobody else could open it (unless `even_the_last`: then only the escrow can).
    """
    wanted, version = parts(name)
    taken = [each for each in held_by(session, holder) if _is_meant(each.key_name, wanted, version)]
    if not taken:
        raise KeyNotHeld(key=name)
    for each in taken:
        if not even_the_last and not others(session, each.key_name, holder):
            raise LastHolder(key=each.key_name)
    for each in taken:
        _take_back(session, each, at)
    names = tuple(sorted(each.key_name for each in taken))
    return recorded(session, KeyEvent("key_revoked", at, by=by, subject=holder, key_names=names), record)


def leave(
    session: Session,
    holder: UUID,
    *,
    by: UUID | None,
    at: datetime,
    even_the_last: bool = False,
    record: Recorder | None = None,
) -> Left:
    """End somebody's access: no sign-in, no invitation, no grant. Returns the keys to rotate.

    Raises:
        HolderUnknown: nobody, or gone already.
        LastHolder: a key would be left without anybody (unless `even_the_last`).
    """
    person = session.get(Staff, holder)
    if person is None or not person.active:
        raise HolderUnknown
    held = held_by(session, holder)
    for each in held:
        if not even_the_last and not others(session, each.key_name, holder):
            raise LastHolder(key=each.key_name)
    for each in held:
        _take_back(session, each, at)
    person.active = False
    person.invitation_hash = person.invitation_expires_on = None
    person.public_key = person.wrapped_private_key = person.wrapped_totp_secret = None
    session.add(person)
    session.flush()
    names = tuple(sorted(each.key_name for each in held))
    event = KeyEvent("holder_left", at, by=by, subject=holder, key_names=names)
    return Left(tuple(sorted({stem(name) for name in names})), recorded(session, event, record))


def rotate(
    session: Session,
    name: str,
    *,
    by: UUID | None,
    at: datetime,
    files: KeyFiles,
    record: Recorder | None = None,
) -> Rotated:
    """Make a new version of a key: for its present holders and the escrow; the old one stays for reading.

    A service's private file is written before the caller commits (a version too many harms nobody), the
    public halves only afterwards, by `publish`.

    Raises:
        KeyUnknown: no such key, or the escrow, which is renewed with its shares.
        LastHolder: no active holder is left to give the new version to.
    """
    wanted, version = parts(name)
    if version is not None or wanted not in (*SEALED_KEYS, RELEASE_SIGNING):
        raise KeyUnknown(key=name)
    present = newest(session, wanted)
    if wanted == RELEASE_SIGNING:
        key_name = add_signing_version(session, files, at=at)
    else:
        holders = holders_of(session, full_name(wanted, present.version))
        if wanted in STAFF_KEYS and not holders:
            raise LastHolder(key=wanted)
        key = SealingKey.generate()
        key_name = add_version(session, wanted, key, holders, by=by, at=at)
        if wanted in SERVICE_KEYS:
            files.add_service_key(key_name, key)
    event = recorded(session, KeyEvent("key_rotated", at, by=by, key_names=(key_name,)), record)
    return Rotated(key_name, event)


def add_signing_version(session: Session, files: KeyFiles, *, at: datetime) -> str:
    """Keep a new public half for signing releases and write the private one to its file."""
    earlier = session.exec(select(OfficeKey).where(OfficeKey.name == RELEASE_SIGNING)).all()
    for each in earlier:
        if each.retired_on is None:
            each.retired_on = max(at.date(), each.made_on)
            session.add(each)
    version = max((each.version for each in earlier), default=0) + 1
    private = new_private_key()
    session.add(
        OfficeKey(name=RELEASE_SIGNING, version=version, public_key=public_half(private), made_on=at.date())
    )
    session.flush()
    files.write_signing_key(private)
    return full_name(RELEASE_SIGNING, version)


def _is_meant(key_name: str, name: str, version: int | None) -> bool:
    return key_name == full_name(name, version) if version is not None else stem(key_name) == name


def _take_back(session: Session, grant: KeyGrant, at: datetime) -> None:
    grant.revoked_on = max(at.date(), grant.granted_on)
    grant.sealed_private_key = b""
    session.add(grant)
    session.flush()

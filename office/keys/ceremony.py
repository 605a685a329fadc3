"""The first ceremony: two founders and three share-holders in one room make the office's keys."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, select

from office.ids import new_id
from office.keys.errors import AlreadyBegun, StaffRoleUnknown, TwoFoundersNeeded
from office.keys.events import KeyEvent, Recorder, recorded
from office.keys.files import KeyFiles
from office.keys.holdings import add_signing_version, add_version
from office.keys.names import ESCROW, FEWEST_HOLDERS, SERVICE_KEYS, STAFF_KEYS
from office.keys.people import kept_name
from office.keys.personal import check_choice, new_cells
from office.sealing import escrow
from office.sealing.boxes import SealingKey
from office.stores.keyroom import ROLES, OfficeKey, Staff


@dataclass(frozen=True, slots=True)
class Founder:
    """One of the first two holders, with what they chose at the ceremony.

    Attributes:
        typed_at: when the code was typed, if the ceremony went on for a while after that.
    """

    sign_in_name: str
    display_name: str
    role_code: str
    passphrase: str = field(repr=False)
    totp_secret: str = field(repr=False)
    totp_code: str = field(repr=False)
    typed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PreparedEscrow:
    """A new escrow key and its three shares, to be written down **before** anything depends on them."""

    key: SealingKey = field(repr=False)
    shares: tuple[str, ...] = field(repr=False)


def prepare_escrow() -> PreparedEscrow:
    """Return a new escrow key, split in three. Nothing is kept."""
    key = SealingKey.generate()
    return PreparedEscrow(key, tuple(escrow.split(key.private_bytes)))


@dataclass(frozen=True, slots=True)
class Begun:
    """The office has its keys. The shares exist nowhere else: they are shown once and forgotten."""

    founders: tuple[UUID, ...]
    event: KeyEvent
    shares: tuple[str, ...] = field(repr=False)


def begin_ceremony(
    session: Session,
    founders: Sequence[Founder],
    *,
    files: KeyFiles,
    at: datetime,
    prepared: PreparedEscrow | None = None,
    is_demonstration: bool = False,
    record: Recorder | None = None,
) -> Begun:
    """Make every key of the office, give the staff keys to the founders and split the escrow in three.

    The private files of the services are written before the caller commits; if the commit fails, take them
    away with `KeyFiles.remove_private`. `publish` the public halves after the commit.

    Args:
        prepared: an escrow whose shares were written down already; else a new one is made.

    Raises:
        AlreadyBegun: there is a key already.
        KeyFileInTheWay: a private key file is there already.
        TwoFoundersNeeded: fewer than two different people.
        PassphraseTooWeak, CodeDoesNotFit, SignInNameInvalid, StaffRoleUnknown: of one of them.
    """
    people = [_person(founder, at=at, is_demonstration=is_demonstration) for founder in founders]
    if len({person.sign_in_name for person in people}) < max(FEWEST_HOLDERS, len(people)):
        raise TwoFoundersNeeded
    refuse_if_begun(session, files)
    session.add_all(people)
    session.flush()

    prepared = prepared or prepare_escrow()
    session.add(OfficeKey(name=ESCROW, version=1, public_key=prepared.key.public, made_on=at.date()))
    session.flush()
    names = [add_version(session, name, SealingKey.generate(), people, by=None, at=at) for name in STAFF_KEYS]
    services = {name: SealingKey.generate() for name in SERVICE_KEYS}
    for name, key in services.items():
        key_name = add_version(session, name, key, (), by=None, at=at)
        names.append(key_name)
        files.add_service_key(key_name, key)
    names += [f"{ESCROW}.1", add_signing_version(session, files, at=at)]

    ids = tuple(person.id for person in people)
    event = KeyEvent("keys_begun", at, key_names=tuple(names), told=ids)
    return Begun(
        founders=ids,
        event=recorded(session, event, record),
        shares=prepared.shares,
    )


def check_founder(founder: Founder, *, at: datetime) -> None:
    """Raise what `begin_ceremony` would about this founder, before anybody goes on."""
    name = kept_name(founder.sign_in_name)
    if founder.role_code not in ROLES:
        raise StaffRoleUnknown(role=founder.role_code)
    check_choice(
        founder.passphrase,
        founder.totp_secret,
        founder.totp_code,
        names=(name, founder.display_name),
        at=founder.typed_at or at,
    )


def refuse_if_begun(session: Session, files: KeyFiles) -> None:
    """Raise AlreadyBegun or KeyFileInTheWay if this office has keys, or seems to."""
    if session.exec(select(OfficeKey)).first() is not None:
        raise AlreadyBegun
    files.refuse_if_any_is_there()


def _person(founder: Founder, *, at: datetime, is_demonstration: bool) -> Staff:
    check_founder(founder, at=at)
    name, staff_id = kept_name(founder.sign_in_name), new_id()
    cells = new_cells(
        staff_id,
        founder.passphrase,
        founder.totp_secret,
        founder.totp_code,
        names=(name, founder.display_name),
        at=founder.typed_at or at,
    )
    return Staff(
        id=staff_id,
        sign_in_name=name,
        display_name=founder.display_name.strip() or name,
        role_code=founder.role_code,
        public_key=cells.public_key,
        wrapped_private_key=cells.wrapped_private_key,
        wrapped_totp_secret=cells.wrapped_totp_secret,
        is_demonstration=is_demonstration,
    )

"""Members of staff: invited, at work, signed in.

Stretching a pass-phrase takes a fifth of a second and must not hold a transaction, so `sign_in` and
`accept_invitation` take the maker of sessions and use two short transactions of their own; all else
works in the caller's session and commits nothing.
"""

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import CursorResult, update
from sqlalchemy.orm import sessionmaker
from sqlmodel import Session, col, select

from office.ids import new_id
from office.keys.errors import (
    HolderUnknown,
    InvitationRefused,
    NotByThisRole,
    SignInNameInvalid,
    SignInNameTaken,
    SignInRefused,
    StaffRoleUnknown,
)
from office.keys.events import KeyEvent, Recorder, recorded
from office.keys.personal import (
    Cells,
    SignedIn,
    new_cells,
    opened,
    opened_private,
    work_like_a_sign_in,
)
from office.sealing.boxes import SealingKey
from office.settings import DemonstrationOnly
from office.stores.keyroom import HOLD_NO_KEY, ROLES, KeyGrant, Staff

INVITATION_DAYS: Final = 7
NAME: Final = re.compile(r"[^\W_][\w.\-]{0,78}[^\W_]")


SecondFactor = Callable[[UUID, SealingKey], bool]
"""Says whether a member of staff, whose own key is open by then, gave another second factor than the code. It
has a transaction of its own."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time code, shown once to whoever invites and then only known to the invited person."""

    staff_id: UUID
    expires_on: date
    event: KeyEvent
    code: str = field(repr=False)


def kept_name(typed: str) -> str:
    """Return a sign-in name in its kept form; raise SignInNameInvalid."""
    name = unicodedata.normalize("NFKC", typed).strip().casefold()
    if not NAME.fullmatch(name):
        raise SignInNameInvalid
    return name


def staff_named(session: Session, name: str) -> Staff:
    """Return the active member of staff of this sign-in name; raise HolderUnknown."""
    found = _named(session, name)
    if found is None or not found.active:
        raise HolderUnknown
    return found


def invite(
    session: Session,
    *,
    sign_in_name: str,
    display_name: str,
    role_code: str,
    by: UUID | None,
    at: datetime,
    is_demonstration: bool = False,
    record: Recorder | None = None,
) -> Invitation:
    """Add a member of staff who can do nothing yet, and return their one-time invitation.

    Raises:
        SignInNameInvalid, SignInNameTaken, StaffRoleUnknown.
    """
    name = kept_name(sign_in_name)
    if role_code not in ROLES:
        raise StaffRoleUnknown(role=role_code)
    if _named(session, name) is not None:
        raise SignInNameTaken
    inviter = session.get(Staff, by) if by else None
    person = Staff(
        id=new_id(),
        sign_in_name=name,
        display_name=display_name.strip() or name,
        role_code=role_code,
        is_demonstration=is_demonstration or (inviter is not None and inviter.is_demonstration),
    )
    session.add(person)
    return _invited(session, person, by=by, at=at, record=record)


def invite_again(
    session: Session, staff_id: UUID, *, by: UUID | None, at: datetime, record: Recorder | None = None
) -> Invitation:
    """Return a new invitation for somebody who lost pass-phrase or telephone. Their old key and grants end.

    Raises:
        HolderUnknown: nobody, or somebody who left.
        NotByThisRole: whoever invites is of a role that holds no key.
    """
    person = session.get(Staff, staff_id)
    if person is None or not person.active:
        raise HolderUnknown
    inviter = session.get(Staff, by) if by else None
    if inviter is not None and inviter.role_code in HOLD_NO_KEY:
        raise NotByThisRole
    person.public_key = person.wrapped_private_key = person.wrapped_totp_secret = None
    held = select(KeyGrant).where(KeyGrant.holder_id == staff_id, col(KeyGrant.revoked_on).is_(None))
    for each in session.exec(held):
        each.revoked_on, each.sealed_private_key = max(at.date(), each.granted_on), b""
        session.add(each)
    session.add(person)
    return _invited(session, person, by=by, at=at, record=record)


def accept_invitation(
    sessions: sessionmaker[Session],
    code: str,
    passphrase: str,
    totp_secret: str,
    totp_code: str,
    *,
    at: datetime,
    name: str | None = None,
    record: Recorder | None = None,
) -> KeyEvent:
    """Make the invited person's own key pair; the invitation is used up.

    Args:
        name: if given, the invitation must be for this sign-in name.

    Raises:
        InvitationRefused: unknown, used, out of date, or for another name.
        PassphraseTooWeak, CodeDoesNotFit: the invitation stays good for another try.
    """
    hashed = _hashed(code)
    with sessions.begin() as session:
        person = session.exec(select(Staff).where(Staff.invitation_hash == hashed, Staff.active)).first()
    if person is None or person.invitation_expires_on is None or person.invitation_expires_on < at.date():
        raise InvitationRefused
    if name is not None and folded(name) != person.sign_in_name:
        raise InvitationRefused
    cells = new_cells(
        person.id,
        passphrase,
        totp_secret,
        totp_code,
        names=(person.sign_in_name, person.display_name),
        at=at,
    )
    with sessions.begin() as session:
        done = session.execute(
            update(Staff)
            .where(col(Staff.id) == person.id, col(Staff.invitation_hash) == hashed, col(Staff.active))
            .values(
                public_key=cells.public_key,
                wrapped_private_key=cells.wrapped_private_key,
                wrapped_totp_secret=cells.wrapped_totp_secret,
                invitation_hash=None,
                invitation_expires_on=None,
            )
        )
        if changed(done) != 1:
            raise InvitationRefused
        event = KeyEvent("invitation_accepted", at, by=person.id, subject=person.id)
        return recorded(session, event, record)


def sign_in(
    sessions: sessionmaker[Session],
    name: str,
    passphrase: str,
    totp_code: str,
    *,
    at: datetime,
    demo: bool,
    record: Recorder | None = None,
    second_factor: SecondFactor | None = None,
) -> SignedIn:
    """Return the member of staff with their own key open. Run it in a thread: it takes a fifth of a second.

    An unknown name, somebody who left, a wrong pass-phrase, a wrong code and a code used before give the same
    error after the same work. The codes of the demonstration's invented staff are shown to everybody, and
    may be used again.

    Args:
        second_factor: if given, it stands in for the code, and is asked once the pass-phrase was right.

    Raises:
        SignInRefused: as above.
        DemonstrationOnly: staff of the demonstration in an office that is none.
    """
    with sessions.begin() as session:
        person = session.exec(select(Staff).where(Staff.sign_in_name == folded(name))).first()
    cells = None if person is None else cells_of(person)
    if person is None or cells is None or not person.active:
        work_like_a_sign_in(passphrase)
        raise SignInRefused
    if second_factor is not None:
        key, used = opened_private(person.id, cells, passphrase), cells.wrapped_totp_secret
        if not second_factor(person.id, key):
            raise SignInRefused
    else:
        key, used = opened(person.id, cells, passphrase, totp_code, at=at, may_repeat=person.is_demonstration)
    if person.is_demonstration and not demo:
        raise DemonstrationOnly(staff=str(person.id))
    with sessions.begin() as session:
        is_kept = factor_kept(session, person.id, cells, used)
        if not is_kept and not person.is_demonstration:
            raise SignInRefused  # the same code, or a new pass-phrase, was quicker
        recorded(session, KeyEvent("signed_in", at, by=person.id, subject=person.id), record)
    return SignedIn(
        id=person.id,
        sign_in_name=person.sign_in_name,
        display_name=person.display_name,
        role_code=person.role_code,
        is_demonstration=person.is_demonstration,
        at=at,
        key=key,
    )


def _invited(
    session: Session, person: Staff, *, by: UUID | None, at: datetime, record: Recorder | None
) -> Invitation:
    code = secrets.token_urlsafe(32)
    person.invitation_hash = _hashed(code)
    person.invitation_expires_on = at.date() + timedelta(days=INVITATION_DAYS)
    session.add(person)
    session.flush()
    event = recorded(session, KeyEvent("staff_invited", at, by=by, subject=person.id), record)
    return Invitation(staff_id=person.id, expires_on=person.invitation_expires_on, event=event, code=code)


def _named(session: Session, name: str) -> Staff | None:
    return session.exec(select(Staff).where(Staff.sign_in_name == folded(name))).first()


def folded(name: str) -> str:
    """Return a name as names are compared: however it was typed, one person is one name."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def cells_of(person: Staff) -> Cells | None:
    """Return what is kept of a person's own key pair; None before they made one."""
    public, private, factor = person.public_key, person.wrapped_private_key, person.wrapped_totp_secret
    if public is None or private is None or factor is None:
        return None
    return Cells(public, private, factor)


def _hashed(code: str) -> bytes:
    return hashlib.sha256(code.strip().encode()).digest()


def factor_kept(session: Session, staff_id: UUID, cells: Cells, factor: bytes) -> bool:
    """Keep somebody's second factor; return False if they left or their keys are no longer `cells`."""
    done = session.execute(
        update(Staff)
        .where(
            col(Staff.id) == staff_id,
            col(Staff.active),
            col(Staff.wrapped_private_key) == cells.wrapped_private_key,
            col(Staff.wrapped_totp_secret) == cells.wrapped_totp_secret,
        )
        .values(wrapped_totp_secret=factor)
    )
    return changed(done) == 1


def changed(result: object) -> int:
    """Return how many rows a change found."""
    return result.rowcount if isinstance(result, CursorResult) else 0

"""The escrow in use: two of the three shares open every key; nothing about it goes unseen.

It is for the day on which nobody else can open what people told the office, and for giving the shares to
new hands. A use is written to the timeline and told to every holder.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from office.keys.ceremony import PreparedEscrow, prepare_escrow
from office.keys.errors import HolderUnknown, ReasonNeeded
from office.keys.events import KeyEvent, Recorder, recorded
from office.keys.holders import newest
from office.keys.holdings import give
from office.keys.names import ESCROW, STAFF_KEYS, full_name, stem
from office.sealing import escrow
from office.sealing.boxes import SealingKey, seal, unseal
from office.sealing.escrow import EscrowSharesDoNotFit
from office.stores.keyroom import OfficeKey, Staff


@dataclass(frozen=True, slots=True)
class Opened:
    """Every key of the office, open in memory.

    Attributes:
        escrow: opens what casework sealed to the escrow itself (`escrow/case.…`).
        keys: the office's keys by full name, older escrow keys among them.
    """

    event: KeyEvent
    escrow: SealingKey = field(repr=False)
    keys: dict[str, SealingKey] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Renewed:
    """There is a new escrow with three new shares; the old shares open nothing new."""

    key_name: str
    event: KeyEvent
    shares: tuple[str, ...] = field(repr=False)


def escrow_open(
    session: Session,
    shares: Sequence[str],
    *,
    reason: str,
    by: UUID | None,
    at: datetime,
    record: Recorder | None = None,
) -> Opened:
    """Return every key of the office, from two shares of the present escrow.

    Raises:
        EscrowShareInvalid, EscrowSharesDoNotFit: mistyped, too few, or of another or an older escrow.
        ReasonNeeded: no reason was given.
        CannotOpen: the keyroom was damaged.
    """
    if not reason.strip():
        raise ReasonNeeded
    key, keys = _recovered(session, shares)
    event = KeyEvent(
        "escrow_opened",
        at,
        by=by,
        key_names=tuple(sorted(keys)),
        told=_everybody(session),
        reason=reason.strip(),
    )
    return Opened(event=recorded(session, event, record), escrow=key, keys=keys)


def give_from_escrow(
    session: Session,
    opened: Opened,
    *,
    to: UUID,
    by: UUID | None,
    at: datetime,
    names: Sequence[str] = STAFF_KEYS,
    record: Recorder | None = None,
) -> KeyEvent:
    """Give every version of the staff keys `names` to somebody, who becomes a holder again or anew.

    Raises:
        HolderUnknown, HolderWithoutKey: they left, or have no key of their own yet.
    """
    person = session.get(Staff, to)
    if person is None or not person.active:
        raise HolderUnknown
    given = sorted(name for name in opened.keys if stem(name) in names)
    for key_name in given:
        give(session, key_name, opened.keys[key_name], person, by=by, at=at)
    event = KeyEvent(
        "key_granted",
        at,
        by=by,
        subject=to,
        key_names=tuple(given),
        told=_everybody(session),
        reason=opened.event.reason,
    )
    return recorded(session, event, record)


def renew_escrow(
    session: Session,
    shares: Sequence[str],
    *,
    by: UUID | None,
    at: datetime,
    prepared: PreparedEscrow | None = None,
    record: Recorder | None = None,
) -> Renewed:
    """Replace the escrow and its shares, when one was lost or a share-holder left.

    Every office key is sealed anew to the new escrow, and so is the old escrow's private half, because
    casework's case keys are still sealed to it.

    Args:
        shares: two of the present escrow's.
        prepared: an escrow whose shares were written down already; else a new one is made.

    Raises:
        EscrowShareInvalid, EscrowSharesDoNotFit: as in `escrow_open`.
    """
    old_key, keys = _recovered(session, shares)
    old = newest(session, ESCROW)
    keys[full_name(ESCROW, old.version)] = old_key
    prepared = prepared or prepare_escrow()
    key = prepared.key
    for row in session.exec(select(OfficeKey)).all():
        name = full_name(row.name, row.version)
        if name in keys:
            row.sealed_to_escrow = seal(keys[name].private_bytes, key.public, about=f"escrow/{name}")
            session.add(row)
    old.retired_on = max(at.date(), old.made_on)
    session.add(old)
    session.add(OfficeKey(name=ESCROW, version=old.version + 1, public_key=key.public, made_on=at.date()))
    session.flush()
    name = full_name(ESCROW, old.version + 1)
    event = KeyEvent("escrow_renewed", at, by=by, key_names=(name,), told=_everybody(session))
    return Renewed(
        key_name=name,
        event=recorded(session, event, record),
        shares=prepared.shares,
    )


def refuse_unless_present(session: Session, shares: Sequence[str]) -> None:
    """Raise EscrowShareInvalid or EscrowSharesDoNotFit unless these shares are of the present escrow."""
    _present_key(session, shares)


def _present_key(session: Session, shares: Sequence[str]) -> SealingKey:
    key = SealingKey.from_private_bytes(escrow.recover(shares))
    if key.public != newest(session, ESCROW).public_key:
        raise EscrowSharesDoNotFit
    return key


def _recovered(session: Session, shares: Sequence[str]) -> tuple[SealingKey, dict[str, SealingKey]]:
    key = _present_key(session, shares)
    rows = session.exec(select(OfficeKey).where(col(OfficeKey.sealed_to_escrow).is_not(None))).all()
    keys = {}
    for row in rows:
        name = full_name(row.name, row.version)
        private = unseal(row.sealed_to_escrow or b"", key, about=f"escrow/{name}")
        keys[name] = SealingKey.from_private_bytes(private)
    return key, keys


def _everybody(session: Session) -> tuple[UUID, ...]:
    return tuple(session.exec(select(Staff.id).where(Staff.active).order_by(Staff.sign_in_name)))

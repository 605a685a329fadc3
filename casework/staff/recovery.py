"""Help for somebody who lost what they sign in with: asked by one, confirmed by another, never alone.

Who lost the telephone gets a one-time code with which they set up another, and still need their pass-phrase.
Who lost the pass-phrase lost their own key with it: they are invited anew, and a holder gives them keys.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.staff.errors import RecoveryNotFound, RecoveryRefused
from casework.staff.keys import names_held
from casework.staff.passkeys import forget_factors
from casework.staff.recording import record_key_event
from casework.staff.rules import Permission, may
from casework.staff.tables import StaffRecovery
from casework.timeline.actions import hold_office, record
from casework.timeline.rules import OFFICE
from casework.timeline.tables import Event
from office.keys.people import invite_again
from office.languages import mark
from office.stores.keyroom import Staff

LOST: Final = {
    "factor": mark("The telephone or the passkey"),
    "passphrase": mark("The pass-phrase"),
}
CODE_DAYS: Final = 2


@dataclass(frozen=True, slots=True)
class Helped:
    """What is handed to the person, shown once: the code and the last day on which it is good."""

    lost: str
    ends_on: date
    code: str = field(repr=False)


def open_recovery(session: Session, staff_id: UUID) -> StaffRecovery | None:
    """Return what was asked for somebody and is neither confirmed nor taken back."""
    return session.exec(
        select(StaffRecovery).where(
            StaffRecovery.staff_id == staff_id,
            col(StaffRecovery.confirmed_on).is_(None),
            col(StaffRecovery.ended_on).is_(None),
        )
    ).first()


def ask(session: Session, person: Staff, lost: str, act: Act) -> None:
    """Ask for help for somebody; it does nothing yet.

    Raises:
        RecoveryRefused: they do not work here, are oneself, have no telephone yet, or it was asked.
    """
    hold_office(session)
    if not person.active or person.id == act.who.id:
        raise RecoveryRefused
    if person.public_key is None and lost == "factor":
        raise RecoveryRefused
    if open_recovery(session, person.id) is not None:
        raise RecoveryRefused
    session.add(StaffRecovery(staff_id=person.id, lost_code=lost, asked_by=act.who.id, asked_on=act.on))
    session.flush()
    record(session, "recovery_asked", at=act.at, by=act.who.id, subject=str(person.id), lost=lost)


def may_confirm(session: Session, asked: StaffRecovery, act: Act) -> bool:
    """Say whether whoever acts may be the second.

    They are somebody else, one of the two is a supervisor who was given a key of the office, and neither was
    invited by the other: else one alone could be both, with somebody who does not exist.
    """
    if act.who.id in (asked.asked_by, asked.staff_id):
        return False
    first, second = session.get_one(Staff, asked.asked_by), session.get_one(Staff, act.who.id)
    if not first.active or _invited(session, first, second) or _invited(session, second, first):
        return False
    return any(
        may(one.role_code, Permission.SUPERVISE) and names_held(session, one.id) for one in (first, second)
    )


def _invited(session: Session, by: Staff, person: Staff) -> bool:
    """Say whether somebody ever had an invitation of this person in hand, the first or a later one."""
    subject = col(Event.detail).contains(f'"subject":"{person.id}"', autoescape=True)
    wanted = select(Event.seq).where(
        Event.chain == OFFICE, Event.kind == "staff_invited", Event.by == by.id, subject
    )
    return session.exec(wanted.limit(1)).first() is not None


def confirm(session: Session, person: Staff, act: Act) -> Helped:
    """Confirm what another asked, and return what the person is handed.

    Raises:
        RecoveryNotFound: nothing was asked.
        RecoveryRefused: whoever acts may not be the second.
    """
    hold_office(session)
    asked = open_recovery(session, person.id)
    if asked is None:
        raise RecoveryNotFound
    if not person.active or not may_confirm(session, asked, act):
        raise RecoveryRefused
    asked.confirmed_by, asked.confirmed_on = act.who.id, act.on
    if asked.lost_code == "factor":
        code, ends_on = secrets.token_urlsafe(24), act.on + timedelta(days=CODE_DAYS)
        _end_codes(session, person.id, act.on)
        asked.code_hash, asked.code_ends_on = _hashed(code), ends_on
    else:
        invitation = invite_again(session, person.id, by=act.who.id, at=act.at, record=record_key_event)
        code, ends_on = invitation.code, invitation.expires_on
        asked.ended_on = act.on
    session.add(asked)
    session.flush()
    record(
        session,
        "recovery_confirmed",
        at=act.at,
        by=act.who.id,
        subject=str(person.id),
        lost=asked.lost_code,
        asked_by=str(asked.asked_by),
    )
    return Helped(asked.lost_code, ends_on, code)


def take_back(session: Session, person: Staff, act: Act) -> None:
    """Take back what was asked, or a code that was not used; raise RecoveryNotFound if there is neither."""
    hold_office(session)
    found = [one for one in (open_recovery(session, person.id), *codes_of(session, person.id, act.on)) if one]
    if not found:
        raise RecoveryNotFound
    for one in found:
        one.ended_on, one.code_hash, one.code_ends_on = act.on, None, None
        session.add(one)
    session.flush()
    record(session, "recovery_ended", at=act.at, by=act.who.id, subject=str(person.id))


def codes_of(session: Session, staff_id: UUID, on: date) -> Sequence[StaffRecovery]:
    """Return the codes of somebody that are good and not used."""
    wanted = select(StaffRecovery).where(
        StaffRecovery.staff_id == staff_id,
        col(StaffRecovery.code_hash).is_not(None),
        col(StaffRecovery.ended_on).is_(None),
        col(StaffRecovery.code_ends_on) >= on,
    )
    return session.exec(wanted).all()


def is_good(session: Session, staff_id: UUID, code: str, on: date) -> bool:
    """Say whether this code was confirmed for this person and is not used."""
    wanted = _hashed(code)
    return any(
        secrets.compare_digest(one.code_hash or b"", wanted) for one in codes_of(session, staff_id, on)
    )


def use_up(session: Session, staff_id: UUID, on: date) -> None:
    """End the codes of somebody who has a new telephone, and what stood in for the six digits with them."""
    _end_codes(session, staff_id, on)
    forget_factors(session, staff_id)


def _end_codes(session: Session, staff_id: UUID, on: date) -> None:
    for one in codes_of(session, staff_id, on):
        one.ended_on, one.code_hash, one.code_ends_on = on, None, None
        session.add(one)
    session.flush()


def _hashed(code: str) -> bytes:
    return hashlib.sha256(code.strip().encode()).digest()

"""Passkeys (WebAuthn): they stand in for the six digits. The pass-phrase still opens the key.

They are asked for without saying of whom, so that nobody learns who has one. The device must have looked at
its person (finger, face, PIN). A counter that went back means that somebody may have a copy: that passkey is
stopped.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from sqlmodel import Session, col, delete, select
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    parse_authentication_credential_json,
    parse_client_data_json,
    parse_registration_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from casework.acts import Act
from casework.desk import Desk
from casework.settings import CaseworkSettings
from casework.staff.errors import PasskeyNotFound, PasskeyRefused
from casework.staff.tables import StaffCityLink, StaffPasskey
from casework.timeline.actions import record
from office.clock import day_in
from office.keys.people import SecondFactor
from office.sealing.boxes import SealingKey
from office.stores.keyroom import Staff

SIGNING_IN: Final = "sign-in"
LONGEST_ANSWER: Final = 20_000
SHOWN_AS: Final = "Convivencia"


@dataclass(frozen=True, slots=True)
class Party:
    """This desk as a passkey knows it: its address, and the name in it to which the passkey is bound."""

    origin: str
    rp_id: str


def party_of(settings: CaseworkSettings) -> Party | None:
    """Return this desk as passkeys know it; None if its settings do not name its address."""
    host = urlsplit(settings.desk_at).hostname
    return Party(settings.desk_at, host) if host else None


def sign_in_options(desk: Desk, at: datetime) -> str:
    """Return what a browser needs to ask for a passkey, as JSON: the same for everybody.

    Raises:
        PasskeyNotFound: this desk takes none.
    """
    return options_to_json(
        generate_authentication_options(
            rp_id=_party(desk).rp_id,
            challenge=desk.challenges.new(SIGNING_IN, at),
            user_verification=UserVerificationRequirement.REQUIRED,
        )
    )


def passkey_check(desk: Desk, answer: str, at: datetime) -> SecondFactor | None:
    """Return what says whether `answer`, as a browser sent it, is of somebody's passkey; None if empty."""
    if not answer:
        return None

    def is_right(staff_id: UUID, _key: SealingKey) -> bool:
        party = party_of(desk.settings)
        if party is None or len(answer) > LONGEST_ANSWER:
            return False
        with desk.sessions.begin() as session:
            return _is_right(session, desk, party, answer, staff_id, at)

    return is_right


def _is_right(session: Session, desk: Desk, party: Party, answer: str, staff_id: UUID, at: datetime) -> bool:
    try:
        given = parse_authentication_credential_json(answer)
        challenge = parse_client_data_json(given.response.client_data_json).challenge
    except (WebAuthnException, ValueError, TypeError, KeyError):
        return False
    if not desk.challenges.take(SIGNING_IN, challenge, at):
        return False
    passkey = session.exec(
        select(StaffPasskey)
        .where(
            StaffPasskey.staff_id == staff_id,
            StaffPasskey.credential_id == given.raw_id,
            col(StaffPasskey.stopped_on).is_(None),
        )
        .with_for_update()
    ).first()
    if passkey is None or given.response.user_handle not in (None, passkey.user_handle):
        return False
    try:
        found = verify_authentication_response(
            credential=given,
            expected_challenge=challenge,
            expected_rp_id=party.rp_id,
            expected_origin=party.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=0,  # looked at below, so that a copy is told from a mistake
            require_user_verification=True,
        )
    except WebAuthnException:
        return False
    today = day_in(desk.city.zone, at)
    count, last = found.new_sign_count, passkey.sign_count
    is_copy = (count > 0 or last > 0) and count <= last
    if is_copy:
        passkey.stopped_on = today
        record(session, "passkey_stopped", at=at, by=staff_id)
    else:
        passkey.sign_count, passkey.used_on = count, today
    session.add(passkey)
    return not is_copy


def passkeys_of(session: Session, staff_id: UUID) -> Sequence[StaffPasskey]:
    """Return somebody's passkeys, in the order in which they were added."""
    wanted = select(StaffPasskey).where(StaffPasskey.staff_id == staff_id)
    return session.exec(wanted.order_by(col(StaffPasskey.added_on), col(StaffPasskey.name))).all()


def adding_options(session: Session, desk: Desk, act: Act) -> str:
    """Return what a browser needs to make a passkey for whoever acts, as JSON.

    Raises:
        PasskeyNotFound: this desk takes none.
    """
    person = session.get_one(Staff, act.who.id)
    return options_to_json(
        generate_registration_options(
            rp_id=_party(desk).rp_id,
            rp_name=SHOWN_AS,
            user_id=_handle(session, act),
            user_name=person.sign_in_name,
            user_display_name=person.display_name,
            challenge=desk.challenges.new(_adding(act), act.at),
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED,
                user_verification=UserVerificationRequirement.REQUIRED,
            ),
            exclude_credentials=[
                PublicKeyCredentialDescriptor(id=one.credential_id)
                for one in passkeys_of(session, act.who.id)
            ],
        )
    )


def add_passkey(session: Session, desk: Desk, name: str, answer: str, act: Act) -> None:
    """Add a passkey that a browser made for whoever acts.

    Raises:
        PasskeyNotFound: this desk takes none.
        PasskeyRefused: it was made elsewhere, for somebody else, without a look at its person, too long ago,
            or is there already.
    """
    party = _party(desk)
    try:
        given = parse_registration_credential_json(answer[:LONGEST_ANSWER])
        challenge = parse_client_data_json(given.response.client_data_json).challenge
        if not desk.challenges.take(_adding(act), challenge, act.at):
            raise PasskeyRefused
        found = verify_registration_response(
            credential=given,
            expected_challenge=challenge,
            expected_rp_id=party.rp_id,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError) as error:
        raise PasskeyRefused from error
    known = select(StaffPasskey.id).where(StaffPasskey.credential_id == found.credential_id)
    if session.exec(known).first() is not None:
        raise PasskeyRefused
    session.add(
        StaffPasskey(
            staff_id=act.who.id,
            name=name,
            credential_id=found.credential_id,
            public_key=found.credential_public_key,
            user_handle=_handle(session, act),
            sign_count=found.sign_count,
            added_on=act.on,
        )
    )
    session.flush()
    record(session, "passkey_added", at=act.at, by=act.who.id)


def remove_passkey(session: Session, passkey_id: str, act: Act) -> None:
    """Remove a passkey of whoever acts; raise PasskeyNotFound for any other."""
    found = next((one for one in passkeys_of(session, act.who.id) if str(one.id) == passkey_id), None)
    if found is None:
        raise PasskeyNotFound
    session.delete(found)
    session.flush()
    record(session, "passkey_removed", at=act.at, by=act.who.id)


def forget_factors(session: Session, staff_id: UUID) -> None:
    """Remove what stands in for the six digits of somebody who begins anew: passkeys, account of the city."""
    session.exec(delete(StaffPasskey).where(col(StaffPasskey.staff_id) == staff_id))
    session.exec(delete(StaffCityLink).where(col(StaffCityLink.staff_id) == staff_id))


def _party(desk: Desk) -> Party:
    party = party_of(desk.settings)
    if party is None:
        raise PasskeyNotFound
    return party


def _adding(act: Act) -> str:
    return f"add/{act.who.id}/{act.who.session_id}"


def _handle(session: Session, act: Act) -> bytes:
    own = passkeys_of(session, act.who.id)
    return own[0].user_handle if own else act.who.new_handle

"""A pack under a code, for a body that signs in nowhere: only whoever has the code opens it.

It has 256 random bits and is shown once. The store has a hash of it, and the pack sealed to a key made
from it: with the store alone nobody opens the pack.
"""

import hashlib
import secrets
from datetime import date

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlmodel import Session, col, select

from casework.referrals.content import Pack
from casework.referrals.errors import PackNotFound
from casework.referrals.rules import TIMES
from casework.referrals.tables import Referral, ReferralLink
from office.sealing.boxes import SealingKey, seal, unseal

INFO = b"convivencia/1/referral/key"


def make_link(session: Session, referral: Referral, pack: Pack, on: date) -> str:
    """Return a new code under which the pack lies; no longer than the consent lasts."""
    token = secrets.token_urlsafe(32)
    until = on + TIMES["link"]
    session.add(
        ReferralLink(
            referral_id=referral.id,
            token_hash=token_hash(token),
            sealed=seal(pack.as_bytes(), _key(token).public, about=_about(referral)),
            made_on=on,
            expires_on=min(until, referral.consent_until or until),
        )
    )
    session.flush()
    return token


def link_at(session: Session, token: str, on: date, *, to_change: bool = False) -> ReferralLink:
    """Return what lies under a code, or raise PackNotFound; `to_change` holds it and reads it anew."""
    wanted = select(ReferralLink).where(
        ReferralLink.token_hash == token_hash(token), col(ReferralLink.expires_on) >= on
    )
    if to_change:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    found = session.exec(wanted).first()
    if found is None:
        raise PackNotFound
    return found


def opened(link: ReferralLink, referral: Referral, token: str) -> Pack:
    """Return the pack, opened with the code."""
    clear = unseal(link.sealed, _key(token), about=_about(referral))
    return Pack.model_validate_json(clear)


def token_hash(token: str) -> bytes:
    """Return what is kept of a code."""
    return hashlib.sha256(token.encode()).digest()


def _key(token: str) -> SealingKey:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=INFO).derive(token.encode())
    return SealingKey.from_private_bytes(made)


def _about(referral: Referral) -> str:
    return f"referral-pack/{referral.id}"

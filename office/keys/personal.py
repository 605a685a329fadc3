"""A person's own key pair, closed under the pass-phrase, and the second factor, closed under that key.

The cell of the second factor also holds the last half minute whose code was used, so a code serves once,
in every process and after a restart.
"""

import secrets
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from office.keys.errors import CodeDoesNotFit, SignInRefused
from office.keys.second_factor import is_secret, matching_step
from office.sealing import fields, passphrases
from office.sealing.boxes import CannotOpen, SealingKey

LAST_STEP: Final = struct.Struct(">Q")
DECOY_BYTES: Final = 32


class Holder(Protocol):
    """A member of staff whose own key is open: what giving and opening office keys needs of them."""

    @property
    def id(self) -> UUID:
        """Who it is."""
        ...  # a protocol has no body

    @property
    def key(self) -> SealingKey:
        """Their own private key."""
        ...  # a protocol has no body


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A member of staff who gave pass-phrase and code. Lives in memory only.

    Attributes:
        key: their own private key, which opens the office keys granted to them.
    """

    id: UUID
    sign_in_name: str
    display_name: str
    role_code: str
    is_demonstration: bool
    at: datetime
    key: SealingKey = field(repr=False)


@dataclass(frozen=True, slots=True)
class Cells:
    """What is kept of a person's own key pair."""

    public_key: bytes
    wrapped_private_key: bytes
    wrapped_totp_secret: bytes


def check_choice(
    passphrase: str, totp_secret: str, totp_code: str, *, names: tuple[str, ...], at: datetime
) -> int:
    """Return the half minute of the code, if pass-phrase and second factor are good ones.

    Raises:
        PassphraseTooWeak: see `office.sealing.passphrases`.
        CodeDoesNotFit: the telephone does not show the code of this secret.
    """
    passphrases.check_strength(passphrase, names=names)
    step = matching_step(totp_secret, totp_code, at) if is_secret(totp_secret) else None
    if step is None:
        raise CodeDoesNotFit
    return step


def new_cells(
    staff_id: UUID,
    passphrase: str,
    totp_secret: str,
    totp_code: str,
    *,
    names: tuple[str, ...],
    at: datetime,
) -> Cells:
    """Return a new key pair, closed. Slow on purpose: never inside a transaction or on the event loop.

    Raises:
        PassphraseTooWeak, CodeDoesNotFit: as `check_choice`.
    """
    step = check_choice(passphrase, totp_secret, totp_code, names=names, at=at)
    key = SealingKey.generate()
    return Cells(
        public_key=key.public,
        wrapped_private_key=passphrases.wrap(key.private_bytes, passphrase, about=f"staff/{staff_id}"),
        wrapped_totp_secret=_closed_factor(key, staff_id, totp_secret, step),
    )


def opened_private(staff_id: UUID, cells: Cells, passphrase: str) -> SealingKey:
    """Return the private key; the second factor is then for the caller to see to. Slow on purpose.

    Raises:
        SignInRefused: the pass-phrase is wrong.
    """
    try:
        private = passphrases.unwrap(cells.wrapped_private_key, passphrase, about=f"staff/{staff_id}")
    except CannotOpen as error:
        raise SignInRefused from error
    return SealingKey.from_private_bytes(private)


def opened(
    staff_id: UUID, cells: Cells, passphrase: str, totp_code: str, *, at: datetime, may_repeat: bool
) -> tuple[SealingKey, bytes]:
    """Return the private key and the second factor's cell with this code marked as used. Slow on purpose.

    Raises:
        SignInRefused: pass-phrase or code is wrong, or the code was used before.
    """
    key = opened_private(staff_id, cells, passphrase)
    try:
        cell = fields.decrypt(_factor_key(key), cells.wrapped_totp_secret, f"totp/{staff_id}")
    except CannotOpen as error:
        raise SignInRefused from error
    (last,) = LAST_STEP.unpack(cell[: LAST_STEP.size])
    secret = cell[LAST_STEP.size :].decode("ascii")
    step = matching_step(secret, totp_code, at)
    if step is None or (step <= last and not may_repeat):
        raise SignInRefused
    return key, _closed_factor(key, staff_id, secret, max(step, last))


def new_factor(key: SealingKey, staff_id: UUID, totp_secret: str, totp_code: str, *, at: datetime) -> bytes:
    """Return the cell of another second factor, closed under the person's own key.

    Raises:
        CodeDoesNotFit: the telephone does not show the code of this secret.
    """
    step = matching_step(totp_secret, totp_code, at) if is_secret(totp_secret) else None
    if step is None:
        raise CodeDoesNotFit
    return _closed_factor(key, staff_id, totp_secret, step)


def work_like_a_sign_in(passphrase: str) -> None:
    """Spend what opening a private key costs, for a name that does not exist."""
    header = passphrases.HEADER.pack(passphrases.VERSION, *passphrases.COST)
    rest = secrets.token_bytes(passphrases.SALT_BYTES + passphrases.NONCE_BYTES + DECOY_BYTES)
    _quietly(lambda: passphrases.unwrap(header + rest, passphrase, about="nobody"))


def _quietly(act: Callable[[], object]) -> None:
    try:
        act()
    except CannotOpen:
        return


def _closed_factor(key: SealingKey, staff_id: UUID, secret: str, step: int) -> bytes:
    cell = LAST_STEP.pack(step) + secret.encode("ascii")
    return fields.encrypt(_factor_key(key), cell, f"totp/{staff_id}")


def _factor_key(key: SealingKey) -> bytes:
    info = b"convivencia/1/staff/second-factor"
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(key.private_bytes)

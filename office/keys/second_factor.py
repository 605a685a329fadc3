"""The second factor: six digits of the moment from a secret on the person's telephone (TOTP, RFC 6238).

It guards the door, not the disk: who steals the store needs the pass-phrase only, who steals the
pass-phrase needs the telephone too. A code serves once.
"""

import base64
import binascii
import hmac
import unicodedata
from datetime import datetime
from typing import Final

import pyotp

SECONDS: Final = 30
STEPS_EITHER_WAY: Final = 1
SECRET_BYTES: Final = 20
ISSUER: Final = "Convivencia"


def new_totp_secret() -> str:
    """Return a random secret of 160 bits in base 32, as authenticator apps take it."""
    return pyotp.random_base32()


def is_secret(text: str) -> bool:
    """Return whether this has the shape and the length of a secret made by `new_totp_secret`."""
    try:
        return len(base64.b32decode(text)) == SECRET_BYTES
    except (binascii.Error, ValueError):
        return False


def provisioning_uri(secret: str, name: str) -> str:
    """Return the address that an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def code_at(secret: str, at: datetime) -> str:
    """Return the six digits of the moment."""
    return pyotp.TOTP(secret).at(step_at(at) * SECONDS)


def step_at(at: datetime) -> int:
    """Return the number of the half minute."""
    return int(at.timestamp()) // SECONDS


def matching_step(secret: str, code: str, at: datetime) -> int | None:
    """Return the half minute whose code was given, one early or late allowed; None if it is none of them."""
    typed = "".join(_digit(sign) for sign in code).encode()
    found = None
    for step in range(step_at(at) - STEPS_EITHER_WAY, step_at(at) + STEPS_EITHER_WAY + 1):
        if hmac.compare_digest(pyotp.TOTP(secret).at(step * SECONDS).encode(), typed):
            found = step
    return found


def _digit(sign: str) -> str:
    if sign.isspace():
        return ""
    return str(unicodedata.decimal(sign, "x"))

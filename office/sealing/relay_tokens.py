"""Tokens of those who file for others: 256 random bits, written so that they can be copied or read out.

The office keeps the SHA-256 of a token and the public half of a key derived from it (HKDF); neither opens
anything, and a stolen store lets nobody in. What is told to an association is sealed to that key, so that
only whoever brings the token reads it. No slow hash is needed: nobody guesses 256 bits.
"""

import base64
import binascii
import hashlib
import secrets
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from office.errors import Invalid
from office.sealing.boxes import SealingKey

TOKEN_BYTES: Final = 32
LETTERS: Final = 52
GROUP: Final = 4
LONGEST_TYPED: Final = 300
INFO: Final = b"convivencia/1/relay/key"


class RelayTokenInvalid(Invalid):
    """This is no token: of another length, or with other signs."""

    code = "relay_token_invalid"
    sentence = "This access does not open anything. Please copy it again, or ask the office for a new one."


def new_token() -> str:
    """Return a random token, 52 letters and digits without spaces."""
    return _written(secrets.token_bytes(TOKEN_BYTES))


def grouped(token: str) -> str:
    """Return the token as it is shown, in thirteen groups of four."""
    return " ".join(token[start : start + GROUP] for start in range(0, LETTERS, GROUP))


def checked(text: str) -> str:
    """Return a token as somebody pasted it, in its kept form: no spaces or hyphens, small letters.

    Raises:
        RelayTokenInvalid: it is not of the shape of a token.
    """
    plain = "".join(text[:LONGEST_TYPED].split()).replace("-", "").lower()
    if len(plain) != LETTERS or not plain.isascii():
        raise RelayTokenInvalid
    token = _written(_read(plain))
    if token != plain:  # the last letter carries a bit more than a token has
        raise RelayTokenInvalid
    return token


def token_hash(token: str) -> bytes:
    """Return what the office keeps of a token: its SHA-256, 32 bytes."""
    return hashlib.sha256(_read(token)).digest()


def token_key(token: str) -> SealingKey:
    """Return the key that opens what is sealed to the holder of a token."""
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=INFO).derive(_read(token))
    return SealingKey.from_private_bytes(made)


def _written(token: bytes) -> str:
    return base64.b32encode(token).decode("ascii").rstrip("=").lower()


def _read(token: str) -> bytes:
    try:
        return base64.b32decode(token.upper() + "=" * (-len(token) % 8))
    except binascii.Error:
        raise RelayTokenInvalid from None

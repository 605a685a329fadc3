"""Fields: single values closed under a 32-byte key (AES-256-GCM), bound to what they are about.

closed = 1 byte format (1) | 12 bytes nonce | ciphertext + 16 bytes
"""

import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from office.sealing.boxes import CannotOpen, KeyUnusable

FORMAT: Final = b"\x01"
KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16


def encrypt(key: bytes, plaintext: bytes, about: str) -> bytes:
    """Return `plaintext` closed under `key`; it opens only when asked about the same.

    Raises:
        KeyUnusable: `key` does not have 32 bytes.
    """
    nonce = secrets.token_bytes(NONCE_BYTES)
    return FORMAT + nonce + _cipher(key).encrypt(nonce, plaintext, FORMAT + about.encode())


def decrypt(key: bytes, closed: bytes, about: str) -> bytes:
    """Return what was closed.

    Raises:
        CannotOpen: another key, about something else, or altered.
        KeyUnusable: `key` does not have 32 bytes.
    """
    cipher = _cipher(key)
    nonce, body = closed[1 : 1 + NONCE_BYTES], closed[1 + NONCE_BYTES :]
    if closed[:1] != FORMAT or len(body) < TAG_BYTES:
        raise CannotOpen(about=about)
    try:
        return cipher.decrypt(nonce, body, FORMAT + about.encode())
    except InvalidTag as error:
        raise CannotOpen(about=about) from error


def _cipher(key: bytes) -> AESGCM:
    if len(key) != KEY_BYTES:
        raise KeyUnusable
    return AESGCM(key)

"""Drafts: a report half written, kept for a person who comes back with a code only they hold.

The code (a random cookie while browsing, or the digits a person wrote down) is not kept. From it come
a proof, whose hash is where the draft is kept, and the key that opens it. Drafts are filled up to the
same sizes as reports, so their length tells nothing.
"""

import hashlib
import secrets
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from office.sealing import fields
from office.sealing.boxes import padded, unpadded

ABOUT: Final = "draft"


def new_draft_code() -> str:
    """Return a random code of 256 bits, fit for a cookie."""
    return secrets.token_urlsafe(32)


def draft_lookup(code: str) -> bytes:
    """Return where the draft of `code` is kept: the SHA-256 of its proof, 32 bytes."""
    return hashlib.sha256(_expanded(code, b"convivencia/1/draft/proof")).digest()


def seal_draft(code: str, plaintext: bytes) -> bytes:
    """Return the draft closed under `code`; raise TooLargeToSeal beyond the largest size."""
    return fields.encrypt(_expanded(code, b"convivencia/1/draft/key"), padded(plaintext), ABOUT)


def open_draft(code: str, sealed: bytes) -> bytes:
    """Return the draft; raise CannotOpen for another code or an altered draft."""
    return unpadded(fields.decrypt(_expanded(code, b"convivencia/1/draft/key"), sealed, ABOUT))


def _expanded(code: str, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(code.encode())

"""Pieces: a file closed part by part, so that it can be sent on a bad line and go on where it stopped.

Each file has a random key of its own. A piece is closed under it with AES-GCM and bound to its number, so
pieces cannot be swapped or repeated; that none is missing is known from their number and the SHA-256 of the
whole, which lie with the key in the sealed report. Why no stream: `docs/decisions/0008-files-in-pieces.md`.

Lengths tell little: the first piece is filled up to one of a few sizes and every further one to a whole
MiB, so a file of more than one piece shows its size in whole MiB only.

    sealed = 1 byte format (1) | 12 bytes nonce | size class + 16 bytes
"""

import secrets
from typing import Final

from office.sealing import fields
from office.sealing.boxes import LENGTH_BYTES, SIZE_CLASSES, CannotOpen, padded, unpadded

KEY_BYTES: Final = fields.KEY_BYTES
WHOLE: Final = SIZE_CLASSES[-1]
PIECE_BYTES: Final = WHOLE - LENGTH_BYTES
"""Bytes of the original in every piece but the last, which may have fewer."""


def new_file_key() -> bytes:
    """Return a random key for one file, 32 bytes."""
    return secrets.token_bytes(KEY_BYTES)


def pieces_of(size: int) -> int:
    """Return in how many pieces a file of `size` bytes is kept."""
    return max(1, -(-size // PIECE_BYTES))


def seal_piece(key: bytes, number: int, clear: bytes) -> bytes:
    """Return the piece of this `number` (the first is 0), closed under the key of its file.

    Raises:
        KeyUnusable: `key` does not have 32 bytes.
        TooLargeToSeal: `clear` has more than `PIECE_BYTES`.
    """
    filled = padded(clear)
    if number:
        filled += bytes(WHOLE - len(filled))
    return fields.encrypt(key, filled, _about(number))


def open_piece(key: bytes, number: int, sealed: bytes) -> bytes:
    """Return the bytes of the original in the piece of this `number`.

    Raises:
        CannotOpen: another key, another piece, or altered.
        KeyUnusable: `key` does not have 32 bytes.
    """
    filled = fields.decrypt(key, sealed, _about(number))
    if number and len(filled) != WHOLE:
        raise CannotOpen
    return unpadded(filled)


def _about(number: int) -> str:
    return f"file/piece/{number}"

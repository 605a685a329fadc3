"""Streams: attachments closed piece by piece (libsodium secretstream), however long they are.

Pieces cannot be swapped, repeated, left out or cut off at the end without being noticed.

    stream = 24 bytes header, then per piece: 4 bytes length | piece + 17 bytes
"""

from collections.abc import Iterable, Iterator
from typing import Final

from nacl import bindings
from nacl.exceptions import CryptoError

from office.sealing.boxes import CannotOpen, KeyUnusable

KEY_BYTES: Final = 32
HEADER_BYTES: Final = bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES
ADDED_BYTES: Final = bindings.crypto_secretstream_xchacha20poly1305_ABYTES
MIDDLE: Final = bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
LAST: Final = bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL
LENGTH_BYTES: Final = 4
MOST_PIECE: Final = 1024 * 1024


def seal_stream(chunks: Iterable[bytes], key: bytes) -> Iterator[bytes]:
    """Yield the stream closed under a 32-byte `key` that seals this stream only.

    Raises:
        KeyUnusable: `key` does not have 32 bytes.
        ValueError: a chunk is larger than 1 MiB.
    """
    state = _state(key)
    yield bindings.crypto_secretstream_xchacha20poly1305_init_push(state, key)
    held: bytes | None = None
    for chunk in chunks:
        if len(chunk) > MOST_PIECE:
            raise ValueError("a piece has at most 1 MiB")
        if held is not None:
            yield _pushed(state, held, MIDDLE)
        held = chunk
    yield _pushed(state, held or b"", LAST)


def open_stream(sealed: Iterable[bytes], key: bytes) -> Iterator[bytes]:
    """Yield the pieces again; `sealed` may be cut anywhere, as a file or a network cuts it.

    Nothing yielded may be used as whole before the iteration has ended without an error.

    Raises:
        CannotOpen: another key, altered, or cut off.
        KeyUnusable: `key` does not have 32 bytes.
    """
    state = _state(key)
    reader = _Reader(sealed)
    bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, reader.exactly(HEADER_BYTES), key)
    tag = MIDDLE
    while tag != LAST:
        length = int.from_bytes(reader.exactly(LENGTH_BYTES), "big")
        if length > MOST_PIECE + ADDED_BYTES:
            raise CannotOpen
        try:
            piece, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(state, reader.exactly(length))
        except (CryptoError, RuntimeError) as error:
            raise CannotOpen from error
        yield piece
    if reader.has_more():
        raise CannotOpen


class _Reader:
    """Gives exact numbers of bytes from pieces of any size."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._held = b""

    def exactly(self, count: int) -> bytes:
        while len(self._held) < count:
            piece = next(self._pieces, None)
            if piece is None:
                raise CannotOpen
            self._held += piece
        taken, self._held = self._held[:count], self._held[count:]
        return taken

    def has_more(self) -> bool:
        return bool(self._held) or any(self._pieces)


def _pushed(state: bindings.crypto_secretstream_xchacha20poly1305_state, piece: bytes, tag: int) -> bytes:
    closed = bindings.crypto_secretstream_xchacha20poly1305_push(state, piece, None, tag)
    return len(closed).to_bytes(LENGTH_BYTES, "big") + closed


def _state(key: bytes) -> bindings.crypto_secretstream_xchacha20poly1305_state:
    if len(key) != KEY_BYTES:
        raise KeyUnusable
    return bindings.crypto_secretstream_xchacha20poly1305_state()

"""Boxes: bytes sealed to a public key, so that whoever seals cannot read them again.

HPKE (RFC 9180), base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305. What a box is
about goes into HPKE's `info`, so a box moved to another case or another use does not open. The length
of what is inside is hidden: it is filled up with zeros to one of a few sizes before sealing.

    sealed = 1 byte format (1) | 32 bytes encapsulated key | size class + 16 bytes
"""

from typing import Final, NoReturn, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from office.errors import Invalid, Refused, TooLarge

KIB: Final = 1024
SIZE_CLASSES: Final = (4 * KIB, 16 * KIB, 64 * KIB, 256 * KIB, 1024 * KIB)
KEY_BYTES: Final = 32
LENGTH_BYTES: Final = 4
FORMAT: Final = b"\x01"
OVERHEAD: Final = len(FORMAT) + KEY_BYTES + 16
INFO_PREFIX: Final = "convivencia/1/"
SUITE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


class CannotOpen(Refused):
    """The key is another one, the box is about something else, or it was altered: one cannot tell which."""

    code = "cannot_open"
    sentence = "This cannot be opened with the key you hold."


class KeyUnusable(Invalid):
    """These bytes are no key to seal to."""

    code = "key_unusable"
    sentence = "This key cannot be used."


class TooLargeToSeal(TooLarge):
    """More bytes than the largest size class holds."""

    code = "too_large_to_seal"
    sentence = "This text is too long to be sent in one go. Please shorten it, or send it in parts."


class SealingKey:
    """A private key that opens boxes. It never shows itself in a log, a traceback or a pickle."""

    __slots__ = ("_private", "_public")

    def __init__(self, private: X25519PrivateKey) -> None:
        self._private = private
        self._public = private.public_key().public_bytes_raw()

    @classmethod
    def generate(cls) -> Self:
        """Return a new random key."""
        return cls(X25519PrivateKey.generate())

    @classmethod
    def from_private_bytes(cls, private: bytes) -> Self:
        """Return the key kept as 32 bytes; raise KeyUnusable for any other length."""
        if len(private) != KEY_BYTES:
            raise KeyUnusable
        return cls(X25519PrivateKey.from_private_bytes(private))

    @property
    def public(self) -> bytes:
        """The public half, 32 bytes: it seals and cannot open."""
        return self._public

    @property
    def private_bytes(self) -> bytes:
        """The private half, 32 bytes, to be wrapped or sealed at once and never kept clear."""
        return self._private.private_bytes_raw()

    def open(self, sealed: bytes, info: bytes) -> bytes:
        """Return what is inside an HPKE message (encapsulated key and ciphertext); raise InvalidTag."""
        return SUITE.decrypt(sealed, self._private, info)

    def __repr__(self) -> str:
        return "SealingKey(private)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a private key is not pickled")


def padded(plaintext: bytes) -> bytes:
    """Return `plaintext` with its length in front, filled with zeros to the next size class.

    Raises:
        TooLargeToSeal: it does not fit the largest class.
    """
    needed = LENGTH_BYTES + len(plaintext)
    size = next((size for size in SIZE_CLASSES if needed <= size), None)
    if size is None:
        raise TooLargeToSeal(bytes=str(len(plaintext)), most=str(SIZE_CLASSES[-1] - LENGTH_BYTES))
    return len(plaintext).to_bytes(LENGTH_BYTES, "big") + plaintext + bytes(size - needed)


def unpadded(filled: bytes) -> bytes:
    """Return what `padded` was given; raise CannotOpen if this is not what it returns."""
    length = int.from_bytes(filled[:LENGTH_BYTES], "big")
    end = LENGTH_BYTES + length
    inside = filled[LENGTH_BYTES:end]
    if len(filled) not in SIZE_CLASSES or len(inside) != length or filled[end:].strip(b"\0"):
        raise CannotOpen
    return inside


def seal(plaintext: bytes, public_key: bytes, *, about: str) -> bytes:
    """Return `plaintext` sealed to `public_key`; only its private half, asked about the same, opens it.

    Raises:
        KeyUnusable: `public_key` is not a 32-byte X25519 public key, or a degenerate one.
        TooLargeToSeal: `plaintext` is larger than the largest size class.
    """
    filled = padded(plaintext)
    try:
        to = X25519PublicKey.from_public_bytes(public_key)
        return FORMAT + SUITE.encrypt(filled, to, _info(about))
    except ValueError as error:
        raise KeyUnusable(about=about) from error


def unseal(sealed: bytes, key: SealingKey, *, about: str) -> bytes:
    """Return what was sealed.

    Raises:
        CannotOpen: another key, about something else, altered, or not a box at all.
    """
    if sealed[:1] != FORMAT or len(sealed) - OVERHEAD not in SIZE_CLASSES:
        raise CannotOpen(about=about)
    try:
        filled = key.open(sealed[1:], _info(about))
    except (InvalidTag, ValueError) as error:
        raise CannotOpen(about=about) from error
    return unpadded(filled)


def _info(about: str) -> bytes:
    return (INFO_PREFIX + about).encode()

"""A new receipt key is believed only from whoever holds the old one.

The mailbox cannot tell: a form that was taken over could write any key into it, and the desk would seal a
whole thread to a stranger. So the old key speaks to the readers in an authenticated box (NaCl `crypto_box`:
X25519, XSalsa20, Poly1305), which only its private half or theirs can make, about just this new key.
"""

from typing import Final

from nacl.exceptions import CryptoError
from nacl.public import Box, PrivateKey, PublicKey

from office.sealing.boxes import KeyUnusable, SealingKey

PREFIX: Final = b"convivencia/1/succession/"


def named_successor(old: SealingKey, readers: bytes, *, about: str, new: bytes) -> bytes:
    """Return the word of the old key that `new` follows it.

    Args:
        old: the receipt's key so far.
        readers: public half of the key that will check it.
        about: the case number and the version of the new key.
        new: public half of the new key.

    Raises:
        KeyUnusable: `readers` is no public key.
    """
    try:
        return bytes(Box(PrivateKey(old.private_bytes), PublicKey(readers)).encrypt(_words(about, new)))
    except (CryptoError, ValueError) as error:
        raise KeyUnusable(about=about) from error


def is_successor(word: bytes, readers: SealingKey, *, old: bytes, about: str, new: bytes) -> bool:
    """Say whether the holder of the `old` key (its public half) named `new` its successor about this."""
    try:
        said = Box(PrivateKey(readers.private_bytes), PublicKey(old)).decrypt(word)
    except (CryptoError, ValueError):
        return False
    return bool(said == _words(about, new))


def _words(about: str, new: bytes) -> bytes:
    return PREFIX + about.encode() + b"/" + new

"""Pass-phrases of staff: a short secret, such as a private key, closed under what a person remembers.

Argon2id with 64 MiB, three passes and one lane, the second recommendation of RFC 9106 with its memory and
passes; one lane, because a sign-in should hold one core and not four. It costs about a fifth of a second
and 64 MiB, so no more than two run in a process at once. Only staff have pass-phrases: the residents'
door never comes here.

    wrapped = header (1 byte version, 4 KiB, 1 passes, 1 lanes) | 16 bytes salt | 12 bytes nonce | AES-256-GCM
"""

import secrets
import struct
import threading
import unicodedata
from typing import Final, NamedTuple

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from office.errors import Invalid
from office.sealing.boxes import CannotOpen

VERSION: Final = 1
HEADER: Final = struct.Struct(">BIBB")
SALT_BYTES: Final = 16
NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16
MOST_KIB: Final = 1024 * 1024
MOST_PASSES: Final = 16
MOST_LANES: Final = 8
AT_ONCE: Final = 2

FEWEST_CHARACTERS: Final = 14
FEWEST_WORDS: Final = 4
FEWEST_DIFFERENT: Final = 6

_turns: Final = threading.BoundedSemaphore(AT_ONCE)


class PassphraseTooWeak(Invalid):
    """The pass-phrase is too short or too simple."""

    code = "passphrase_too_weak"
    sentence = (
        "This pass-phrase is too easy to guess. Take at least 14 characters, or four words that do not "
        "belong together, and do not use your name."
    )


class Cost(NamedTuple):
    """What one try costs: memory in KiB, passes over it, lanes."""

    kib: int
    passes: int
    lanes: int


COST: Final = Cost(kib=64 * 1024, passes=3, lanes=1)


def check_strength(passphrase: str, *, names: tuple[str, ...] = ()) -> None:
    """Do nothing if the pass-phrase is strong enough.

    Raises:
        PassphraseTooWeak: fewer than 14 characters and fewer than four words, fewer than six different
            characters, or little more than one of `names`.
    """
    text = _normalised(passphrase).casefold()
    words = {word for word in text.split() if len(word) > 1}
    if len(text.strip()) < FEWEST_CHARACTERS and len(words) < FEWEST_WORDS:
        raise PassphraseTooWeak
    if len(set(text)) < FEWEST_DIFFERENT:
        raise PassphraseTooWeak
    for name in names:
        rest = text.replace(_normalised(name).casefold(), "") if name else text
        if len(rest.strip()) < FEWEST_CHARACTERS // 2:
            raise PassphraseTooWeak


def wrap(secret: bytes, passphrase: str, *, about: str, cost: Cost = COST) -> bytes:
    """Return `secret` closed under `passphrase`; it opens only when asked about the same."""
    header = HEADER.pack(VERSION, cost.kib, cost.passes, cost.lanes)
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    key = _stretched(passphrase, salt, cost)
    return header + salt + nonce + AESGCM(key).encrypt(nonce, secret, _bound(header, about))


def unwrap(wrapped: bytes, passphrase: str, *, about: str) -> bytes:
    """Return the secret.

    Raises:
        CannotOpen: wrong pass-phrase, about something else, altered, or not a wrapped secret at all.
    """
    header, rest = wrapped[: HEADER.size], wrapped[HEADER.size :]
    salt, nonce, body = rest[:SALT_BYTES], rest[SALT_BYTES:][:NONCE_BYTES], rest[SALT_BYTES + NONCE_BYTES :]
    if len(header) < HEADER.size or len(body) < TAG_BYTES:
        raise CannotOpen(about=about)
    version, *numbers = HEADER.unpack(header)
    cost = Cost(*numbers)
    if version != VERSION or cost.kib > MOST_KIB or cost.passes > MOST_PASSES or cost.lanes > MOST_LANES:
        raise CannotOpen(about=about)
    try:
        key = _stretched(passphrase, salt, cost)
        return AESGCM(key).decrypt(nonce, body, _bound(header, about))
    except (InvalidTag, HashingError) as error:
        raise CannotOpen(about=about) from error


def _stretched(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    with _turns:
        return hash_secret_raw(
            _normalised(passphrase).encode("utf-8", "surrogatepass"),
            salt,
            cost.passes,
            cost.kib,
            cost.lanes,
            32,
            Type.ID,
        )


def _normalised(passphrase: str) -> str:
    """Return the pass-phrase as RFC 8265 (OpaqueString) wants it: plain spaces, Unicode NFC."""
    spaced = "".join(" " if unicodedata.category(sign) == "Zs" else sign for sign in passphrase)
    return unicodedata.normalize("NFC", spaced)


def _bound(header: bytes, about: str) -> bytes:
    return header + about.encode()

"""Signatures on what the office publishes and on what it writes down: Ed25519 (RFC 8032).

Keys and signatures are plain bytes here (32, 32 and 64). Anybody with the public half can check; the
private half is a file only the service that publishes can read.
"""

import base64
import json
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from office.errors import Invalid, Unavailable

KEY_BYTES: Final = 32
OTHERS: Final = 0o077
RELEASE_SIGNING: Final = "release_signing"


class SigningKeyUnusable(Invalid):
    """These bytes are no Ed25519 key."""

    code = "signing_key_unusable"
    sentence = "This signing key cannot be used."


class SigningKeyOpenToOthers(Unavailable):
    """Other users of the machine could read the signing key, so it is refused."""

    code = "signing_key_open_to_others"
    sentence = "Other users of this machine can read the signing key. Make it readable by its service only."


class NoSigningKey(Unavailable):
    """The file of the signing key is missing or cannot be read."""

    code = "no_signing_key"
    sentence = "The office's signing key is not where it should be."


def new_private_key() -> bytes:
    """Return a new random private key, 32 bytes."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_half(private: bytes) -> bytes:
    """Return the public half of a private key, 32 bytes."""
    return _private(private).public_key().public_bytes_raw()


def sign(private: bytes, data: bytes) -> bytes:
    """Return the signature of `data`, 64 bytes; raise SigningKeyUnusable."""
    return _private(private).sign(data)


def verify(public: bytes, data: bytes, signature: bytes) -> bool:
    """Return whether `signature` is that of `data` by the holder of `public`; never raise for a bad one."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def private_key_from(path: Path) -> bytes:
    """Return the private key kept in a file as 32 bytes.

    Raises:
        NoSigningKey: no file, or not for this user, or of another length.
        SigningKeyOpenToOthers: the file's mode lets other users read or change it.
    """
    try:
        if path.stat().st_mode & OTHERS:
            raise SigningKeyOpenToOthers(file=path.name)
        private = path.read_bytes()
    except OSError as error:
        raise NoSigningKey(file=path.name) from error
    if len(private) != KEY_BYTES:
        raise NoSigningKey(file=path.name)
    return private


def release_public_keys(path: Path) -> tuple[bytes, ...]:
    """Return the public halves that sign or signed releases, newest first, from the public-keys file.

    Raises:
        NoSigningKey: no file, or none in it.
    """
    try:
        entries = json.loads(path.read_text("utf-8"))[RELEASE_SIGNING]
        newest_first = sorted(entries, key=lambda entry: -int(entry["version"]))
        keys = tuple(base64.b64decode(entry["public_key"], validate=True) for entry in newest_first)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoSigningKey(file=path.name) from error
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        raise NoSigningKey(file=path.name)
    return keys


def _private(private: bytes) -> Ed25519PrivateKey:
    if len(private) != KEY_BYTES:
        raise SigningKeyUnusable
    return Ed25519PrivateKey.from_private_bytes(private)

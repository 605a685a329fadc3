"""Receipt keys: the 24 digits with which a person comes back, and what is derived from them.

22 random digits (73 bits) and two check digits (ISO 7064, MOD 97-10), because every script and every
telephone has digits. The office keeps only a salt, a hash of the proof and the public half of the
reporter's key; neither opens anything. No password hash here: at some ten hashes a second anybody
could stop the residents' door with it. 73 random bits need no slow hash.
"""

import hashlib
import secrets
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from office.errors import Invalid
from office.sealing.boxes import SealingKey

RANDOM_DIGITS: Final = 22
LENGTH: Final = 24
LONGEST_TYPED: Final = 200
"""Signs of a key that are looked at at all: nobody types so many, and a program must not keep us busy."""
GROUP: Final = 4
GROUPS: Final = LENGTH // GROUP
DOUBTED: Final = 3
"""To look at more groups than these is to look at the whole key."""
SALT_BYTES: Final = 16
SEPARATORS: Final = frozenset(["Zs", "Zl", "Zp", "Cc", "Cf", "Pd", "Pc"])
DOTS: Final = frozenset(".,·•/\u2212")


class ReceiptKeyInvalid(Invalid):
    """The receipt key was mistyped."""

    code = "receipt_key_invalid"
    sentence = "This key is not right. It has 24 digits, in six groups of four. Please check it."


class ReceiptKeyWithLetters(ReceiptKeyInvalid):
    """Something other than a digit was typed."""

    code = "receipt_key_with_letters"
    sentence = "The key has only digits, no letters or other signs. Please check it."


class ReceiptKeyTooShort(ReceiptKeyInvalid):
    """Digits are missing."""

    code = "receipt_key_too_short"
    sentence = "Some digits of the key are missing. It has 24 digits, in six groups of four."


class ReceiptKeyTooLong(ReceiptKeyInvalid):
    """There are more digits than a key has."""

    code = "receipt_key_too_long"
    sentence = "There are too many digits in the key. It has 24 digits, in six groups of four."


class ReceiptKeyMistyped(ReceiptKeyInvalid):
    """The number of digits is right, but the check digits do not fit."""

    code = "receipt_key_mistyped"
    sentence = (
        "One of the digits of the key is wrong, or two are swapped. Please compare it with your receipt."
    )


class Derived(NamedTuple):
    """What a receipt key gives: the proof that finds the receipt, and the key that opens its replies."""

    proof: bytes
    sealing_key: SealingKey

    def __repr__(self) -> str:
        return "Derived(proof, sealing_key)"


def check_digits(body: str) -> str:
    """Return the two ISO 7064 MOD 97-10 check digits of `body`."""
    return f"{98 - int(body) * 100 % 97:02d}"


def new_key() -> str:
    """Return a random receipt key, 24 digits without spaces."""
    body = f"{secrets.randbelow(10**RANDOM_DIGITS):0{RANDOM_DIGITS}d}"
    return body + check_digits(body)


def grouped(key: str) -> str:
    """Return the key as it is shown, in six groups of four digits."""
    return " ".join(key[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def checked(text: str) -> str:
    """Return the key a person typed, in its kept form: 24 European digits.

    Digits of any script are taken; spaces, dashes, dots and invisible marks are left out.

    Raises:
        ReceiptKeyInvalid: in the kind that says what is wrong.
    """
    if len(text) > LONGEST_TYPED:
        raise ReceiptKeyTooLong
    digits = "".join(_digit(sign) for sign in text)
    if len(digits) < LENGTH:
        raise ReceiptKeyTooShort
    if len(digits) > LENGTH:
        raise ReceiptKeyTooLong
    if not _is_right(digits):
        raise ReceiptKeyMistyped
    return digits


def groups_typed(text: str) -> tuple[str, ...]:
    """Return the six groups of a key as a person typed them, or none if they cannot be told apart."""
    parts = "".join(" " if _is_between(sign) else sign for sign in text).split()
    if len(parts) == GROUPS:
        return tuple(parts)
    signs = "".join(parts)
    if len(signs) != LENGTH:
        return ()
    return tuple(signs[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def doubtful_groups(text: str) -> tuple[int, ...]:
    """Return the groups of a mistyped key, 1 to 6, in one of which the error probably is.

    A group with a letter, or without its four digits, is one. Else they are those in which one other digit,
    or two neighbours swapped, would make the check digits fit: the right one is always among them if that
    is what happened. None if there would be more than three, which says too little.
    """
    groups = groups_typed(text)
    odd = {at for at, group in enumerate(groups) if len(group) != GROUP or not group.isdecimal()}
    if groups and not odd:
        key = "".join(_digit(sign) for group in groups for sign in group)
        odd = {at // GROUP for near in _neighbours(key) for at in near}
    return tuple(at + 1 for at in sorted(odd)) if len(odd) <= DOUBTED else ()


def _neighbours(key: str) -> Iterator[tuple[int, ...]]:
    """Give the places at which one digit, or the order of two, must be another for a key to be right."""
    for at, digit in enumerate(key):
        for other in "0123456789":
            if other != digit and _is_right(key[:at] + other + key[at + 1 :]):
                yield (at,)
    for at, (one, two) in enumerate(pairwise(key)):
        if one != two and _is_right(key[:at] + two + one + key[at + 2 :]):
            yield (at, at + 1)


def new_salt() -> bytes:
    """Return a random salt for one case."""
    return secrets.token_bytes(SALT_BYTES)


def derive(key: str, salt: bytes) -> Derived:
    """Return the proof and the reporter's sealing key of a checked `key` under the case's `salt`."""
    return Derived(
        proof=_expanded(key, salt, b"convivencia/1/receipt/proof"),
        sealing_key=SealingKey.from_private_bytes(
            _expanded(key, salt, b"convivencia/1/receipt/reporter-key")
        ),
    )


def proof_hash(proof: bytes) -> bytes:
    """Return what the office keeps of a proof: its SHA-256, 32 bytes."""
    return hashlib.sha256(proof).digest()


def _digit(sign: str) -> str:
    value = unicodedata.decimal(sign, None)
    if value is not None:
        return str(value)
    if _is_between(sign):
        return ""
    raise ReceiptKeyWithLetters


def _is_between(sign: str) -> bool:
    return sign in DOTS or unicodedata.category(sign) in SEPARATORS


def _is_right(digits: str) -> bool:
    return check_digits(digits[:RANDOM_DIGITS]) == digits[RANDOM_DIGITS:]


def _expanded(key: str, salt: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(key.encode())

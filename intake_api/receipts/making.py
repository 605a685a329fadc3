"""Receipts made before they are needed: case number, key and salt from one random draw.

Usually the draw is ours. A program may bring its own random key instead, so that it can send again after
a lost answer: the same key with the same body is the same report and the same receipt; with another body
it is another report, so nothing is ever dropped in silence. Nothing secret is kept for either.
"""

import hashlib
import secrets
from typing import Final
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from intake_api.receipts.ahead import ReceiptAhead
from office.ids import ALPHABET, LENGTH, check_character
from office.routing import Routing, routed, routing_in_salt
from office.sealing.receipts import RANDOM_DIGITS, SALT_BYTES, check_digits

KEY_HEADER: Final = "Idempotency-Key"
SHORTEST: Final = 22
LONGEST: Final = 100
INFO: Final = b"convivencia/1/receipt-ahead"


def receipt_ahead(routing: Routing) -> ReceiptAhead:
    """Return a new receipt for a report of this routing."""
    return receipt_from(secrets.token_urlsafe(32), b"", routing)


def fits(receipt: ReceiptAhead, routing: Routing) -> bool:
    """Return whether a receipt made earlier still says the right readers."""
    return routing_in_salt(receipt.salt) == routing


def receipt_from(key: str, body: bytes, routing: Routing) -> ReceiptAhead:
    """Return the receipt that belongs to this key and this body, for a report of this routing."""
    salt = hashlib.sha256(body).digest()
    made = HKDF(algorithm=SHA256(), length=96, salt=salt, info=INFO).derive(key.encode())
    letters, digits, identifier, salt_bytes = made[:32], made[32:64], made[64:80], made[80:]
    number = int.from_bytes(letters, "big")
    name = "".join(ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)] for place in range(LENGTH - 1))
    body_digits = f"{int.from_bytes(digits, 'big') % 10**RANDOM_DIGITS:0{RANDOM_DIGITS}d}"
    return ReceiptAhead(
        case_number=name + check_character(name),
        key=body_digits + check_digits(body_digits),
        salt=routed(salt_bytes[:SALT_BYTES], routing),
        envelope_id=UUID(bytes=identifier, version=4),
    )

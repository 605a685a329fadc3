"""A receipt made from a key that the sender chose, so that a program can send again after a lost answer.

Nothing secret is kept for it: case number, receipt key and salt all come, by HKDF, from the sender's
random key and the body. The same key with the same body is the same report and the same receipt; with
another body it is another report, so nothing is ever dropped in silence.
"""

import hashlib
from typing import Final
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from intake_api.answers import Answers
from intake_api.drafts import ReceiptAhead
from intake_api.routing import routed, routing_of
from office.ids import ALPHABET, LENGTH, check_character
from office.sealing.receipts import RANDOM_DIGITS, SALT_BYTES, check_digits

KEY_HEADER: Final = "Idempotency-Key"
SHORTEST: Final = 22
LONGEST: Final = 100
INFO: Final = b"convivencia/1/idempotency/"


def receipt_from(key: str, body: bytes, answers: Answers) -> ReceiptAhead:
    """Return the receipt that belongs to this key and this body."""
    salt = hashlib.sha256(body).digest()
    made = HKDF(algorithm=SHA256(), length=96, salt=salt, info=INFO).derive(key.encode())
    letters, digits, identifier, salt_bytes = made[:32], made[32:64], made[64:80], made[80:]
    number = int.from_bytes(letters, "big")
    name = "".join(ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)] for place in range(LENGTH - 1))
    body_digits = f"{int.from_bytes(digits, 'big') % 10**RANDOM_DIGITS:0{RANDOM_DIGITS}d}"
    respondent = next(iter(answers.get("respondent_code", ())), "")
    return ReceiptAhead(
        case_number=name + check_character(name),
        key=body_digits + check_digits(body_digits),
        salt=routed(salt_bytes[:SALT_BYTES], routing_of(respondent)),
        envelope_id=UUID(bytes=identifier, version=4),
    )

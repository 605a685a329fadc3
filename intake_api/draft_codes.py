"""What a browser's cookie holds of a draft: a random code, or digits somebody wrote down and a word of its own.

The first part finds and opens the draft. The word after it opens nothing: by its hash the browser that sent a
report is known again, so that digits left on paper show nobody else the receipt.
"""

import hashlib
from typing import Final

from office.sealing.drafts import draft_lookup, new_draft_code
from office.sealing.receipts import LENGTH

SEPARATOR: Final = "."


def with_own_word(digits: str) -> str:
    """Return what the cookie of a browser holds that opens a draft under these digits."""
    return f"{digits}{SEPARATOR}{new_draft_code()}"


def secret_of(code: str) -> str:
    """Return the part of a cookie that finds and opens its draft."""
    return code.partition(SEPARATOR)[0]


def digits_of(code: str) -> str | None:
    """Return the digits somebody can write down, or None if the draft lies under a random code."""
    secret = secret_of(code)
    return secret if len(secret) == LENGTH and secret.isdecimal() else None


def lookup_of(code: str) -> bytes:
    """Return where the draft of a cookie is kept."""
    return draft_lookup(secret_of(code))


def browser_of(code: str) -> str:
    """Return the hash by which a browser is known again, from its cookie; empty if it has no own word."""
    word = code.partition(SEPARATOR)[2]
    return hashlib.sha256(word.encode()).hexdigest() if word else ""

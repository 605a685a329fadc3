"""The codes of a draft: the one that finds and opens it, and the word of the browser that sends it.

A draft not yet sent opens with its code alone: a random cookie, or digits somebody wrote down. Once it is
sent only its receipt is left, sealed under the code *and* a word which the browser that sent was given on the
page before. So neither digits left on paper, nor a cookie somebody else planted or noted, opens a receipt.
"""

from typing import Final

from office.sealing.drafts import draft_lookup, new_draft_code
from office.sealing.receipts import LENGTH

LENGTHS: Final = range(20, 100)
SEPARATOR: Final = "."


def new_word() -> str:
    """Return a random word for the browser that is about to send."""
    return new_draft_code()


def is_code(text: str | None) -> bool:
    """Return whether a cookie can be a code or a word at all."""
    return bool(text) and len(text or "") in LENGTHS and SEPARATOR not in (text or "")


def digits_of(code: str) -> str | None:
    """Return the digits somebody can write down, or None if the draft lies under a random code."""
    return code if len(code) == LENGTH and code.isdecimal() else None


def lookup_of(code: str) -> bytes:
    """Return where the draft of a code is kept, sent or not."""
    return draft_lookup(code)


def secret_of(code: str, word: str, *, is_sent: bool) -> str:
    """Return what a draft is sealed under."""
    return f"{code}{SEPARATOR}{word}" if is_sent else code

"""Escrow: a secret split into three shares on paper, any two of which give it back (SLIP-39).

The shares are words, each with its own checksum, so a mistyped one is noticed before anything is tried.
"""

from collections.abc import Sequence
from typing import Final

from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.share import Share

from office.errors import Invalid

SHARES: Final = 3
NEEDED: Final = 2
SECRET_BYTES: Final = 32


class EscrowShareInvalid(Invalid):
    """One of the shares was mistyped or is no share."""

    code = "escrow_share_invalid"
    sentence = "One of the shares is not right. Please compare each word with the paper."


class EscrowSharesDoNotFit(Invalid):
    """Each share is right in itself, but they are too few, the same, or of different secrets."""

    code = "escrow_shares_do_not_fit"
    sentence = "These shares do not open the escrow. Two different shares of the same ceremony are needed."


def split(secret: bytes) -> list[str]:
    """Return three shares of a 32-byte secret; any two give it back and one alone tells nothing."""
    if len(secret) != SECRET_BYTES:
        raise ValueError("an escrowed secret has 32 bytes")
    return list(generate_mnemonics(1, [(NEEDED, SHARES)], secret)[0])


def recover(shares: Sequence[str]) -> bytes:
    """Return the secret from two shares as typed; a third one, or one given twice, does no harm.

    Raises:
        EscrowShareInvalid: a word is wrong; `share` says which one, counted from 1.
        EscrowSharesDoNotFit: fewer than two different shares, or of different ceremonies.
    """
    typed = [" ".join(share.lower().split()) for share in shares]
    for number, share in enumerate(typed, start=1):
        _check(share, number)
    different = list(dict.fromkeys(typed))
    try:
        secret = combine_mnemonics(different[:NEEDED])
    except (MnemonicError, ValueError, IndexError) as error:
        raise EscrowSharesDoNotFit from error
    if len(secret) != SECRET_BYTES:
        raise EscrowSharesDoNotFit
    return bytes(secret)


def _check(share: str, number: int) -> None:
    try:
        Share.from_mnemonic(share)
    except (MnemonicError, ValueError, IndexError) as error:
        raise EscrowShareInvalid(share=str(number)) from error

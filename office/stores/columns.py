"""Every column says how sensitive it is; a column that does not is refused by a test.

technical   identifiers, versions, counters: nothing about anybody
coded       a code of a vocabulary, a day, a month or a week: what queues and counts need
restricted  names of organisations, references, who is assigned, exact small counts: clear inside only
staff       about a member of staff
proof       hashes, salts and public keys: opens nothing by itself
sealed      ciphertext of what a person told, wrote, sent or is called

A column may also say how large its value may be and which codes it takes; `office.stores.tables`
makes CHECK constraints of that, because SQLite heeds no VARCHAR length and table models do not validate.
"""

from collections.abc import Sequence
from typing import Any, Final, Literal, get_args

from sqlmodel import Field

Sensitivity = Literal["technical", "coded", "restricted", "staff", "proof", "sealed"]
SENSITIVITIES: Final = get_args(Sensitivity)

URGENCIES: Final = ("normal", "soon", "danger")
"""Codes of the list `urgency`, the least urgent first."""
ROUTINGS: Final = ("normal", "city")
"""Codes of the list `routing`."""
RELAYS: Final = ("association", "operator")
"""Who may file for others: a partner association, or somebody of the office who types for a person."""

LARGEST_SEALED: Final = 1_114_112
"""Bytes: the largest size class of a sealed text (1 MiB) with room for what sealing adds."""


def column(
    sensitivity: Sensitivity,
    *,
    codes: Sequence[str] | None = None,
    exactly: int | None = None,
    largest: int | None = None,
    **field: Any,
) -> Any:
    """Return a SQLModel field that carries its sensitivity in the column's `info`.

    Args:
        sensitivity: one of the six words above.
        codes: the only values the store accepts (besides NULL, where the column may be empty).
        exactly: the one length, in characters or bytes.
        largest: the greatest length, in characters or bytes; texts say `max_length` instead.
        **field: all other words are those of `sqlmodel.Field`.
    """
    told = dict(field.pop("sa_column_kwargs", {}))
    about: dict[str, Any] = {"sensitivity": sensitivity}
    if codes is not None:
        about["codes"] = tuple(codes)
        field.setdefault("max_length", max(len(code) for code in codes))
    if exactly is not None:
        about["exactly"] = exactly
    if largest is not None:
        about["largest"] = largest
    told["info"] = {**told.get("info", {}), **about}
    return Field(sa_column_kwargs=told, **field)

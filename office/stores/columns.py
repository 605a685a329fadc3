"""Every column says how sensitive it is; a column that does not is refused by a test.

technical   identifiers, versions, counters: nothing about anybody
coded       a code of a vocabulary, a day, a month or a week: what queues and counts need
restricted  names of organisations, references and who is assigned: clear inside the office only
staff       about a member of staff
proof       hashes, salts and public keys: opens nothing by itself
sealed      ciphertext of what a person told, wrote, sent or is called
"""

from typing import Any, Final, Literal, get_args

from sqlmodel import Field

Sensitivity = Literal["technical", "coded", "restricted", "staff", "proof", "sealed"]
SENSITIVITIES: Final = get_args(Sensitivity)


def column(sensitivity: Sensitivity, **field: Any) -> Any:
    """Return a SQLModel field that carries its sensitivity in the column's `info`.

    All other words are those of `sqlmodel.Field`.
    """
    told = dict(field.pop("sa_column_kwargs", {}))
    told["info"] = {**told.get("info", {}), "sensitivity": sensitivity}
    return Field(sa_column_kwargs=told, **field)

"""Brings a resident's proof to the store, which then shows only the row it belongs to.

On PostgreSQL the mailbox has row level security (`[rows]` in `grants.toml`): without this the form sees no
receipt, no reply and no draft. SQLite has no such thing, and nothing happens there.
"""

from typing import Final

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

SAY: Final = "SELECT set_config(%s, %s, true)"
"""For code that speaks to psycopg itself: run this with each pair of `brought`, before asking for the row."""


def brought(
    *, case_number: str | None = None, proof: bytes | None = None, lookup: bytes | None = None
) -> list[tuple[str, str]]:
    """Return what the resident brought as names and values of PostgreSQL settings; see `bring`."""
    told = {
        "convivencia.case_number": case_number,
        "convivencia.proof": None if proof is None else proof.hex(),
        "convivencia.lookup": None if lookup is None else lookup.hex(),
    }
    return [(name, value) for name, value in told.items() if value is not None]


def bring(
    at: Session | Connection,
    *,
    case_number: str | None = None,
    proof: bytes | None = None,
    lookup: bytes | None = None,
) -> None:
    """Tell the store, for this transaction only, what the resident brought.

    Args:
        at: the session or connection that will ask for the row.
        case_number: opens the receipt of that case.
        proof: derived from the receipt key; with the case number it opens the replies.
        lookup: of a draft (`sealing.drafts.draft_lookup`); opens that draft.
    """
    connection = at.connection() if isinstance(at, Session) else at
    if connection.dialect.name == "postgresql":
        for name, value in brought(case_number=case_number, proof=proof, lookup=lookup):
            connection.execute(text("SELECT set_config(:name, :value, true)"), {"name": name, "value": value})

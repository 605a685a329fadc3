"""The rows of the timeline. They are only ever added; no role but the owner may change one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime

from office.stores.casework import CaseworkTable
from office.stores.columns import column


class Event(CaseworkTable, table=True):
    """One thing that was done or read, tied by its hash to the one before it in the same chain.

    `detail` is canonical JSON of codes and references: never a name, a text or an address of a person
    who reported.
    """

    __tablename__ = "event"

    chain: str = column("technical", primary_key=True, max_length=40)
    seq: int = column("technical", primary_key=True)
    at: datetime = column("restricted", sa_type=DateTime(timezone=True))
    kind: str = column("coded", max_length=40)
    by: UUID | None = column("staff", default=None)
    detail: str = column("coded")
    previous_hash: bytes = column("proof")
    hash: bytes = column("proof")


class ChainHead(CaseworkTable, table=True):
    """Where a chain stands. Whoever adds to a chain holds this row until the transaction ends."""

    __tablename__ = "chain_head"

    chain: str = column("technical", primary_key=True, max_length=40)
    seq: int = column("technical")
    hash: bytes = column("proof")

"""The associations, and those who type in for people, to whom the office gave a token."""

from datetime import date
from uuid import UUID

from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import RELAYS, column


class Relay(CaseworkTable, table=True):
    """One token: of it only the hash and a public key; the courier mirrors those that hold to the mailbox."""

    __tablename__ = "relay_access"

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    kind: str = column("coded", codes=RELAYS)
    name: str = column("restricted", max_length=160)
    token_hash: bytes = column("proof", exactly=32, unique=True)
    public_key: bytes = column("proof", exactly=32)
    channel_code: str = column("coded", max_length=40)
    made_on: date = column("restricted")
    made_by: UUID = column("staff", foreign_key="staff.id")
    valid_until: date = column("coded")
    revoked_on: date | None = column("restricted", default=None)

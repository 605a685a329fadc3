"""New receipt keys, as the courier brought them, until they are applied."""

from datetime import date
from uuid import UUID

from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import column


class ReceiptKeyChange(CaseworkTable, table=True):
    """That a person has a new receipt key: what the office says from now on is sealed to it."""

    __tablename__ = "receipt_key_change"

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_number: str = column("restricted", exactly=9, max_length=9, index=True)
    reporter_public_key: bytes = column("proof", exactly=32)
    reporter_key_version: int = column("technical")
    received_on: date = column("restricted")
    applied_on: date | None = column("restricted", default=None)

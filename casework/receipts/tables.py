"""New receipt keys, as the courier brought them, until they are applied."""

from datetime import date
from uuid import UUID

from casework.cases.tables import index_where
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column


class ReceiptKeyChange(CaseworkTable, table=True):
    """That a person has a new receipt key: what the office says from now on is sealed to it.

    `sealed` holds the old key's word for it until somebody who can open that has verified it.
    """

    __tablename__ = "receipt_key_change"
    __table_args__ = (index_where("applied_on IS NULL", "receipt_key_change_waiting", "case_number"),)

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_number: str = column("restricted", exactly=9, max_length=9, index=True)
    reporter_public_key: bytes = column("proof", exactly=32)
    reporter_key_version: int = column("technical")
    key_name: str = column("technical", max_length=60)
    sealed: bytes | None = column("sealed", default=None, largest=LARGEST_SEALED)
    received_on: date = column("restricted")
    verified_on: date | None = column("restricted", default=None)
    applied_on: date | None = column("restricted", default=None)

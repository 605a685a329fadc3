"""The sealed pieces of files, as the courier brought them."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index

from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column


class AttachmentPiece(CaseworkTable, table=True):
    """One piece; name, type, hash and key of the file lie sealed in the report or message it came with."""

    __tablename__ = "attachment_piece"
    __table_args__ = (
        Index("ix_attachment_piece_case_number", "case_number"),
        CheckConstraint("number >= 0", "pieces_are_numbered"),
    )

    file_id: UUID = column("technical", primary_key=True)
    number: int = column("technical", primary_key=True)
    case_number: str = column("restricted", exactly=9, max_length=9)
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)
    received_on: date = column("restricted")

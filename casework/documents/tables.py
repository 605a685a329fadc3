"""Documents the office added to a case, and the sealed pieces of their files."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column


class CaseDocument(CaseworkTable, table=True):
    """One document. What it is, from whom, its title and the key of its file lie sealed: a kind tells a lot.

    Attributes:
        number: its number in the case, never given to another.
        voided_on: it was noted by mistake; why lies sealed.
    """

    __tablename__ = "case_document"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        CheckConstraint("number > 0", "documents_are_numbered"),
        CheckConstraint("(voided_on IS NULL) = (voided_by IS NULL)", "voided_by_somebody"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id")
    number: int = column("technical")
    added_on: date = column("restricted")
    added_by: UUID = column("staff", foreign_key="staff.id")
    voided_on: date | None = column("restricted", default=None)
    voided_by: UUID | None = column("staff", default=None, foreign_key="staff.id")
    key_version: int = column("technical")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)


class DocumentPiece(CaseworkTable, table=True):
    """One piece of a file, sealed under the key of that file, which lies sealed in its document."""

    __tablename__ = "document_piece"
    __table_args__ = (
        Index("ix_document_piece_case_number", "case_number"),
        CheckConstraint("number >= 0", "pieces_of_documents_are_numbered"),
    )

    file_id: UUID = column("technical", primary_key=True)
    number: int = column("technical", primary_key=True)
    case_number: str = column("restricted", exactly=9, max_length=9)
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)
    added_on: date = column("restricted")

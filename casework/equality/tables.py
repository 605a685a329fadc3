"""Answers about themselves that people gave after sending."""

from uuid import UUID

from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column


class EqualityAnswer(CaseworkTable, table=True):
    """One person's answers: no case number, no day, and no number of the row as SQLite would give it."""

    __tablename__ = "equality_record"
    __table_args__ = {"sqlite_with_rowid": False}

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    quarter: str = column("coded", exactly=7, max_length=7, index=True)
    key_name: str = column("technical", max_length=60)
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)

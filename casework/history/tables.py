"""Imported history: coded rows under a hash of their own number, so that a second run adds nothing."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint

from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import column


class HistorySource(CaseworkTable, table=True):
    """One file of history: what it is, and on which day it was first brought in."""

    __tablename__ = "history_source"

    name: str = column("technical", primary_key=True, max_length=40)
    title: str = column("coded", max_length=2000)
    licence: str = column("coded", max_length=300)
    basis_code: str = column("coded", max_length=20)
    first_imported_on: date = column("coded")


class HistoryFact(CaseworkTable, table=True):
    """One row of such a file, in codes."""

    __tablename__ = "history_fact"
    __table_args__ = (
        UniqueConstraint("source_name", "row_key", name="one_row_once"),
        CheckConstraint("length(month) = 7", name="month_is_a_month"),
        CheckConstraint("ground_codes <> ''", name="some_ground"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    source_name: str = column("technical", foreign_key="history_source.name", index=True, max_length=40)
    row_key: str = column("proof", max_length=64)
    month: str = column("coded", max_length=7)
    occurred_year: int | None = column("coded", default=None)
    ground_codes: str = column("coded", max_length=400)
    district_code: str = column("coded", max_length=60)
    area_code: str = column("coded", max_length=60)
    respondent_code: str = column("coded", max_length=60)
    conduct_codes: str = column("coded", max_length=400)
    channel_code: str = column("coded", max_length=60)
    language: str = column("coded", max_length=20)

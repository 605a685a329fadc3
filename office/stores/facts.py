"""The facts: coded, coarsened situations without identifiers, all that the observatory ever receives.

The nightly hand-over replaces the facts of open periods under fresh ids; the observatory reads them, freezes
and releases periods, and leaves alerts for named roles of the office.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, CheckConstraint, Index
from sqlalchemy.orm import registry
from sqlmodel import SQLModel

from office.ids import new_id
from office.stores.columns import column
from office.stores.tables import keep_limits, new_metadata

BASES = ("registration", "imported", "demonstration")
STATES = ("open", "frozen", "released", "awaited")


class FactsTable(SQLModel, registry=registry(metadata=new_metadata())):
    """Base of the facts store's tables."""


keep_limits(FactsTable)
metadata = FactsTable.metadata


class Fact(FactsTable, table=True):
    """One situation in codes. Groups are random numbers valid inside one period, never tabulated."""

    __tablename__ = "fact"
    __table_args__ = (
        Index("ix_fact_source_month", "source", "month"),
        CheckConstraint(
            "source IN ('live', 'demonstration') OR source LIKE 'imported:_%'", "source_is_known"
        ),
        CheckConstraint(
            "substr(month, 5, 1) = '-' AND substr(month, 6, 2) BETWEEN '01' AND '12'", "month_is_a_month"
        ),
        CheckConstraint("occurred_year BETWEEN 1900 AND 2200", "occurred_year_is_a_year"),
        CheckConstraint("ground_codes <> ''", "ground_is_told_or_unknown"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    schema_version: int = column("technical", default=1)
    source: str = column("coded", max_length=60)
    period_basis: str = column("coded", codes=BASES)
    month: str = column("coded", exactly=7, max_length=7)
    occurred_year: int | None = column("coded", default=None)
    district_code: str = column("coded", default="unknown", max_length=60)
    area_code: str = column("coded", default="unknown", max_length=60)
    ground_codes: str = column("coded", default="unknown", max_length=400)
    conduct_codes: str = column("coded", default="", max_length=400)
    respondent_code: str = column("coded", default="unknown", max_length=60)
    channel_code: str = column("coded", max_length=60)
    language: str = column("coded", max_length=20)
    barrier_codes: str = column("coded", default="", max_length=400)
    path_codes: str = column("coded", default="", max_length=400)
    stage_code: str = column("coded", max_length=60)
    response_codes: str = column("coded", default="", max_length=400)
    outcome_code: str | None = column("coded", default=None, max_length=60)
    first_answer_band: str | None = column("coded", default=None, max_length=60)
    person_group: int = column("technical", sa_type=BigInteger)
    respondent_group: int = column("technical", sa_type=BigInteger)
    incident_group: int = column("technical", sa_type=BigInteger)


class Period(FactsTable, table=True):
    """A quarter of one source: open to the hand-over, frozen for counting, or released.

    When its release is taken back a quarter is `awaited`: its facts are gone, and the next hand-over brings
    them again and opens it.
    """

    __tablename__ = "period"
    __table_args__ = (
        CheckConstraint("substr(quarter, 5, 2) = '-Q'", "quarter_is_a_quarter"),
        CheckConstraint("(state = 'released') = (release_name IS NOT NULL)", "released_by_a_release"),
    )

    source: str = column("coded", primary_key=True, max_length=60)
    quarter: str = column("coded", primary_key=True, exactly=7, max_length=7)
    state: str = column("coded", default="open", codes=STATES)
    release_name: str | None = column("technical", default=None, max_length=60)


class SourceTitle(FactsTable, table=True):
    """What an imported file is called, by language."""

    __tablename__ = "source_title"
    __table_args__ = (CheckConstraint("source LIKE 'imported:_%'", "source_is_imported"),)

    source: str = column("coded", primary_key=True, max_length=60)
    title: dict[str, str] = column("coded", sa_type=JSON)


class KeptCount(FactsTable, table=True):
    """How many situations or mentions of a released quarter a planned table of its year still needs.

    All that is left of the facts of a quarter until its year is released. Exact and often small, so it is as
    sensitive as the facts themselves; every code has a row, those that count nothing too.
    """

    __tablename__ = "kept_count"
    __table_args__ = (
        CheckConstraint("substr(quarter, 5, 2) = '-Q'", "quarter_is_a_quarter"),
        CheckConstraint("count >= 0", "count_is_a_count"),
    )

    source: str = column("coded", primary_key=True, max_length=60)
    quarter: str = column("coded", primary_key=True, exactly=7, max_length=7)
    part: str = column("coded", primary_key=True, max_length=40)
    code: str = column("coded", primary_key=True, max_length=60)
    count: int = column("restricted")


class Alert(FactsTable, table=True):
    """Exact counts that rose, for named roles of the office; never published."""

    __tablename__ = "alert"

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    kind: str = column("coded", max_length=40)
    payload: dict[str, Any] = column("coded", sa_type=JSON)
    made_at: datetime = column("technical")

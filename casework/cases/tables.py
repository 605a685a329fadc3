"""Cases, their keys, and what is kept under those keys."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text

from casework.cases.rules import MOVES
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column

STAGES = tuple(MOVES)


def index_where(rule: str, name: str, column_name: str) -> Index:
    """Return an index that holds only the rows of a rule, on both engines."""
    return Index(name, column_name, sqlite_where=text(rule), postgresql_where=text(rule))


class CaseFile(CaseworkTable, table=True):
    """One matter the office works on, from triage to outcome. `reference` is the public case number.

    Lists of codes are joined by spaces and sorted. `version` grows with every change, so that two
    people who edit at once notice each other. `former_reporter_key` is that before a receipt was issued
    again: what the person had already changed with it may still be on its way. `limit_on` is the last
    day of the first short limit that may run, as it was counted when the case was opened: no lawyer has
    confirmed it. `key_due_on` is the day since
    when the case waits for a new key, because somebody who had the present one may not have it any more.
    `assigned_on` is the day its adviser was given it, `looked_on` the first day they looked at it since.
    A case that was opened in error is void since `voided_on`: closed without an outcome, and counted nowhere.
    """

    __tablename__ = "case_file"
    __table_args__ = (
        CheckConstraint(
            "(closed_on IS NULL) = (outcome_code IS NULL AND voided_on IS NULL)"
            " AND (outcome_code IS NULL OR voided_on IS NULL)",
            "closed_with_an_outcome_or_void",
        ),
        CheckConstraint("(closed_on IS NULL) = (stage_code <> 'closed')", "closed_is_a_stage"),
        Index("case_file_of_an_adviser", "assigned_to", "closed_on", "opened_on", "id"),
        index_where("key_due_on IS NOT NULL", "case_file_key_due", "key_due_on"),
        index_where("looked_on IS NULL AND closed_on IS NULL", "case_file_untouched", "assigned_on"),
        Index("case_file_newest", "opened_on", "id"),
        Index(
            "case_file_open_newest",
            "opened_on",
            "id",
            sqlite_where=text("closed_on IS NULL"),
            postgresql_where=text("closed_on IS NULL"),
        ),
        Index("case_file_next", "next_on", "id"),
        Index("case_file_limit", "limit_on", "id"),
        index_where("voided_on IS NOT NULL", "case_file_void", "voided_on"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    reference: str = column("restricted", unique=True, max_length=9)
    report_id: UUID | None = column("technical", default=None, foreign_key="inbox_report.id")
    reporter_public_key: bytes | None = column("proof", default=None, exactly=32)
    reporter_key_version: int = column("technical", default=1)
    former_reporter_key: bytes | None = column("proof", default=None, exactly=32)
    reported_week: str = column("coded", max_length=8)
    reported_on: date = column("restricted")
    language: str = column("coded", max_length=20)
    channel_code: str = column("coded", max_length=60)
    urgency_code: str = column("coded", max_length=10)
    routing_code: str = column("coded", max_length=10)
    area_code: str = column("coded", default="unknown", max_length=60)
    respondent_code: str = column("coded", default="unknown", max_length=60)
    district_code: str = column("coded", default="unknown", max_length=60)
    ground_codes: str = column("coded", default="unknown", max_length=600)
    conduct_codes: str = column("coded", default="", max_length=600)
    stage_code: str = column("coded", default="triage", codes=STAGES)
    response_codes: str = column("coded", default="", max_length=600)
    outcome_code: str | None = column("coded", default=None, max_length=60)
    reason_code: str | None = column("coded", default=None, max_length=60)
    first_answered_on: date | None = column("restricted", default=None)
    next_on: date | None = column("restricted", default=None)
    limit_on: date | None = column("restricted", default=None)
    opened_on: date = column("restricted")
    closed_on: date | None = column("restricted", default=None)
    voided_on: date | None = column("restricted", default=None)
    assigned_to: UUID = column("staff", foreign_key="staff.id")
    assigned_on: date = column("restricted")
    looked_on: date | None = column("restricted", default=None)
    key_version: int = column("technical", default=1)
    key_due_on: date | None = column("restricted", default=None)
    version: int = column("technical", default=1)
    is_demonstration: bool = column("technical", default=False)

    @property
    def is_closed(self) -> bool:
        """Say whether the case has an outcome, or is void."""
        return self.closed_on is not None

    @property
    def is_void(self) -> bool:
        """Say whether the case was opened in error."""
        return self.voided_on is not None


class CaseKey(CaseworkTable, table=True):
    """The public half of one version of a case's key, and its private half sealed to the escrow."""

    __tablename__ = "case_key"

    case_id: UUID = column("technical", primary_key=True, foreign_key="case_file.id")
    version: int = column("technical", primary_key=True)
    public_key: bytes = column("proof", exactly=32)
    sealed_to_escrow: bytes | None = column("sealed", default=None, largest=LARGEST_SEALED)
    made_on: date = column("restricted")
    retired_on: date | None = column("restricted", default=None)


class CaseKeyGrant(CaseworkTable, table=True):
    """The private half of a case's key, sealed to one member of staff. No grant, no case."""

    __tablename__ = "case_key_grant"
    __table_args__ = (
        Index("case_key_grant_of_a_holder", "holder_id", "case_id"),
        index_where("revoked_on IS NULL", "case_key_grant_present", "holder_id"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    version: int = column("technical")
    holder_id: UUID = column("staff", foreign_key="staff.id")
    sealed_private_key: bytes = column("sealed", largest=LARGEST_SEALED)
    granted_by: UUID | None = column("staff", default=None, foreign_key="staff.id")
    granted_on: date = column("restricted")
    revoked_on: date | None = column("restricted", default=None)


class CaseContent(CaseworkTable, table=True):
    """A sealed part of a case: the story as it was told, or the contact.

    `key_name` is the case's own key (`case.<number>.<version>`). A contact stays under `contact.<n>` when
    whoever took the report up did not hold that key.
    """

    __tablename__ = "case_content"
    case_id: UUID = column("technical", primary_key=True, foreign_key="case_file.id")
    kind: str = column("technical", primary_key=True, codes=("story", "contact"))
    key_name: str = column("technical", max_length=60)
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)

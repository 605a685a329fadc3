"""Requests to put cases of one pattern together, and what the adviser of each answered. No words."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint

from casework.patterns.rules import ANSWERS, KINDS
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import column


class CasePattern(CaseworkTable, table=True):
    """A pattern about which the advisers of its cases were asked. `version` grows with each step proposed."""

    __tablename__ = "case_pattern"

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    kind_code: str = column("coded", codes=tuple(KINDS))
    respondent_code: str = column("coded", default="", max_length=60)
    district_code: str = column("coded", default="", max_length=60)
    conduct_code: str = column("coded", default="", max_length=60)
    asked_on: date = column("restricted")
    asked_by: UUID = column("staff", foreign_key="staff.id")
    version: int = column("technical", default=1)


class PatternMember(CaseworkTable, table=True):
    """One case of a pattern, and what its adviser answered; whoever has it later is asked anew."""

    __tablename__ = "case_pattern_member"
    __table_args__ = (
        CheckConstraint(
            "(answer_code IS NULL) = (answered_on IS NULL) AND (answer_code IS NULL) = (answered_by IS NULL)",
            "an_answer_is_whole",
        ),
    )

    pattern_id: UUID = column("technical", primary_key=True, foreign_key="case_pattern.id")
    case_id: UUID = column("technical", primary_key=True, foreign_key="case_file.id", index=True)
    answer_code: str | None = column("coded", default=None, codes=tuple(ANSWERS))
    answered_on: date | None = column("restricted", default=None)
    answered_by: UUID | None = column("staff", default=None, foreign_key="staff.id")

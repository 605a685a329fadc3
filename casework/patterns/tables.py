"""Requests to put cases of one pattern together, and what the adviser of each answered. No words."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint

from casework.patterns.rules import ANSWERS, KINDS, PROPOSALS
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import column


class CasePattern(CaseworkTable, table=True):
    """A pattern about which the advisers of its cases were asked. `version` grows with each proposal.

    What is proposed stands here as a code: words about a group would have no case whose key seals them.
    """

    __tablename__ = "case_pattern"
    __table_args__ = (
        CheckConstraint(
            "(proposal_code IS NULL) = (proposed_on IS NULL)"
            " AND (proposal_code IS NULL) = (proposed_by IS NULL)"
            " AND (decided_on IS NULL) = (decided_by IS NULL)",
            "a_proposal_is_whole",
        ),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    kind_code: str = column("coded", codes=tuple(KINDS))
    respondent_code: str = column("coded", default="", max_length=60)
    district_code: str = column("coded", default="", max_length=60)
    conduct_code: str = column("coded", default="", max_length=60)
    asked_on: date = column("restricted")
    asked_by: UUID = column("staff", foreign_key="staff.id")
    version: int = column("technical", default=1)
    proposal_code: str | None = column("coded", default=None, codes=tuple(PROPOSALS))
    proposed_on: date | None = column("restricted", default=None)
    proposed_by: UUID | None = column("staff", default=None, foreign_key="staff.id")
    decided_on: date | None = column("restricted", default=None)
    decided_by: UUID | None = column("staff", default=None, foreign_key="staff.id")


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

"""The register of requests from authorities. Rows are only ever added: no role but the owner may change one.

There is no name, no case and no file in it: what a request is about stays on paper, so that the register
does not show that somebody is known to the office.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint

from casework.authority_requests.rules import (
    ANSWERS,
    AUTHORITIES,
    LONGEST_BASIS,
    LONGEST_REASONS,
    TOLD,
    WAYS,
    reference_of,
)
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import column


class AuthorityRequest(CaseworkTable, table=True):
    """One request that came, as whoever received it entered it; one other entry may correct it."""

    __tablename__ = "authority_request"
    __table_args__ = (UniqueConstraint("year", "number"), UniqueConstraint("id", "entered_by"))

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    year: int = column("coded")
    number: int = column("technical")
    received_on: date = column("restricted")
    authority_code: str = column("coded", codes=tuple(AUTHORITIES))
    way_code: str = column("coded", codes=tuple(WAYS))
    asked_codes: str = column("coded", max_length=80)
    legal_basis: str = column("restricted", max_length=LONGEST_BASIS)
    proposed_code: str | None = column("coded", codes=tuple(ANSWERS), default=None)
    corrects_id: UUID | None = column(
        "technical", default=None, foreign_key="authority_request.id", unique=True
    )
    entered_on: date = column("restricted")
    entered_by: UUID = column("staff", foreign_key="staff.id")

    @property
    def reference(self) -> str:
        """Its number as people say it."""
        return reference_of(self.year, self.number)


class AuthorityAnswer(CaseworkTable, table=True):
    """The answer to one request, signed. The store itself refuses a second one, and one of who entered it."""

    __tablename__ = "authority_answer"
    __table_args__ = (
        ForeignKeyConstraint(
            ["request_id", "entered_by"], ["authority_request.id", "authority_request.entered_by"]
        ),
        CheckConstraint("signed_by <> entered_by", name="signed_by_another"),
    )

    request_id: UUID = column("technical", primary_key=True)
    entered_by: UUID = column("staff")
    answer_code: str = column("coded", codes=tuple(ANSWERS))
    reasons: str = column("restricted", max_length=LONGEST_REASONS)
    told_code: str = column("coded", codes=tuple(TOLD))
    signed_on: date = column("restricted")
    signed_by: UUID = column("staff", foreign_key="staff.id")

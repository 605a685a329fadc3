"""Cases that somebody asked to close or to void, and cases that their adviser gave back."""

from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text

from casework.states.rules import REASONS_TO_RETURN
from casework.tracks.outcomes import SAID
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column

CLOSING, VOID, BACK = "closing", "void", "back"
KINDS: Final = (CLOSING, VOID, BACK)
"""What is asked of a second person: to close a case, to void it, or to take that back."""
OF_VOID: Final = (VOID, BACK)
SETTLED: Final = ("closed", "sent_back", "taken_back")
"""How a request ended: done, or not; it is taken back too when the case has another adviser."""
OPEN: Final = text("settled_on IS NULL")


class ClosingRequest(CaseworkTable, table=True):
    """What somebody asks about the end of a case. The store itself refuses that they do it alone.

    `agreed_by` is the head of the office, who agrees where no second supervisor has the case. Of a void case
    `reason_code` is one of `void_rules.REASONS`, `goes_on_id` the case in which the same report goes on, and
    there is no outcome.

    Attributes:
        agreed_over: ids of what was open when the head agreed; what opens later is not covered.
    """

    __tablename__ = "closing_request"
    __table_args__ = (
        CheckConstraint(
            "(settled_code IS NULL) = (settled_on IS NULL) AND (settled_code IS NULL) = (settled_by IS NULL)",
            "a_settlement_is_whole",
        ),
        CheckConstraint(
            "(agreed_by IS NULL) = (agreed_on IS NULL) AND (agreed_by IS NULL OR agreed_by <> asked_by)",
            "another_person_agreed",
        ),
        CheckConstraint(
            "settled_code IS NULL OR settled_code <> 'closed' OR settled_by <> asked_by"
            " OR agreed_by IS NOT NULL",
            "another_person_closed_it",
        ),
        Index("closing_request_once", "case_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    seq: int = column("technical")
    kind_code: str = column("coded", default=CLOSING, codes=KINDS)
    goes_on_id: UUID | None = column("technical", default=None, foreign_key="case_file.id")
    response_codes: str = column("coded", default="", max_length=600)
    outcome_code: str = column("coded", max_length=60)
    reason_code: str = column("coded", max_length=60)
    asked_by: UUID = column("staff", foreign_key="staff.id")
    asked_on: date = column("restricted")
    agreed_by: UUID | None = column("staff", default=None, foreign_key="staff.id")
    agreed_on: date | None = column("restricted", default=None)
    agreed_over: str | None = column("technical", default=None, max_length=20_000)
    settled_code: str | None = column("coded", default=None, codes=SETTLED)
    settled_by: UUID | None = column("staff", default=None, foreign_key="staff.id")
    settled_on: date | None = column("restricted", default=None)
    key_version: int = column("technical")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)


class TrackEnd(CaseworkTable, table=True):
    """How a track that was open when closing was asked for ended, as whoever asked says it; never changed."""

    __tablename__ = "closing_track"

    request_id: UUID = column("technical", primary_key=True, foreign_key="closing_request.id")
    track_id: UUID = column("technical", primary_key=True, foreign_key="case_track.id", index=True)
    end_code: str = column("coded", codes=tuple(SAID))


class CaseReturn(CaseworkTable, table=True):
    """A case that its adviser gave back; settled when somebody else has it, or it ended."""

    __tablename__ = "case_return"
    __table_args__ = (
        Index("case_return_once", "case_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    reason_code: str = column("staff", codes=tuple(REASONS_TO_RETURN))
    returned_by: UUID = column("staff", foreign_key="staff.id")
    returned_on: date = column("restricted")
    settled_on: date | None = column("restricted", default=None)

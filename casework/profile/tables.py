"""What somebody is: one profile a consent, its key sealed to who may have it, its entries, and who opened it.

No ground, purpose or word stands in clear: what is known here without the key is that there is something.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Index, text

from casework.profile.rules import WAYS
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column

PRESENT = text("withdrawn_on IS NULL")


class CaseProfile(CaseworkTable, table=True):
    """The profile of the person of a case, from their consent to its withdrawal, with the key's public half.

    The row stays when the consent is withdrawn; its key, entries and reasons do not.

    Attributes:
        key_due_on: since when it waits for a new key, because somebody had it who may not have it any more.
    """

    __tablename__ = "case_profile"
    __table_args__ = (
        Index("case_profile_present", "case_id", unique=True, sqlite_where=PRESENT, postgresql_where=PRESENT),
        CheckConstraint("(withdrawn_on IS NULL) = (withdrawn_noted_by IS NULL)", "withdrawn_by_somebody"),
        CheckConstraint("withdrawn_on IS NULL OR sealed_to_escrow IS NULL", "withdrawn_without_a_key"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    key_version: int = column("technical", default=1)
    public_key: bytes = column("proof", exactly=32)
    sealed_to_escrow: bytes | None = column("sealed", default=None, largest=LARGEST_SEALED)
    key_due_on: date | None = column("restricted", default=None)
    consented_on: date = column("restricted")
    consent_noted_by: UUID = column("staff", foreign_key="staff.id")
    withdrawn_on: date | None = column("restricted", default=None)
    withdrawn_noted_by: UUID | None = column("staff", default=None, foreign_key="staff.id")


class ProfileGrant(CaseworkTable, table=True):
    """The profile's present key, sealed to one member of staff. It is deleted when they may not have it."""

    __tablename__ = "profile_grant"

    profile_id: UUID = column("technical", primary_key=True, foreign_key="case_profile.id")
    holder_id: UUID = column("staff", primary_key=True, foreign_key="staff.id", index=True)
    way_code: str = column("technical", codes=WAYS)
    sealed_private_key: bytes = column("sealed", largest=LARGEST_SEALED)
    granted_on: date = column("restricted")


class ProfileEntry(CaseworkTable, table=True):
    """One thing the person said they are, sealed under the profile's key: ground, words, what for."""

    __tablename__ = "profile_entry"

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    profile_id: UUID = column("technical", foreign_key="case_profile.id", index=True)
    noted_by: UUID = column("staff", foreign_key="staff.id")
    noted_on: date = column("restricted")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)


class ProfileOpening(CaseworkTable, table=True):
    """That a supervisor wrote down why, before it was opened for them. The reason may tell: sealed."""

    __tablename__ = "profile_opening"

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    profile_id: UUID = column("technical", foreign_key="case_profile.id", index=True)
    opened_by: UUID = column("staff", foreign_key="staff.id")
    opened_at: datetime = column("restricted", sa_type=DateTime(timezone=True))
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)

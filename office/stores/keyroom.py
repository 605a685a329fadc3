"""The keyroom: members of staff, the office's keys and who holds which.

It lies in the casework store. Every private half in it is sealed: to a person's pass-phrase, to a
holder's own key, or to the escrow. Nothing here opens without somebody present.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index

from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import column

ROLES = (
    "adviser", "supervisor", "head", "data_protection", "triage", "mediator", "outreach", "operator",
)  # fmt: skip
HOLD_NO_KEY = ("mediator", "outreach", "operator")
"""Roles to whom no key of the office is ever given, by nobody and by no ceremony."""
LARGEST_WRAPPED = 4096


class Staff(CaseworkTable, table=True):
    """A member of staff: before the first sign-in only an invitation, afterwards a key pair of their own."""

    __tablename__ = "staff"
    __table_args__ = (
        CheckConstraint(
            "(public_key IS NULL) = (wrapped_private_key IS NULL)", "public_key_with_its_private_half"
        ),
        CheckConstraint(
            "(invitation_hash IS NULL) = (invitation_expires_on IS NULL)", "invitation_with_its_end"
        ),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    sign_in_name: str = column("staff", unique=True, max_length=80)
    display_name: str = column("staff", max_length=120)
    role_code: str = column("staff", codes=ROLES)
    public_key: bytes | None = column("proof", default=None, exactly=32)
    wrapped_private_key: bytes | None = column("sealed", default=None, largest=LARGEST_WRAPPED)
    wrapped_totp_secret: bytes | None = column("sealed", default=None, largest=LARGEST_WRAPPED)
    invitation_hash: bytes | None = column("proof", default=None, largest=64)
    invitation_expires_on: date | None = column("staff", default=None)
    active: bool = column("staff", default=True)
    is_demonstration: bool = column("technical", default=False)


class OfficeKey(CaseworkTable, table=True):
    """A version of one of the office's keys: its public half, and its private half sealed to the escrow."""

    __tablename__ = "office_key"
    __table_args__ = (
        CheckConstraint("version >= 1", "version_counts_from_one"),
        CheckConstraint("retired_on >= made_on", "retired_after_it_was_made"),
    )

    name: str = column("technical", primary_key=True, max_length=40)
    version: int = column("technical", primary_key=True)
    public_key: bytes = column("proof", exactly=32)
    made_on: date = column("technical")
    retired_on: date | None = column("technical", default=None)
    sealed_to_escrow: bytes | None = column("sealed", default=None, largest=8192)


class KeyGrant(CaseworkTable, table=True):
    """A private key sealed to one holder's own key. `key_name` is a name with its version: `story.1`."""

    __tablename__ = "key_grant"
    __table_args__ = (
        Index("ix_key_grant_holder_id", "holder_id"),
        Index("ix_key_grant_key_name", "key_name"),
        CheckConstraint("revoked_on >= granted_on", "revoked_after_it_was_granted"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    key_name: str = column("technical", max_length=60)
    holder_id: UUID = column("staff", foreign_key="staff.id")
    sealed_private_key: bytes = column("sealed", largest=8192)
    granted_by: UUID | None = column("staff", default=None, foreign_key="staff.id")
    granted_on: date = column("staff")
    revoked_on: date | None = column("staff", default=None)

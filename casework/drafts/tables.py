"""Drafts of staff."""

from datetime import date
from uuid import UUID

from casework.drafts.places import LONGEST_PLACE
from office.stores.casework import CaseworkTable
from office.stores.columns import column

LARGEST_DRAFT = 262_193
"""Bytes: the size class of 256 KiB, which no form exceeds, with what sealing adds."""


class StaffDraft(CaseworkTable, table=True):
    """What one member of staff has typed into one form and not sent: one a person and place.

    It is sealed to the key that only their pass-phrase opens, never to that of a case: nobody else reads what
    was not said yet. `version` grows with every keeping, so that two windows notice each other. The time of
    day is sealed with the text; `kept_on` is what the end of a draft is reckoned from.
    """

    __tablename__ = "staff_draft"

    staff_id: UUID = column("staff", primary_key=True, foreign_key="staff.id")
    place: str = column("restricted", primary_key=True, max_length=LONGEST_PLACE)
    case_number: str | None = column("restricted", default=None, index=True, max_length=9)
    version: int = column("technical", default=1)
    kept_on: date = column("staff", index=True)
    sealed: bytes = column("sealed", largest=LARGEST_DRAFT)

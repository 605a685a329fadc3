"""Reports waiting at the desk."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index

from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, ROUTINGS, URGENCIES, column

STATES = ("received", "opened_as_case", "not_taken_up")


class InboxReport(CaseworkTable, table=True):
    """One report as it was brought: a coarse clear header and sealed parts.

    The sealed parts are wiped when the report becomes a case, whose key then holds them.
    """

    __tablename__ = "inbox_report"
    __table_args__ = (Index("inbox_report_queue", "state", "urgency_rank", "iso_week", "id"),)

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_number: str = column("restricted", unique=True, exactly=9, max_length=9)
    reporter_public_key: bytes | None = column("proof", default=None, exactly=32)
    reporter_key_version: int = column("technical", default=1)
    iso_week: str = column("coded", max_length=8)
    language: str = column("coded", max_length=20)
    channel_code: str = column("coded", max_length=60)
    urgency_code: str = column("coded", codes=URGENCIES)
    urgency_rank: int = column("coded", default=0)
    routing_code: str = column("coded", codes=ROUTINGS)
    key_name: str = column("technical", max_length=60)
    sealed_story: bytes | None = column("sealed", default=None, largest=LARGEST_SEALED)
    contact_key_name: str | None = column("technical", default=None, max_length=60)
    sealed_contact: bytes | None = column("sealed", default=None, largest=LARGEST_SEALED)
    state: str = column("coded", default="received", codes=STATES)
    reason_code: str | None = column("coded", default=None, max_length=60)
    received_on: date = column("restricted")
    opened_on: date | None = column("restricted", default=None)
    settled_on: date | None = column("restricted", default=None)
    is_demonstration: bool = column("technical", default=False)

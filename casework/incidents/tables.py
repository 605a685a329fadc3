"""Which reports are about one event, and which report follows which."""

from datetime import date
from uuid import UUID

from sqlalchemy import UniqueConstraint

from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import column

RELATIONS = ("claim", "lost_key", "same_event", "one_person", "related", "split_from")


class Incident(CaseworkTable, table=True):
    """One event that several people told of. Codes only: what happened is in their reports, sealed."""

    __tablename__ = "incident"

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    group_word: str = column("technical", exactly=32, max_length=32)
    month: str = column("coded", exactly=7, max_length=7)
    district_code: str = column("coded", max_length=60)
    area_code: str = column("coded", max_length=60)
    made_on: date = column("restricted")
    made_by: UUID = column("staff", foreign_key="staff.id")


class IncidentMember(CaseworkTable, table=True):
    """One account of an event: a report or a case, by its number."""

    __tablename__ = "incident_member"

    case_number: str = column("restricted", primary_key=True, exactly=9, max_length=9)
    incident_id: UUID = column("technical", foreign_key="incident.id", index=True)
    added_on: date = column("restricted")
    added_by: UUID = column("staff", foreign_key="staff.id")


class CaseLink(CaseworkTable, table=True):
    """That one report follows another, as staff confirmed; each person still sees only their own."""

    __tablename__ = "case_link"
    __table_args__ = (UniqueConstraint("from_number", "to_number"),)

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    from_number: str = column("restricted", exactly=9, max_length=9, index=True)
    to_number: str = column("restricted", exactly=9, max_length=9, index=True)
    relation: str = column("coded", codes=RELATIONS)
    made_on: date = column("restricted")
    made_by: UUID = column("staff", foreign_key="staff.id")
